import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bench.errors import BadFile, BadInput, NotAllowed, Problem
from bench.gate import Check, Verdict
from bench.language.specification import parse_specification
from bench.model import Coverage as ItemCoverage
from bench.model import GuildSettings, Interval, Scorecard, SubmissionState, TaskState
from cogs.screens import boards, guides, lists, news, receipts, troubles
from cogs.screens.screen import Screen
from cogs.screens.task_post import task_post
from cogs.screens.words import columns
from services.values import Board, News, NewsKind, TaskSheet
from tests.cogs.cog_values import ATTEMPTS, BIG, NOW, RECEIPT, RESULT, SIGNATURE, SUBMISSION, TASK, ranked, standings_of

DASH = "\u2013"
LONG = "Ω*<@1>" * 1000
PROBLEM = Problem(found="`out put`", expected="a column output", remedy="Rename the column.", line=1, column="out put")
SHEET = TaskSheet(
    TASK,
    ("al tiro", "cachai `x`", LONG, "d", "e"),
    ((BIG + 5, False), (BIG + 6, True)),
    2,
    (
        Check("Approvals", Verdict.MET, "2 of 2"),
        Check("Items", Verdict.NOTE, "50"),
        Check("Metric", Verdict.UNMET, "0.9"),
    ),
    3,
)
STANDINGS = standings_of(ranked(1, 0.8, 1, 2), ranked(2, 0.78, 1, 2), ranked(3, 0.5, 3, 3))
SCORECARD = Scorecard(SIGNATURE, 1, 0.78, Interval(0.66, 0.87, 50), ItemCoverage(50, 50), b"")
SETTINGS = GuildSettings(BIG, BIG + 10, BIG + 11, BIG + 12)
NEWS: dict[NewsKind, dict[str, str | int | float]] = {
    NewsKind.APPROVED: {"approvals": 2, "curator": 0},
    NewsKind.LAUNCHED: {"items": 50},
    NewsKind.CLOSED: {},
    NewsKind.NEW_LEADER: {
        "system": LONG,
        "user_id": BIG,
        "score": 0.8,
        "low": 0.7,
        "high": 0.9,
        "passed_system": "b",
        "passed_score": 0.7,
    },
}


def every_screen() -> Iterator[Screen]:
    long_task = replace(TASK, title=LONG[:90], statement=LONG[:2000], licence=LONG[:60])
    for state in TaskState:
        yield task_post(replace(SHEET, task=replace(long_task, state=state)))
        yield boards.board(Board(replace(long_task, state=state), STANDINGS, b"png", LONG))
    many = standings_of(*(ranked(place, 0.5, 1, 30, LONG[:60], LONG[:32]) for place in range(1, 31)))
    yield boards.board(Board(long_task, many, b"png", LONG))
    yield boards.board(Board(TASK, standings_of(), None, "nothing"))
    yield boards.place(long_task, many, many.ranked, ATTEMPTS)
    yield boards.place(TASK, STANDINGS, (), ATTEMPTS)
    seen = replace(many, unranked=tuple(one.entry for one in many.ranked), contested=7)
    yield boards.board(Board(long_task, seen, b"png", LONG))
    yield boards.place(long_task, seen, (), ATTEMPTS, seen.unranked)
    for kind, details in NEWS.items():
        yield news.news(News(kind, long_task, BIG, NOW, details))
    for outcome in SubmissionState:
        sent = replace(SUBMISSION, state=outcome, refusal="\n".join([LONG] * 20), system=LONG[:60], filename=LONG)
        yield receipts.receipt(replace(RECEIPT, task=long_task, submission=sent))
        yield receipts.receipt(replace(RECEIPT, submission=sent, result=None, same_as=BIG))
    tasks = [replace(long_task, id=number) for number in range(25)]
    yield lists.task_list(tasks, None)
    yield lists.task_list((), TaskState.OPEN)
    own = [(replace(SUBMISSION, id=number, system=LONG[:60]), SCORECARD) for number in range(40)]
    yield lists.submission_list(own, {TASK.id: LONG[:90]})
    yield lists.submission_list((), {})
    yield lists.confirm_withdrawal(SUBMISSION, long_task)
    yield lists.confirm_close(long_task)
    yield lists.withdrawn(SUBMISSION)
    yield guides.help_page(SETTINGS, tasks, manages_guild=True)
    yield guides.help_page(None, (), manages_guild=False)
    yield guides.scoring_page(TASK)
    yield guides.setup_page(SETTINGS, {BIG + 10: ("Create Posts",), BIG + 11: ("View Channel", "Attach Files")})
    yield guides.setup_page(SETTINGS, {})
    yield guides.proposed(long_task, SETTINGS)
    yield guides.linked(long_task, BIG, ("View Channel",), removed=False)
    yield guides.kit(long_task, b"zip")
    yield troubles.failure("abc123")
    yield troubles.trouble(BadFile([replace(PROBLEM, found=LONG)] * 34))
    yield troubles.refused_proposal(BadFile([PROBLEM] * 3), BIG)
    yield troubles.refused_proposal(NotAllowed(LONG), BIG)


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def read(screen: Screen) -> str:
    return "\n".join(str(one["content"]) for one in walk(screen.view.payload()) if "content" in one)


def labels(screen: Screen) -> list[str]:
    return [str(one["label"]) for one in walk(screen.view.payload()) if one["type"] == 2]


def check_limits(screen: Screen) -> None:
    """https://docs.discord.com/developers/components/reference."""
    parts = list(walk(screen.view.payload()))
    assert len(parts) <= 40
    assert sum(len(part.get("content", "")) for part in parts) <= 4000
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    assert len(ids) == len(set(ids))
    for part in parts:
        assert len(part.get("content", "x")) > 0
        assert len(part.get("label", "")) <= 34
        assert len(part.get("custom_id", "")) <= 100
        assert re.fullmatch(r"ts:[a-z]{1,20}:[0-9]{1,19}", part.get("custom_id", "ts:a:1"))
        assert len(part.get("options", [])) <= 25
        for option in part.get("options", []):
            assert 0 < len(option["label"]) <= 100
            assert len(option["description"]) <= 100
        for item in part.get("items", []):
            assert len(item["description"]) <= 1024
    shown = {part["file"]["url"] for part in parts if "file" in part}
    shown |= {item["media"]["url"] for part in parts for item in part.get("items", [])}
    assert shown == {f"attachment://{file.name}" for file in screen.files}


@pytest.mark.parametrize("screen", list(every_screen()))
def test_every_screen_keeps_to_the_limits_of_discord_whatever_members_wrote(screen: Screen) -> None:
    check_limits(screen)


@pytest.mark.parametrize("screen", list(every_screen()))
def test_no_text_of_a_member_pings_from_any_screen(screen: Screen) -> None:
    assert "<@1>" not in read(screen)


def test_equal_values_have_equal_fingerprints_and_a_changed_picture_another() -> None:
    board = Board(TASK, STANDINGS, b"png", "words")
    assert boards.board(board).fingerprint == boards.board(replace(board)).fingerprint
    assert boards.board(board).fingerprint != boards.board(replace(board, picture=b"gnp")).fingerprint
    assert boards.board(board).fingerprint != boards.board(replace(board, alternative_text="other")).fingerprint
    fewer = replace(board, standings=standings_of(ranked(1, 0.8, 1, 1)))
    assert boards.board(board).fingerprint != boards.board(fewer).fingerprint


def test_files_can_be_sent_more_than_once() -> None:
    screen = guides.kit(TASK, b"zip")
    assert [screen.uploads()[0].fp.read() for _ in range(2)] == [b"zip", b"zip"]


async def test_screens_stay_out_of_the_store_of_live_views() -> None:
    assert boards.board(Board(TASK, STANDINGS, None, "")).view.is_finished()


def test_the_table_fits_a_phone_and_gives_ranks_as_ranges() -> None:
    lines = boards.table(STANDINGS).splitlines()
    assert lines[0] == lines[-1] == "```"
    assert all(columns(line) == 40 for line in lines[1:-1])
    assert lines[2].split() == [f"1{DASH}2", "system", "1", "80.0%", f"70{DASH}90%"]
    assert lines[4].split()[0] == "3"


def test_those_who_may_be_the_best_are_named_and_nobody_else() -> None:
    line = boards.best_line(STANDINGS)
    assert "**system 1** and **system 2**" in line
    assert "system 3" not in line
    assert boards.best_line(standings_of(ranked(1, 0.9, 1, 1), ranked(2, 0.1, 2, 2))).startswith("*Best:* **system 1**")


def test_too_few_items_claim_no_ranks_and_say_so() -> None:
    few = standings_of(ranked(1, 0.8, 1, 1), ranked(2, 0.2, 2, 2), claims_ranks=False, items=12)
    shown = read(boards.board(Board(TASK, few, None, "")))
    assert "Fewer than 20 items (12)" in shown
    assert "best" not in shown.casefold()
    receipt = replace(RECEIPT, result=replace(RESULT, items=12, answered=12))
    assert "no ranks are claimed" in read(receipts.receipt(receipt))


def test_two_members_with_one_system_name_are_told_apart() -> None:
    names = boards.system_names((ranked(1, 0.8, 1, 1, "m", "Ada"), ranked(2, 0.7, 2, 2, "M", "Ben")))
    assert names == ["m (Ada)", "M (Ben)"]


def test_a_receipt_says_all_that_one_wants_to_know() -> None:
    shown = read(receipts.receipt(RECEIPT))
    for words in (
        "## 78.0%",
        f"66{DASH}87%",
        f"Rank **2{DASH}5** of 12 entries",
        "4.0 points above your best so far (74.0%)",
        "50 of 50 items answered",
        "4 of 5 items right",
        "3 of 5 attempts left today; all of them return <t:1772366400:R>",
        f"-# gold v1 · `{SIGNATURE}`",
    ):
        assert words in shown


def test_a_receipt_compares_with_the_best_before() -> None:
    def change(best_before: float | None) -> str:
        return read(receipts.receipt(replace(RECEIPT, result=replace(RESULT, best_before=best_before))))

    assert "Your first score here." in change(None)
    assert "2.0 points below your best so far (80.0%)" in change(0.8)
    assert "The same as your best so far" in change(0.78)


def test_missing_items_are_named_as_wrong() -> None:
    partial = replace(RECEIPT, result=replace(RESULT, answered=48, missing=2))
    assert "48 of 50 items answered; 2 missing ones counted as wrong." in read(receipts.receipt(partial))


def test_waiting_says_how_many_are_before_and_is_not_the_end() -> None:
    queued = replace(RECEIPT, submission=replace(SUBMISSION, state=SubmissionState.QUEUED), ahead=3, result=None)
    assert "Received" in read(receipts.receipt(queued))
    assert "3 files ahead of yours" in read(receipts.receipt(queued))
    assert not receipts.is_final(queued)
    assert receipts.is_final(RECEIPT)


def test_a_refused_file_shows_its_problems_one_a_line_and_the_rest_in_a_file() -> None:
    few = troubles.trouble(BadFile([PROBLEM, replace(PROBLEM, line=2)]))
    assert "The file has 2 problems." in read(few)
    assert "- Line 1, column out put: found `out put`; expected a column output. Rename the column." in read(few)
    assert not few.files
    many = troubles.trouble(BadFile([replace(PROBLEM, found="x" * 300)] * 34))
    assert "The file has 34 problems." in read(many)
    assert many.files[0].content.decode().count("\n") == 20


def test_a_refused_proposal_leads_back_to_what_was_typed() -> None:
    screen = troubles.refused_proposal(BadInput("The title is empty."), BIG)
    assert labels(screen) == ["Edit and send again"]
    assert "What you typed is kept" in read(screen)


def test_the_buttons_of_a_post_are_those_that_its_state_allows() -> None:
    def buttons(state: TaskState) -> list[str]:
        return labels(task_post(replace(SHEET, task=replace(TASK, state=state))))

    assert buttons(TaskState.PROPOSED) == ["Approve", "Take back approval", "Vote on gold", "Get the kit"]
    assert buttons(TaskState.PILOT) == ["Launch", "Vote on gold", "Get the kit"]
    assert buttons(TaskState.OPEN) == ["Submit", "My place", "Vote on gold", "Get the kit"]
    assert buttons(TaskState.CLOSED) == ["Get the kit"]


def test_missing_permissions_are_named_for_each_channel() -> None:
    shown = read(guides.setup_page(SETTINGS, {BIG + 11: ("View Channel", "Attach Files")}))
    assert f"In <#{BIG + 11}> I miss **View Channel** and **Attach Files**." in shown
    assert "All permissions are there" in read(guides.setup_page(SETTINGS, {}))


def test_how_a_task_is_scored_gives_the_specification_to_copy() -> None:
    shown = read(guides.scoring_page(TASK))
    assert '```toml\nmetric = "token_f1"' in shown
    assert "the words shared with the best accepted answer" in shown
    assert "the mean over 50 items" in shown
    assert "95% (Wilson)" in shown


def test_a_metric_that_is_no_mean_of_its_items_is_not_called_one() -> None:
    bleu = parse_specification('metric = "bleu"\nnormalize = ["trim:*", "raw"]').signature
    shown = read(guides.scoring_page(replace(TASK, signature=bleu)))
    assert "one figure for all of 50 items" in shown
    assert "by drawing the items again and again" in shown
    assert ", after `trim:*`" in shown
