"""What the members said to the ballots, and how far that has come for each item of a task."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, and_, false, func, select, update

from bench.ballots import Ballot, Vote
from bench.errors import WrongState
from bench.model import BallotKind, ItemState, VoteValue
from storage.ballots import last_ballot, lock_ballot
from storage.columns import ItemRole
from storage.rows import columns_of, record, value_of
from storage.schema import ballot, gold_answer, item, proposed_item, suspect, vote


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the vote on an item has come, in the revision of its words that holds now.

    `ballot_id` is the last gold ballot about it, None before the first; `state` is that ballot's. The votes are those
    on it, without the skipped ones and the hidden checks. `author_id` is whose words the item has,
    `author` whom the gold's file names.
    """

    item_id: str
    revision: int
    author_id: int | None
    author: str | None
    ballot_id: int | None
    state: ItemState
    right: int
    ambiguous: int
    wrong: int
    has_open_answer_ballot: bool
    suspected_answer: str | None = field(repr=False)


def record_vote(connection: Connection, new: Vote) -> Vote | None:
    """Keep what a member says to a ballot, in place of what they said before, which is given; None the first time.

    The time of the first vote stays, and the new one's becomes that of the change; the same vote again changes nothing.
    Only here is it decided whether a ballot still takes votes: an open one does; a decided one takes hidden checks and
    skips of members who did not vote on it before; a withdrawn one takes nothing. What is not taken raises WrongState,
    unless it only says again what was said, and NotFound where there is no such ballot. The ballot stays locked until
    the end of the transaction, so that a decision which counts the votes in the same transaction misses none.
    """
    of = lock_ballot(connection, new.guild_id, new.ballot_id)
    before = find_vote(connection, new.guild_id, new.ballot_id, new.user_id)
    if not _takes(of, new, before):
        return before
    if before is None or _said(before) != _said(new):
        changed_at = new.changed_at if before is None else new.at
        values = {**columns_of(new), "changed_at": changed_at}
        record(connection, vote, values, keep=frozenset({"at"}))
        _count_again(connection, new.guild_id, new.ballot_id)
    return before


def find_vote(connection: Connection, guild_id: int, ballot_id: int, user_id: int) -> Vote | None:
    """What the member says to the ballot; None if nothing."""
    of = (vote.c.guild_id == guild_id) & (vote.c.ballot_id == ballot_id)
    row = connection.execute(select(vote).where(of, vote.c.user_id == user_id)).mappings().first()
    return None if row is None else value_of(Vote, row)


def list_votes(connection: Connection, guild_id: int, ballot_id: int) -> tuple[Vote, ...]:
    """All that was said to a ballot, skips and hidden checks too, in the order of the first words."""
    chosen = select(vote).where(vote.c.guild_id == guild_id, vote.c.ballot_id == ballot_id)
    rows = connection.execute(chosen.order_by(vote.c.at, vote.c.user_id)).mappings()
    return tuple(value_of(Vote, row) for row in rows)


def count_checks(
    connection: Connection, guild_id: int, task_id: int, user_ids: Collection[int]
) -> dict[int, tuple[int, int]]:
    """How many hidden checks of the task each of these members answered (rightly, wrongly)."""
    chosen = (
        select(
            vote.c.user_id,
            func.count().filter(vote.c.correct.is_(True)).label("right"),
            func.count().filter(vote.c.correct.is_(False)).label("wrong"),
        )
        .join(ballot, (vote.c.guild_id == ballot.c.guild_id) & (vote.c.ballot_id == ballot.c.id))
        .where(vote.c.guild_id == guild_id, vote.c.user_id.in_(user_ids), ballot.c.task_id == task_id)
        .where(vote.c.is_check.is_(True))
        .group_by(vote.c.user_id)
    )
    counted = {row.user_id: (row.right, row.wrong) for row in connection.execute(chosen)}
    return {user_id: counted.get(user_id, (0, 0)) for user_id in user_ids}


def list_dealt(connection: Connection, guild_id: int, task_id: int, user_id: int) -> frozenset[str]:
    """The items whose gold the member has judged or skipped, or met as a hidden check: those not to be dealt again.

    What was said to earlier words of an item, or before it was asked about again, does not count.
    """
    last_words = select(func.max(item.c.revision)).where(
        *(item.c[name] == ballot.c[name] for name in ("guild_id", "task_id", "item_id"))
    )
    chosen = (
        select(ballot.c.item_id)
        .where(_answered(guild_id, task_id, user_id), ballot.c.kind == BallotKind.GOLD)
        .where(ballot.c.id == last_ballot(ballot), ballot.c.revision == last_words.scalar_subquery())
    )
    return frozenset(connection.execute(chosen).scalars())


def list_answered(connection: Connection, guild_id: int, task_id: int, user_id: int) -> frozenset[int]:
    """The ids of the ballots, of any kind and state, to which the member said something or which they skipped."""
    chosen = select(ballot.c.id).where(_answered(guild_id, task_id, user_id))
    return frozenset(connection.execute(chosen).scalars())


def list_tallies(connection: Connection, guild_id: int, task_id: int) -> tuple[Tally, ...]:
    """The tally of every item that is or was counted, contested ones too, in the order of the task; one statement."""
    newest = _newest(guild_id, task_id)
    chosen = (
        _tallied(gold_answer, guild_id, task_id)
        .join(newest, (newest.c.item_id == gold_answer.c.item_id) & (newest.c.version == gold_answer.c.version))
        .where(gold_answer.c.role.in_((ItemRole.COUNTED, ItemRole.CONTESTED)))
    )
    rows: Iterable[Any] = connection.execute(chosen)
    return tuple(starmap(Tally, rows))


def list_proposed_tallies(connection: Connection, guild_id: int, task_id: int) -> tuple[Tally, ...]:
    """The tally of every item that waits to be taken into the gold, in the order in which they were proposed."""
    waiting = _tallied(proposed_item, guild_id, task_id).where(proposed_item.c.closed_version.is_(None))
    rows: Iterable[Any] = connection.execute(waiting)
    return tuple(starmap(Tally, rows))


def count_voters(connection: Connection, guild_id: int, task_id: int) -> int:
    """How many members have judged an item of the task, be it as a hidden check; a skip makes nobody a voter."""
    chosen = (
        select(func.count(vote.c.user_id.distinct()))
        .join(ballot, (vote.c.guild_id == ballot.c.guild_id) & (vote.c.ballot_id == ballot.c.id))
        .where(vote.c.guild_id == guild_id, ballot.c.task_id == task_id)
        .where(vote.c.value.is_not(None))
    )
    return connection.execute(chosen).scalar_one()


def _tallied(source: Table, guild_id: int, task_id: int) -> Select[Any]:
    """The columns of a tally for the items of a table that has an item and a revision in each row."""
    asked = _asked(guild_id, task_id)
    same_words = and_(*(item.c[name] == source.c[name] for name in ("guild_id", "task_id", "item_id", "revision")))
    same_item = and_(*(suspect.c[name] == source.c[name] for name in ("guild_id", "task_id", "item_id")))
    last = (asked.c.item_id == source.c.item_id) & (asked.c.revision == source.c.revision)
    return (
        select(
            source.c.item_id,
            source.c.revision,
            item.c.author_id,
            item.c.author,
            asked.c.ballot_id,
            func.coalesce(ballot.c.state, ItemState.OPEN),
            *(func.coalesce(ballot.c[f"votes_{value}"], 0) for value in VoteValue),
            func.coalesce(asked.c.open_answers > 0, false()),
            suspect.c.proposed_answer,
        )
        .select_from(source)
        .join(item, same_words)
        .outerjoin(asked, last)
        .outerjoin(ballot, (ballot.c.guild_id == guild_id) & (ballot.c.id == asked.c.ballot_id))
        .outerjoin(suspect, same_item)
        .where(source.c.guild_id == guild_id, source.c.task_id == task_id)
        .order_by(source.c.position)
    )


def _newest(guild_id: int, task_id: int) -> Subquery:
    """Each item with the version of the row that holds for it now."""
    chosen = select(gold_answer.c.item_id, func.max(gold_answer.c.version).label("version")).where(
        gold_answer.c.guild_id == guild_id, gold_answer.c.task_id == task_id
    )
    return chosen.group_by(gold_answer.c.item_id).subquery()


def _asked(guild_id: int, task_id: int) -> Subquery:
    """Each item and revision with its last gold ballot and the number of open ballots on proposed answers."""
    is_gold = ballot.c.kind == BallotKind.GOLD
    chosen = select(
        ballot.c.item_id,
        ballot.c.revision,
        func.max(ballot.c.id).filter(is_gold).label("ballot_id"),
        func.count().filter(~is_gold & (ballot.c.state == ItemState.OPEN)).label("open_answers"),
    ).where(ballot.c.guild_id == guild_id, ballot.c.task_id == task_id, ballot.c.withdrawn_at.is_(None))
    return chosen.group_by(ballot.c.item_id, ballot.c.revision).subquery()


def _answered(guild_id: int, task_id: int, user_id: int) -> ColumnElement[bool]:
    """Whether the member said something to a ballot of the task."""
    mine = select(vote.c.ballot_id).where(vote.c.guild_id == guild_id, vote.c.user_id == user_id)
    return (ballot.c.guild_id == guild_id) & (ballot.c.task_id == task_id) & ballot.c.id.in_(mine)


def _count_again(connection: Connection, guild_id: int, ballot_id: int) -> None:
    of = (vote.c.guild_id == guild_id) & (vote.c.ballot_id == ballot_id) & vote.c.is_check.is_(False)
    counts = {
        f"votes_{value}": select(func.count()).select_from(vote).where(of, vote.c.value == value).scalar_subquery()
        for value in VoteValue
    }
    this = (ballot.c.guild_id == guild_id) & (ballot.c.id == ballot_id)
    connection.execute(update(ballot).where(this).values(**counts))


def _takes(of: Ballot, new: Vote, before: Vote | None) -> bool:
    """Whether the vote is to be kept; False where it repeats what stands, WrongState where it comes too late."""
    if of.withdrawn_at is not None:
        raise WrongState(
            "This ballot is withdrawn, because its item was changed or left out: it takes no votes. Take the next item."
        )
    if of.state is ItemState.OPEN:
        if new.is_check:
            raise WrongState("This ballot is open again, so its item checks nobody. Take the next item.")
        return True
    has_spoken = before is not None and before.value is not None
    if before is not None and has_spoken and before.value is new.value:
        return False
    if has_spoken or not (new.is_check or new.value is None):
        raise WrongState(f"This ballot is decided ({of.state.value}), so it takes no more votes. Take the next item.")
    return True


def _said(what: Vote) -> tuple[Any, ...]:
    return (what.value, what.is_check, what.correct)
