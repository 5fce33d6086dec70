"""The circle of gold: vote, decide, version, rescore, on real databases with real workers."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bench.errors import BadInput, NotAllowed, NotFound, WrongState
from bench.model import BallotKind, ItemState, VoteValue
from services.assembly import open_services
from services.values import PostKind, UploadedFile
from services.workers import WorkerLimits
from storage import ballots, events, gold, tasks
from storage.database import Connection, Database
from tests.services.community import (
    BEN,
    CARLA,
    DAN,
    EVE,
    GUILD,
    Community,
    MovableClock,
    gold_file,
    member,
    outputs_file,
)
from tests.services.voting import all_vote, ballot_on, scored, version, voters

RIGHT, AMBIGUOUS, WRONG = VoteValue.RIGHT, VoteValue.AMBIGUOUS, VoteValue.WRONG


async def test_three_members_settle_an_item_and_the_sentence_says_so(village: Community) -> None:
    task = await village.open_task()
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q3", who[0])
    assert (dealt.prompt, dealt.answers) == ("What is 3 + 3?", ("6",))
    sentence = await all_vote(village, dealt.ballot.id, who, RIGHT)
    assert sentence == "Settled: 3 of 3 say right, trusted weight 3.0."


async def test_whoever_is_dealt_gold_is_a_reviewer_and_the_author_is_one_anyway(village: Community) -> None:
    task = await village.open_task()
    assert not await village.services.gold.is_reviewer(DAN, task)
    await village.services.gold.deal(DAN, task, next(village.interactions))
    assert await village.services.gold.is_reviewer(DAN, task)
    assert await village.services.gold.is_reviewer(BEN, task)


async def test_nobody_votes_on_an_item_of_their_own(village: Community, database: Database) -> None:
    task = await village.open_task()
    assert await village.services.gold.deal(BEN, task, next(village.interactions)) is None
    dealt = await village.services.gold.deal(DAN, task, next(village.interactions))
    assert dealt is not None
    with pytest.raises(NotAllowed, match="You wrote this item"):
        await village.services.gold.vote(BEN, dealt.ballot.id, RIGHT, next(village.interactions))
    assert await database.read(lambda connection: _votes(connection, dealt.ballot.id)) == 0


async def test_a_vote_may_be_changed_until_the_item_is_decided(village: Community) -> None:
    task = await village.open_task()
    who = voters(village.clock, 4)
    dealt = await ballot_on(village, task, "q1", who[0])
    await village.services.gold.vote(who[0], dealt.ballot.id, WRONG, next(village.interactions))
    changed = await village.services.gold.vote(who[0], dealt.ballot.id, RIGHT, next(village.interactions))
    assert changed.before is WRONG
    assert await all_vote(village, dealt.ballot.id, who[1:3], RIGHT) == "Settled: 3 of 3 say right, trusted weight 3.0."
    with pytest.raises(WrongState):
        await village.services.gold.vote(who[0], dealt.ballot.id, WRONG, next(village.interactions))


async def test_an_item_ruled_wrong_leaves_the_score_and_the_submissions_are_rescored(village: Community) -> None:
    task = await village.open_task()
    receipt = await scored(village, await village.submit(DAN, task, outputs_file(12)))
    who = voters(village.clock, 4)
    dealt = await ballot_on(village, task, "q20", who[0])
    assert (
        await all_vote(village, dealt.ballot.id, who, WRONG)
        == "Wrong: 3 of 3 say wrong, trusted weight 3.0; not counted."
    )
    await version(village, task, 2)
    again = await village.services.submissions.receipt(GUILD, receipt.submission.id)
    assert again.result is not None
    assert (again.result.score, again.result.gold_version) == (12 / 23, 2)
    assert again.result.items == 23
    assert (await village.services.standings.of(GUILD, task)).gold_version == 2


async def test_an_accepted_suggestion_joins_the_answers_and_lifts_who_gave_it(
    village: Community, database: Database
) -> None:
    task = await village.open_task()
    file = outputs_file(12)
    spelled = UploadedFile(file.name, file.content.replace(b"q20,no idea", b"q20,forty"))
    receipt = await scored(village, await village.submit(DAN, task, spelled))
    who = voters(village.clock, 4)
    dealt = await ballot_on(village, task, "q20", who[0])
    opened = await village.services.gold.suggest(
        who[0], dealt.ballot.id, "forty", "The number in words.", next(village.interactions)
    )
    assert opened.ballot.kind is BallotKind.ANSWER
    with pytest.raises(NotAllowed, match="You proposed this answer"):
        await village.services.gold.vote(who[0], opened.ballot.id, RIGHT, next(village.interactions))
    assert (
        await all_vote(village, opened.ballot.id, who[1:], RIGHT) == "Accepted: 3 of 3 say right, trusted weight 3.0."
    )
    await version(village, task, 2)
    item, _ = await database.read(lambda connection: gold.get_item(connection, GUILD, task, "q20"))
    assert item.answers == ("40", "forty")
    again = await village.services.submissions.receipt(GUILD, receipt.submission.id)
    assert again.result is not None
    assert again.result.score == 13 / 24


async def test_a_dispute_opens_a_public_ballot_and_shows_the_disputer_nothing(village: Community) -> None:
    task = await village.open_task()
    assert ("q7", "What is 7 + 7?") in await village.services.gold.find_items(EVE, task, "7 + 7")
    sheet = await village.services.gold.dispute(EVE, task, "q7", "fourteen", "In words.", next(village.interactions))
    assert sheet.prompt == "What is 7 + 7?"
    assert "14" not in repr(sheet)
    assert not await village.services.gold.is_reviewer(EVE, task)
    due = await village.services.posts.due()
    assert [post.subject_id for post in due if post.kind is PostKind.BALLOT] == [sheet.ballot.id]
    with pytest.raises(NotFound, match="no item"):
        await village.services.gold.dispute(EVE, task, "q99", "1", "Why not?", next(village.interactions))


@pytest.mark.parametrize(
    ("answer", "words"),
    [("x" * 10_000, "characters"), ("   ", "empty"), ("for\u202ety", "U\\+202E"), ("40", "accepted already")],
)
async def test_a_suggestion_with_a_fault_gets_its_sentence_and_is_not_stored(
    village: Community, database: Database, answer: str, words: str
) -> None:
    task = await village.open_task()
    who = voters(village.clock, 1)
    dealt = await ballot_on(village, task, "q20", who[0])
    with pytest.raises(BadInput, match=words):
        await village.services.gold.suggest(who[0], dealt.ballot.id, answer, "Because.", next(village.interactions))
    kinds = {BallotKind.ANSWER}
    assert await database.read(lambda connection: ballots.list_ballots(connection, GUILD, task, kinds=kinds)) == ()


async def test_thirty_new_accounts_do_not_outvote_three_old_members(village: Community) -> None:
    task = await village.open_task()
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q5", who[0])
    sybils = [replace(one, user_id=one.user_id + 1_000) for one in voters(village.clock, 30, days=3)]
    assert await all_vote(village, dealt.ballot.id, sybils, WRONG) is None
    sentence = await all_vote(village, dealt.ballot.id, who, RIGHT)
    assert sentence is None or sentence.startswith("Settled")


async def test_votes_and_events_agree_and_a_double_click_is_one_vote(village: Community, database: Database) -> None:
    task = await village.open_task()
    who = voters(village.clock, 2)
    dealt = await ballot_on(village, task, "q2", who[0])
    await asyncio.gather(
        *(village.services.gold.vote(who[1], dealt.ballot.id, RIGHT, next(village.interactions)) for _ in range(8))
    )
    assert await database.read(lambda connection: _votes(connection, dealt.ballot.id)) == 1


async def test_another_guild_finds_no_ballot(village: Community) -> None:
    task = await village.open_task()
    dealt = await village.services.gold.deal(DAN, task, next(village.interactions))
    assert dealt is not None
    await village.set_up(guild=2)
    stranger = member("Dan", guild=2)
    for call in (
        village.services.gold.deal(stranger, task, next(village.interactions)),
        village.services.gold.vote(stranger, dealt.ballot.id, RIGHT, next(village.interactions)),
        village.services.gold.open_ballot(stranger, dealt.ballot.id),
        village.services.gold.ballot_sheet(2, dealt.ballot.id),
        village.services.gold.dispute(stranger, task, "q1", "3", "Why?", next(village.interactions)),
        village.services.gold.find_items(stranger, task, ""),
    ):
        with pytest.raises(NotFound):
            await call


async def test_decisions_within_the_minute_are_one_version(database: Database, clock: MovableClock) -> None:
    async with open_services(database, WorkerLimits(), clock, settle_for=timedelta(minutes=1)) as services:
        village = Community(services, clock)
        task = await village.open_task()
        who = voters(clock, 3)
        for item_id, voter in (("q8", who[0]), ("q9", who[1])):
            dealt = await ballot_on(village, task, item_id, voter)
            await all_vote(village, dealt.ballot.id, who, AMBIGUOUS)
        assert (await services.tasks.get(GUILD, task)).gold_version == 1
        clock.advance(timedelta(minutes=2))
    async with open_services(database, WorkerLimits(), clock, settle_for=timedelta(minutes=1)) as services:
        await version(Community(services, clock), task, 2)
        agreed = await database.read(lambda connection: gold.get_gold(connection, GUILD, task))
        assert [item.id for item in agreed.contested] == ["q8", "q9"]
        assert agreed.version == 2


async def test_a_curator_sees_the_same_gold_as_everyone_who_votes(village: Community) -> None:
    task = await village.open_task(gold_file(24))
    dealt = await village.services.gold.deal(CARLA, task, next(village.interactions))
    assert dealt is not None
    assert dealt.ballot.state is ItemState.OPEN


def _votes(connection: Connection, ballot_id: int) -> int:
    """How many members voted, which is also how many first votes the record has."""
    ballot = ballots.get_ballot(connection, GUILD, ballot_id)
    task = tasks.get_task(connection, GUILD, ballot.task_id)
    told = events.list_events(connection, GUILD, task_id=task.id, kind="vote", limit=500)
    return len({event.actor_id for event in told if event.subject_id == ballot_id})
