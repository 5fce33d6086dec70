"""Which items a gold had when: what came to it after a submission was sent, that submission was not asked."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from storage.columns import ItemRole
from storage.gold import changes_between
from storage.schema import gold_answer, item
from storage.standings import standings_at


def list_absent(connection: Connection, guild_id: int, task_id: int, sent_version: int, version: int) -> frozenset[str]:
    """The items of a version that the gold did not have at an earlier one: who sent outputs then was not asked them."""
    if sent_version >= version:
        return frozenset()
    changes = changes_between(connection, guild_id, task_id, version, since=sent_version)
    return frozenset(change.item_id for change in changes if change.before is None)


def find_arrival(connection: Connection, guild_id: int, task_id: int, sent_version: int, version: int) -> int | None:
    """The first version after one at which items came that it did not have and the later one has; None if none did."""
    absent = list_absent(connection, guild_id, task_id, sent_version, version)
    chosen = select(func.min(gold_answer.c.version)).where(
        gold_answer.c.guild_id == guild_id,
        gold_answer.c.task_id == task_id,
        gold_answer.c.item_id.in_(absent),
        gold_answer.c.version > sent_version,
        gold_answer.c.role != ItemRole.OUT,
    )
    came_at: int | None = connection.execute(chosen).scalar_one()
    return came_at


def list_inside(
    connection: Connection, guild_id: int, task_id: int, version: int, item_ids: Collection[str]
) -> frozenset[str]:
    """Which of these items the gold had at a version, in whatever role."""
    wanted = select(item.c.item_id).where(
        item.c.guild_id == guild_id, item.c.task_id == task_id, item.c.item_id.in_(item_ids)
    )
    standing = standings_at(connection, guild_id, task_id, version, wanted).values()
    return frozenset(now.item.id for now in standing if now.is_in)
