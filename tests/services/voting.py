"""What many stories of voting do: voters who come, ballots that are dealt, and the version that follows."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bench.model import Actor, SubmissionState, VoteValue
from services.gold_values import Deal
from services.values import Receipt
from tests.services.community import GUILD, Community, MovableClock, member

PATIENCE = 30


def voters(clock: MovableClock, count: int, *, days: int = 100) -> list[Actor]:
    joined = clock() - timedelta(days=days)
    return [replace(member(f"Voter {number}"), user_id=50_000 + number, joined_at=joined) for number in range(count)]


async def ballot_on(village: Community, task: int, item_id: str, voter: Actor) -> Deal:
    """Skip until this item is dealt."""
    dealt = await village.services.gold.deal(voter, task, next(village.interactions))
    while dealt is not None and dealt.ballot.item_id != item_id:
        skipped = await village.services.gold.vote(voter, dealt.ballot.id, None, next(village.interactions))
        dealt = skipped.next
    assert dealt is not None
    return dealt


async def all_vote(village: Community, ballot_id: int, who: list[Actor], value: VoteValue) -> str | None:
    """Let them vote one after the other until it is decided; the decision's sentence."""
    for voter in who:
        voted = await village.services.gold.vote(voter, ballot_id, value, next(village.interactions))
        if voted.decision is not None:
            return voted.decision
    return None


async def version(village: Community, task: int, number: int) -> None:
    """Wait until the task's gold is at a version."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await village.services.tasks.get(GUILD, task)).gold_version >= number:
                return
            await asyncio.sleep(0.02)


async def scored(village: Community, receipt: Receipt) -> Receipt:
    async with asyncio.timeout(PATIENCE):
        while True:
            now = await village.services.submissions.receipt(GUILD, receipt.submission.id)
            if now.submission.state is not SubmissionState.QUEUED:
                return now
            await asyncio.sleep(0.02)
