"""Scoring as a durable job: a submission's bytes in, a scorecard or a refusal out, written once."""

from datetime import datetime

from bench.model import Scorecard, Submission, Task
from services.analyses import items_due
from services.clock import Clock
from services.golds import PackedGold, RecentGolds
from services.guilds import needed
from services.posts import Details, Happening, Posts, board_due, leader_due, receipt_changed
from services.standings import absent_of, unranked_members
from services.values import NewsKind, Refusal, Scored
from services.workers import LimitReached, Workers
from storage import gold, guilds, jobs, outputs, submissions, tasks
from storage.database import Connection, Database
from storage.jobs import Job

JOB_KIND = "score"


def job_key(submission_id: int) -> str:
    """The key of the job that scores a submission when it arrives."""
    return f"{JOB_KIND}:{submission_id}"


class ScoringJobs:
    """How the runner performs the jobs that a received submission leaves."""

    def __init__(self, database: Database, workers: Workers, posts: Posts, clock: Clock) -> None:
        self._database = database
        self._workers = workers
        self._posts = posts
        self._clock = clock
        self._golds = RecentGolds()

    async def perform(self, job: Job) -> None:
        """Score one submission at the task's present gold and write what came out, with all that follows from it."""

        def read(connection: Connection) -> tuple[Submission, bytes, Task, PackedGold, frozenset[str]]:
            submission = submissions.get_submission(connection, job.guild_id, job.subject_id)
            content = submissions.get_content(connection, job.guild_id, job.subject_id)
            task = tasks.get_task(connection, job.guild_id, submission.task_id)
            agreed = self._golds.of(task, lambda: gold.get_gold(connection, task.guild_id, task.id, task.gold_version))
            return submission, content, task, agreed, absent_of(connection, submission, task.gold_version)

        submission, content, task, agreed, absent = await self._database.read(read)
        try:
            outcome = await self._workers.run(
                "score_outputs", content, submission.filename, agreed, task.signature, submission.partial, absent
            )
        except LimitReached as limit:
            reason = str(limit)
            await self._database.write(lambda connection: _finish_stopped(connection, job, reason, self._clock()))
        else:
            await self._database.write(lambda connection: _finish(connection, job, task, outcome, self._clock()))
        self._posts.wake()


def _finish(connection: Connection, job: Job, task: Task, outcome: Scored | Refusal, now: datetime) -> None:
    """Write what came out, once: only by the lease that still holds the job, and at the gold that still holds."""
    present = tasks.lock_task(connection, task.guild_id, task.id)
    if isinstance(outcome, Scored) and present.gold_version != outcome.scorecard.gold_version:
        jobs.fail_job(connection, job, "the gold changed meanwhile", now)
        return
    if not jobs.finish_job(connection, job, now):
        return
    if isinstance(outcome, Scored):
        settings = needed(guilds.find_settings(connection, job.guild_id))
        _announce_leader(connection, task, job, outcome.scorecard, now)
        submissions.record_scorecard(connection, job.guild_id, job.subject_id, outcome.scorecard, now)
        outputs.record_outputs(connection, job.guild_id, job.subject_id, outcome.buckets)
        board_due(connection, task, settings, now)
        items_due(connection, task, now)
    else:
        submissions.refuse_submission(connection, job.guild_id, job.subject_id, str(outcome.error))
    receipt_changed(connection, job.guild_id, job.subject_id, now)


def _announce_leader(connection: Connection, task: Task, job: Job, scorecard: Scorecard, now: datetime) -> None:
    """A system that passes the best score of another one is news; a first entry and one's own progress are not.

    Who has seen the gold neither leads nor is passed.
    """
    seen = unranked_members(connection, task)
    best = submissions.list_scorecards(
        connection, task.guild_id, task.id, task.gold_version, task.signature, statistics=False, limit=1, without=seen
    )
    if not best or scorecard.score <= best[0][1].score:
        return
    leader, passed = best[0]
    submission = submissions.get_submission(connection, job.guild_id, job.subject_id)
    if submission.user_id in seen or (leader.user_id, leader.system) == (submission.user_id, submission.system):
        return
    details: Details = {
        "system": submission.system,
        "user_id": submission.user_id,
        "score": scorecard.score,
        "low": scorecard.interval.low,
        "high": scorecard.interval.high,
        "passed_system": leader.system,
        "passed_score": passed.score,
    }
    leader_due(connection, task, Happening(NewsKind.NEW_LEADER, submission.user_id, now, details))


def _finish_stopped(connection: Connection, job: Job, reason: str, now: datetime) -> None:
    if jobs.finish_job(connection, job, now):
        give_up(connection, job, reason)
        receipt_changed(connection, job.guild_id, job.subject_id, now)


def give_up(connection: Connection, job: Job, reason: str) -> None:
    """Close a submission that could not be scored, which returns its attempt."""
    submissions.fail_submission(connection, job.guild_id, job.subject_id, f"Scoring stopped: {reason}.")
    receipt_changed(connection, job.guild_id, job.subject_id, job.queued_at)
