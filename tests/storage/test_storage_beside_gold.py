"""What is kept beside the gold: who has seen it, what the submissions answered, and which items they speak against."""

import asyncio

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bench.errors import NotFound
from storage.database import Database
from storage.outputs import count_buckets, list_buckets, record_outputs
from storage.publishing import publish_gold
from storage.reviewers import is_reviewer, list_reviewers, record_reviewer
from storage.schema import reviewer
from storage.suspects import SuspectRow, list_suspects, replace_suspects
from storage.votes import list_tallies
from tests.fixtures.rows import GUILD, MINUTE, NOON, TASK, some_items, with_submission, with_task

EVERY_BYTE = bytes(range(256))


@pytest.fixture
async def task(database: Database) -> Database:
    await database.write(with_task)
    return database


async def test_a_reviewer_is_one_since_the_first_time(task: Database) -> None:
    def live(connection: Connection) -> None:
        assert record_reviewer(connection, GUILD, TASK, 7, NOON, "author")
        assert not record_reviewer(connection, GUILD, TASK, 7, NOON + MINUTE, "voter")
        assert record_reviewer(connection, GUILD, TASK, 20, NOON, "voter")
        assert list_reviewers(connection, GUILD, TASK) == {7, 20}
        assert is_reviewer(connection, GUILD, TASK, 7)
        assert not is_reviewer(connection, GUILD, TASK, 21)
        assert not is_reviewer(connection, GUILD, TASK + 1, 7)
        row = connection.execute(reviewer.select().where(reviewer.c.user_id == 7)).one()
        assert (row.since, row.how) == (NOON, "author")

    await task.write(live)


async def test_a_member_who_clicks_many_times_at_once_becomes_a_reviewer_once(task: Database) -> None:
    new = await asyncio.gather(*(task.write(record_reviewer, GUILD, TASK, 20, NOON, "voter") for _ in range(10)))
    assert sorted(new) == [False] * 9 + [True]


async def test_a_reviewer_needs_the_task(task: Database) -> None:
    with pytest.raises(IntegrityError):
        await task.write(record_reviewer, GUILD, 404, 7, NOON, "author")


async def test_the_outputs_of_a_few_items_come_back_without_the_others(database: Database) -> None:
    sent = await with_submission(database)
    buckets = [EVERY_BYTE[number:] for number in range(40)]

    def live(connection: Connection) -> None:
        assert count_buckets(connection, GUILD, sent.id) == 0
        record_outputs(connection, GUILD, sent.id, buckets)
        assert count_buckets(connection, GUILD, sent.id) == 40
        assert list_buckets(connection, GUILD, sent.id, {3, 0, 39, 40}) == {n: buckets[n] for n in (0, 3, 39)}
        assert list_buckets(connection, GUILD, sent.id, []) == {}
        record_outputs(connection, GUILD, sent.id, buckets[:2])
        assert list_buckets(connection, GUILD, sent.id, range(40)) == dict(enumerate(buckets[:2]))
        record_outputs(connection, GUILD, sent.id, [])
        assert count_buckets(connection, GUILD, sent.id) == 0

    await database.write(live)
    with pytest.raises(IntegrityError):
        await database.write(record_outputs, GUILD, 404, buckets)


async def test_new_suspects_take_the_place_of_the_old_ones(task: Database) -> None:
    one, two, three = (SuspectRow(f"q{number}", f"not a{number}", "3 of 4 agree.") for number in range(3))

    def live(connection: Connection) -> None:
        assert list_suspects(connection, GUILD, TASK) == ()
        replace_suspects(connection, GUILD, TASK, (three, one))
        assert list_suspects(connection, GUILD, TASK) == (three, one)
        assert [tally.suspected_answer for tally in list_tallies(connection, GUILD, TASK)] == ["not a0", None, "not a2"]
        replace_suspects(connection, GUILD, TASK, (two,))
        assert list_suspects(connection, GUILD, TASK) == (two,)
        publish_gold(connection, GUILD, TASK, some_items(1), 7, "Less", NOON)
        assert [tally.suspected_answer for tally in list_tallies(connection, GUILD, TASK)] == [None]
        replace_suspects(connection, GUILD, TASK, ())
        assert list_suspects(connection, GUILD, TASK) == ()

    await task.write(live)
    with pytest.raises(NotFound, match="no such task"):
        await task.write(replace_suspects, GUILD, 404, ())


async def test_suspects_that_are_computed_twice_at_once_are_kept_once(task: Database) -> None:
    several = [tuple(SuspectRow(f"q{n}", f"{turn}", "") for n in range(3)) for turn in range(8)]
    await asyncio.gather(*(task.write(replace_suspects, GUILD, TASK, rows) for rows in several))
    assert await task.read(list_suspects, GUILD, TASK) in several


def test_no_suspect_shows_its_answer_in_a_log() -> None:
    assert "canary" not in repr(SuspectRow("q0", "canary", "3 of 4 agree on canary."))
