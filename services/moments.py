"""What a gold version starts from, read in one transaction; and whether anything happened since."""

from collections.abc import Collection
from dataclasses import dataclass

from bench.amendments import Amendment, amended
from bench.ballots import Ballot
from bench.buckets import buckets_of
from bench.history import difference
from bench.model import Gold, Item, Scorecard, Submission, Task
from bench.verdicts import Verdict, applied
from services.job_values import PackedEntry
from storage import ballots, changes, gold, outputs, presence, submissions, tasks
from storage.changes import ProposedItem
from storage.database import Connection

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the next version: decided ballots, items that voters may take in, and amendments."""

    decided: tuple[Ballot, ...]
    proposed: tuple[ProposedItem, ...]
    amendments: tuple[Amendment, ...]

    @property
    def key(self) -> Key:
        """Equal where the same waits."""
        decided = tuple((ballot.id, ballot.state) for ballot in self.decided)
        return decided, tuple(amendment.id for amendment in self.amendments)


@dataclass(frozen=True, slots=True)
class Moment:
    """A task's gold with what waits, and what is scored at that gold."""

    task: Task
    gold: Gold
    waiting: Waiting
    scored: tuple[tuple[Submission, Scorecard], ...]

    @property
    def after(self) -> Gold:
        """The gold that follows."""
        verdicts = map(Verdict.of, self.waiting.decided)
        items = applied(self.gold, verdicts, [one.item for one in self.waiting.proposed])
        return Gold(amended(items, self.waiting.amendments), self.gold.version + 1)

    @property
    def key(self) -> Key:
        """Equal for two moments between which nothing happened that a version rests on."""
        return self.gold.version, self.waiting.key, tuple(submission.id for submission, _ in self.scored)


def moment_of(connection: Connection, guild_id: int, task_id: int) -> Moment:
    """The present moment of a task."""
    task = tasks.get_task(connection, guild_id, task_id)
    agreed = gold.get_gold(connection, guild_id, task_id, task.gold_version)
    return Moment(task, agreed, waiting_of(connection, guild_id, task_id), _scored(connection, task))


def key_of(connection: Connection, guild_id: int, task_id: int) -> Key:
    """The key of the present moment, without a look at the gold."""
    task = tasks.get_task(connection, guild_id, task_id)
    scored = tuple(submission.id for submission, _ in _scored(connection, task, statistics=False))
    return task.gold_version, waiting_of(connection, guild_id, task_id).key, scored


def waiting_of(connection: Connection, guild_id: int, task_id: int) -> Waiting:
    """What waits for the task's next version."""
    return Waiting(
        ballots.list_unpublished(connection, guild_id, task_id),
        changes.list_proposed_items(connection, guild_id, task_id),
        changes.list_amendments(connection, guild_id, task_id),
    )


def looked_at(before: Gold, after: Gold) -> frozenset[str]:
    """The items whose outputs a rescoring needs: those that changed, and those that are scored beside the counted."""
    changed = (change.item_id for change in difference(before, after).changes)
    beside: tuple[Item, ...] = (*after.contested, *after.practice)
    return frozenset((*changed, *(item.id for item in beside)))


def packed(connection: Connection, start: Moment, item_ids: frozenset[str]) -> tuple[PackedEntry, ...]:
    """What is scored, with the buckets that hold the outputs of these items."""
    arriving = item_ids - {item.id for item in start.gold.items}
    absent = {
        version: _absent(connection, start, version, arriving)
        for version in {submission.sent_version for submission, _ in start.scored}
    }
    found = []
    for submission, scorecard in start.scored:
        count = outputs.count_buckets(connection, submission.guild_id, submission.id)
        numbers = buckets_of(item_ids, count) if count else ()
        kept = outputs.list_buckets(connection, submission.guild_id, submission.id, numbers)
        found.append(PackedEntry(submission.id, scorecard, tuple(kept.values()), absent[submission.sent_version]))
    return tuple(found)


def _absent(connection: Connection, start: Moment, sent_version: int, arriving: Collection[str]) -> frozenset[str]:
    """What was not asked of who sent at a version: what came until now, and what comes and was not there then."""
    of = (start.task.guild_id, start.task.id)
    earlier = presence.list_absent(connection, *of, sent_version, start.gold.version)
    return earlier | (frozenset(arriving) - presence.list_inside(connection, *of, sent_version, arriving))


def _scored(connection: Connection, task: Task, *, statistics: bool = True) -> tuple[tuple[Submission, Scorecard], ...]:
    return submissions.list_scorecards(
        connection, task.guild_id, task.id, task.gold_version, task.signature, statistics=statistics
    )
