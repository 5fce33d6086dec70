"""From decisions to a gold version: one job gathers, rescores what changed, and publishes all of it at once.

The board never stands between two versions: gold, scorecards and news of a version are written in one transaction. If
anything was scored or decided while the worker computed, nothing is written and the job looks again.
"""

from datetime import timedelta
from time import monotonic

from bench.history import difference
from bench.model import BallotKind, Gold, Scorecard
from bench.verdicts import Verdict, answered
from services.analyses import BEHIND_THE_SCORES, baselines_due, items_due
from services.asking import open_anew
from services.clock import Clock
from services.golds import PackedGold
from services.guilds import needed
from services.moments import Moment, key_of, looked_at, moment_of, packed
from services.posts import Posts, ballot_due, board_due, task_post_due, version_due
from services.progress import Progress, Rescoring
from services.workers import Workers
from storage import ballots, changes, events, gold, guilds, jobs, submissions, tasks
from storage.database import Connection, Database
from storage.jobs import Job

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

    async def perform(self, job: Job) -> None:
        """Publish what is decided by now as one version; decisions that change no item only note the present one.

        Where nothing would be left to score, what is decided goes on waiting for what else comes.
        """
        start = await self._database.read(lambda connection: moment_of(connection, job.guild_id, job.subject_id))
        after = start.after
        if not after.counted:
            await self._database.write(lambda connection: jobs.finish_job(connection, job, self._clock()))
            return
        rescored = [] if after.items == start.gold.items else await self._rescored(start, after)
        now = self._clock()

        def write(connection: Connection) -> None:
            tasks.lock_task(connection, job.guild_id, job.subject_id)
            if key_of(connection, job.guild_id, job.subject_id) != start.key:
                jobs.fail_job(connection, job, "the task went on meanwhile", now + SOON)
            elif jobs.finish_job(connection, job, now):
                self._publish(connection, start, after, rescored)

        await self._database.write(write)
        self._posts.wake()

    async def _rescored(self, start: Moment, after: Gold) -> list[tuple[int, Scorecard]]:
        """The scorecards at the next version; what takes longer than two seconds is told on the board meanwhile."""
        item_ids = looked_at(start.gold, after)
        entries = await self._database.read(lambda connection: packed(connection, start, item_ids))
        golds = PackedGold(start.gold), PackedGold(after)
        began, task = monotonic(), start.task
        rescored: list[tuple[int, Scorecard]] = []
        try:
            for first in range(0, len(entries), ENTRIES_AT_ONCE):
                some = entries[first : first + ENTRIES_AT_ONCE]
                rescored += await self._workers.ask("rescore_all", *golds, task.signature, some, item_ids)
                if monotonic() - began > QUIET_SECONDS and len(rescored) < len(entries):
                    await self._tell(start, Rescoring(after.version, len(rescored), len(entries)))
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

    def _publish(
        self, connection: Connection, start: Moment, after: Gold, rescored: list[tuple[int, Scorecard]]
    ) -> None:
        task, version = start.task, start.gold.version
        if after.items != start.gold.items:
            version = self._publish_version(connection, start, after)
            for submission_id, scorecard in rescored:
                submissions.record_scorecard(connection, task.guild_id, submission_id, scorecard, self._clock())
        self._close(connection, start, version)

    def _publish_version(self, connection: Connection, start: Moment, after: Gold) -> int:
        """The gold's next version, and all that has to be said and computed because of it."""
        task, now = start.task, self._clock()
        reason, actor_id = reason_of(start), actor_of(start)
        published = gold.publish_gold(connection, task.guild_id, task.id, after.items, actor_id, reason, now)
        told = difference(start.gold, after).public_sentence
        data = {"number": published.version, "what": told, "why": reason}
        event_id = events.add_event(connection, task.guild_id, now, actor_id, VERSION_EVENT, task.id, task.id, data)
        version_due(connection, task, event_id, now)
        settings = needed(guilds.find_settings(connection, task.guild_id))
        task_post_due(connection, task, settings, now)
        board_due(connection, task, settings, now)
        baselines_due(connection, task, published.version, now + BEHIND_THE_SCORES)
        items_due(connection, task, now)
        return published.version

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
