"""What waits for the next gold version of a task: items that members propose, and amendments by its owner."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, update

from bench.amendments import Amendment
from bench.ballots import Ballot
from bench.errors import NotFound
from bench.model import Item
from storage.gold import get_item
from storage.rows import add_once, is_key
from storage.schema import amendment, item, proposed_item
from storage.standings import WORDS, words_of
from storage.tasks import lock_task

FIRST_REVISION = 1


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """An item that is voted on before it is in any gold."""

    item: Item
    proposed_by: int
    proposed_at: datetime


def add_proposed_items(
    connection: Connection, guild_id: int, task_id: int, items: Sequence[Item], user_id: int, at: datetime
) -> None:
    """Keep items that wait for the votes; their words are the proposer's. Raises NotFound without the task.

    The ids must be new to the task: those that it ever had are `list_known_ids`.
    """
    lock_task(connection, guild_id, task_id)
    of = {"guild_id": guild_id, "task_id": task_id, "revision": FIRST_REVISION}
    words = [
        {
            **of,
            "item_id": one.id,
            "prompt": one.prompt,
            "tags": one.tags,
            "author": one.author,
            "author_id": user_id,
        }
        for one in items
    ]
    first = _next_position(connection, guild_id, task_id)
    proposed = {**of, "proposed_by": user_id, "proposed_at": at}
    rows = [
        {**proposed, "item_id": one.id, "position": position, "answers": one.answers}
        for position, one in enumerate(items, start=first)
    ]
    if rows:
        connection.execute(insert(item), words)
        connection.execute(insert(proposed_item), rows)


def list_proposed_items(connection: Connection, guild_id: int, task_id: int) -> tuple[ProposedItem, ...]:
    """The items that wait for the votes, in the order in which they were proposed."""
    chosen = (
        select(proposed_item, *WORDS)
        .join(item, words_of(proposed_item))
        .where(*_waits(proposed_item, guild_id, task_id))
        .order_by(proposed_item.c.position)
    )
    return tuple(
        ProposedItem(_proposed(row), row["proposed_by"], row["proposed_at"])
        for row in connection.execute(chosen).mappings()
    )


def list_known_ids(connection: Connection, guild_id: int, task_id: int) -> frozenset[str]:
    """The ids of all items that the task ever had, in its gold or proposed."""
    chosen = select(item.c.item_id).where(item.c.guild_id == guild_id, item.c.task_id == task_id).distinct()
    return frozenset(connection.execute(chosen).scalars())


def get_question(connection: Connection, guild_id: int, task_id: int, item_id: str) -> tuple[Item, int]:
    """An item as voters are asked about it, with the revision of its words: one that waits, or else of the gold.

    Raises NotFound where it is in neither.
    """
    chosen = (
        select(proposed_item, *WORDS)
        .join(item, words_of(proposed_item))
        .where(*_waits(proposed_item, guild_id, task_id), proposed_item.c.item_id == item_id)
    )
    row = connection.execute(chosen).mappings().first()
    if row is None:
        return get_item(connection, guild_id, task_id, item_id)
    return _proposed(row), row["revision"]


def get_asked(connection: Connection, ballot: Ballot) -> Item:
    """The item that a ballot is about, in the words that it asks about, wherever the item has gone since."""
    of = (ballot.guild_id, ballot.task_id, ballot.item_id)
    try:
        return get_item(connection, *of, revision=ballot.revision)[0]
    except NotFound:
        key = {"guild_id": of[0], "task_id": of[1], "item_id": of[2]}
        chosen = select(proposed_item, *WORDS).join(item, words_of(proposed_item))
        row = connection.execute(chosen.where(is_key(proposed_item, key))).mappings().first()
        if row is None:
            raise
        return _proposed(row)


def get_writer(connection: Connection, ballot: Ballot) -> tuple[int | None, str | None]:
    """Whose words a ballot asks about: the member's id, and whom the gold's file names; None where it is not known."""
    key = {
        "guild_id": ballot.guild_id,
        "task_id": ballot.task_id,
        "item_id": ballot.item_id,
        "revision": ballot.revision,
    }
    row = connection.execute(select(item.c.author_id, item.c.author).where(is_key(item, key))).one()
    return row.author_id, row.author


def close_proposed_items(
    connection: Connection, guild_id: int, task_id: int, item_ids: Collection[str], version: int
) -> None:
    """Note at which gold version the votes took these items in or turned them down."""
    waiting = _waits(proposed_item, guild_id, task_id)
    chosen = update(proposed_item).where(*waiting, proposed_item.c.item_id.in_(item_ids))
    connection.execute(chosen.values(closed_version=version))


def record_proposed_answers(
    connection: Connection, guild_id: int, task_id: int, item_id: str, answers: Sequence[str]
) -> None:
    """Change what is accepted of an item that waits; its words stay."""
    waiting = _waits(proposed_item, guild_id, task_id)
    chosen = update(proposed_item).where(*waiting, proposed_item.c.item_id == item_id)
    connection.execute(chosen.values(answers=tuple(answers)))


def add_amendment(connection: Connection, new: Amendment) -> Amendment:
    """Keep an amendment until the next version; a repeated id gives the one that is kept already."""
    after = new.after
    row, _ = add_once(
        connection,
        amendment,
        {
            "guild_id": new.guild_id,
            "id": new.id,
            "task_id": new.task_id,
            "item_id": new.item_id,
            "prompt": None if after is None else after.prompt,
            "answers": None if after is None else after.answers,
            "tags": () if after is None else after.tags,
            "author": None if after is None else after.author,
            "practice": after is not None and after.practice,
            "actor_id": new.actor_id,
            "reason": new.reason,
            "at": new.at,
        },
    )
    return _amendment(row)


def find_amendment(connection: Connection, guild_id: int, amendment_id: int) -> Amendment | None:
    """The amendment, carried out or not; None if there is none."""
    chosen = select(amendment).where(amendment.c.guild_id == guild_id, amendment.c.id == amendment_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _amendment(row)


def list_amendments(connection: Connection, guild_id: int, task_id: int) -> tuple[Amendment, ...]:
    """The amendments that wait for the next version, oldest first."""
    chosen = select(amendment).where(*_waits(amendment, guild_id, task_id)).order_by(amendment.c.at, amendment.c.id)
    return tuple(_amendment(row) for row in connection.execute(chosen).mappings())


def close_amendments(
    connection: Connection, guild_id: int, task_id: int, amendment_ids: Collection[int], version: int
) -> None:
    """Note which gold version carried these amendments out."""
    waiting = _waits(amendment, guild_id, task_id)
    connection.execute(
        update(amendment).where(*waiting, amendment.c.id.in_(amendment_ids)).values(closed_version=version)
    )


def _waits(of: Table, guild_id: int, task_id: int) -> tuple[Any, ...]:
    return (of.c.guild_id == guild_id, of.c.task_id == task_id, of.c.closed_version.is_(None))


def _next_position(connection: Connection, guild_id: int, task_id: int) -> int:
    chosen = select(func.max(proposed_item.c.position)).where(
        proposed_item.c.guild_id == guild_id, proposed_item.c.task_id == task_id
    )
    last: int | None = connection.execute(chosen).scalar_one()
    return 0 if last is None else last + 1


def _proposed(row: RowMapping) -> Item:
    return Item(row["item_id"], row["prompt"], tuple(row["answers"]), _tags(row), author=row["author"])


def _amendment(row: RowMapping) -> Amendment:
    after = None
    if row["prompt"] is not None:
        after = Item(
            row["item_id"], row["prompt"], tuple(row["answers"]), _tags(row), row["practice"], author=row["author"]
        )
    return Amendment(
        row["guild_id"],
        row["id"],
        row["task_id"],
        row["item_id"],
        after,
        row["actor_id"],
        row["reason"],
        row["at"],
    )


def _tags(row: RowMapping) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in row["tags"])
