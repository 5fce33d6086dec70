import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage.columns import JobState
from storage.database import Database
from storage.jobs import (
    Job,
    add_job,
    claim_jobs,
    count_ahead,
    fail_job,
    find_job,
    finish_job,
    next_job_at,
    release_jobs,
)
from tests.fixtures.rows import GUILD, MINUTE, NOON, OTHER_GUILD, a_job, set_up

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def queue(database: Database) -> Database:
    await database.write(set_up)
    await database.write(set_up, OTHER_GUILD)
    return database


async def test_asking_twice_for_the_same_work_makes_one_job(queue: Database) -> None:
    def ask(connection: Connection) -> tuple[Job, Job]:
        return add_job(connection, a_job()), add_job(connection, a_job(user_id=99))

    first, second = await queue.write(ask)
    assert first == second == a_job()


async def test_a_claimed_job_is_leased_and_then_done(queue: Database) -> None:
    def live(connection: Connection) -> None:
        add_job(connection, a_job())
        (held,) = claim_jobs(connection, "first", NOON, LEASE, 5)
        assert (held.state, held.lease_owner, held.lease_until) == (JobState.RUNNING, "first", NOON + LEASE)
        assert held.attempts == 1
        assert claim_jobs(connection, "second", NOON + LEASE - SECOND, LEASE, 5) == ()
        assert finish_job(connection, held, NOON + MINUTE)
        assert not finish_job(connection, held, NOON + MINUTE)
        done = find_job(connection, GUILD, held.key)
        assert done is not None
        assert (done.state, done.lease_owner, done.lease_until) == (JobState.DONE, None, None)
        assert claim_jobs(connection, "second", NOON + 9 * LEASE, LEASE, 5) == ()
        assert next_job_at(connection) is None

    await queue.write(live)


async def test_a_job_whose_lease_ran_out_goes_to_another_and_the_first_can_no_longer_write(queue: Database) -> None:
    def live(connection: Connection) -> None:
        add_job(connection, a_job())
        (lost,) = claim_jobs(connection, "slow", NOON, LEASE, 1)
        (held,) = claim_jobs(connection, "quick", NOON + LEASE, LEASE, 1)
        assert (held.key, held.attempts, held.lease_owner) == (lost.key, 2, "quick")
        assert not finish_job(connection, lost, NOON + LEASE)
        assert not fail_job(connection, lost, "late", None)
        assert find_job(connection, GUILD, lost.key) == held
        assert finish_job(connection, held, NOON + LEASE)

    await queue.write(live)


async def test_even_the_same_owner_cannot_write_with_its_earlier_lease(queue: Database) -> None:
    def live(connection: Connection) -> None:
        add_job(connection, a_job())
        (lost,) = claim_jobs(connection, "one", NOON, LEASE, 1)
        (held,) = claim_jobs(connection, "one", NOON + LEASE, LEASE, 1)
        assert not finish_job(connection, lost, NOON + LEASE)
        assert finish_job(connection, held, NOON + LEASE)

    await queue.write(live)


async def test_a_failed_job_waits_for_its_retry_and_may_be_given_up(queue: Database) -> None:
    def live(connection: Connection) -> None:
        add_job(connection, a_job())
        (held,) = claim_jobs(connection, "one", NOON, LEASE, 1)
        assert fail_job(connection, held, "the worker died", NOON + MINUTE)
        assert next_job_at(connection) == NOON + MINUTE
        assert claim_jobs(connection, "one", NOON + MINUTE - SECOND, LEASE, 1) == ()
        (again,) = claim_jobs(connection, "one", NOON + MINUTE, LEASE, 1)
        assert (again.attempts, again.error) == (2, "the worker died")
        assert fail_job(connection, again, "it died again", None)
        given_up = find_job(connection, GUILD, held.key)
        assert given_up is not None
        assert (given_up.state, given_up.error) == (JobState.FAILED, "it died again")
        assert claim_jobs(connection, "one", NOON + 9 * MINUTE, LEASE, 1) == ()

    await queue.write(live)


async def test_released_jobs_are_at_once_to_be_had_and_their_leases_void(queue: Database) -> None:
    def live(connection: Connection) -> None:
        for number in range(4):
            add_job(connection, a_job(f"job:{number}", user_id=number))
        held = claim_jobs(connection, "mine", NOON, LEASE, 2)
        claim_jobs(connection, "other", NOON, LEASE, 2)
        assert release_jobs(connection, "mine") == 2
        assert not finish_job(connection, held[0], NOON)
        assert {job.attempts for job in claim_jobs(connection, "next", NOON, LEASE, 4)} == {2}
        assert release_jobs(connection, None) == 4
        assert len(claim_jobs(connection, "after the start", NOON, LEASE, 9)) == 4

    await queue.write(live)


async def test_a_person_with_a_hundred_jobs_does_not_keep_ten_others_waiting(queue: Database) -> None:
    def live(connection: Connection) -> None:
        for number in range(100):
            add_job(connection, a_job(f"flood:{number:03}", user_id=1, queued_at=NOON - MINUTE))
        for number in range(10):
            add_job(connection, a_job(f"single:{number}", user_id=100 + number, guild_id=OTHER_GUILD))
        first = claim_jobs(connection, "one", NOON, LEASE, 6)
        assert [job.user_id for job in first] == [1, 100, 101, 102, 103, 104]
        # The flood has one running job, so those who have none go first.
        second = claim_jobs(connection, "two", NOON, LEASE, 6)
        assert sorted(job.user_id for job in second) == [1, 105, 106, 107, 108, 109]

    await queue.write(live)


async def test_of_one_person_the_longest_waiting_job_goes_first(queue: Database) -> None:
    def live(connection: Connection) -> None:
        for number in (3, 1, 2):
            add_job(connection, a_job(f"job:{number}", queued_at=NOON - number * MINUTE))
        claimed = [claim_jobs(connection, "one", NOON, LEASE, 1)[0].key for _ in range(3)]
        assert claimed == ["job:3", "job:2", "job:1"]

    await queue.write(live)


async def test_the_place_in_the_queue_is_the_order_of_the_claims(queue: Database) -> None:
    def live(connection: Connection) -> None:
        chance = random.Random(5)  # noqa: S311 - the same queue at each run
        for number in range(30):
            person, waited = chance.randrange(4), chance.randrange(20) * SECOND
            add_job(connection, a_job(f"job:{number}", user_id=person, queued_at=NOON - waited))
        ahead = {f"job:{number}": count_ahead(connection, GUILD, f"job:{number}") for number in range(30)}
        assert sorted(ahead.values()) == list(range(30))
        for turn in range(30):
            (held,) = claim_jobs(connection, "one", NOON, LEASE, 1)
            assert ahead[held.key] == turn
            assert count_ahead(connection, GUILD, held.key) == 0
            finish_job(connection, held, NOON)
            ahead = {key: place for key, place in ahead.items() if key != held.key}
            if ahead:
                ahead = {key: count_ahead(connection, GUILD, key) + turn + 1 for key in ahead}

    await queue.write(live)


async def test_the_next_time_is_that_of_a_job_or_of_a_lease(queue: Database) -> None:
    def live(connection: Connection) -> None:
        assert next_job_at(connection) is None
        add_job(connection, a_job("later", run_at=NOON + 9 * MINUTE))
        add_job(connection, a_job("now"))
        assert next_job_at(connection) == NOON
        claim_jobs(connection, "one", NOON, LEASE, 5)
        assert next_job_at(connection) == NOON + LEASE

    await queue.write(live)


async def test_eight_claimers_share_two_hundred_jobs_and_none_is_claimed_twice(queue: Database) -> None:
    def fill(connection: Connection) -> None:
        for number in range(200):
            add_job(connection, a_job(f"job:{number}", user_id=number % 7))

    await queue.write(fill)
    claimed: list[str] = []

    async def claimer(name: str) -> None:
        chance = random.Random(name)  # noqa: S311 - the same steps at each run
        while True:
            limit = chance.randint(1, 5)
            jobs = await queue.write(claim_jobs, name, NOON, LEASE, limit)
            if not jobs and await queue.read(next_job_at) != NOON:
                return
            assert len(jobs) <= limit
            claimed.extend(job.key for job in jobs)
            for job in jobs:
                assert await queue.write(finish_job, job, NOON)

    await asyncio.gather(*(claimer(f"claimer {number}") for number in range(8)))
    assert len(claimed) == 200
    assert len(set(claimed)) == 200
