"""Votes and decisions that come too late, twice or at once: each gets its sentence, and nothing is kept twice."""

import asyncio

import pytest

from bench.errors import NotAllowed, TouchstoneError, WrongState
from bench.model import ItemState, VoteValue
from storage.database import Database
from storage.events import list_events
from storage.votes import list_votes
from tests.services.community import ADA, BEN, CARLA, EVE, GUILD, Community
from tests.services.voting import all_vote, ballot_on, version, voters

RIGHT, WRONG = VoteValue.RIGHT, VoteValue.WRONG


async def kinds(database: Database, kind: str, ballot_id: int) -> int:
    """How many events of a kind are written about a ballot."""
    found = await database.read(lambda connection: list_events(connection, GUILD, kind=kind, limit=1000))
    return sum(one.subject_id == ballot_id for one in found)


async def test_a_vote_on_a_decided_ballot_is_told_so_and_changes_nothing(village: Community) -> None:
    task = await village.open_task()
    everyone = voters(village.clock, 4)
    dealt = await ballot_on(village, task, "q3", everyone[0])
    assert await all_vote(village, dealt.ballot.id, everyone[:3], WRONG)
    for late in everyone:
        with pytest.raises(WrongState, match="decided"):
            await village.services.gold.vote(late, dealt.ballot.id, RIGHT, next(village.interactions))
    sheet = await village.services.gold.ballot_sheet(GUILD, dealt.ballot.id)
    assert dict(sheet.counts) == {RIGHT: 0, VoteValue.AMBIGUOUS: 0, WRONG: 3}


async def test_the_author_and_whoever_proposed_an_answer_do_not_vote_on_it(village: Community) -> None:
    task = await village.open_task()
    asked = await ballot_on(village, task, "q3", EVE)
    claim = await village.services.gold.suggest(EVE, asked.ballot.id, "six", "In words.", next(village.interactions))
    with pytest.raises(NotAllowed, match="You proposed this answer"):
        await village.services.gold.vote(EVE, claim.ballot.id, RIGHT, next(village.interactions))
    with pytest.raises(NotAllowed, match="You wrote this item"):
        await village.services.gold.vote(BEN, claim.ballot.id, RIGHT, next(village.interactions))


async def test_two_votes_that_decide_at_the_same_moment_decide_once(village: Community, database: Database) -> None:
    task = await village.open_task()
    everyone = voters(village.clock, 6)
    dealt = await ballot_on(village, task, "q3", everyone[0])
    said = await asyncio.gather(
        *(village.services.gold.vote(one, dealt.ballot.id, WRONG, next(village.interactions)) for one in everyone),
        return_exceptions=True,
    )
    assert all(not isinstance(one, BaseException) or isinstance(one, WrongState) for one in said)
    await version(village, task, 2)
    assert await kinds(database, "decision", dealt.ballot.id) == 1
    kept = await database.read(lambda connection: list_votes(connection, GUILD, dealt.ballot.id))
    assert await kinds(database, "vote", dealt.ballot.id) == len(kept) == 3


async def test_two_curators_who_recount_at_the_same_moment_come_to_one_end(
    village: Community, database: Database
) -> None:
    task = await village.open_task()
    everyone = voters(village.clock, 6)
    dealt = await ballot_on(village, task, "q3", everyone[0])
    assert await all_vote(village, dealt.ballot.id, everyone[:3], WRONG)
    await version(village, task, 2)
    without = frozenset({everyone[0].user_id})
    ends = await asyncio.gather(
        village.services.recounts.recount(CARLA, dealt.ballot.id, without, "One person, two accounts."),
        village.services.recounts.recount(ADA, dealt.ballot.id, frozenset(), "Counted by hand."),
        return_exceptions=True,
    )
    assert all(not isinstance(one, BaseException) or isinstance(one, TouchstoneError) for one in ends)
    assert await kinds(database, "recount", dealt.ballot.id) == 2
    sheet = await village.services.gold.ballot_sheet(GUILD, dealt.ballot.id)
    (last, *_) = await database.read(lambda connection: list_events(connection, GUILD, kind="recount"))
    expected = ItemState.WRONG if not last.data["without"] else ItemState.OPEN
    assert sheet.ballot.state is expected


async def test_a_proposed_answer_is_kept_once_however_often_it_comes(village: Community, database: Database) -> None:
    task = await village.open_task()
    asked = await ballot_on(village, task, "q3", EVE)
    others = voters(village.clock, 3)
    for voter in others:
        await ballot_on(village, task, "q3", voter)
    claims = await asyncio.gather(
        *(
            village.services.gold.suggest(one, asked.ballot.id, "six", "In words.", next(village.interactions))
            for one in others
        )
    )
    assert len({claim.ballot.id for claim in claims}) == 1
    assert await kinds(database, "proposal", claims[0].ballot.id) == 1
