"""What is computed about a gold beside the scores: what entries without skill score, and which items look wrong.

Both follow from the database as it stands when the job runs, so that many requests in a row are answered by one run.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.model import Gold, Task
from services.asking import ask_again
from services.clock import Clock
from services.guilds import needed
from services.job_values import FoundSuspect, ItemReport, PackedEntry
from services.posts import Happening, Posts, board_due, news_due, task_post_due
from services.standings import absent_of, best_entries, unranked_members
from services.values import NewsKind
from services.workers import LimitReached, Workers
from storage import analysis, gold, guilds, jobs, outputs, submissions, suspects, tasks
from storage.analysis import PackedAnalysis
from storage.database import Connection, Database
from storage.jobs import Job
from storage.suspects import SuspectRow

BASELINES_KIND = "baselines"
ITEMS_KIND = "items"
FEWEST_ENTRIES = 2
BEHIND_THE_SCORES = timedelta(seconds=2)
SHORTEST_REST, LONGEST_REST, ITEMS_A_SECOND = 10, 600, 100
"""Seconds between two looks at the items, by their number: a look takes a worker's time that submissions need."""

NOBODY = 0

log = logging.getLogger(__name__)


def baselines_due(connection: Connection, task: Task, gold_version: int, run_at: datetime) -> None:
    """The baselines are to be scored at a gold version."""
    key = f"{BASELINES_KIND}:{task.id}:{gold_version}"
    jobs.add_job(connection, Job(task.guild_id, key, BASELINES_KIND, task.id, NOBODY, queued_at=run_at, run_at=run_at))


def items_due(connection: Connection, task: Task, at: datetime) -> None:
    """The items are to be looked at again, soon but not at once: what else comes meanwhile is looked at with it.

    Each look has its turn at a fixed time, ten seconds after the last one in a small task and ten minutes in a large.
    """
    rest = min(max(SHORTEST_REST, task.items // ITEMS_A_SECOND), LONGEST_REST)
    turn = -(-(at + BEHIND_THE_SCORES).timestamp() // rest)
    run_at = datetime.fromtimestamp(turn * rest, at.tzinfo)
    key = f"{ITEMS_KIND}:{task.id}:{turn:.0f}"
    jobs.add_job(connection, Job(task.guild_id, key, ITEMS_KIND, task.id, NOBODY, queued_at=run_at, run_at=run_at))


@dataclass(frozen=True, slots=True)
class Seen:
    """What an analysis of the items rests on."""

    task: Task
    gold: Gold
    entries: tuple[PackedEntry, ...]


class Analyses:
    """How the runner performs these jobs."""

    def __init__(self, database: Database, workers: Workers, posts: Posts, clock: Clock) -> None:
        self._database = database
        self._workers = workers
        self._posts = posts
        self._clock = clock

    async def score_baselines(self, job: Job) -> None:
        """Score what entries without skill would send, at the task's present gold."""

        def read(connection: Connection) -> tuple[Task, Gold]:
            task = tasks.get_task(connection, job.guild_id, job.subject_id)
            return task, gold.get_gold(connection, task.guild_id, task.id, task.gold_version)

        task, agreed = await self._database.read(read)
        scores = await self._workers.run("score_baselines", agreed, task.signature)
        now = self._clock()

        def write(connection: Connection) -> None:
            if jobs.finish_job(connection, job, now):
                of = (task.guild_id, task.id, agreed.version, task.signature)
                analysis.record_baselines(connection, *of, scores)
                settings = needed(guilds.find_settings(connection, task.guild_id))
                task_post_due(connection, task, settings, now)
                board_due(connection, task, settings, now)

        await self._database.write(write)
        self._posts.wake()

    async def look_at_items(self, job: Job) -> None:
        """See how the items do, and ask the voters again about those whose gold the entries speak against."""
        seen = await self._database.read(lambda connection: _seen(connection, job))
        report: ItemReport | None = None
        if len(seen.entries) >= FEWEST_ENTRIES:
            report = await self._reported(seen)
        now = self._clock()

        def write(connection: Connection) -> None:
            task = tasks.lock_task(connection, job.guild_id, job.subject_id)
            holds = jobs.finish_job(connection, job, now) and task.gold_version == seen.gold.version
            if holds and report is not None:
                _record(connection, task, seen, report, now)

        await self._database.write(write)
        self._posts.wake()

    async def _reported(self, seen: Seen) -> ItemReport | None:
        """The report, or None where the task is too large for one job: a board needs none of it."""
        try:
            report: ItemReport = await self._workers.run("analyse", seen.gold, seen.task.signature, seen.entries)
        except LimitReached as limit:
            log.warning("The items of task %s were not looked at: %s", seen.task.id, limit)
            return None
        return report


def leave(connection: Connection, job: Job, reason: str) -> None:
    """Leave the analysis as it was; the next submission or version asks for it again."""
    del connection, job, reason


def _seen(connection: Connection, job: Job) -> Seen:
    task = tasks.get_task(connection, job.guild_id, job.subject_id)
    agreed = gold.get_gold(connection, task.guild_id, task.id, task.gold_version)
    scored = submissions.list_scorecards(
        connection,
        task.guild_id,
        task.id,
        task.gold_version,
        task.signature,
        without=unranked_members(connection, task),
    )
    best = {entry.submission_id for entry in best_entries(scored)}
    chosen = [(submission, card) for submission, card in scored if submission.id in best]
    if len(chosen) < FEWEST_ENTRIES:
        return Seen(task, agreed, ())
    packed = (
        PackedEntry(
            submission.id,
            card,
            tuple(outputs.list_buckets(connection, task.guild_id, submission.id, None).values()),
            dict.fromkeys(absent_of(connection, submission, task.gold_version)),
        )
        for submission, card in chosen
    )
    return Seen(task, agreed, tuple(packed))


def _record(connection: Connection, task: Task, seen: Seen, report: ItemReport, now: datetime) -> None:
    found = report.suspects
    rows = [SuspectRow(one.item_id, one.answer, one.reason) for one in found]
    suspects.replace_suspects(connection, task.guild_id, task.id, rows)
    packed = PackedAnalysis(seen.gold.version, len(seen.entries), report.content, now)
    analysis.record_analysis(connection, task.guild_id, task.id, packed)
    asked = [one for ordinal, one in enumerate(found) if _asked_again(connection, task, one, ordinal, now)]
    if asked:
        news_due(connection, task, Happening(NewsKind.SUSPECTS, NOBODY, now, {"items": len(asked)}))


def _asked_again(connection: Connection, task: Task, suspect: FoundSuspect, ordinal: int, now: datetime) -> bool:
    return ask_again(connection, task, suspect.item_id, suspect.answer, suspect.public_reason, now, ordinal)
