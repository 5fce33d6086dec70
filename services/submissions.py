"""Submissions as members meet them: taken in with one transaction, shown as a receipt, listed and withdrawn."""

import hashlib
from dataclasses import replace
from datetime import datetime

from bench.errors import NoAttemptsLeft, NotFound, WrongState
from bench.language.specification import parse_signature
from bench.metrics.catalogue import find_metric
from bench.model import Actor, Scorecard, Submission, SubmissionState, Task, TaskState
from bench.text import member_line
from services.clock import Clock, next_day, start_of_day
from services.guilds import needed
from services.posts import RECEIPT_PATIENCE, Posts, board_due, receipt_due
from services.runner import Runner
from services.scoring import JOB_KIND, job_key
from services.standings import StandingsOfTasks
from services.values import Attempts, Receipt, ReplyAddress, Result, UploadedFile
from storage import guilds, jobs, submissions, tasks
from storage.database import Connection, Database
from storage.jobs import Job

LONGEST_SYSTEM_NAME = 60
LONGEST_NOTE = 200


class Submissions:
    """Takes submissions in and answers what became of them."""

    def __init__(
        self,
        database: Database,
        standings: StandingsOfTasks,
        posts: Posts,
        runner: Runner,
        clock: Clock,
    ) -> None:
        self._database = database
        self._standings = standings
        self._posts = posts
        self._runner = runner
        self._clock = clock

    async def receive(
        self,
        actor: Actor,
        task_id: int,
        system: str,
        note: str,
        file: UploadedFile,
        interaction_id: int,
        reply: ReplyAddress,
        *,
        partial: bool = False,
    ) -> Receipt:
        """Put a submission with its job on disk; when this returns it is safe, and the receipt will follow.

        Raises WrongState where the task is not open and NoAttemptsLeft where the day's attempts are used up. A file
        that was already sent for the same system is not stored again.
        """
        now = self._clock()
        sent = Submission(
            actor.guild_id,
            interaction_id,
            task_id,
            actor.user_id,
            actor.name,
            member_line("system's name", system, LONGEST_SYSTEM_NAME),
            member_line("note", note, LONGEST_NOTE) if note.strip() else "",
            file.name,
            len(file.content),
            hashlib.sha256(file.content).hexdigest(),
            SubmissionState.QUEUED,
            now,
            partial,
        )
        stored = await self._database.write(lambda connection: _take_in(connection, sent, actor, file.content, reply))
        self._runner.wake()
        self._posts.wake()
        receipt = await self.receipt(actor.guild_id, stored.id)
        return receipt if stored.id == interaction_id else replace(receipt, same_as=stored.id)

    async def receipt(self, guild_id: int, submission_id: int) -> Receipt:
        """The submission as its sender sees it now."""
        now = self._clock()

        def read(connection: Connection) -> tuple[Receipt, Scorecard | None, float | None]:
            submission = submissions.get_submission(connection, guild_id, submission_id)
            task = tasks.get_task(connection, guild_id, submission.task_id)
            scorecard = submissions.find_scorecard(
                connection, guild_id, submission_id, task.gold_version, task.signature
            )
            attempts = _attempts(connection, task, submission.user_id, now)
            queued = submission.state is SubmissionState.QUEUED
            ahead = jobs.count_ahead(connection, guild_id, job_key(submission_id)) if queued else 0
            best_before = submissions.find_best_score(connection, submission, task.gold_version, task.signature)
            return Receipt(submission, task, attempts, ahead), scorecard, best_before

        receipt, scorecard, best_before = await self._database.read(read)
        if scorecard is None:
            return receipt
        return replace(receipt, result=await self._result(receipt, scorecard, best_before))

    async def own(self, actor: Actor, task_id: int | None = None) -> tuple[tuple[Submission, Scorecard | None], ...]:
        """One's own submissions, newest first, withdrawn ones too, with their scores at the present gold."""

        def read(connection: Connection) -> tuple[tuple[Submission, Scorecard | None], ...]:
            own = submissions.list_submissions(
                connection, actor.guild_id, task_id=task_id, user_id=actor.user_id, include_withdrawn=True
            )
            known = {task: tasks.get_task(connection, actor.guild_id, task) for task in {one.task_id for one in own}}
            return tuple((one, _scorecard(connection, one, known[one.task_id])) for one in own)

        return await self._database.read(read)

    async def withdraw(self, actor: Actor, submission_id: int) -> Submission:
        """Take one's own submission off the board; the attempt stays used."""
        now = self._clock()

        def write(connection: Connection) -> Submission:
            submission = submissions.get_submission(connection, actor.guild_id, submission_id)
            if submission.user_id != actor.user_id:
                raise NotFound("There is no such submission of yours.")
            if submissions.withdraw_submission(connection, actor.guild_id, submission_id, now):
                task = tasks.get_task(connection, actor.guild_id, submission.task_id)
                board_due(connection, task, needed(guilds.find_settings(connection, actor.guild_id)), now)
            return submissions.get_submission(connection, actor.guild_id, submission_id)

        withdrawn = await self._database.write(write)
        self._posts.wake()
        return withdrawn

    async def attempts(self, actor: Actor, task_id: int) -> Attempts:
        """The member's attempts at the task today."""
        now = self._clock()

        def read(connection: Connection) -> Attempts:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            return _attempts(connection, task, actor.user_id, now)

        return await self._database.read(read)

    async def _result(self, receipt: Receipt, scorecard: Scorecard, best_before: float | None) -> Result:
        submission = receipt.submission
        standings = await self._standings.of(submission.guild_id, submission.task_id)
        place = next(
            (
                ranked
                for ranked in standings.ranked
                if (ranked.entry.user_id, ranked.entry.system) == (submission.user_id, submission.system)
            ),
            None,
        )
        return Result(
            scorecard.score,
            _right(scorecard),
            scorecard.interval,
            scorecard.coverage.answered,
            scorecard.coverage.items,
            len(scorecard.coverage.missing_ids),
            scorecard.practice,
            scorecard.signature,
            scorecard.gold_version,
            None if submission.withdrawn_at else place,
            len(standings.ranked),
            best_before,
            all(entry.user_id != submission.user_id for entry in standings.unranked),
            scorecard.score_on_all,
        )


def _take_in(connection: Connection, sent: Submission, actor: Actor, content: bytes, reply: ReplyAddress) -> Submission:
    tasks.lock_task(connection, sent.guild_id, sent.task_id)
    task = tasks.get_task(connection, sent.guild_id, sent.task_id)
    repeated = submissions.find_submission(connection, sent.guild_id, sent.id)
    same = repeated or submissions.find_same(
        connection, sent.guild_id, sent.task_id, sent.user_id, sent.system, sent.sha256
    )
    if same is not None:
        return same
    if task.state is not TaskState.OPEN:
        raise WrongState(f"“{task.title}” takes no submissions now: it is {task.state.value}.")
    attempts = _attempts(connection, task, sent.user_id, sent.received_at)
    if not attempts.left:
        raise NoAttemptsLeft(
            f"You have used all {attempts.allowed} attempts of today at “{task.title}”. "
            f"They return <t:{int(attempts.return_at.timestamp())}:R>."
        )
    guilds.record_member(connection, actor.guild_id, actor.user_id, actor.name, actor.joined_at, sent.received_at)
    stored = submissions.add_submission(connection, replace(sent, sent_version=task.gold_version), content)
    jobs.add_job(
        connection,
        Job(
            guild_id=sent.guild_id,
            key=job_key(sent.id),
            kind=JOB_KIND,
            subject_id=sent.id,
            user_id=sent.user_id,
            queued_at=sent.received_at,
            run_at=sent.received_at,
        ),
    )
    receipt_due(connection, sent.guild_id, sent.id, reply, sent.received_at + RECEIPT_PATIENCE)
    return stored


def _attempts(connection: Connection, task: Task, user_id: int, now: datetime) -> Attempts:
    used = submissions.count_attempts(connection, task.guild_id, task.id, user_id, start_of_day(now))
    return Attempts(used, task.attempts_per_day, next_day(now))


def _right(scorecard: Scorecard) -> int | None:
    metric = find_metric(parse_signature(scorecard.signature).metric)
    if metric is None or not metric.is_right_or_wrong:
        return None
    return round(scorecard.score * scorecard.coverage.items)


def _scorecard(connection: Connection, submission: Submission, task: Task) -> Scorecard | None:
    return submissions.find_scorecard(connection, submission.guild_id, submission.id, task.gold_version, task.signature)
