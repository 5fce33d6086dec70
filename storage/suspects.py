"""The items whose gold the submissions speak against, as last computed. They are hints for voters, never decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from storage.rows import columns_of, value_of
from storage.schema import suspect
from storage.tasks import lock_task


@dataclass(frozen=True, slots=True)
class SuspectRow:
    """An item that deserves a second look, the answer that the systems agree on, and why in one line."""

    item_id: str
    proposed_answer: str = field(repr=False)
    reason: str = field(repr=False)


def replace_suspects(connection: Connection, guild_id: int, task_id: int, suspects: Sequence[SuspectRow]) -> None:
    """Keep these, each item once, in place of the ones before. Raises NotFound without the task."""
    lock_task(connection, guild_id, task_id)
    connection.execute(delete(suspect).where(suspect.c.guild_id == guild_id, suspect.c.task_id == task_id))
    key = {"guild_id": guild_id, "task_id": task_id}
    rows = [{**key, "position": position, **columns_of(one)} for position, one in enumerate(suspects)]
    if rows:
        connection.execute(insert(suspect), rows)


def list_suspects(connection: Connection, guild_id: int, task_id: int) -> tuple[SuspectRow, ...]:
    """The suspects, in the order in which they were given."""
    chosen = select(suspect).where(suspect.c.guild_id == guild_id, suspect.c.task_id == task_id)
    rows = connection.execute(chosen.order_by(suspect.c.position)).mappings()
    return tuple(value_of(SuspectRow, row) for row in rows)
