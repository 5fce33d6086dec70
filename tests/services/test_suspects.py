"""The scores point at gold: what strong systems agree on against it goes back to the voters, and nothing changes."""

import asyncio
import re
from datetime import timedelta

import pytest

from bench.model import BallotKind, ItemState, VoteValue
from services.values import NewsKind, PostKind, UploadedFile
from tests.services.community import BEN, GUILD, ITEMS, Community, member
from tests.services.voting import PATIENCE, all_vote, ballot_on, scored, version, voters

DOUBTFUL = "q5"


def outputs(wrong: set[int], doubtful: str) -> UploadedFile:
    """Right but on some items, where each system answers something of its own; and an answer to the doubtful one."""
    rows = ["id,output"]
    for number in range(ITEMS):
        answer = f"{number}-{sum(wrong)}" if number in wrong else str(2 * number)
        rows.append(f"q{number},{doubtful if f'q{number}' == DOUBTFUL else answer}")
    return UploadedFile("outputs.csv", "\n".join(rows).encode())


async def five_systems_agree_on_eleven(village: Community, task: int) -> None:
    for number in range(5):
        wrong = {10 + number, 12 + number, 18}
        await scored(village, await village.submit(member(f"Player {number}"), task, outputs(wrong, "eleven")))
    await scored(village, await village.submit(member("Player 9"), task, outputs({6, 7, 8, 9, 19, 20}, "10")))


async def analysed(village: Community, task: int) -> None:
    """Let the time come at which the items are looked at, and wait until that is done."""
    village.clock.advance(timedelta(seconds=30))
    probe = member("Player 8")
    await scored(village, await village.submit(probe, task, outputs({1, 2, 3, 21, 22}, "9")))
    village.clock.advance(timedelta(seconds=30))
    await village.submit(probe, task, outputs({1, 2, 3, 21, 23}, "9"))
    await systems_analysed(village, task, 1)


async def systems_analysed(village: Community, task: int, least: int) -> None:
    """Wait until the items were looked at with so many systems."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await village.services.owners.page(BEN, task, DOUBTFUL)).systems >= least:
                return
            await asyncio.sleep(0.05)


async def test_what_strong_systems_agree_on_is_put_before_the_voters(village: Community) -> None:
    task = await village.open_task()
    await five_systems_agree_on_eleven(village, task)
    await analysed(village, task)
    listed = await village.services.records.disputes(BEN, task)
    assert listed[0].item_id == DOUBTFUL
    assert re.search("5 of [67] submissions agree on “eleven” against the gold", listed[0].reason)
    (voter, *_) = voters(village.clock, 1)
    dealt = await village.services.gold.deal(voter, task, next(village.interactions))
    assert dealt is not None
    assert (dealt.ballot.kind, dealt.ballot.item_id) == (BallotKind.ANSWER, DOUBTFUL)
    assert dealt.ballot.proposed_answer == "eleven"
    voted = await village.services.gold.vote(voter, dealt.ballot.id, VoteValue.WRONG, next(village.interactions))
    assert voted.next is not None
    assert voted.next.ballot.item_id == DOUBTFUL, "the gold itself is asked about next"
    assert (await village.services.tasks.get(GUILD, task)).gold_version == 1
    page = await village.services.owners.page(BEN, task, DOUBTFUL)
    assert page.figures is not None
    assert page.figures.difficulty == pytest.approx(1 / page.systems)


async def test_a_settled_item_is_asked_about_anew_and_only_once(village: Community) -> None:
    task = await village.open_task()
    everyone = voters(village.clock, 6)
    settled = await ballot_on(village, task, DOUBTFUL, everyone[0])
    assert await all_vote(village, settled.ballot.id, everyone[:3], VoteValue.RIGHT)
    await five_systems_agree_on_eleven(village, task)
    await analysed(village, task)
    first = (await village.services.owners.page(BEN, task, DOUBTFUL)).ballots
    assert [ballot.state for ballot in first if ballot.kind is BallotKind.GOLD] == [ItemState.OPEN, ItemState.SETTLED]
    await analysed_again(village, task)
    again = (await village.services.owners.page(BEN, task, DOUBTFUL)).ballots
    assert [ballot.id for ballot in again] == [ballot.id for ballot in first]
    news = [post for post in await village.services.posts.due() if post.kind is PostKind.NEWS]
    kinds = [(await village.services.posts.news(post)).kind for post in news]
    assert kinds.count(NewsKind.SUSPECTS) == 1


async def test_the_answer_that_the_systems_gave_comes_in_by_the_votes_and_raises_their_scores(
    village: Community,
) -> None:
    task = await village.open_task()
    await five_systems_agree_on_eleven(village, task)
    await analysed(village, task)
    everyone = voters(village.clock, 3)
    asked = await village.services.gold.deal(everyone[0], task, next(village.interactions))
    assert asked is not None
    assert await all_vote(village, asked.ballot.id, everyone, VoteValue.RIGHT)
    await version(village, task, 2)
    standings = await village.services.standings.of(GUILD, task)
    assert standings.ranked[0].entry.score == (ITEMS - 3) / ITEMS


async def analysed_again(village: Community, task: int) -> None:
    village.clock.advance(timedelta(minutes=5))
    await scored(village, await village.submit(member("Player 7"), task, outputs({1, 2, 3}, "eleven")))
    village.clock.advance(timedelta(minutes=5))
    await village.submit(member("Player 6"), task, outputs({1, 2, 4}, "eleven"))
    await systems_analysed(village, task, 8)
