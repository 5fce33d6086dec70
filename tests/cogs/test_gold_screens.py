from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bench.model import BallotKind, ItemState, VoteValue
from cogs.screens import ballots, boards, gold_lists, versions
from cogs.screens.screen import Screen
from cogs.screens.words import columns
from cogs.voting import suggestion_form
from services.gold_values import Deal
from services.values import Board, UploadedFile
from tests.cogs.cog_values import BIG, TASK, ranked, standings_of
from tests.cogs.gold_values import (
    ACCEPTED,
    ANSWER_BALLOT,
    ANSWER_DEAL,
    DEAL,
    GOLD_BALLOT,
    LINE,
    NEWS,
    PROPOSED,
    SETTLED,
    VERSION,
    VOTED,
    WHY,
    WITHDRAWN,
    move,
    sheet_of,
)
from tests.cogs.test_screens import LONG, check_limits, labels, read, walk

LONG_TASK = replace(TASK, title=LONG[:90])
LONG_DEAL = Deal(
    LONG_TASK,
    replace(ANSWER_BALLOT, item_id=LONG[:200], proposed_answer=LONG[:500], reason=LONG[:300]),
    LONG,
    (LONG,) * 50,
    ((LONG[:64], LONG[:64]),) * 16,
    12,
    200_000,
)


def public_screens() -> Iterator[Screen]:
    """All that a competitor may come to see of ballots and versions."""
    decided = (ItemState.SETTLED, ItemState.AMBIGUOUS, ItemState.WRONG, ItemState.DISPUTED)
    for ballot in (GOLD_BALLOT, ANSWER_BALLOT, SETTLED, WITHDRAWN):
        yield ballots.public_ballot(sheet_of(ballot))
        yield ballots.disputed(sheet_of(ballot))
        yield gold_lists.recounted(sheet_of(ballot), 3)
    for state in decided:
        answered = replace(ANSWER_BALLOT, state=state, sentence="Accepted: 5 of 6 say right.", decided_version=4)
        yield ballots.public_ballot(sheet_of(answered))
    yield ballots.notice(TASK, "gnotice", TASK.id)
    yield versions.version_news(NEWS)
    yield gold_lists.history(TASK, (VERSION,))


def every_screen() -> Iterator[Screen]:
    yield from public_screens()
    yield ballots.private_ballot(DEAL)
    for ballot in (LONG_DEAL.ballot, replace(LONG_DEAL.ballot, kind=BallotKind.GOLD)):
        deal = replace(LONG_DEAL, ballot=ballot)
        voted = replace(VOTED, ballot=ballot, value=VoteValue.WRONG, before=VoteValue.RIGHT, decision=LONG)
        yield ballots.next_ballot(LONG_TASK, deal, *ballots.recorded(voted), back=BIG)
        yield ballots.next_ballot(LONG_TASK, None, *ballots.recorded(voted), back=BIG)
        yield ballots.item_page(deal)
        yield ballots.item_page(replace(deal, ballot=replace(ballot, state=ItemState.WRONG, sentence=LONG)))
        yield ballots.public_ballot(replace(sheet_of(replace(ballot, sentence=LONG)), prompt=LONG))
    lines = [replace(LINE, prompt=LONG, reason=LONG, ballot_id=number) for number in range(25)]
    yield gold_lists.dispute_list(LONG_TASK, lines)
    yield gold_lists.dispute_list(LONG_TASK, ())
    long_version = replace(VERSION, reason=LONG, changes=(LONG,) * 40)
    yield gold_lists.history(LONG_TASK, [replace(long_version, number=number) for number in range(1, 21)])
    yield gold_lists.history(LONG_TASK, [long_version])
    yield gold_lists.exported(LONG_TASK, UploadedFile("gold-1-v4.jsonl", b"{}"))
    moves = tuple(move(LONG[:60], (place, place + 3), (1, 30)) for place in range(30))
    yield versions.version_news(replace(NEWS, task=LONG_TASK, version=long_version, moves=moves, alternative_text=LONG))
    yield versions.version_news(replace(NEWS, moves=(), picture=None))
    contested = [ranked(place, 0.5, 1, 30, LONG[:60], LONG[:32]) for place in range(1, 31)]
    with_all = [replace(one, entry=replace(one.entry, score_on_all=0.4)) for one in contested]
    yield boards.board(Board(LONG_TASK, standings_of(*with_all), b"png", LONG))


@pytest.mark.parametrize("screen", list(every_screen()))
def test_every_screen_of_gold_keeps_to_the_limits_of_discord_whatever_members_wrote(screen: Screen) -> None:
    check_limits(screen)
    assert "<@1>" not in read(screen)


@pytest.mark.parametrize("screen", list(public_screens()))
def test_nothing_public_holds_an_accepted_or_a_proposed_answer_or_a_claim(screen: Screen) -> None:
    whole = repr(screen.view.payload()) + repr([(file.name, file.content, file.description) for file in screen.files])
    for canary in (ACCEPTED, PROPOSED, WHY):
        assert canary not in whole


def test_the_canaries_stand_where_the_voters_see_them() -> None:
    assert ACCEPTED in read(ballots.private_ballot(DEAL))
    shown = read(ballots.private_ballot(ANSWER_DEAL))
    assert all(canary in shown for canary in (ACCEPTED, PROPOSED, WHY))


def test_the_notice_says_what_seeing_gold_costs_and_leads_on_or_away() -> None:
    screen = ballots.notice(TASK, "gnotice", TASK.id)
    assert "your entries are listed with a badge and not ranked" in read(screen)
    assert labels(screen) == ["Show me the gold and vote", "Not now"]
    assert f"ts:gnotice:{TASK.id}" in custom_ids(screen)


def test_a_private_ballot_shows_the_item_its_answers_and_how_far_the_task_is() -> None:
    screen = ballots.private_ballot(DEAL)
    shown = read(screen)
    for words in ("12 of 40 items decided", "What does \\*cachai\\* mean?", "- you know?", "dialect=chile"):
        assert words in shown
    assert labels(screen) == ["Right", "Ambiguous", "Wrong", "Suggest an answer", "Skip"]
    assert custom_ids(screen) == [
        f"ts:{verb}:{GOLD_BALLOT.id}" for verb in ("gright", "gambiguous", "gwrong", "gsuggest", "gskip")
    ]


def test_a_ballot_on_an_answer_asks_whether_to_accept_it() -> None:
    screen = ballots.private_ballot(ANSWER_DEAL)
    assert "Should the proposed answer be accepted too?" in read(screen)
    assert labels(screen) == ["Accept", "Unclear", "Do not accept", "Suggest an answer", "Skip"]


def test_a_hidden_check_looks_like_any_other_ballot() -> None:
    check = ballots.private_ballot(replace(DEAL, ballot=SETTLED))
    assert read(check) == read(ballots.private_ballot(DEAL))
    assert labels(check) == labels(ballots.private_ballot(DEAL))


def test_what_was_recorded_stands_above_the_next_item_with_the_decision_and_the_way_back() -> None:
    assert ballots.recorded(VOTED) == ("Recorded: right.",)
    changed = replace(VOTED, value=VoteValue.WRONG, before=VoteValue.RIGHT)
    assert ballots.recorded(changed) == ("Recorded: wrong, instead of right.",)
    assert ballots.recorded(replace(VOTED, ballot=ANSWER_BALLOT)) == ("Recorded: accept.",)
    assert "Skipped" in ballots.recorded(replace(VOTED, value=None))[0]
    decided = replace(VOTED, decision="Settled: 5 of 6 say right, trusted weight 5.4.")
    shown = read(ballots.next_ballot(TASK, DEAL, *ballots.recorded(decided)))
    assert shown.startswith("Recorded: right.\nSettled: 5 of 6 say right, trusted weight 5.4.\n")
    assert labels(ballots.next_ballot(TASK, DEAL, back=BIG))[-1] == "Change my last vote"


def test_where_nothing_is_left_the_voter_is_thanked_and_told_what_helps_next() -> None:
    screen = ballots.next_ballot(TASK, None, "Recorded: right.")
    assert "Recorded: right." in read(screen)
    assert "Nothing is left for you to vote on" in read(screen)
    assert "/gold disputes" in read(screen)
    assert labels(screen) == ["Discuss"]


def test_an_item_too_long_for_a_message_stands_in_full_in_a_file() -> None:
    screen = ballots.private_ballot(replace(DEAL, prompt="word " * 2000, answers=("a" * 3000, "last answer")))
    assert [file.name for file in screen.files] == ["item.txt"]
    whole = screen.files[0].content.decode()
    assert "word " * 2000 in whole
    assert "a" * 3000 in whole
    assert "- last answer" in whole
    assert not ballots.private_ballot(DEAL).files


def test_a_public_ballot_counts_votes_and_loses_its_button_with_the_decision() -> None:
    standing = ballots.public_ballot(sheet_of(GOLD_BALLOT))
    assert "Right **3** · Ambiguous **0** · Wrong **1** · 4 votes" in read(standing)
    assert labels(standing) == ["Vote on this"]
    decided = ballots.public_ballot(sheet_of(SETTLED))
    assert "Settled: 5 of 6 say right, trusted weight 5.4." in read(decided)
    assert "gold v4" in read(decided)
    assert labels(decided) == []
    assert labels(ballots.public_ballot(sheet_of(WITHDRAWN))) == []
    assert "Accept **3**" in read(ballots.public_ballot(sheet_of(ANSWER_BALLOT)))


def test_a_reviewer_may_look_up_an_item_and_vote_on_it_while_it_is_open() -> None:
    assert "Right" in labels(ballots.item_page(DEAL))
    decided = ballots.item_page(replace(DEAL, ballot=SETTLED))
    assert labels(decided) == ["Suggest an answer"]
    assert "Settled: 5 of 6 say right" in read(decided)
    assert f"ballot {SETTLED.id}" in read(decided)


def test_items_in_doubt_have_their_reason_in_a_line_and_a_menu_leads_to_open_ballots() -> None:
    decided = replace(LINE, prompt="other", state=ItemState.WRONG, ballot_id=BIG + 30)
    screen = gold_lists.dispute_list(TASK, (LINE, decided, replace(LINE, prompt="third", ballot_id=None)))
    shown = read(screen)
    assert "3 items of" in shown
    assert "**What does cachai mean?**: 3 systems agree on another answer" in shown
    assert "**other**: 3 systems agree on another answer · wrong" in shown
    options = [option for part in walk(screen.view.payload()) for option in part.get("options", [])]
    assert [option["value"] for option in options] == [str(LINE.ballot_id)]


def test_the_history_tells_the_newest_version_first_with_what_changed_and_why() -> None:
    first = replace(VERSION, number=1, changes=("The first version.",), reason="First version")
    shown = read(gold_lists.history(TASK, (first, VERSION)))
    assert shown.index("**v4**") < shown.index("**v1**")
    for words in ("- Item i1: 1 answer added.", "- Item i2: out.", f"by <@{VERSION.actor_id}>", "First version"):
        assert words in shown


def test_a_version_is_told_with_what_changed_why_and_who_moved() -> None:
    screen = versions.version_news(NEWS)
    shown = read(screen)
    for words in (
        "### Gold v4 of",
        "- Item i1: 1 answer added.",
        "**Why**: Settled: 5 of 6 say right.",
        "**2 of 3 systems** change ranks.",
    ):
        assert words in shown
    assert labels(screen) == ["Board", "Discuss"]
    assert screen.files[0].description == "Ranks before and after gold v4"
    assert "No ranks changed." in read(versions.version_news(replace(NEWS, moves=NEWS.moves[2:])))


def test_the_table_of_moves_fits_a_phone_and_keeps_those_who_moved() -> None:
    lines = versions.table(NEWS.moves).splitlines()
    assert all(columns(line) == 40 for line in lines[1:-1])
    assert lines[3].split() == ["1", "2\N{EN DASH}3", "a", "80.0%", "75.0%"]
    still = [move(f"still{place}", (place, place), (place, place)) for place in range(1, 15)]
    cut = versions.table([*still, move("mover", (15, 15), (16, 16)), move("other", (16, 16), (15, 15))])
    assert "mover" in cut
    assert "other" in cut
    assert cut.endswith("… and 6 more on the board")


def test_systems_of_one_name_are_told_apart_among_the_moves() -> None:
    twins = (move("m", (1, 1), (2, 2)), replace(move("M", (2, 2), (1, 1)), user_name="Eve"))
    assert "m (Ben)" in versions.table(twins)
    assert "M (Eve)" in versions.table(twins)


def test_the_board_shows_the_score_on_all_items_beside_the_one_that_counts() -> None:
    first, second = ranked(1, 0.8, 1, 1), ranked(2, 0.5, 2, 2)
    contested = standings_of(replace(first, entry=replace(first.entry, score_on_all=0.7)), second)
    lines = boards.table(contested).splitlines()
    assert all(columns(line) == 40 for line in lines[1:-1])
    assert "80.0%  70.0%" in lines[2]
    assert lines[1].split() == ["rank", "system", "score", "all", "95%"]
    assert "on which the votes do not agree" in read(boards.board(Board(TASK, contested, None, "")))
    assert "*all*" not in read(boards.board(Board(TASK, standings_of(first, second), None, "")))


async def test_the_form_of_a_suggestion_keeps_to_the_limits_of_discord() -> None:
    whole = suggestion_form(2**63 - 1).to_dict()
    assert len(whole["custom_id"]) <= 100
    assert [part["component"]["custom_id"] for part in whole["components"]] == ["answer", "reason"]
    assert all(len(part["description"]) <= 100 for part in whole["components"])


def custom_ids(screen: Screen) -> list[str]:
    parts: list[dict[str, Any]] = list(walk(screen.view.payload()))
    return [part["custom_id"] for part in parts if "custom_id" in part]
