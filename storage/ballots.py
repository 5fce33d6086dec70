"""The questions put to the voters: one is open until it is decided, or withdrawn with the words that it asks about."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, func, select, update

from bench.ballots import Ballot
from bench.errors import NotFound
from bench.model import BallotKind, ItemState
from storage.rows import add_once, columns_of, value_of
from storage.schema import ballot, item


def add_ballot(connection: Connection, new: Ballot) -> Ballot:
    """Open a ballot; a repeated id gives the one that is kept already, and an open one with the same question itself.

    Raises NotFound where the task never had the item in this revision.
    """
    _lock_item(connection, new.guild_id, new.task_id, new.item_id, new.revision)
    same = find_ballot(connection, new.guild_id, new.id) or find_open_ballot(
        connection, new.guild_id, new.task_id, new.item_id, new.revision, new.kind, new.proposed_answer
    )
    if same is not None:
        return same
    row, _ = add_once(connection, ballot, columns_of(new))
    return value_of(Ballot, row)


def find_ballot(connection: Connection, guild_id: int, ballot_id: int) -> Ballot | None:
    """The ballot, or None."""
    row = connection.execute(select(ballot).where(_is(guild_id, ballot_id))).mappings().first()
    return None if row is None else value_of(Ballot, row)


def get_ballot(connection: Connection, guild_id: int, ballot_id: int) -> Ballot:
    """The ballot, or NotFound."""
    found = find_ballot(connection, guild_id, ballot_id)
    if found is None:
        raise _no_ballot()
    return found


def lock_ballot(connection: Connection, guild_id: int, ballot_id: int) -> Ballot:
    """The ballot, kept from all other writers until the end of the transaction, or NotFound.

    A decision on the votes is only right behind this; `storage.votes.record_vote` takes it too.
    """
    chosen = select(ballot).where(_is(guild_id, ballot_id)).with_for_update(key_share=True)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise _no_ballot()
    return value_of(Ballot, row)


def find_open_ballot(
    connection: Connection,
    guild_id: int,
    task_id: int,
    item_id: str,
    revision: int,
    kind: BallotKind,
    proposed_answer: str | None = None,
) -> Ballot | None:
    """The open ballot that asks just this, the answer compared letter by letter; None where there is none."""
    chosen = (
        select(ballot)
        .where(_about(guild_id, task_id, item_id), ballot.c.revision == revision, ballot.c.kind == kind, _is_open())
        .where(ballot.c.proposed_answer.is_not_distinct_from(proposed_answer))
        .order_by(ballot.c.id)
        .limit(1)
    )
    row = connection.execute(chosen).mappings().first()
    return None if row is None else value_of(Ballot, row)


def list_ballots(
    connection: Connection,
    guild_id: int,
    task_id: int,
    *,
    item_id: str | None = None,
    states: Collection[ItemState] | None = None,
    kinds: Collection[BallotKind] | None = None,
    undecided_first: bool = False,
    limit: int = 1000,
) -> tuple[Ballot, ...]:
    """The ballots that are not withdrawn, newest first, or the open ones before all others."""
    newest = (ballot.c.opened_at.desc(), ballot.c.id.desc())
    order = (ballot.c.state != ItemState.OPEN, *newest) if undecided_first else newest
    chosen = select(ballot).where(ballot.c.guild_id == guild_id, ballot.c.task_id == task_id)
    chosen = chosen.where(ballot.c.withdrawn_at.is_(None))
    if item_id is not None:
        chosen = chosen.where(ballot.c.item_id == item_id)
    if states is not None:
        chosen = chosen.where(ballot.c.state.in_(states))
    if kinds is not None:
        chosen = chosen.where(ballot.c.kind.in_(kinds))
    rows = connection.execute(chosen.order_by(*order).limit(limit)).mappings()
    return tuple(value_of(Ballot, row) for row in rows)


def list_open_answers(connection: Connection, guild_id: int, task_id: int, limit: int = 1000) -> tuple[Ballot, ...]:
    """The open ballots on proposed answers, the longest waiting first."""
    chosen = select(ballot).where(ballot.c.guild_id == guild_id, ballot.c.task_id == task_id, _is_open())
    answers = chosen.where(ballot.c.kind == BallotKind.ANSWER).order_by(ballot.c.opened_at, ballot.c.id).limit(limit)
    return tuple(value_of(Ballot, row) for row in connection.execute(answers).mappings())


def decide_ballot(
    connection: Connection, guild_id: int, ballot_id: int, state: ItemState, sentence: str, at: datetime
) -> bool:
    """Note what the votes have made of an open ballot; False if it is decided or withdrawn already, or not there."""
    decided = {"state": state, "sentence": sentence, "decided_at": at}
    undecided = update(ballot).where(_is(guild_id, ballot_id), _is_open())
    return connection.execute(undecided.values(**decided)).rowcount == 1


def reopen_ballot(connection: Connection, guild_id: int, ballot_id: int) -> bool:
    """Undo a decision; the votes stay, and the next decision is to be published anew.

    False if it is not decided, or a later ballot has asked the same meanwhile. Raises NotFound.
    """
    of = get_ballot(connection, guild_id, ballot_id)
    _lock_item(connection, guild_id, of.task_id, of.item_id, of.revision)
    decided = update(ballot).where(
        _is(guild_id, ballot_id), ballot.c.state != ItemState.OPEN, last_ballot(ballot) == ballot_id
    )
    undone = {"state": ItemState.OPEN, "sentence": None, "decided_at": None, "decided_version": None}
    return connection.execute(decided.values(**undone)).rowcount == 1


def withdraw_open_ballots(
    connection: Connection, guild_id: int, task_id: int, item_id: str, at: datetime
) -> tuple[Ballot, ...]:
    """Ask nothing more about an item, whose words are to change or which goes out; gives the ballots it withdrew."""
    open_ones = update(ballot).where(_about(guild_id, task_id, item_id), _is_open())
    rows = connection.execute(open_ones.values(withdrawn_at=at).returning(*ballot.c)).mappings()
    return tuple(sorted((value_of(Ballot, row) for row in rows), key=lambda one: one.id))


def list_unpublished(connection: Connection, guild_id: int, task_id: int, limit: int = 10_000) -> tuple[Ballot, ...]:
    """The decided ballots that no gold version has taken in, the first decided first."""
    of_task = (ballot.c.guild_id == guild_id) & (ballot.c.task_id == task_id)
    waiting = (ballot.c.state != ItemState.OPEN) & ballot.c.decided_version.is_(None)
    chosen = select(ballot).where(of_task, waiting).order_by(ballot.c.decided_at, ballot.c.id).limit(limit)
    return tuple(value_of(Ballot, row) for row in connection.execute(chosen).mappings())


def mark_published(connection: Connection, guild_id: int, ballot_ids: Collection[int], version: int) -> int:
    """Note which gold version took the decisions in, and of how many; those that were taken in before stay."""
    waiting = (ballot.c.state != ItemState.OPEN) & ballot.c.decided_version.is_(None)
    chosen = update(ballot).where(ballot.c.guild_id == guild_id, ballot.c.id.in_(ballot_ids), waiting)
    return connection.execute(chosen.values(decided_version=version)).rowcount


def make_public(connection: Connection, guild_id: int, ballot_id: int) -> bool:
    """Let the ballot stand in the task's thread too; False if it does so already, or is not there."""
    private = update(ballot).where(_is(guild_id, ballot_id), ballot.c.is_public.is_(False))
    return connection.execute(private.values(is_public=True)).rowcount == 1


def last_ballot(of: Table) -> ScalarSelect[int]:
    """The id of the last ballot not withdrawn that asks the same: ids are those of interactions, and grow with time."""
    other = ballot.alias()
    same = [other.c[name] == of.c[name] for name in ("guild_id", "task_id", "item_id", "revision", "kind")]
    same_answer = other.c.proposed_answer.is_not_distinct_from(of.c.proposed_answer)
    chosen = select(func.max(other.c.id)).where(*same, same_answer, other.c.withdrawn_at.is_(None))
    return chosen.correlate(of).scalar_subquery()


def _lock_item(connection: Connection, guild_id: int, task_id: int, item_id: str, revision: int) -> None:
    """Let others who ask about the item wait: two with the same question are then one after the other."""
    key = {"guild_id": guild_id, "task_id": task_id, "item_id": item_id, "revision": revision}
    chosen = select(item.c.item_id).where(*(item.c[name] == value for name, value in key.items()))
    if connection.execute(chosen.with_for_update(key_share=True)).first() is None:
        raise NotFound("There is no such item in this server.")


def _is(guild_id: int, ballot_id: int) -> ColumnElement[bool]:
    return (ballot.c.guild_id == guild_id) & (ballot.c.id == ballot_id)


def _about(guild_id: int, task_id: int, item_id: str) -> ColumnElement[bool]:
    return (ballot.c.guild_id == guild_id) & (ballot.c.task_id == task_id) & (ballot.c.item_id == item_id)


def _is_open() -> ColumnElement[bool]:
    return (ballot.c.state == ItemState.OPEN) & ballot.c.withdrawn_at.is_(None)


def _no_ballot() -> NotFound:
    return NotFound("There is no such ballot in this server.")
