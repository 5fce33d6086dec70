"""Worker processes that die idle, die at work, take too long or want too much: the next job does not notice."""

import asyncio
import os
import signal

import pytest

from bench.model import Gold, Item
from services.values import Scored
from services.workers import LimitReached, WorkerDied, WorkerLimits, Workers, open_workers
from tests.faults.processes import ended, kill_a_busy_worker, workers_of

SIGNATURE = "exact|extract:whole|norm:raw|agg:mean|touchstone:0.1"
SMALL, LARGE = 3, 60_000
BUSY_TICKS = 4  # more than twenty small jobs take


async def score(workers: Workers, items: int) -> float:
    """Let right answers to so many items be scored."""
    gold = Gold(tuple(Item(f"q{n}", "?", (str(n),)) for n in range(items)), 1)
    rows = "\n".join(f"q{n},{n}" for n in range(items))
    partial = False
    outcome = await workers.run("score_outputs", f"id,output\n{rows}\n".encode(), "a.csv", gold, SIGNATURE, partial)
    assert isinstance(outcome, Scored)
    return outcome.scorecard.score


async def one_after_another(workers: Workers, jobs: int) -> list[float]:
    """So many small jobs."""
    return [await score(workers, SMALL) for _ in range(jobs)]


async def warm(workers: Workers) -> set[int]:
    """The processes, once they have all done a job."""
    await asyncio.gather(*(score(workers, SMALL) for _ in range(2)))
    return workers_of(os.getpid())


async def test_processes_that_were_killed_while_idle_are_replaced() -> None:
    async with open_workers(WorkerLimits(workers=2)) as workers:
        idle = await warm(workers)
        assert len(idle) == 2
        for pid in idle:
            os.kill(pid, signal.SIGKILL)
        await ended(idle)
        await asyncio.sleep(0.5)  # for the pool to notice
        assert list(await asyncio.gather(score(workers, SMALL), score(workers, SMALL))) == [1.0, 1.0]


async def test_a_process_killed_at_work_loses_its_own_job_only() -> None:
    async with open_workers(WorkerLimits(workers=2)) as workers:
        await warm(workers)
        large = asyncio.create_task(score(workers, LARGE))
        neighbours = asyncio.create_task(one_after_another(workers, 20))
        await kill_a_busy_worker(os.getpid(), BUSY_TICKS)
        with pytest.raises(WorkerDied):
            await large
        assert await neighbours == [1.0] * 20
        assert await score(workers, LARGE) == 1.0


async def test_whoever_asks_again_gets_the_answer() -> None:
    async with open_workers(WorkerLimits(workers=1)) as workers:
        await warm(workers)
        asking = asyncio.create_task(workers.ask("check_gold", large_gold(), "gold.csv", 'metric = "exact"'))
        await kill_a_busy_worker(os.getpid(), BUSY_TICKS)
        assert len((await asking).items) == LARGE


async def test_a_job_beyond_its_time_is_stopped_and_the_next_one_is_served() -> None:
    async with open_workers(WorkerLimits(workers=1, job_seconds=0.05)) as workers:
        with pytest.raises(LimitReached, match=r"longer than 0\.05 seconds"):
            await score(workers, LARGE)
    async with open_workers(WorkerLimits(workers=1)) as workers:
        assert await score(workers, SMALL) == 1.0


async def test_a_job_beyond_its_memory_is_stopped_and_the_next_one_is_served() -> None:
    async with open_workers(WorkerLimits(workers=1, job_memory_mb=20)) as workers:
        with pytest.raises(LimitReached, match="more than 20 MB"):
            await score(workers, LARGE)
        assert await score(workers, SMALL) == 1.0


def large_gold() -> bytes:
    return ("id,prompt,answer\n" + "\n".join(f"q{n},What is {n}?,{n}" for n in range(LARGE))).encode()
