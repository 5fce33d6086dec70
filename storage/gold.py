"""Reading the gold of a task. Each version keeps only what it changed; every version can be read for ever."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, Connection, func, or_, select

from bench.errors import NotFound
from bench.model import Gold, Item
from storage.columns import ItemRole
from storage.rows import value_of
from storage.schema import gold_answer, gold_version, item
from storage.standings import WORDS, Standing, rows_at, standing_of, standings_at, words_of
from storage.tasks import search_key


@dataclass(frozen=True, slots=True)
class GoldVersion:
    """A version with its reason and how many items came, went, and stayed but say something else or count otherwise."""

    number: int
    at: datetime
    actor_id: int
    reason: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that differs between two versions; None on the side where it is not in the gold."""

    item_id: str
    before: Item | None
    after: Item | None


def list_items(
    connection: Connection,
    guild_id: int,
    task_id: int,
    version: int,
    *,
    item_ids: Collection[str] | None = None,
    role: ItemRole | None = None,
) -> tuple[Item, ...]:
    """These items of a version, or those in a role, in the order of the task; reads no others."""
    touched = select(gold_answer.c.item_id).where(*_of_task(guild_id, task_id))
    if item_ids is not None:
        touched = touched.where(gold_answer.c.item_id.in_(item_ids))
    if role is not None:
        touched = touched.where(gold_answer.c.role == role)
    standing = standings_at(connection, guild_id, task_id, version, touched).values()
    wanted = [now for now in standing if (now.is_in if role is None else now.role is role)]
    return tuple(now.item for now in sorted(wanted, key=lambda now: now.position))


def get_gold(connection: Connection, guild_id: int, task_id: int, version: int | None = None) -> Gold:
    """The gold at a version, or the latest, in the order of the task; NotFound where there is none."""
    found = _existing_version(connection, guild_id, task_id, version)
    standing = standings_at(connection, guild_id, task_id, found).values()
    inside = sorted((now for now in standing if now.is_in), key=lambda now: now.position)
    return Gold(tuple(now.item for now in inside), found)


def list_item_ids(
    connection: Connection, guild_id: int, task_id: int, version: int | None = None, *, role: ItemRole | None = None
) -> tuple[str, ...]:
    """The ids of all items of a version, or of those in one role, in the order of the task. Reads no answers."""
    now = rows_at(guild_id, task_id, _existing_version(connection, guild_id, task_id, version))
    wanted = now.c.role != ItemRole.OUT if role is None else now.c.role == role
    chosen = select(now.c.item_id).where(now.c.age == 1, wanted).order_by(now.c.position)
    return tuple(connection.execute(chosen).scalars())


def count_contested(connection: Connection, guild_id: int, task_id: int, version: int) -> int:
    """How many items were ruled out of the score at this version."""
    now = rows_at(guild_id, task_id, version)
    chosen = select(func.count()).select_from(now).where(now.c.age == 1, now.c.role == ItemRole.CONTESTED)
    return connection.execute(chosen).scalar_one()


def list_samples(connection: Connection, guild_id: int, task_id: int, count: int) -> tuple[str, ...]:
    """The prompts of the first counted items of the latest version. Reads no answers."""
    now = rows_at(guild_id, task_id, _existing_version(connection, guild_id, task_id, None))
    chosen = (
        select(item.c.prompt)
        .join(now, words_of(now))
        .where(now.c.age == 1, now.c.role == ItemRole.COUNTED)
        .order_by(now.c.position)
        .limit(count)
    )
    return tuple(connection.execute(chosen).scalars())


def find_prompts(
    connection: Connection, guild_id: int, task_id: int, text: str, limit: int = 25
) -> tuple[tuple[str, str], ...]:
    """The first items of the latest version whose id or prompt contains the text, in any case, as (id, prompt).

    Reads no answers, but every prompt up to the last that it finds.
    """
    wanted = search_key(text.strip())
    rows = ((item_id, prompt) for prompt, item_id in list_prompts(connection, guild_id, task_id))
    return tuple(islice((row for row in rows if any(wanted in search_key(words) for words in row)), limit))


def list_prompts(connection: Connection, guild_id: int, task_id: int) -> tuple[tuple[str, str], ...]:
    """Every prompt of the latest version with the id of its item, in the order of the task. Reads no answers."""
    now = rows_at(guild_id, task_id, _existing_version(connection, guild_id, task_id, None))
    chosen = (
        select(item.c.prompt, now.c.item_id)
        .join(item, words_of(now))
        .where(now.c.age == 1, now.c.role != ItemRole.OUT)
        .order_by(now.c.position)
    )
    return tuple((row.prompt, row.item_id) for row in connection.execute(chosen))


def find_former_item(connection: Connection, guild_id: int, task_id: int, item_id: str) -> Item | None:
    """An item that was taken out of the gold, as it last was in it; None where it is in the gold or never was."""
    chosen = (
        select(gold_answer, *WORDS)
        .join(item, words_of(gold_answer))
        .where(*_of_task(guild_id, task_id), gold_answer.c.item_id == item_id)
        .order_by(gold_answer.c.version.desc())
        .limit(2)
    )
    rows = [standing_of(row) for row in connection.execute(chosen).mappings()]
    return rows[1].item if len(rows) == 2 and not rows[0].is_in else None


def get_item(
    connection: Connection,
    guild_id: int,
    task_id: int,
    item_id: str,
    version: int | None = None,
    *,
    revision: int | None = None,
) -> tuple[Item, int]:
    """An item of a version, or of the latest, with the revision of its words; NotFound where it is not in the gold.

    With a `revision`, the item as it last was in these words, though it may have others by now, or be out.
    """
    chosen = (
        select(gold_answer, *WORDS)
        .join(item, words_of(gold_answer))
        .where(*_of_task(guild_id, task_id), gold_answer.c.item_id == item_id)
        .order_by(gold_answer.c.version.desc())
        .limit(1)
    )
    if version is not None:
        chosen = chosen.where(gold_answer.c.version <= _existing_version(connection, guild_id, task_id, version))
    if revision is not None:
        chosen = chosen.where(gold_answer.c.revision == revision, gold_answer.c.role != ItemRole.OUT)
    row = connection.execute(chosen).mappings().first()
    if row is None or row["role"] is ItemRole.OUT:
        raise NotFound("There is no such item in this server.")
    return standing_of(row).item, row["revision"]


def list_versions(connection: Connection, guild_id: int, task_id: int, limit: int = 1000) -> tuple[GoldVersion, ...]:
    """The versions of the gold, newest first. Gives no answers."""
    old = [
        func.lag(column, type_=column.type)
        .over(partition_by=gold_answer.c.item_id, order_by=gold_answer.c.version)
        .label(f"old_{name}")
        for name, column in JUDGED.items()
    ]
    now = select(gold_answer.c.version, *JUDGED.values(), *old)
    rows = now.where(*_of_task(guild_id, task_id)).subquery()
    was_out = func.coalesce(rows.c.old_role, ItemRole.OUT) == ItemRole.OUT
    is_out = rows.c.role == ItemRole.OUT
    differs = or_(*(rows.c[name] != rows.c[f"old_{name}"] for name in JUDGED))
    chosen = (
        select(
            gold_version.c.version.label("number"),
            *(gold_version.c[name] for name in ("at", "actor_id", "reason")),
            func.count().filter(was_out & ~is_out).label("added"),
            func.count().filter(~was_out & is_out).label("removed"),
            func.count().filter(~was_out & ~is_out & differs).label("changed"),
        )
        .join(rows, rows.c.version == gold_version.c.version)
        .where(gold_version.c.guild_id == guild_id, gold_version.c.task_id == task_id)
        .group_by(*gold_version.c)
        .order_by(gold_version.c.version.desc())
        .limit(limit)
    )
    return tuple(value_of(GoldVersion, row) for row in connection.execute(chosen).mappings())


def changes_between(
    connection: Connection, guild_id: int, task_id: int, version: int, *, since: int | None = None
) -> tuple[ChangedItem, ...]:
    """The items that differ between a version and an earlier one, or the one before it, in the order of the task.

    Reads those items only; before the first version (`since` 0) there were none. A mere change of place is none.
    """
    _existing_version(connection, guild_id, task_id, version)
    since = version - 1 if since is None else since
    touched = select(gold_answer.c.item_id).where(
        *_of_task(guild_id, task_id), gold_answer.c.version > since, gold_answer.c.version <= version
    )
    before, after = (standings_at(connection, guild_id, task_id, at, touched) for at in (since, version))
    changes = [
        ChangedItem(now.item.id, _inside(before.get(now.item.id)), _inside(now))
        for now in sorted(after.values(), key=lambda now: now.position)
    ]
    return tuple(change for change in changes if change.before != change.after)


JUDGED = {name: gold_answer.c[name] for name in ("role", "revision", "answers")}


def _of_task(guild_id: int, task_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (gold_answer.c.guild_id == guild_id, gold_answer.c.task_id == task_id)


def _inside(standing: Standing | None) -> Item | None:
    return standing.item if standing is not None and standing.is_in else None


def latest_version(connection: Connection, guild_id: int, task_id: int) -> int:
    """The number of the task's latest version; 0 before the first."""
    chosen = select(func.max(gold_version.c.version)).where(
        gold_version.c.guild_id == guild_id, gold_version.c.task_id == task_id
    )
    return connection.execute(chosen).scalar_one() or 0


def _existing_version(connection: Connection, guild_id: int, task_id: int, version: int | None) -> int:
    latest = latest_version(connection, guild_id, task_id)
    if version is None and latest:
        return latest
    if version is None or not 1 <= version <= latest:
        raise NotFound("There is no such gold in this server.")
    return version
