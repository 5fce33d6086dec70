"""The curators' look at a task, and the marked items on which one kind of flag rests."""

import asyncio
import json
from typing import Any, NoReturn

import pytest

from bench.errors import BadFile, NotAllowed, NotFound, WrongState
from bench.model import Actor
from services.anomalies import Anomalies
from services.anomaly_values import AnomalyKind, AnomalyPage
from services.values import UploadedFile
from services.workers import LimitReached, Workers
from storage.database import Database
from tests.services.community import ADA, BEN, CARLA, DAN, EVE, GUILD, Community
from tests.services.test_additions import settle
from tests.services.voting import ballot_on, scored, version, voters


class Overburdened(Workers):
    """Workers that reach their limit with every job."""

    def __init__(self) -> None:
        super().__init__((), asyncio.sleep(0))

    async def run(self, function: str, *arguments: object) -> NoReturn:
        del function, arguments
        await self._started
        raise LimitReached("it took longer than 30 seconds")


FINN, GINA = Actor(GUILD, 71, "Finn"), Actor(GUILD, 72, "Gina")
MARKED, ITEMS = 6, 30
SPELLINGS = ("a-b", "a b", "ab", "a_b")


def marked_gold() -> UploadedFile:
    """Six items may be answered in four spellings; all have a tag that everybody may see."""
    rows = [
        {"id": f"q{number}", "prompt": f"p{number}", "answers": [f"{number}{one}" for one in SPELLINGS]}
        | {"tags": {"side": "north", "canary": "yes"}}
        if number < MARKED
        else {"id": f"q{number}", "prompt": f"p{number}", "answers": [str(number)], "tags": {"side": "south"}}
        for number in range(ITEMS)
    ]
    return UploadedFile("gold.jsonl", "\n".join(map(json.dumps, rows)).encode())


async def gold_rows(village: Community, task: int) -> list[dict[str, Any]]:
    exported = await village.services.records.export(BEN, task)
    return [json.loads(line) for line in exported.content.splitlines()]


async def send(village: Community, task: int, who: Actor, answers: dict[str, str], system: str = "model") -> None:
    rows = ["id,output", *(f"q{number},{answers.get(f'q{number}', 'no idea')}" for number in range(ITEMS))]
    file = UploadedFile("outputs.csv", "\n".join(rows).encode())
    await scored(village, await village.submit(who, task, file, system=system))


def own_mistakes(who: Actor, right: range) -> dict[str, str]:
    return {
        f"q{number}": str(number) if number in right else f"{who.name} at {number}" for number in range(MARKED, ITEMS)
    }


def flags(page: AnomalyPage) -> dict[AnomalyKind, tuple[str, ...]]:
    return {look.kind: look.flags for look in page.looks if look.flags}


async def test_a_curator_sees_shared_mistakes_and_matched_spellings_and_members_see_nothing(village: Community) -> None:
    task = await village.open_task(marked_gold())
    drawn = {row["id"]: row["answers"][0] for row in (await gold_rows(village, task))[:MARKED]}
    await send(village, task, DAN, own_mistakes(DAN, range(10)))
    await send(village, task, EVE, own_mistakes(DAN, range(12)), "other")
    await send(village, task, FINN, own_mistakes(FINN, range(20)) | drawn, "leaked")
    await send(village, task, GINA, own_mistakes(GINA, range(9)))
    page = await village.services.anomalies.page(CARLA, task)
    assert (page.task.id, page.gold_version, page.signature) == (task, 1, page.task.signature)
    assert flags(page) == {
        AnomalyKind.MISTAKES: (
            (
                "model (Dan) and other (Eve) share 18 of 18 mistakes word for word (chance below 1 in 10,000). Same "
                "model, or shared outputs? A curator will look."
            ),
        ),
        AnomalyKind.SPELLINGS: (
            "leaked (Finn) matched all 6 marked spellings (chance 1 in 4,096). A curator will look.",
        ),
    }
    assert await village.services.anomalies.page(ADA, task) == page
    for member in (DAN, BEN):
        with pytest.raises(NotAllowed, match="Only curators look for anomalies in “Doubling”"):
            await village.services.anomalies.page(member, task)
    with pytest.raises(NotFound):
        await village.services.anomalies.page(CARLA, task + 1)


async def test_a_look_is_as_fresh_as_what_is_scored(village: Community) -> None:
    task = await village.open_task(marked_gold())
    assert (await village.services.anomalies.page(CARLA, task)).looks == ()
    await send(village, task, DAN, own_mistakes(DAN, range(10)))
    looks = (await village.services.anomalies.page(CARLA, task)).looks
    assert looks[0].looked_at == "No shared mistakes: 1 system so far; the rule needs 4."
    await send(village, task, DAN, own_mistakes(DAN, range(11)))
    await send(village, task, DAN, own_mistakes(DAN, range(11)), "other")
    looks = (await village.services.anomalies.page(CARLA, task)).looks
    assert looks[0].looked_at == "No shared mistakes: 2 systems so far; the rule needs 4."
    assert looks[3].looked_at.startswith("No jumps: 1 past gain so far")


async def test_a_task_that_is_too_large_is_said_to_be(village: Community, database: Database) -> None:
    task = await village.open_task(marked_gold())
    await send(village, task, DAN, own_mistakes(DAN, range(10)))
    overburdened = Anomalies(database, Overburdened(), village.services.standings)
    with pytest.raises(
        WrongState, match=r"The look was stopped: it took longer than 30 seconds\. This task has too many"
    ):
        await overburdened.page(CARLA, task)
    assert (await village.services.anomalies.page(CARLA, task)).looks


async def test_the_mark_is_for_owners_and_exports(village: Community) -> None:
    task = await village.open_task(marked_gold())
    rows = await gold_rows(village, task)
    assert [row["tags"] for row in rows[MARKED - 1 : MARKED + 1]] == [
        {"side": "north", "canary": "4"},
        {"side": "south"},
    ]
    assert [set(row["answers"]) for row in rows[:MARKED]] == [
        {f"{number}{one}" for one in SPELLINGS} for number in range(MARKED)
    ]
    (voter,) = voters(village.clock, 1)
    assert (await ballot_on(village, task, "q2", voter)).tags == (("side", "north"),)
    assert (await village.services.owners.page(voter, task, "q2")).item.tags == (("side", "north"),)
    assert (await village.services.owners.page(BEN, task, "q2")).item.tags == (("side", "north"), ("canary", "4"))
    await send(village, task, DAN, own_mistakes(DAN, range(20)))
    sliced = (await village.services.comparisons.slices(GUILD, task)).found
    assert [row.name for row in (*sliced.averages, *sliced.slices)] == ["all items", "south", "north"]


async def test_an_exported_gold_can_be_proposed_again(village: Community) -> None:
    task = await village.open_task(marked_gold())
    exported = await village.services.records.export(BEN, task)
    again = (await village.propose(gold=exported)).task.id
    rows = await gold_rows(village, again)
    assert [set(row["answers"]) for row in rows] == [set(row["answers"]) for row in await gold_rows(village, task)]
    assert rows[0]["tags"] == {"side": "north", "canary": "4"}


async def test_an_owner_who_changes_the_answers_takes_the_mark_away(village: Community) -> None:
    task = await village.open_task(marked_gold())
    await village.services.owners.edit(
        BEN, task, "q0", "other words", (await answers_of(village, task, "q0")), "why", 1
    )
    await village.services.owners.edit(BEN, task, "q1", "p1", ("1", "one"), "why", 2)
    await version(village, task, 2)
    while (rows := await gold_rows(village, task))[1]["answers"] != ["1", "one"] or rows[0]["prompt"] == "p0":
        await version(village, task, 3)
    assert rows[0]["tags"] == {"side": "north", "canary": "4"}
    assert rows[1]["tags"] == {"side": "north"}


async def answers_of(village: Community, task: int, item_id: str) -> tuple[str, ...]:
    return (await village.services.owners.page(BEN, task, item_id)).item.answers


async def test_members_may_propose_marked_items_and_a_mark_on_one_spelling_is_refused(village: Community) -> None:
    task = await village.open_task(marked_gold())
    with pytest.raises(BadFile, match="column tags: found item `new-1` marked `canary` with 1 spelling; expected two"):
        await village.services.additions.propose_one(DAN, task, "new?", ["one"], "canary=yes")
    await village.services.additions.propose_one(DAN, task, "new?", ["x y", "x-y"], "canary=yes")
    await settle(village, task, "new-1")
    await version(village, task, 2)
    row = (await gold_rows(village, task))[-1]
    assert row["tags"] == {"canary": "2"}
    assert set(row["answers"]) == {"x y", "x-y"}
