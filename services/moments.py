"""What a gold version starts from, read in one transaction and no further than the change reaches."""

from dataclasses import dataclass

from bench.amendments import Amendment, amended
from bench.ballots import Ballot
from bench.buckets import buckets_of
from bench.gold_steps import GoldStep, ItemMove
from bench.history import Difference, difference
from bench.model import Gold, Item, Scorecard, Submission, Task
from bench.verdicts import Verdict, applied
from services.job_values import PackedEntry
from services.placing import Places
from storage import ballots, changes, gold, outputs, places, presence, submissions, tasks
from storage.changes import ProposedItem
from storage.columns import ItemRole
from storage.database import Connection

BEYOND = 2**40
"""Beyond the position of any item: what comes to a gold stands after all others."""

Key = tuple[object, ...]
Scored = tuple[tuple[Submission, Scorecard], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the next version: decided ballots, items that voters may take in, and amendments."""

    decided: tuple[Ballot, ...]
    proposed: tuple[ProposedItem, ...]
    amendments: tuple[Amendment, ...]

    @property
    def touched_ids(self) -> frozenset[str]:
        """The items that may be other ones in the next version."""
        decided = (ballot.item_id for ballot in self.decided)
        return frozenset((*decided, *(amendment.item_id for amendment in self.amendments)))

    @property
    def key(self) -> Key:
        """Equal where the same waits."""
        decided = tuple((ballot.id, ballot.state) for ballot in self.decided)
        return decided, tuple(amendment.id for amendment in self.amendments)


@dataclass(frozen=True, slots=True)
class Moment:
    """A task with what waits, the items that this touches as they are, and what is scored at its gold."""

    task: Task
    waiting: Waiting
    touched: tuple[Item, ...]
    scored: Scored

    @property
    def before(self) -> Gold:
        """The touched part of the gold as it is."""
        return Gold(self.touched, self.task.gold_version)

    @property
    def after(self) -> Gold:
        """The touched part of the gold as it follows."""
        verdicts = map(Verdict.of, self.waiting.decided)
        items = applied(self.before, verdicts, [one.item for one in self.waiting.proposed])
        return Gold(amended(items, self.waiting.amendments), self.task.gold_version + 1)

    @property
    def difference(self) -> Difference:
        """All that changes."""
        return difference(self.before, self.after)

    @property
    def counted_after(self) -> int:
        """How many items the next version counts."""
        return self.task.items - len(self.before.counted) + len(self.after.counted)

    @property
    def key(self) -> Key:
        """Equal for two moments between which nothing happened that a version rests on."""
        return self.task.gold_version, self.waiting.key, tuple(submission.id for submission, _ in self.scored)


def moment_of(connection: Connection, guild_id: int, task_id: int) -> Moment:
    """The present moment of a task."""
    task = tasks.get_task(connection, guild_id, task_id)
    waiting = waiting_of(connection, guild_id, task_id)
    touched = gold.list_items(connection, guild_id, task_id, task.gold_version, item_ids=waiting.touched_ids)
    return Moment(task, waiting, touched, _scored(connection, task))


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


def step_of(connection: Connection, start: Moment, known: Places) -> GoldStep:
    """The step to the next version, with the places of what changes among all that counts."""
    task = start.task
    of = (task.guild_id, task.id, task.gold_version)
    changed = [change.item_id for change in start.difference.changes]
    was, now = ({item.id: item for item in side.items} for side in (start.before, start.after))
    standing = places.list_positions(connection, *of, changed)
    moves = []
    for order, item_id in enumerate(changed):
        # What was not in the gold comes last, in the order in which it was proposed or brought back.
        position, _ = standing.get(item_id, (BEYOND + order, False))
        moves.append(ItemMove(item_id, was.get(item_id), now.get(item_id), known.place(position), position))
    practice = _beside(connection, start, ItemRole.PRACTICE)
    return GoldStep(
        task.gold_version,
        task.gold_version + 1,
        task.items,
        tuple(moves),
        practice,
        _beside(connection, start, ItemRole.CONTESTED),
    )


def packed(connection: Connection, start: Moment, step: GoldStep, known: Places) -> tuple[PackedEntry, ...]:
    """What is scored, with the buckets that hold the outputs that the step needs."""
    item_ids = step.looked_at
    absent = {
        version: _absent(connection, start, step, version, known)
        for version in {submission.sent_version for submission, _ in start.scored}
    }
    found = []
    for submission, scorecard in start.scored:
        count = outputs.count_buckets(connection, submission.guild_id, submission.id)
        numbers = buckets_of(item_ids, count) if count else ()
        kept = outputs.list_buckets(connection, submission.guild_id, submission.id, numbers)
        found.append(PackedEntry(submission.id, scorecard, tuple(kept.values()), absent[submission.sent_version]))
    return tuple(found)


def _beside(connection: Connection, start: Moment, role: ItemRole) -> tuple[Item, ...]:
    """The items in a role after the step: those that had it and are not touched, and what takes it on."""
    task = start.task
    kept = gold.list_items(connection, task.guild_id, task.id, task.gold_version, role=role)
    touched = start.waiting.touched_ids
    fresh = start.after.practice if role is ItemRole.PRACTICE else start.after.contested
    return (*(item for item in kept if item.id not in touched), *fresh)


def _absent(
    connection: Connection, start: Moment, step: GoldStep, sent_version: int, known: Places
) -> dict[str, int | None]:
    """What was not asked of who sent at a version, with its place where it counts now."""
    of = (start.task.guild_id, start.task.id)
    arriving = frozenset(move.item_id for move in step.moves if move.before is None)
    earlier = presence.list_absent(connection, *of, sent_version, step.from_version)
    new = arriving - presence.list_inside(connection, *of, sent_version, arriving) if arriving else frozenset()
    standing = places.list_positions(connection, *of, step.from_version, earlier) if earlier else {}
    counted = {item_id: known.place(position) for item_id, (position, counts) in standing.items() if counts}
    return {item_id: counted.get(item_id) for item_id in earlier | new}


def _scored(connection: Connection, task: Task, *, statistics: bool = True) -> Scored:
    return submissions.list_scorecards(
        connection, task.guild_id, task.id, task.gold_version, task.signature, statistics=statistics
    )
