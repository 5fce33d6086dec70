"""What the board and the receipt say of those who have seen the gold, and of contested items."""

from dataclasses import replace

from cogs.screens import boards, receipts
from cogs.screens.screen import Screen
from cogs.screens.words import columns
from services.values import Board
from tests.cogs.cog_values import ATTEMPTS, RECEIPT, RESULT, TASK, ranked, standings_of

COMPETING = (ranked(1, 0.8, 1, 2), ranked(2, 0.78, 1, 2))
AUTHORS = replace(ranked(8, 0.9, 1, 1, "atlas", "Ada").entry, user_id=TASK.author_id)
REVIEWERS = ranked(9, 0.7, 1, 1, "lynx", "Eve").entry
SEEN = replace(standings_of(*COMPETING), unranked=(AUTHORS, REVIEWERS))


def read(screen: Screen) -> str:
    return str(screen.view.payload())


def test_who_has_seen_the_gold_stands_below_the_table_with_a_badge() -> None:
    assert "atlas" not in boards.table(SEEN)
    lines = boards.unranked_lines(TASK, SEEN)
    assert lines[0] == "*Not ranked* (have seen the gold):"
    assert lines[1].startswith("- atlas: 90.0%")
    assert lines[1].endswith("`author`")
    assert lines[2].startswith("- lynx: 70.0%")
    assert lines[2].endswith("`reviewer`")
    assert "Open · 4 entries" in read(boards.board(Board(TASK, SEEN, None, "")))


def test_more_than_five_of_them_are_counted() -> None:
    many = replace(SEEN, unranked=(REVIEWERS,) * 9)
    lines = boards.unranked_lines(TASK, many)
    assert len(lines) == 7
    assert lines[-1] == "- … and 4 more"


def test_a_board_of_reviewers_alone_invites_the_first_competitor() -> None:
    shown = read(boards.board(Board(TASK, replace(SEEN, ranked=()), None, "")))
    assert "Nobody is ranked yet." in shown
    assert "lynx" in shown


def test_a_board_that_nobody_has_seen_the_gold_of_says_nothing_about_it() -> None:
    shown = read(boards.board(Board(TASK, standings_of(*COMPETING), None, "")))
    assert "ranked" not in shown.replace("not yet ranked", "")
    assert "contested" not in shown


def test_my_place_explains_why_a_reviewer_has_no_rank() -> None:
    shown = read(boards.place(TASK, SEEN, (), ATTEMPTS, (REVIEWERS,)))
    assert "**lynx**: 70.0%" in shown
    assert "· not ranked" in shown
    assert "You have seen this task's gold" in shown.replace("\\'", "'")
    assert "no entry here" not in shown


def test_contested_items_show_a_second_score_and_their_number() -> None:
    disputed = replace(
        SEEN,
        ranked=tuple(replace(one, entry=replace(one.entry, score_on_all=0.755)) for one in COMPETING),
        contested=2,
    )
    lines = boards.table(disputed).splitlines()[1:-1]
    assert all(columns(line) == 40 for line in lines)
    assert "75.5%" in lines[1]
    assert boards.footer(disputed).startswith("-# gold v1 · 2 contested items · `")
    assert "on all items 75.5%" in read(boards.place(TASK, disputed, disputed.ranked, ATTEMPTS))


def test_the_receipt_of_a_reviewer_says_that_it_is_not_ranked() -> None:
    shown = read(receipts.receipt(replace(RECEIPT, result=replace(RESULT, standing=None, ranked=False))))
    assert "Not ranked: you have seen this task" in shown
    assert "Rank **" not in shown


def test_the_receipt_gives_the_score_on_all_items_where_some_are_contested() -> None:
    shown = read(receipts.receipt(replace(RECEIPT, result=replace(RESULT, score_on_all=0.76))))
    assert "do not agree: 76.0%." in shown
    assert "do not agree" not in read(receipts.receipt(RECEIPT))
