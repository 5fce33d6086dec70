"""How fast a change of gold reaches the board: from the decision to the version, the board, and its announcement."""

import asyncio
import gzip
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

import orjson
from sqlalchemy import text

from bench.ballots import Ballot
from bench.model import Actor, BallotKind, GuildSettings, Item, ItemState
from services.assembly import Services, open_services
from services.ballots import version_due_for
from services.clock import utc_now
from services.values import PostKind, ReplyAddress, TaskDraft, UploadedFile
from services.workers import WorkerLimits
from storage.ballots import add_ballot, decide_ballot
from storage.database import Connection, Database
from storage.tasks import get_task
from tests.speed.data import Work, work
from tests.speed.figures import Figure, ratios

GUILD, FORUM, BOARD, CURATORS = 1, 2, 3, 4
GOAL = 1000.0
LIMITS = WorkerLimits(workers=1, job_seconds=120.0, job_memory_mb=4096)
AUTHOR = Actor(GUILD, 10, "Author", manages_guild=True)


async def measure(
    sizes: Sequence[int] = (10_000, 100_000), systems: int = 20, changed: int = 100, rounds: int = 5
) -> list[Figure]:
    """The same change under tasks of different size; the last line is how much more the larger one takes."""
    taken = {items: await _versions(items, systems, min(changed, items), rounds) for items in sizes}
    figures = []
    for items, steps in taken.items():
        name = f"{changed} golds under {systems} x {items:,}"
        published, drawn, told = (tuple(step) for step in zip(*steps, strict=True))
        figures += [
            Figure(f"{name}: version published", published),
            Figure(f"{name}: board drawn", drawn),
            Figure(f"{name}: announced", told, goal=GOAL),
        ]
    first, *_, last = (tuple(step[-1] for step in steps) for steps in taken.values())
    return [*figures, ratios(f"… {sizes[-1]:,} as a multiple of {sizes[0]:,} items", last, first)]


async def _versions(items: int, systems: int, changed: int, rounds: int) -> list[tuple[float, float, float]]:
    given = work(items)
    with tempfile.TemporaryDirectory(prefix="touchstone-gold-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'data' / 'gold.db'}"
        async with Database.open(url) as database, open_services(database, LIMITS, settle_for=timedelta(0)) as services:
            task_id = await _opened(services, given, systems)
            await services.standings.board(GUILD, task_id)
            return [
                await _version(services, database, task_id, given, number, changed) for number in range(1, rounds + 1)
            ]


async def _opened(services: Services, given: Work, systems: int) -> int:
    """A task with its submissions, all scored."""
    await services.guilds.setup(AUTHOR, GuildSettings(GUILD, FORUM, BOARD, CURATORS))
    rows = [{"id": one.id, "prompt": f"{one.prompt} {one.id}", "answers": one.answers} for one in given.gold.items]
    gold = UploadedFile("gold.jsonl.gz", gzip.compress(b"\n".join(map(orjson.dumps, rows)), 1))
    draft = TaskDraft("Speed", "What comes after it?", "en", 'metric = "token_f1"', attempts_per_day=50)
    task = (await services.tasks.propose(AUTHOR, draft, gold, 1000)).task
    await services.tasks.approve(replace(AUTHOR, user_id=11), task.id)
    await services.tasks.launch(AUTHOR, task.id, waive=True)
    for number in range(systems):
        member = Actor(GUILD, 100 + number, f"Member {number}")
        file = UploadedFile("outputs.jsonl", given.file + b"\n" * number)
        reply = ReplyAddress(1, "token", utc_now() + timedelta(minutes=15))
        await services.submissions.receive(member, task.id, "system", "", file, 2000 + number, reply)
    while len((await services.standings.of(GUILD, task.id)).ranked) < systems:  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(0.05)
    return task.id


async def _version(
    services: Services, database: Database, task_id: int, given: Work, number: int, changed: int
) -> tuple[float, float, float]:
    """The milliseconds from the decision to the version, to the board's picture, and to the announcement's.

    What is computed about the items and the baselines afterwards is waited for, so that each round starts in quiet.
    """
    step = len(given.gold.items) // changed
    chosen = given.gold.items[::step][:changed]
    ids = count(1_000_000 * number)

    def decide(connection: Connection) -> None:
        now, task = utc_now(), get_task(connection, GUILD, task_id)
        for item in chosen:
            ballot = add_ballot(connection, _accepted(item, task_id, next(ids), number))
            decide_ballot(connection, GUILD, ballot.id, ItemState.SETTLED, "Accepted.", now)
        version_due_for(connection, task, number, AUTHOR.user_id, now)

    await database.write(decide)
    began = perf_counter()
    services.submissions._runner.wake()
    while (await services.tasks.get(GUILD, task_id)).gold_version <= number:  # noqa: ASYNC110 - the same
        await asyncio.sleep(0.002)
    published = perf_counter()
    await services.standings.board(GUILD, task_id)
    drawn = perf_counter()
    (news, *_) = [post for post in await services.posts.due() if post.kind is PostKind.VERSION]
    await services.records.version_news(GUILD, news.subject_id)
    told = perf_counter()
    await services.posts.drop(news)
    await _quiet(database)
    return tuple(1000 * (moment - began) for moment in (published, drawn, told))  # type: ignore[return-value]


async def _quiet(database: Database) -> None:
    """Wait until no job is left but the look at the items, which has a minute's time; that one is let go."""
    while await database.write(_jobs_left):  # noqa: ASYNC110 - the same
        await asyncio.sleep(0.1)


def _jobs_left(connection: Connection) -> int:
    connection.execute(text("DELETE FROM job WHERE kind = 'items' AND state = 'queued'"))
    left = connection.execute(text("SELECT count(*) FROM job WHERE state IN ('queued', 'running')"))
    return int(left.scalar_one())


def _accepted(item: Item, task_id: int, ballot_id: int, number: int) -> Ballot:
    """A ballot on one more answer: the first output that was wrong would be right with it."""
    return Ballot(
        GUILD,
        ballot_id,
        task_id,
        item.id,
        1,
        BallotKind.ANSWER,
        ItemState.OPEN,
        AUTHOR.user_id,
        utc_now(),
        proposed_answer=f"red river {number}",
        reason="It says the same.",
    )
