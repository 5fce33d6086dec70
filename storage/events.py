"""The record of what was done, by whom and when: rows are added, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bench.errors import NotFound
from storage.rows import value_of
from storage.schema import event


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `data` is a JSON object, public by construction: no gold in it."""

    guild_id: int
    id: int
    at: datetime
    actor_id: int
    kind: str
    task_id: int | None
    subject_id: int | None
    data: dict[str, Any]


def add_event(
    connection: Connection,
    guild_id: int,
    at: datetime,
    actor_id: int,
    kind: str,
    task_id: int | None,
    subject_id: int | None,
    data: dict[str, Any],
) -> int:
    """Add an event and give its id, which grows with time."""
    row = {
        "guild_id": guild_id,
        "at": at,
        "actor_id": actor_id,
        "kind": kind,
        "task_id": task_id,
        "subject_id": subject_id,
        "data": data,
    }
    event_id: int = connection.execute(insert(event).values(**row).returning(event.c.id)).scalar_one()
    return event_id


def get_event(connection: Connection, guild_id: int, event_id: int) -> Event:
    """The event, or NotFound."""
    chosen = select(event).where(event.c.guild_id == guild_id, event.c.id == event_id)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise NotFound("There is no such event in this server.")
    return value_of(Event, row)


def list_events(
    connection: Connection,
    guild_id: int,
    *,
    task_id: int | None = None,
    kind: str | None = None,
    before_id: int | None = None,
    limit: int = 50,
) -> tuple[Event, ...]:
    """The newest events first, of one task or all, of one kind or all; `before_id` gives the next page."""
    chosen = select(event).where(event.c.guild_id == guild_id).order_by(event.c.id.desc()).limit(limit)
    if task_id is not None:
        chosen = chosen.where(event.c.task_id == task_id)
    if kind is not None:
        chosen = chosen.where(event.c.kind == kind)
    if before_id is not None:
        chosen = chosen.where(event.c.id < before_id)
    return tuple(value_of(Event, row) for row in connection.execute(chosen).mappings())
