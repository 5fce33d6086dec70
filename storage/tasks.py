"""The tasks of a guild, who approved them, and the channels that their news are mirrored into."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from bench.errors import NotFound
from bench.model import Task, TaskState
from storage.rows import add_once, columns_of, value_of
from storage.schema import approval, link, task


def add_task(connection: Connection, new: Task) -> Task:
    """Keep a new task; a repeated id gives the one that is kept already."""
    row, _ = add_once(connection, task, {**columns_of(new), "title_key": search_key(new.title)})
    return _task(row)


def find_task(connection: Connection, guild_id: int, task_id: int) -> Task | None:
    """The task, or None."""
    row = connection.execute(select(task).where(_is(task, guild_id, id=task_id))).mappings().first()
    return None if row is None else _task(row)


def get_task(connection: Connection, guild_id: int, task_id: int) -> Task:
    """The task, or NotFound."""
    found = find_task(connection, guild_id, task_id)
    if found is None:
        raise _no_task()
    return found


def lock_task(connection: Connection, guild_id: int, task_id: int) -> Task:
    """The task, kept from all other writers until the end of the transaction, or NotFound.

    What is counted before it is written (attempts, votes) is only right behind this. SQLite needs no lock of the
    row: there is one writer at a time. Rows that only refer to the task may still be added by others.
    """
    chosen = select(task).where(_is(task, guild_id, id=task_id)).with_for_update(key_share=True)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise _no_task()
    return _task(row)


def list_tasks(
    connection: Connection,
    guild_id: int,
    *,
    text: str = "",
    states: Collection[TaskState] | None = None,
    limit: int = 25,
) -> tuple[Task, ...]:
    """The tasks whose title contains the text, in any case and width, and that are in a given state; newest first."""
    chosen = (
        select(task)
        .where(task.c.guild_id == guild_id)
        .order_by(task.c.created_at.desc(), task.c.id.desc())
        .limit(limit)
    )
    if text.strip():
        chosen = chosen.where(task.c.title_key.contains(search_key(text.strip()), autoescape=True))
    if states is not None:
        chosen = chosen.where(task.c.state.in_(states))
    return tuple(_task(row) for row in connection.execute(chosen).mappings())


def change_state(
    connection: Connection, guild_id: int, task_id: int, from_state: TaskState, to_state: TaskState, at: datetime
) -> bool:
    """Move a task from one state to another; False if it was not in the first. Opening and closing note their time."""
    changes: dict[str, Any] = {"state": to_state}
    if to_state is TaskState.OPEN:
        changes |= {"opened_at": at, "closed_at": None}
    elif to_state is TaskState.CLOSED:
        changes |= {"closed_at": at}
    statement = update(task).where(_is(task, guild_id, id=task_id), task.c.state == from_state).values(**changes)
    return connection.execute(statement).rowcount == 1


def set_thread(connection: Connection, guild_id: int, task_id: int, thread_id: int | None) -> None:
    """Note where the task is talked over, or that there is no such place any more. Raises NotFound."""
    statement = update(task).where(_is(task, guild_id, id=task_id)).values(thread_id=thread_id)
    if connection.execute(statement).rowcount == 0:
        raise _no_task()


def record_waived(connection: Connection, guild_id: int, task_id: int, waived: Collection[str]) -> None:
    """Note which lines of the checklist were not met when the task was launched. Raises NotFound."""
    statement = update(task).where(_is(task, guild_id, id=task_id)).values(waived=tuple(waived))
    if connection.execute(statement).rowcount == 0:
        raise _no_task()


def set_gold_is_open(connection: Connection, guild_id: int, task_id: int, gold_is_open: bool) -> None:
    """Decide whether those who have seen the gold are ranked like everybody. Raises NotFound."""
    statement = update(task).where(_is(task, guild_id, id=task_id)).values(gold_is_open=gold_is_open)
    if connection.execute(statement).rowcount == 0:
        raise _no_task()


def record_approval(
    connection: Connection, guild_id: int, task_id: int, user_id: int, as_curator: bool, at: datetime
) -> bool:
    """Note that a member approves; True when it is new. A second one only brings the rank up to date."""
    row, is_new = add_once(
        connection,
        approval,
        {"guild_id": guild_id, "task_id": task_id, "user_id": user_id, "as_curator": as_curator, "at": at},
    )
    if not is_new and row["as_curator"] != as_curator:
        mine = _is(approval, guild_id, task_id=task_id, user_id=user_id)
        connection.execute(update(approval).where(mine).values(as_curator=as_curator))
    return is_new


def remove_approval(connection: Connection, guild_id: int, task_id: int, user_id: int) -> bool:
    """Take an approval back; False if there was none."""
    mine = _is(approval, guild_id, task_id=task_id, user_id=user_id)
    return connection.execute(delete(approval).where(mine)).rowcount == 1


def list_approvals(
    connection: Connection, guild_id: int, task_id: int, *, limit: int = 1000
) -> tuple[tuple[int, bool], ...]:
    """Who approves, oldest first: (user id, whether as a curator)."""
    chosen = (
        select(approval.c.user_id, approval.c.as_curator)
        .where(_is(approval, guild_id, task_id=task_id))
        .order_by(approval.c.at, approval.c.user_id)
        .limit(limit)
    )
    return tuple((row.user_id, row.as_curator) for row in connection.execute(chosen))


def record_link(
    connection: Connection, guild_id: int, task_id: int, channel_id: int, actor_id: int, at: datetime
) -> bool:
    """Mirror the task's news into a channel; False if it was so already."""
    values = {"guild_id": guild_id, "task_id": task_id, "channel_id": channel_id, "actor_id": actor_id, "at": at}
    return add_once(connection, link, values)[1]


def remove_link(connection: Connection, guild_id: int, task_id: int, channel_id: int) -> bool:
    """No longer mirror the task's news into a channel; False if it was not so."""
    chosen = _is(link, guild_id, task_id=task_id, channel_id=channel_id)
    return connection.execute(delete(link).where(chosen)).rowcount == 1


def list_links(connection: Connection, guild_id: int, task_id: int, *, limit: int = 100) -> tuple[int, ...]:
    """The ids of the channels that the task's news are mirrored into, oldest link first."""
    chosen = (
        select(link.c.channel_id)
        .where(_is(link, guild_id, task_id=task_id))
        .order_by(link.c.at, link.c.channel_id)
        .limit(limit)
    )
    return tuple(connection.execute(chosen).scalars())


def _is(table: Table, guild_id: int, **key: int) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = table.c.guild_id == guild_id
    for name, value in key.items():
        condition &= table.c[name] == value
    return condition


def search_key(text: str) -> str:
    """The text without differences of case and width. Both databases then agree: SQLite folds only ASCII letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def _task(row: Mapping[Any, Any]) -> Task:
    return value_of(Task, {**row, "waived": tuple(row["waived"])})


def _no_task() -> NotFound:
    return NotFound("There is no such task in this server.")
