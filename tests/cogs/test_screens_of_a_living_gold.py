"""What members read of gold that lives: baselines and waived lines on the board, items, and the launch gate."""

from dataclasses import replace

from bench.baselines import BaselineKind, BaselineScore
from bench.gate import Check, Verdict
from bench.model import Interval, Item, TaskState
from cogs.screens import boards, checklists, items, news
from cogs.screens.screen import Screen
from services.additions import Added
from services.gold_values import ItemPage
from services.job_values import ItemFigures
from services.progress import Rescoring
from services.values import Board, News, NewsKind
from tests.cogs.cog_values import BIG, NOW, TASK, ranked, standings_of
from tests.cogs.gold_values import ANSWER_BALLOT, GOLD_BALLOT

FIGURES = ItemFigures(0.25, 0.1, 0.5, -0.12)
PAGE = ItemPage(
    TASK,
    Item("i1", "What does *cachai* mean?", ("you know?", "got it?"), (("dialect", "chile"),)),
    (ANSWER_BALLOT, GOLD_BALLOT),
    is_out=False,
    is_proposed=False,
    figures=FIGURES,
    systems=16,
    may_change=True,
)
UNMET = Check("At least 5 members vote", Verdict.UNMET, "2 so far", "Five voters find `nine` in ten.")
MET = Check("Empty outputs score 0%", Verdict.MET, "0%", "Otherwise saying nothing would earn points.")
NOTE = Check("The smallest gap that shows", Verdict.NOTE, "about 18 points with 50 items", "Four times in five.")


def words(screen: Screen) -> str:
    """All text of a screen."""
    found: list[str] = []

    def collect(part: object) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("content"), str):
                found.append(part["content"])
            for value in part.values():
                collect(value)
        elif isinstance(part, list):
            for value in part:
                collect(value)

    collect(screen.view.payload())
    return "\n".join(found)


def labels(screen: Screen) -> list[str]:
    """The labels of its buttons."""
    return [item.label for item in screen.view.walk_children() if getattr(item, "label", None)]  # type: ignore[attr-defined]


def test_the_board_names_baselines_waived_lines_and_a_rescoring_that_runs() -> None:
    waived = replace(TASK, waived=("At least 5 members vote",))
    empty = BaselineScore(BaselineKind.EMPTY, 0.0, Interval(0.0, 0.1, 50.0))
    gold = BaselineScore(BaselineKind.GOLD, 1.0, Interval(0.9, 1.0, 50.0))
    board = Board(waived, standings_of(ranked(1, 0.8, 1, 1)), None, "", (gold, empty), Rescoring(4, 8, 20))
    text = words(boards.board(board))
    assert "`baseline` Empty outputs 0.0%" in text
    assert "The gold itself" not in text
    assert "Launched by a curator although not met: At least 5 members vote." in text
    assert "Gold v4 is on its way: 8 of 20 entries are scored anew." in text


def test_entries_that_were_asked_fewer_items_are_named_with_the_rule() -> None:
    one, other = ranked(1, 0.8, 1, 2), ranked(2, 0.7, 1, 2)
    early = replace(one, entry=replace(one.entry, items=48, answered=48, sent_before=4))
    standings = replace(standings_of(early, other), common_items=48)
    text = words(boards.board(Board(TASK, standings, None, "")))
    assert "system 1 48/50, sent before v4" in text
    assert "Ranked on the 48 items that all entries were asked" in text
    assert "asked" not in words(boards.board(Board(TASK, standings_of(one, other), None, "")))


def test_an_items_page_shows_answers_figures_ballots_and_what_its_owner_may_do() -> None:
    screen = items.item_page(PAGE, BIG)
    text = words(screen)
    assert "- you know?" in text
    assert "25.0% right (10 to 50%) over 16 systems; discrimination -0.12" in text
    assert "- one more answer, `canary-proposed`: open" in text
    assert labels(screen) == ["Vote on it", "Edit", "Take it out"]
    assert labels(items.item_page(replace(PAGE, may_change=False), BIG)) == ["Vote on it"]
    assert labels(items.item_page(replace(PAGE, is_out=True, ballots=()), BIG)) == ["Bring it back"]
    assert "not in the gold yet" in words(items.item_page(replace(PAGE, is_proposed=True), BIG))


def test_before_fifteen_systems_no_discrimination_is_shown() -> None:
    few = replace(PAGE, figures=replace(FIGURES, correlation=None), systems=4)
    assert "discrimination shows from 15 systems on" in words(items.item_page(few, BIG))
    assert "once two systems have answered it" in words(items.item_page(replace(PAGE, figures=None), BIG))


def test_a_long_item_stands_in_full_in_a_file() -> None:
    long = replace(PAGE, item=replace(PAGE.item, prompt="word " * 600, answers=tuple(f"answer {n}" for n in range(50))))
    (file,) = items.item_page(long, BIG).files
    assert file.content.count(b"- answer") == 50


def test_the_short_checklist_names_what_is_missing_first() -> None:
    first, *rest = checklists.short_checklist([MET, NOTE, UNMET])
    assert first == "**Checklist** · 1 of 2 met; `/task check` explains each line"
    assert [line.split()[1].rstrip(":") for line in rest] == ["not", "note", "met"]


def test_the_explained_checklist_says_who_can_launch() -> None:
    pilot = replace(TASK, state=TaskState.PILOT)
    open_lines = words(checklists.explained_checklist(pilot, [MET, UNMET]))
    assert "only a curator can launch the task" in open_lines
    assert "-# Five voters find `nine` in ten." in open_lines
    assert "its author or a curator can launch it" in words(checklists.explained_checklist(pilot, [MET]))
    assert "so it would stand today" in words(checklists.explained_checklist(TASK, [MET]))
    assert labels(checklists.red_lines(pilot, [UNMET])) == ["Launch all the same", "Not now"]


def test_news_about_gold_lead_to_the_vote() -> None:
    for kind, said in (
        (NewsKind.ITEMS_PROPOSED, f"<@{BIG}> proposes 2 items"),
        (NewsKind.SUSPECTS, "Strong systems agree on 2 items whose gold says otherwise"),
    ):
        screen = news.news(News(kind, TASK, BIG, NOW, {"items": 2}))
        assert said in words(screen)
        assert labels(screen)[0] == "Vote on gold"


def test_proposed_items_are_counted() -> None:
    text = words(items.added(Added(TASK, 1, 3)))
    assert "**1 item** is proposed for" in text
    assert "3 items of it wait for votes now" in text
