"""Items that come to a living task: proposed, voted on, taken in, and not held against who sent outputs before."""

import asyncio

import pytest

from bench.errors import BadFile, BadInput, NotAllowed, WrongState
from bench.model import VoteValue
from services.values import UploadedFile
from tests.services.community import BEN, CARLA, DAN, EVE, GUILD, ITEMS, Community, gold_file, outputs_file
from tests.services.voting import PATIENCE, all_vote, ballot_on, scored, version, voters

TWO = UploadedFile("new.csv", b"id,prompt,answer\nn1,What is 100 + 100?,200\nn2,What is 200 + 200?,400\n")


def sent(right: int, extra: dict[str, str]) -> UploadedFile:
    content = outputs_file(right).content + "".join(f"\n{key},{value}" for key, value in extra.items()).encode()
    return UploadedFile("outputs.csv", content)


async def settle(village: Community, task: int, *item_ids: str) -> None:
    """Let three old members settle these items."""
    everyone = voters(village.clock, 3)
    finders = voters(village.clock, 3 + len(item_ids))[3:]
    for item_id, finder in zip(item_ids, finders, strict=True):
        dealt = await ballot_on(village, task, item_id, finder)
        assert await all_vote(village, dealt.ballot.id, everyone, VoteValue.RIGHT)


async def waiting_items(village: Community, task: int, count: int) -> None:
    """Wait until just so many proposed items wait for votes."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await village.services.tasks.sheet(GUILD, task)).proposed_items == count:
                return
            await asyncio.sleep(0.02)


async def test_proposed_items_wait_for_the_votes_before_they_count(village: Community) -> None:
    task = await village.open_task()
    added = await village.services.additions.propose(DAN, task, TWO)
    assert (added.items, added.waiting) == (2, 2)
    assert (await village.services.tasks.sheet(GUILD, task)).proposed_items == 2
    assert (await village.services.tasks.get(GUILD, task)).items == ITEMS
    await settle(village, task, "n1")
    await version(village, task, 2)
    assert (await village.services.tasks.get(GUILD, task)).items == ITEMS + 1
    assert (await village.services.tasks.sheet(GUILD, task)).proposed_items == 1
    (newest, *_) = await village.services.records.history(GUILD, task)
    assert newest.changes == ("Item n1: added.",)


async def test_an_item_that_is_voted_down_never_comes_in(village: Community) -> None:
    task = await village.open_task()
    await village.services.additions.propose(DAN, task, TWO)
    everyone = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "n2", everyone[0])
    assert await all_vote(village, dealt.ballot.id, everyone, VoteValue.WRONG)
    await waiting_items(village, task, 1)
    assert (await village.services.tasks.get(GUILD, task)).gold_version == 1
    sheet = await village.services.gold.ballot_sheet(GUILD, dealt.ballot.id)
    assert sheet.prompt == "What is 200 + 200?"


async def test_who_sent_before_an_item_came_is_not_asked_it_until_the_next_attempt(village: Community) -> None:
    task = await village.open_task()
    early = await scored(village, await village.submit(DAN, task, outputs_file(12)))
    await village.services.additions.propose(CARLA, task, TWO)
    await settle(village, task, "n1", "n2")
    await version(village, task, 3)
    after = await village.services.submissions.receipt(GUILD, early.submission.id)
    assert after.result is not None
    assert (after.result.score, after.result.items) == (12 / ITEMS, ITEMS)
    late = await scored(village, await village.submit(EVE, task, sent(11, {"n1": "200", "n2": "no"})))
    assert late.result is not None
    assert (late.result.score, late.result.items) == (12 / (ITEMS + 2), ITEMS + 2)
    standings = await village.services.standings.of(GUILD, task)
    assert [one.entry.user_id for one in standings.ranked] == [DAN.user_id, EVE.user_id]
    assert (standings.items, standings.common_items) == (ITEMS + 2, ITEMS)
    first, second = (ranked.entry for ranked in standings.ranked)
    assert (first.items, first.sent_before) == (ITEMS, 2)
    assert (second.items, second.sent_before) == (ITEMS + 2, None)


async def test_a_later_attempt_counts_the_new_items_even_where_it_scores_less(village: Community) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(DAN, task, outputs_file(12)))
    await village.services.additions.propose(CARLA, task, TWO)
    await settle(village, task, "n1")
    await version(village, task, 2)
    await scored(village, await village.submit(DAN, task, sent(12, {"n1": "no"})))
    (own,) = (await village.services.standings.of(GUILD, task)).ranked
    assert (own.entry.score, own.entry.items, own.entry.sent_before) == (12 / (ITEMS + 1), ITEMS + 1, None)


async def test_whoever_proposes_items_has_seen_them_and_does_not_vote_on_them(village: Community) -> None:
    task = await village.open_task()
    await village.services.additions.propose(DAN, task, TWO)
    assert await village.services.gold.is_reviewer(DAN, task)
    dealt = await ballot_on(village, task, "n1", EVE)
    with pytest.raises(NotAllowed, match="You wrote this item"):
        await village.services.gold.vote(DAN, dealt.ballot.id, VoteValue.RIGHT, next(village.interactions))


async def test_one_item_is_proposed_as_it_is_typed_and_gets_a_free_id(village: Community) -> None:
    task = await village.open_task()
    add = village.services.additions.propose_one
    await add(DAN, task, "What is 7000 + 7000?", ["14000", "14,000"], "size=big")
    await add(DAN, task, "What is 8000 + 8000?", ["16000"], "")
    dealt = await ballot_on(village, task, "new-1", EVE)
    assert (dealt.answers, dealt.tags) == (("14000", "14,000"), (("size", "big"),))
    assert (await ballot_on(village, task, "new-2", CARLA)).prompt == "What is 8000 + 8000?"


async def test_an_answer_accepted_for_an_item_that_waits_comes_in_with_it(village: Community) -> None:
    task = await village.open_task()
    await village.services.additions.propose(DAN, task, TWO)
    everyone = voters(village.clock, 4)
    asked = await ballot_on(village, task, "n1", everyone[0])
    claim = await village.services.gold.suggest(
        everyone[0], asked.ballot.id, "two hundred", "In words.", next(village.interactions)
    )
    assert await all_vote(village, claim.ballot.id, everyone[1:], VoteValue.RIGHT)
    assert await all_vote(village, asked.ballot.id, everyone, VoteValue.RIGHT)
    await version(village, task, 2)
    page = await village.services.owners.page(BEN, task, "n1")
    assert page.item.answers == ("200", "two hundred")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"id,prompt,answer\nq3,Something new?,1\n", r"Column id: found the id `q3`, which the task has or had"),
        (b"id,prompt,answer\nn1,What is 3 + 3?,6\n", r"the prompt of item `q3` again, in item `n1`"),
        (b"id,prompt,answer\nn1,Same?,1\nn2,Same?,2\n", r"the prompt of item `n1` more than once"),
        (b"id,prompt,answer,practice\nn1,New?,1,true\nn2,Newer?,1,false\n", r"item `n1` marked as practice"),
        (b"id,prompt\nn1,New?\n", "answer"),
    ],
)
async def test_what_clashes_with_the_task_is_refused_with_its_place(
    village: Community, content: bytes, expected: str
) -> None:
    task = await village.open_task()
    with pytest.raises(BadFile, match=expected):
        await village.services.additions.propose(DAN, task, UploadedFile("new.csv", content))
    assert (await village.services.tasks.sheet(GUILD, task)).proposed_items == 0


async def test_a_closed_task_takes_no_items_and_no_flood_waits(village: Community) -> None:
    task = await village.open_task()
    many = UploadedFile("gold.csv", gold_file(600).content.replace(b"\nq", b"\nz").replace(b"What is", b"How much is"))
    with pytest.raises(BadInput, match="500 that may wait at once"):
        await village.services.additions.propose(DAN, task, UploadedFile("x.csv", many.content))
    await village.services.tasks.close(CARLA, task)
    with pytest.raises(WrongState, match="closed, so no items can be added"):
        await village.services.additions.propose(DAN, task, TWO)
