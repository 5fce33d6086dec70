"""Where items stand in a gold, without reading the gold."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from storage.columns import ItemRole
from storage.schema import gold_answer
from storage.standings import rows_at


def list_counted_positions(connection: Connection, guild_id: int, task_id: int, version: int) -> tuple[int, ...]:
    """The positions of the counted items of a version, rising: how many are below a position is an item's place."""
    now = rows_at(guild_id, task_id, version)
    chosen = select(now.c.position).where(now.c.age == 1, now.c.role == ItemRole.COUNTED).order_by(now.c.position)
    return tuple(connection.execute(chosen).scalars())


def list_positions(
    connection: Connection, guild_id: int, task_id: int, version: int, item_ids: Collection[str]
) -> dict[str, tuple[int, bool]]:
    """The position of each of these items that a version has, and whether it counts there."""
    wanted = select(gold_answer.c.item_id).where(
        gold_answer.c.guild_id == guild_id, gold_answer.c.task_id == task_id, gold_answer.c.item_id.in_(item_ids)
    )
    now = rows_at(guild_id, task_id, version, wanted)
    chosen = select(now.c.item_id, now.c.position, now.c.role).where(now.c.age == 1, now.c.role != ItemRole.OUT)
    return {row.item_id: (row.position, row.role is ItemRole.COUNTED) for row in connection.execute(chosen)}
