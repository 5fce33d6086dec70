"""Worker processes with a time and a memory limit; whatever takes more than a few milliseconds runs there.

Each process has a pool of pebble's to itself. One pool of several is lost whole when a process is killed while it is
idle or takes its next job: pebble then calls the pool broken and fails everything that was given to it.
"""

import asyncio
import ctypes
import importlib
import logging
import multiprocessing
import os
import pickle
import resource
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

JOBS_MODULE = "services.jobs"
MEGABYTE = 1 << 20
JOBS_PER_WORKER = 200
SET_PARENT_DEATH_SIGNAL = 1
HANDOVER_SECONDS = 20.0  # beyond its time limit: for the way into the process and back, after which it counts as lost
STOP_SECONDS = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How many worker processes there are, and what one job may take: seconds of wall time, megabytes above idle."""

    workers: int = 1
    job_seconds: float = 30.0
    job_memory_mb: int = 1024


class WorkerDied(Exception):
    """The worker was killed from outside in the middle of the job; the job may be tried again."""


class LimitReached(Exception):
    """The job took more time or memory than a job may; its text says which, fit for a member."""


class Worker:
    """One worker process; where it is lost, the next job has a new one."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits = limits
        self._pool = _new_pool(limits)

    def start(self) -> None:
        """Start the process and give it its first task; blocks until the modules that all workers share are read."""
        self._pool.schedule(_call, args=["warm_up", pickle.dumps(())])

    async def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - each job has its own result
        """Run one function, as `Workers.run` says."""
        outcome = await self._begun(function, *arguments)
        patience = asyncio.timeout(self._limits.job_seconds + HANDOVER_SECONDS)
        try:
            async with patience:
                return await outcome
        except ProcessExpired as error:
            raise WorkerDied(str(error)) from error
        except BrokenProcessPool as error:
            await self._replace()
            raise WorkerDied(str(error)) from error
        except TimeoutError as error:
            if patience.expired():
                await self._replace()
                raise WorkerDied("it gave no answer") from error
            raise LimitReached(f"it took longer than {self._limits.job_seconds:g} seconds") from error
        except MemoryError as error:
            raise LimitReached(f"it needed more than {self._limits.job_memory_mb} MB of memory") from error

    def stop(self) -> Thread:
        """End the process without waiting for what is unfinished; gives the thread that sees to it."""
        ending = Thread(target=_end, args=[self._pool], daemon=True)
        ending.start()
        return ending

    async def _begun(self, function: str, *arguments: object) -> asyncio.Future[Any]:
        try:
            return asyncio.wrap_future(self._scheduled(function, *arguments))
        except RuntimeError:
            log.warning("a worker died while it was idle; another one takes its place")
            await self._replace()
            return asyncio.wrap_future(self._scheduled(function, *arguments))

    def _scheduled(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - pebble leaves its future untyped
        return self._pool.schedule(_call, args=[function, pickle.dumps(arguments)], timeout=self._limits.job_seconds)

    async def _replace(self) -> None:
        self.stop()
        self._pool = _new_pool(self._limits)
        await asyncio.to_thread(getattr, self._pool, "active")  # asking for it starts the process


class Workers:
    """Processes that run functions of `services.jobs` by name, so that this process never imports what they need."""

    def __init__(self, workers: Sequence[Worker], started: Awaitable[None]) -> None:
        self._started = started
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        for worker in workers:
            self._free.put_nowait(worker)

    async def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - each job has its own result
        """Run one function with picklable arguments once a process is free; its own exceptions pass through.

        Raises WorkerDied when the process was killed, LimitReached when the job was stopped at a limit.
        """
        await asyncio.shield(self._started)
        worker = await self._free.get()
        try:
            return await worker.run(function, *arguments)
        finally:
            self._free.put_nowait(worker)

    async def ask(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - each job has its own result
        """Run one function for somebody who waits for it: once more where the process was killed."""
        try:
            return await self.run(function, *arguments)
        except WorkerDied as death:
            log.warning("a worker died over %s (%s); once more", function, death)
            return await self.run(function, *arguments)


@asynccontextmanager
async def open_workers(limits: WorkerLimits) -> AsyncIterator[Workers]:
    """Start the processes beside whatever else is starting; on the way out stop them, whatever they are doing."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each of its threads would reserve memory from the limit
    workers = [Worker(limits) for _ in range(limits.workers)]
    started = asyncio.ensure_future(asyncio.to_thread(_start, workers))
    try:
        yield Workers(workers, started)
    finally:
        await asyncio.gather(started, return_exceptions=True)
        endings = [worker.stop() for worker in workers]
        await asyncio.to_thread(_join, endings)


def _new_pool(limits: WorkerLimits) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([JOBS_MODULE])
    return ProcessPool(
        max_workers=1,
        max_tasks=JOBS_PER_WORKER,
        initializer=_confine,
        initargs=[limits.job_memory_mb],
        context=context,
    )


def _start(workers: Sequence[Worker]) -> None:
    for worker in workers:
        worker.start()


def _end(pool: ProcessPool) -> None:
    """Stop a pool. It may block for ever where the process was lost in the middle of a message."""
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one without types
    pool.join()


def _join(endings: Sequence[Thread]) -> None:
    for ending in endings:
        ending.join(STOP_SECONDS)


def _call(function: str, packed: bytes) -> object:
    """Unpack the arguments here, where lack of memory is the job's own error and not the end of the process."""
    arguments = pickle.loads(packed)  # noqa: S301 - our own bytes, through our own pipe
    return getattr(importlib.import_module(JOBS_MODULE), function)(*arguments)


def _confine(memory_mb: int) -> None:
    """Bind this worker's life to its parent's and its memory to the limit above what it maps when idle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        most = mapped + memory_mb * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
