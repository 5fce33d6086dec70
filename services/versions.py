"""From decisions to a gold version: one job gathers, rescores what changed, and publishes all of it at once.

The board never stands between two versions: gold, scorecards and news of a version are written in one transaction. If
anything was scored or decided while the worker computed, nothing is written and the job looks again.
"""

from datetime import timedelta
from time import monotonic

from bench.gold_steps import GoldStep
from bench.model import BallotKind, Scorecard
from bench.verdicts import Verdict, answered
from services.analyses import BEHIND_THE_SCORES, baselines_due, items_due
from services.asking import open_anew
from services.clock import Clock
from services.guilds import needed
from services.job_values import PackedEntry
from services.moments import Moment, key_of, moment_of, packed, step_of
from services.placing import RecentPlaces
from services.posts import Posts, ballot_due, board_due, task_post_due, version_due
from services.progress import Progress, Rescoring
from services.workers import Workers
from storage import ballots, changes, events, gold, guilds, jobs, publishing, submissions, tasks
from storage.database import Connection, Database
from storage.jobs import Job
from storage.standings import Standing

VERSION_EVENT = "version"
SOON = timedelta(milliseconds=200)
ENTRIES_AT_ONCE = 25
QUIET_SECONDS = 2.0


class Versions:
    """How the runner performs the jobs that decisions and amendments leave."""

    def __init__(self, database: Database, workers: Workers, posts: Posts, clock: Clock, progress: Progress) -> None:
        self._database = database
        self._workers = workers
        self._posts = posts
        self._clock = clock
        self._progress = progress
        self._places = RecentPlaces()

    async def perform(self, job: Job) -> None:
        """Publish what is decided by now as one version; decisions that change no item only note the present one.

        Where nothing would be left to score, what is decided goes on waiting for what else comes.
        """
        start = await self._database.read(lambda connection: moment_of(connection, job.guild_id, job.subject_id))
        if start.counted_after < 1:
            await self._database.write(lambda connection: jobs.finish_job(connection, job, self._clock()))
            return
        rescored = [] if start.difference.is_empty else await self._rescored(start)
        now = self._clock()

        def write(connection: Connection) -> tuple[Standing, ...] | None:
            tasks.lock_task(connection, job.guild_id, job.subject_id)
            if key_of(connection, job.guild_id, job.subject_id) != start.key:
                jobs.fail_job(connection, job, "the task went on meanwhile", now + SOON)
                return None
            return self._published(connection, start, rescored) if jobs.finish_job(connection, job, now) else None

        changed = await self._database.write(write)
        if changed:
            self._places.follow(start.task, start.before, changed)
        self._posts.wake()

    async def _rescored(self, start: Moment) -> list[tuple[int, Scorecard]]:
        """The scorecards at the next version; what takes longer than two seconds is told on the board meanwhile."""

        def read(connection: Connection) -> tuple[GoldStep, tuple[PackedEntry, ...]]:
            known = self._places.of(start.task, connection)
            step = step_of(connection, start, known)
            return step, packed(connection, start, step, known)

        step, entries = await self._database.read(read)
        began, task = monotonic(), start.task
        rescored: list[tuple[int, Scorecard]] = []
        try:
            for first in range(0, len(entries), ENTRIES_AT_ONCE):
                some = entries[first : first + ENTRIES_AT_ONCE]
                rescored += await self._workers.ask("rescore_all", step, task.signature, some)
                if monotonic() - began > QUIET_SECONDS and len(rescored) < len(entries):
                    await self._tell(start, Rescoring(step.to_version, len(rescored), len(entries)))
        finally:
            self._progress.end(task.guild_id, task.id)
        return rescored

    async def _tell(self, start: Moment, rescoring: Rescoring) -> None:
        task, now = start.task, self._clock()
        self._progress.tell(task.guild_id, task.id, rescoring)

        def write(connection: Connection) -> None:
            board_due(connection, task, needed(guilds.find_settings(connection, task.guild_id)), now)

        await self._database.write(write)
        self._posts.wake()

    def _published(
        self, connection: Connection, start: Moment, rescored: list[tuple[int, Scorecard]]
    ) -> tuple[Standing, ...]:
        """Write the version with its scores, where anything changes; gives how the changed items stand in it."""
        task, now = start.task, self._clock()
        if start.difference.is_empty:
            self._close(connection, start, task.gold_version)
            return ()
        changed = {change.item_id: change.after for change in start.difference.changes}
        version, standing = publishing.publish_changes(
            connection, task.guild_id, task.id, changed, actor_of(start), reason_of(start), now
        )
        for submission_id, scorecard in rescored:
            submissions.record_scorecard(connection, task.guild_id, submission_id, scorecard, now)
        self._announce(connection, start, version)
        self._close(connection, start, version)
        return standing

    def _announce(self, connection: Connection, start: Moment, version: int) -> None:
        """All that has to be said and computed because of a version."""
        task, now = start.task, self._clock()
        reason, actor_id = reason_of(start), actor_of(start)
        data = {"number": version, "what": start.difference.public_sentence, "why": reason}
        event_id = events.add_event(connection, task.guild_id, now, actor_id, VERSION_EVENT, task.id, task.id, data)
        version_due(connection, task, event_id, now)
        settings = needed(guilds.find_settings(connection, task.guild_id))
        task_post_due(connection, task, settings, now)
        board_due(connection, task, settings, now)
        baselines_due(connection, task, version, now + BEHIND_THE_SCORES)
        items_due(connection, task, now)

    def _close(self, connection: Connection, start: Moment, version: int) -> None:
        """Note what went into the version, and ask anew about the items whose words or answers their owner changed."""
        task, waiting, now = start.task, start.waiting, self._clock()
        of = (task.guild_id, task.id)
        _close_proposed(connection, start, version)
        changes.close_amendments(connection, *of, [one.id for one in waiting.amendments], version)
        due = [ballot.id for ballot in waiting.decided if ballot.is_public]
        for amendment in waiting.amendments:
            withdrawn = ballots.withdraw_open_ballots(connection, *of, amendment.item_id, now)
            due += [ballot.id for ballot in withdrawn if ballot.is_public]
            if amendment.after is not None:
                _, revision = gold.get_item(connection, *of, amendment.item_id)
                open_anew(
                    connection,
                    task,
                    amendment.item_id,
                    revision,
                    amendment.actor_id,
                    amendment.id,
                    now,
                    amendment.reason,
                )
        ballots.mark_published(connection, task.guild_id, [ballot.id for ballot in waiting.decided], version)
        for ballot_id in due:
            ballot_due(connection, task, ballot_id, now)


def leave_for_later(connection: Connection, job: Job, reason: str) -> None:
    """Leave what is decided for the next version: nothing is lost, and the next decision takes it along."""
    del connection, job, reason


def reason_of(start: Moment) -> str:
    """Why the version is made, in words for all: the decisions, then what the owner says of the amendments."""
    decisions = (ballot.sentence or "" for ballot in start.waiting.decided)
    amendments = (f"Item {one.item_id}: {one.reason}" for one in start.waiting.amendments)
    return " ".join((*decisions, *amendments)).strip()


def actor_of(start: Moment) -> int:
    """Whose deed the version is: the owner's who amended last, else who opened the ballot that was decided last."""
    waiting = start.waiting
    return waiting.amendments[-1].actor_id if waiting.amendments else waiting.decided[-1].opened_by


def _close_proposed(connection: Connection, start: Moment, version: int) -> None:
    """Proposed items whose gold is decided wait no longer; to the others the answers are added that were accepted."""
    of = (start.task.guild_id, start.task.id)
    decided = {ballot.item_id for ballot in start.waiting.decided if ballot.kind is BallotKind.GOLD}
    changes.close_proposed_items(connection, *of, decided, version)
    verdicts = [Verdict.of(ballot) for ballot in start.waiting.decided]
    for one in start.waiting.proposed:
        now_accepted = answered(one.item, verdicts)
        if one.item.id not in decided and now_accepted != one.item.answers:
            changes.record_proposed_answers(connection, *of, one.item.id, now_accepted)
