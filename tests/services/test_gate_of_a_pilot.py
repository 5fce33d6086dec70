"""The gate between a pilot and an open task: what the votes and the baselines say, and who may go past it."""

import asyncio

import pytest

from bench.baselines import BaselineKind
from bench.errors import WrongState
from bench.gate import Verdict
from bench.model import TaskState, VoteValue
from services.steps import RedLines
from tests.services.community import BEN, CARLA, DAN, EVE, GUILD, ITEMS, Community, outputs_file
from tests.services.voting import PATIENCE, voters

VOTERS_LINE = "At least 5 members vote"


async def pilot(village: Community) -> int:
    await village.set_up()
    sheet = await village.propose()
    await village.services.tasks.approve(CARLA, sheet.task.id)
    return sheet.task.id


async def lines(village: Community, task: int) -> dict[str, tuple[Verdict, str]]:
    _, checks = await village.services.tasks.checklist(GUILD, task)
    return {check.name: (check.verdict, check.figure) for check in checks}


async def baselines_scored(village: Community, task: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await lines(village, task))["As an entry, the gold itself scores 100%"][1] != "not scored yet":
                return
            await asyncio.sleep(0.02)


async def all_items_voted(village: Community, task: int, count: int) -> None:
    """Let so many old members say right to whatever they are dealt, until nothing is left."""
    for voter in voters(village.clock, count):
        dealt = await village.services.gold.deal(voter, task, next(village.interactions))
        while dealt is not None:
            voted = await village.services.gold.vote(
                voter, dealt.ballot.id, VoteValue.RIGHT, next(village.interactions)
            )
            dealt = voted.next


async def test_a_pilot_that_nobody_voted_in_is_not_launched_by_its_author(village: Community) -> None:
    task = await pilot(village)
    with pytest.raises(WrongState, match=r"At least 5 members vote: 0 so far") as refusal:
        await village.services.tasks.launch(BEN, task)
    assert not isinstance(refusal.value, RedLines)
    assert "a curator may launch it all the same" in str(refusal.value)


async def test_a_curator_sees_the_red_lines_before_launching_past_them(village: Community) -> None:
    task = await pilot(village)
    await baselines_scored(village, task)
    with pytest.raises(RedLines) as refusal:
        await village.services.tasks.launch(CARLA, task)
    assert [check.name for check in refusal.value.checks] == [VOTERS_LINE, "At least 80% of the items are settled"]
    opened = await village.services.tasks.launch(CARLA, task, waive=True)
    assert opened.task.state is TaskState.OPEN
    assert (await village.services.tasks.get(GUILD, task)).waived == (
        VOTERS_LINE,
        "At least 80% of the items are settled",
    )
    assert opened.checklist == ()


async def test_nobody_launches_what_is_not_approved(village: Community) -> None:
    await village.set_up()
    sheet = await village.propose()
    with pytest.raises(WrongState, match="The community approves: 0 of 2 members approved"):
        await village.services.tasks.launch(CARLA, sheet.task.id, waive=True)


async def test_after_a_good_pilot_the_author_launches_and_nothing_is_waived(village: Community) -> None:
    task = await pilot(village)
    await baselines_scored(village, task)
    await all_items_voted(village, task, 5)
    found = await lines(village, task)
    assert found[VOTERS_LINE] == (Verdict.MET, "5 so far")
    assert found["At least 80% of the items are settled"] == (Verdict.MET, f"{ITEMS} of {ITEMS} (100%)")
    assert found["Voters agree beyond chance (AC1 of 0.6 or more)"][0] is Verdict.MET
    assert (await village.services.tasks.launch(BEN, task)).task.state is TaskState.OPEN
    assert (await village.services.tasks.get(GUILD, task)).waived == ()


async def test_dummy_entries_are_scored_and_stand_beside_the_board(village: Community) -> None:
    task = await pilot(village)
    await baselines_scored(village, task)
    await village.services.tasks.launch(CARLA, task, waive=True)
    await village.submit(DAN, task, outputs_file(6))
    board = await village.services.standings.board(GUILD, task)
    scores = {one.kind: one.score for one in board.baselines}
    assert scores[BaselineKind.GOLD] == 1.0
    assert scores[BaselineKind.EMPTY] == scores[BaselineKind.COPY] == 0.0
    assert scores[BaselineKind.CONSTANT] == 1 / ITEMS
    assert board.baselines[0].kind is BaselineKind.GOLD
    assert EVE.user_id not in {ranked.entry.user_id for ranked in board.standings.ranked}
