"""Making the next version of a gold: whole, as it is first proposed, or by what changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bench.errors import BadInput
from bench.model import Gold, Item
from storage.columns import ItemRole
from storage.gold import latest_version
from storage.rows import insert_into
from storage.schema import gold_answer, gold_version, item, task
from storage.standings import Standing, difference, standing_after, standings_at
from storage.tasks import lock_task

NOTHING_COUNTS = "The gold has no item that counts; expected at least one that is neither for practice nor contested."


def publish_gold(
    connection: Connection,
    guild_id: int,
    task_id: int,
    items: Sequence[Item],
    actor_id: int,
    reason: str,
    at: datetime,
) -> Gold:
    """Make these items the task's gold, in this order, as its next version; items that it had and are not here go out.

    The task's own figures (version, items that count, practice items) follow. New words have the actor for their
    author; a practice item is never contested. Where nothing differs no version is made, and the latest is given.
    Raises NotFound without the task, and BadInput when an id comes twice or nothing is counted.
    """
    lock_task(connection, guild_id, task_id)
    items = _checked(items)
    latest = latest_version(connection, guild_id, task_id)
    before = standings_at(connection, guild_id, task_id, latest) if latest else {}
    changes = difference(before, items)
    if latest and not changes:
        return Gold(items, latest)
    version = latest + 1
    _write(connection, (guild_id, task_id, version), changes, before, (actor_id, reason, at))
    gold = Gold(items, version)
    _figures(connection, (guild_id, task_id, version), len(gold.counted), len(gold.practice))
    return gold


def publish_changes(
    connection: Connection,
    guild_id: int,
    task_id: int,
    changes: Mapping[str, Item | None],
    actor_id: int,
    reason: str,
    at: datetime,
) -> tuple[int, tuple[Standing, ...]]:
    """The next version from what changes alone: each item as it shall be, None where it goes out; others stay.

    An item that was not in the gold comes last. Gives the version's number and how the changed items stand in it.
    Raises NotFound without the task, and BadInput when nothing is counted any more.
    """
    of = lock_task(connection, guild_id, task_id)
    latest = latest_version(connection, guild_id, task_id)
    touched = select(gold_answer.c.item_id).where(
        gold_answer.c.guild_id == guild_id, gold_answer.c.task_id == task_id, gold_answer.c.item_id.in_(changes)
    )
    before = standings_at(connection, guild_id, task_id, latest, touched)
    free = count(1 + _last_position(connection, guild_id, task_id))
    changed = [_changed(before.get(item_id), now, free) for item_id, now in changes.items() if now or item_id in before]
    counted, practice = (
        old + sum(now.role is role for now in changed) - sum(before[one].role is role for one in before)
        for old, role in ((of.items, ItemRole.COUNTED), (of.practice_items, ItemRole.PRACTICE))
    )
    if counted < 1:
        raise BadInput(NOTHING_COUNTS)
    key = (guild_id, task_id, latest + 1)
    _write(connection, key, changed, before, (actor_id, reason, at))
    _figures(connection, key, counted, practice)
    return latest + 1, tuple(changed)


def _changed(was: Standing | None, now: Item | None, free: "count[int]") -> Standing:
    if now is None:
        assert was is not None  # noqa: S101 - what never was cannot go out, and is passed over before
        return replace(was, role=ItemRole.OUT)
    stays = was is not None and was.is_in
    return standing_after(was, now, was.position if was is not None and stays else next(free))


def _write(
    connection: Connection,
    key: tuple[int, int, int],
    changes: Sequence[Standing],
    before: Mapping[str, Standing],
    about: tuple[int, str, datetime],
) -> None:
    guild_id, task_id, version = key
    actor_id, reason, at = about
    of = {"guild_id": guild_id, "task_id": task_id}
    row = {**of, "version": version, "actor_id": actor_id, "reason": reason, "at": at}
    connection.execute(insert(gold_version).values(**row))
    reworded = [now for now in changes if _is_reworded(before.get(now.item.id), now)]
    if reworded:
        words = {**of, "author_id": actor_id}
        # The words of a proposed item are there already, with who proposed it for their author.
        new_words = insert_into(connection, item).on_conflict_do_nothing()
        connection.execute(new_words, [{**words, **_item_row(now)} for now in reworded])
    if changes:
        connection.execute(insert(gold_answer), [{**of, "version": version, **_answer_row(now)} for now in changes])


def _figures(connection: Connection, key: tuple[int, int, int], counted: int, practice: int) -> None:
    guild_id, task_id, version = key
    figures = {"gold_version": version, "items": counted, "practice_items": practice}
    connection.execute(update(task).where(task.c.guild_id == guild_id, task.c.id == task_id).values(**figures))


def _last_position(connection: Connection, guild_id: int, task_id: int) -> int:
    chosen = select(func.max(gold_answer.c.position)).where(
        gold_answer.c.guild_id == guild_id, gold_answer.c.task_id == task_id
    )
    last: int | None = connection.execute(chosen).scalar_one()
    return -1 if last is None else last


def _is_reworded(was: Standing | None, now: Standing) -> bool:
    return was is None or was.revision != now.revision


def _checked(items: Sequence[Item]) -> tuple[Item, ...]:
    if len({one.id for one in items}) != len(items):
        raise BadInput("The gold has an item's id twice; expected each id once. Rename or remove one of the two.")
    checked = tuple(replace(one, contested=False) if one.practice else one for one in items)
    if not Gold(checked).counted:
        raise BadInput(NOTHING_COUNTS)
    return checked


def _item_row(now: Standing) -> dict[str, Any]:
    question = now.item
    return {
        "item_id": question.id,
        "revision": now.revision,
        "prompt": question.prompt,
        "tags": question.tags,
        "author": question.author,
    }


def _answer_row(now: Standing) -> dict[str, Any]:
    return {
        "item_id": now.item.id,
        "revision": now.revision,
        "position": now.position,
        "answers": now.item.answers,
        "role": now.role,
    }
