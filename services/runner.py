"""The loop that takes durable jobs from the database and gives them to the workers, a few at a time."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from services.clock import Clock
from services.waking import Waker
from services.workers import WorkerDied
from storage import jobs
from storage.database import Connection, Database
from storage.jobs import Job

MOST_ATTEMPTS = 3
MOST_CLAIMS = 10  # restarts of the bot end a lease too; a job that ends the bot each time must not go on for ever
LONGEST_WAIT = timedelta(seconds=10)
PAUSE_AFTER_STUMBLE = 1.0
SHUTDOWN_PATIENCE = timedelta(seconds=20)

log = logging.getLogger(__name__)


class JobHandler:
    """What one kind of job does, and what it leaves behind when it cannot be done."""

    def __init__(
        self,
        perform: Callable[[Job], Awaitable[None]],
        give_up: Callable[[Connection, Job, str], None],
    ) -> None:
        self.perform = perform
        self.give_up = give_up


class Runner:
    """Claims jobs fairly, runs each under a lease longer than its time limit, and tries again when a worker dies."""

    def __init__(self, database: Database, clock: Clock, *, slots: int, lease: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._slots = slots
        self._lease = lease
        self._owner = uuid.uuid4().hex
        self._waker = Waker()
        self._running: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Say that a job may be ready."""
        self._waker.wake()

    async def run(self, handlers: Mapping[str, JobHandler]) -> None:
        """Run until cancelled; a job that is running then keeps its lease."""
        while True:
            try:
                for job in await self._claim():
                    task = asyncio.create_task(self._attempt(job, handlers[job.kind]))
                    self._running.add(task)
                    task.add_done_callback(self._finished)
                await self._wait()
            except Exception:
                log.exception("the job loop stumbled; it goes on")
                await asyncio.sleep(PAUSE_AFTER_STUMBLE)

    async def settle(self) -> None:
        """Wait a while for the running jobs and give back the leases of the rest."""
        if self._running:
            await asyncio.wait(self._running, timeout=SHUTDOWN_PATIENCE.total_seconds())
        for task in self._running:
            task.cancel()
        await self._database.write(lambda connection: jobs.release_jobs(connection, self._owner))

    async def _claim(self) -> tuple[Job, ...]:
        free = self._slots - len(self._running)
        if free <= 0:
            return ()
        return await self._database.write(
            lambda connection: jobs.claim_jobs(connection, self._owner, self._clock(), self._lease, free)
        )

    async def _wait(self) -> None:
        left = LONGEST_WAIT
        if len(self._running) < self._slots:
            ready_at = await self._database.read(jobs.next_job_at)
            left = left if ready_at is None else min(left, ready_at - self._clock())
        await self._waker.wait(left)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.wake()

    async def _attempt(self, job: Job, handler: JobHandler) -> None:
        if job.attempts > MOST_CLAIMS:
            await self._fail(job, handler, "it was interrupted too often", again=False)
            return
        try:
            await handler.perform(job)
        except WorkerDied:
            log.warning("a worker died over job %s, attempt %d", job.key, job.attempts)
            await self._fail(job, handler, "the scoring process was killed", again=job.attempts < MOST_ATTEMPTS)
        except Exception:
            log.exception("job %s failed", job.key)
            await self._fail(job, handler, "of a fault of ours", again=False)

    async def _fail(self, job: Job, handler: JobHandler, reason: str, *, again: bool) -> None:
        now = self._clock()
        retry_at = now + timedelta(seconds=job.attempts) if again else None

        def record(connection: Connection) -> None:
            if jobs.fail_job(connection, job, reason, retry_at) and retry_at is None:
                handler.give_up(connection, job, reason)

        await self._database.write(record)


@asynccontextmanager
async def running(runner: Runner, handlers: Mapping[str, JobHandler]) -> AsyncIterator[None]:
    """Keep the loop running; on the way out stop claiming first, then let the running jobs end."""
    loop = asyncio.create_task(runner.run(handlers))
    try:
        yield
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
        await runner.settle()
