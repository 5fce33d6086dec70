"""Work that must not be lost: a queue with leases, in the same transactions as the facts that it belongs to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Subquery, Update, func, select, tuple_, union_all, update

from storage.columns import JobState
from storage.rows import add_once, columns_of, value_of
from storage.schema import job


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. `key` says what it is, so that asking twice makes one job.

    `attempts` counts the claims so far; owner and attempts together name one lease. `subject_id` is what it works
    on, `user_id` whom it is for (0 for nobody), `error` what went wrong the last time.
    """

    guild_id: int
    key: str
    kind: str
    subject_id: int
    user_id: int
    queued_at: datetime
    run_at: datetime
    attempts: int = 0
    state: JobState = JobState.QUEUED
    lease_owner: str | None = None
    lease_until: datetime | None = None
    error: str | None = None


def add_job(connection: Connection, new: Job) -> Job:
    """Queue a job; a repeated key gives the one that is there already, whatever became of it."""
    row, _ = add_once(connection, job, columns_of(new))
    return value_of(Job, row)


def find_job(connection: Connection, guild_id: int, key: str) -> Job | None:
    """The job, or None."""
    row = connection.execute(select(job).where(_is(guild_id, key))).mappings().first()
    return None if row is None else value_of(Job, row)


def claim_jobs(connection: Connection, owner: str, at: datetime, lease: timedelta, limit: int) -> tuple[Job, ...]:
    """Lease up to `limit` jobs whose time has come or whose lease ran out; nobody else can claim them meanwhile.

    Fair: the first job of everyone goes before anyone's second, running ones included, and within that the
    longest waiting first. A claim counts as an attempt; how many are enough is for the caller to decide.
    """
    ready = _waits(at) | ((job.c.state == JobState.RUNNING) & (job.c.lease_until <= at))
    turns = _turns(ready, (job.c.state == JobState.RUNNING) & (job.c.lease_until > at))
    chosen = (
        select(job.c.guild_id, job.c.key)
        .join(turns, (turns.c.guild_id == job.c.guild_id) & (turns.c.key == job.c.key))
        # Said again of the row itself: PostgreSQL looks at it once more when another claimer was faster.
        .where(ready)
        .order_by(turns.c.turn, job.c.queued_at, job.c.guild_id, job.c.key)
        .limit(limit)
        .with_for_update(of=job, skip_locked=True)
        .cte("chosen")
    )
    claim = (
        update(job)
        .where(tuple_(job.c.guild_id, job.c.key).in_(select(chosen.c.guild_id, chosen.c.key)))
        .values(state=JobState.RUNNING, lease_owner=owner, lease_until=at + lease, attempts=job.c.attempts + 1)
        .returning(*job.c)
    )
    claimed = [value_of(Job, row) for row in connection.execute(claim).mappings()]
    return tuple(sorted(claimed, key=lambda one: (one.queued_at, one.guild_id, one.key)))


def finish_job(connection: Connection, held: Job, at: datetime) -> bool:
    """Call a job done; False, and nothing changes, if this lease no longer holds it."""
    done = _freed(held).values(state=JobState.DONE, error=None, finished_at=at)
    return connection.execute(done).rowcount == 1


def fail_job(connection: Connection, held: Job, error: str, retry_at: datetime | None) -> bool:
    """Queue a job again for later, or give it up where that is None; False if this lease no longer holds it."""
    freed = _freed(held).values(error=error)
    if retry_at is None:
        failed = freed.values(state=JobState.FAILED)
    else:
        failed = freed.values(state=JobState.QUEUED, run_at=retry_at)
    return connection.execute(failed).rowcount == 1


def release_jobs(connection: Connection, owner: str | None) -> int:
    """Put the jobs that an owner holds back into the queue, or those of all owners, and say how many they were.

    All of them only where no other process can be at work, as at the start on SQLite. The attempts stay counted: a
    job that takes the whole process down with it must come to an end too.
    """
    held = update(job).where(job.c.state == JobState.RUNNING)
    if owner is not None:
        held = held.where(job.c.lease_owner == owner)
    return connection.execute(held.values(state=JobState.QUEUED, lease_owner=None, lease_until=None)).rowcount


def count_ahead(connection: Connection, guild_id: int, key: str) -> int:
    """How many queued jobs are before this one, of all guilds, for they share the workers; 0 if it does not wait."""
    waiting = job.c.state == JobState.QUEUED
    turns = _turns(waiting, job.c.state == JobState.RUNNING)
    place = func.row_number().over(order_by=(turns.c.turn, turns.c.queued_at, turns.c.guild_id, turns.c.key))
    queue = select(turns.c.guild_id, turns.c.key, place.label("place")).subquery()
    chosen = select(queue.c.place - 1).where(queue.c.guild_id == guild_id, queue.c.key == key)
    return connection.execute(chosen).scalar_one_or_none() or 0


def next_job_at(connection: Connection) -> datetime | None:
    """When the next job's time comes or the next lease runs out; None when nothing is to be done."""
    times = union_all(
        select(func.min(job.c.run_at).label("at")).where(job.c.state == JobState.QUEUED),
        select(func.min(job.c.lease_until).label("at")).where(job.c.state == JobState.RUNNING),
    ).subquery()
    soonest: datetime | None = connection.execute(select(func.min(times.c.at))).scalar_one()
    return soonest


def _turns(ready: ColumnElement[bool], running: ColumnElement[bool]) -> Subquery:
    """For each ready job which turn of its person it is: 1 for the first, counted on from those that run."""
    at_work = select(job.c.user_id, func.count().label("jobs")).where(running).group_by(job.c.user_id).subquery()
    nth = func.row_number().over(partition_by=job.c.user_id, order_by=(job.c.queued_at, job.c.guild_id, job.c.key))
    turn = nth + func.coalesce(at_work.c.jobs, 0)
    return (
        select(job.c.guild_id, job.c.key, job.c.queued_at, turn.label("turn"))
        .outerjoin(at_work, at_work.c.user_id == job.c.user_id)
        .where(ready)
        .subquery()
    )


def _waits(at: datetime) -> ColumnElement[bool]:
    return (job.c.state == JobState.QUEUED) & (job.c.run_at <= at)


def _freed(held: Job) -> Update:
    """A change of the job that ends its lease, if it is still this one."""
    mine = _is(held.guild_id, held.key) & (job.c.state == JobState.RUNNING)
    this_lease = (job.c.lease_owner == held.lease_owner) & (job.c.attempts == held.attempts)
    return update(job).where(mine, this_lease).values(lease_owner=None, lease_until=None)


def _is(guild_id: int, key: str) -> ColumnElement[bool]:
    return (job.c.guild_id == guild_id) & (job.c.key == key)
