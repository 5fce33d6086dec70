"""Who has seen a task's gold, and since when: such a person is a reviewer of the task for ever."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from storage.rows import add_once
from storage.schema import reviewer

How = Literal["author", "voter"]


def record_reviewer(
    connection: Connection, guild_id: int, task_id: int, user_id: int, since: datetime, how: How
) -> bool:
    """Note that a person has seen the gold; False, and nothing changes, if that is known already."""
    values = {"guild_id": guild_id, "task_id": task_id, "user_id": user_id, "since": since, "how": how}
    return add_once(connection, reviewer, values)[1]


def is_reviewer(connection: Connection, guild_id: int, task_id: int, user_id: int) -> bool:
    """Whether the person has seen the gold."""
    chosen = select(reviewer.c.user_id).where(reviewer.c.guild_id == guild_id, reviewer.c.task_id == task_id)
    return connection.execute(chosen.where(reviewer.c.user_id == user_id)).first() is not None


def list_reviewers(connection: Connection, guild_id: int, task_id: int) -> frozenset[int]:
    """The ids of all who have seen the gold."""
    chosen = select(reviewer.c.user_id).where(reviewer.c.guild_id == guild_id, reviewer.c.task_id == task_id)
    return frozenset(connection.execute(chosen).scalars())
