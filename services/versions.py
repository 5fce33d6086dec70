"""From decisions to a gold version: one job gathers, rescores what changed, and publishes all of it at once.

The board never stands between two versions: gold, scorecards and news of a version are written in one transaction. If
anything was scored or decided while the worker computed, nothing is written and the job looks again.
"""

from dataclasses import dataclass
from datetime import timedelta

from bench.buckets import buckets_of
from bench.history import difference
from bench.model import Ballot, Gold, Scorecard, Submission, Task
from bench.verdicts import Verdict, applied
from services.clock import Clock
from services.guilds import needed
from services.posts import Posts, ballot_due, board_due, task_post_due, version_due
from services.workers import Workers
from storage import ballots, events, gold, guilds, jobs, outputs, submissions, tasks
from storage.database import Connection, Database
from storage.jobs import Job

VERSION_EVENT = "version"
SOON = timedelta(milliseconds=200)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a version starts from: the gold, what was decided since, and what is scored at that gold."""

    task: Task
    gold: Gold
    decided: tuple[Ballot, ...]
    scored: tuple[tuple[Submission, Scorecard], ...]

    @property
    def after(self) -> Gold:
        """The gold that follows from the decisions."""
        return Gold(applied(self.gold, map(Verdict.of, self.decided)), self.gold.version + 1)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for two moments between which nothing happened that a version rests on."""
        scored = tuple(submission.id for submission, _ in self.scored)
        return self.gold.version, tuple((one.id, one.state) for one in self.decided), scored


class Versions:
    """How the runner performs the jobs that decisions leave."""

    def __init__(self, database: Database, workers: Workers, posts: Posts, clock: Clock) -> None:
        self._database = database
        self._workers = workers
        self._posts = posts
        self._clock = clock

    async def perform(self, job: Job) -> None:
        """Publish what is decided by now as one version; decisions that change no item only note the present one."""
        start = await self._database.read(lambda connection: _moment(connection, job))
        after = start.after
        rescored = () if after.items == start.gold.items else await self._rescore(start, after)
        now = self._clock()

        def write(connection: Connection) -> None:
            tasks.lock_task(connection, job.guild_id, job.subject_id)
            if _moment(connection, job, statistics=False).key != start.key:
                jobs.fail_job(connection, job, "the task went on meanwhile", now + SOON)
            elif jobs.finish_job(connection, job, now):
                self._publish(connection, start, after, rescored)

        await self._database.write(write)
        self._posts.wake()

    async def _rescore(self, start: Moment, after: Gold) -> tuple[tuple[int, Scorecard], ...]:
        changes = difference(start.gold, after).changes
        looked_at = (*after.contested, *after.practice)
        item_ids = frozenset((*(change.item_id for change in changes), *(item.id for item in looked_at)))
        packed = await self._database.read(lambda connection: _packed(connection, start.scored, item_ids))
        rescored: tuple[tuple[int, Scorecard], ...] = await self._workers.ask(
            "rescore_all", start.gold, after, start.task.signature, packed, item_ids
        )
        return rescored

    def _publish(
        self, connection: Connection, start: Moment, after: Gold, rescored: tuple[tuple[int, Scorecard], ...]
    ) -> None:
        now, task = self._clock(), start.task
        version = start.gold.version
        if after.items != start.gold.items:
            reason = " ".join(ballot.sentence or "" for ballot in start.decided).strip()
            actor_id = start.decided[-1].opened_by
            version = gold.publish_gold(connection, task.guild_id, task.id, after.items, actor_id, reason, now).version
            for submission_id, scorecard in rescored:
                submissions.record_scorecard(connection, task.guild_id, submission_id, scorecard, now)
            told = difference(start.gold, after).public_sentence
            event_id = events.add_event(
                connection,
                task.guild_id,
                now,
                actor_id,
                VERSION_EVENT,
                task.id,
                task.id,
                {"number": version, "what": told, "why": reason},
            )
            version_due(connection, task, event_id, now)
            settings = needed(guilds.find_settings(connection, task.guild_id))
            task_post_due(connection, task, settings, now)
            board_due(connection, task, settings, now)
        ballots.mark_published(connection, task.guild_id, [ballot.id for ballot in start.decided], version)
        for ballot in start.decided:
            if ballot.is_public:
                ballot_due(connection, task, ballot.id, now)


def leave_for_later(connection: Connection, job: Job, reason: str) -> None:
    """Leave what is decided for the next version: nothing is lost, and the next decision takes it along."""
    del connection, job, reason


def _moment(connection: Connection, job: Job, *, statistics: bool = True) -> Moment:
    task = tasks.get_task(connection, job.guild_id, job.subject_id)
    return Moment(
        task,
        gold.get_gold(connection, task.guild_id, task.id, task.gold_version),
        ballots.list_unpublished(connection, task.guild_id, task.id),
        submissions.list_scorecards(
            connection, task.guild_id, task.id, task.gold_version, task.signature, statistics=statistics
        ),
    )


def _packed(
    connection: Connection, scored: tuple[tuple[Submission, Scorecard], ...], item_ids: frozenset[str]
) -> tuple[tuple[int, Scorecard, tuple[bytes, ...]], ...]:
    """Each submission with its scorecard and the buckets that hold its outputs of these items."""
    found = []
    for submission, scorecard in scored:
        count = outputs.count_buckets(connection, submission.guild_id, submission.id)
        numbers = buckets_of(item_ids, count) if count else ()
        kept = outputs.list_buckets(connection, submission.guild_id, submission.id, numbers)
        found.append((submission.id, scorecard, tuple(kept.values())))
    return tuple(found)
