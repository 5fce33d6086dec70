"""Two guilds with the same ids in everything: whatever one of them asks for, nothing of the other comes."""

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from sqlalchemy import Connection

from bench.errors import NotFound
from bench.model import BallotKind, TaskState, VoteValue
from storage import (
    analysis,
    ballots,
    changes,
    drafts,
    events,
    gold,
    guilds,
    jobs,
    outputs,
    places,
    posts,
    presence,
    publishing,
    reviewers,
    submissions,
    suspects,
    tasks,
    votes,
)
from storage.database import Database
from tests.fixtures.rows import (
    BALLOT,
    GUILD,
    NOON,
    OTHER_GUILD,
    SIGNATURE,
    TASK,
    a_job,
    a_submission,
    a_task,
    a_vote,
    some_items,
)
from tests.fixtures.two_guilds import EMPTY, MARKS, fill

EMPTY_GUILD = 3
ROOMS = (
    analysis,
    ballots,
    changes,
    drafts,
    events,
    gold,
    guilds,
    jobs,
    outputs,
    places,
    posts,
    presence,
    reviewers,
    submissions,
    suspects,
    tasks,
    votes,
)
READING = ("get_", "find_", "list_", "count_", "is_", "changes_")


def questions(event_id: int, asking: int = GUILD) -> dict[Callable[..., Any], tuple[Any, ...]]:
    """What every reading function is asked, after the connection and the guild."""
    item_id = f"q0 {MARKS[asking]}"
    same_file = (TASK, 20, "parrot", a_submission().sha256)
    return {
        analysis.find_analysis: (TASK,),
        analysis.list_baselines: (TASK, 1, SIGNATURE),
        changes.find_amendment: (1,),
        changes.get_question: (TASK, f"p0 {MARKS[asking]}"),
        changes.list_amendments: (TASK,),
        changes.list_known_ids: (TASK,),
        changes.list_proposed_items: (TASK,),
        ballots.find_ballot: (BALLOT,),
        ballots.find_open_ballot: (TASK, item_id, 1, BallotKind.ANSWER, MARKS[asking]),
        ballots.get_ballot: (BALLOT,),
        ballots.list_ballots: (TASK,),
        ballots.list_open_answers: (TASK,),
        ballots.list_unpublished: (TASK,),
        drafts.get_draft: (1, 20),
        events.get_event: (event_id,),
        events.list_events: (),
        gold.changes_between: (TASK, 1),
        gold.count_contested: (TASK, 1),
        gold.find_former_item: (TASK, f"q1 {MARKS[asking]}"),
        gold.find_prompts: (TASK, "of the"),
        gold.list_prompts: (TASK,),
        gold.get_gold: (TASK,),
        gold.get_item: (TASK, item_id),
        presence.find_arrival: (TASK, 0, 1),
        presence.list_absent: (TASK, 0, 1),
        presence.list_inside: (TASK, 1, [item_id]),
        gold.list_item_ids: (TASK,),
        gold.list_items: (TASK, 1),
        places.list_counted_positions: (TASK, 1),
        places.list_positions: (TASK, 1, [item_id]),
        gold.list_samples: (TASK, 5),
        gold.list_versions: (TASK,),
        guilds.find_member: (20,),
        guilds.find_settings: (),
        guilds.list_joined: ([20],),
        jobs.find_job: (a_job().key,),
        outputs.count_buckets: (5_000,),
        outputs.list_buckets: (5_000, [0]),
        posts.find_post: ("board:1",),
        posts.list_posts: ("board",),
        reviewers.is_reviewer: (TASK, 20),
        reviewers.list_reviewers: (TASK,),
        submissions.count_attempts: (TASK, 20, NOON),
        submissions.count_entries: (TASK,),
        submissions.find_same: same_file,
        submissions.find_scorecard: (5_000, 1, SIGNATURE),
        submissions.find_submission: (5_000,),
        submissions.get_content: (5_000,),
        submissions.get_submission: (5_000,),
        submissions.list_scorecards: (TASK, 1, SIGNATURE),
        submissions.list_statistics: ((5_000,), 1, SIGNATURE),
        submissions.list_submissions: (),
        suspects.list_suspects: (TASK,),
        tasks.find_task: (TASK,),
        tasks.get_task: (TASK,),
        tasks.list_approvals: (TASK,),
        tasks.list_links: (TASK,),
        tasks.list_tasks: (),
        votes.count_checks: (TASK, [20]),
        votes.count_voters: (TASK,),
        votes.list_proposed_tallies: (TASK,),
        votes.find_vote: (BALLOT, 20),
        votes.list_answered: (TASK, 20),
        votes.list_dealt: (TASK, 20),
        votes.list_tallies: (TASK,),
        votes.list_votes: (BALLOT,),
    }


FIGURES: dict[Callable[..., Any], object] = {
    analysis.list_baselines: (EMPTY,),
    gold.count_contested: 1,
    guilds.list_joined: {20: None},
    outputs.count_buckets: 1,
    places.list_counted_positions: (0, 1),
    presence.find_arrival: 1,
    reviewers.is_reviewer: True,
    submissions.count_attempts: 1,
    submissions.count_entries: 1,
    votes.count_checks: {20: (1, 0)},
    votes.count_voters: 2,
}
"""What a guild is told in numbers, which carry no mark: with those of the other guild they would be others."""


def readers() -> set[Callable[..., Any]]:
    """Every public reading function that asks for a guild, but the length of the queue, which all guilds share."""
    named = (
        function
        for room in ROOMS
        for name, function in vars(room).items()
        if name.startswith(READING) and function.__module__ == room.__name__
    )
    return {function for function in named if "guild_id" in inspect.signature(function).parameters} - {jobs.count_ahead}


def told(answer: object) -> str:
    """Everything in an answer, also what its representation hides."""
    if is_dataclass(answer):
        return " ".join(told(getattr(answer, field.name)) for field in fields(answer))
    if isinstance(answer, dict):
        return told(tuple(answer.items()))
    if isinstance(answer, tuple | frozenset):
        return " ".join(map(told, answer))
    return repr(answer)


def test_no_reading_function_is_left_out() -> None:
    assert set(questions(1)) == readers()


@pytest.fixture
async def two_guilds(database: Database) -> tuple[Database, dict[int, int]]:
    ids = {guild: await database.write(fill, guild) for guild in MARKS}
    return database, ids


@pytest.mark.parametrize("asking", list(MARKS))
async def test_a_guild_is_told_its_own_and_nothing_of_the_other(
    two_guilds: tuple[Database, dict[int, int]], asking: int
) -> None:
    database, event_ids = two_guilds
    other = next(guild for guild in MARKS if guild != asking)
    for function, arguments in questions(event_ids[asking], asking).items():
        answer = await database.read(function, asking, *arguments)
        if function in FIGURES:
            assert answer == FIGURES[function], function.__name__
            continue
        text = told(answer)
        assert MARKS[asking] in text or str(asking) in text, function.__name__
        assert MARKS[other] not in text, function.__name__
        assert str(other) not in text, function.__name__


async def test_a_guild_without_anything_is_told_nothing(two_guilds: tuple[Database, dict[int, int]]) -> None:
    database, event_ids = two_guilds

    def ask(connection: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> object:
        try:
            return function(connection, EMPTY_GUILD, *arguments)
        except NotFound as error:
            return str(error)

    for event_id in event_ids.values():
        for function, arguments in questions(event_id).items():
            answer = await database.read(ask, function, arguments)
            nothing = not answer or answer == {20: (0, 0)}
            assert nothing or "in this server" in str(answer), function.__name__


async def test_a_guild_changes_nothing_of_the_other(two_guilds: tuple[Database, dict[int, int]]) -> None:
    database, event_ids = two_guilds

    def snapshot(connection: Connection) -> list[str]:
        asked = questions(event_ids[OTHER_GUILD], OTHER_GUILD).items()
        return [told(function(connection, OTHER_GUILD, *arguments)) for function, arguments in asked]

    def change_everything(connection: Connection) -> None:
        tasks.change_state(connection, GUILD, TASK, a_task().state, TaskState.OPEN, NOON)
        tasks.set_thread(connection, GUILD, TASK, 99)
        tasks.remove_approval(connection, GUILD, TASK, OTHER_GUILD)
        tasks.remove_link(connection, GUILD, TASK, OTHER_GUILD)
        publishing.publish_gold(connection, GUILD, TASK, some_items(1), 1, "another", NOON)
        submissions.withdraw_submission(connection, GUILD, 5_000, NOON)
        outputs.record_outputs(connection, GUILD, 5_000, [])
        ballots.mark_published(connection, GUILD, [BALLOT, GUILD, OTHER_GUILD], 1)
        ballots.reopen_ballot(connection, GUILD, BALLOT)
        ballots.make_public(connection, GUILD, BALLOT)
        votes.record_vote(connection, a_vote(VoteValue.WRONG, user_id=20))
        votes.record_vote(connection, a_vote(user_id=OTHER_GUILD))
        for marked in MARKS.values():
            ballots.withdraw_open_ballots(connection, GUILD, TASK, f"q0 {marked}", NOON)
        reviewers.record_reviewer(connection, GUILD, TASK, OTHER_GUILD, NOON, "voter")
        suspects.replace_suspects(connection, GUILD, TASK, [])
        changes.close_proposed_items(connection, GUILD, TASK, [f"p0 {mark}" for mark in MARKS.values()], 1)
        changes.close_amendments(connection, GUILD, TASK, [1], 1)
        analysis.record_analysis(connection, GUILD, TASK, analysis.PackedAnalysis(1, 2, b"x", NOON))
        tasks.set_gold_is_open(connection, GUILD, TASK, gold_is_open=True)
        jobs.finish_job(connection, a_job(), NOON)
        posts.record_posted(connection, GUILD, "board:1", 1, 1, 1, "hash", NOON)
        posts.put_off(connection, GUILD, "board:1", NOON, "x")
        posts.park(connection, GUILD, "board:1", "x")
        posts.forget_message(connection, GUILD, "board:1", 1)
        posts.remove_post(connection, GUILD, "board:1")

    before = await database.read(snapshot)
    await database.write(change_everything)
    assert await database.read(snapshot) == before
