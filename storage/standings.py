"""How the items of a task stand at a version, and what a version has to keep of them. Known to the gold only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Subquery, Table, and_, func, select

from bench.model import Item
from storage.columns import ItemRole
from storage.schema import gold_answer, item

WORDS = (item.c.prompt, item.c.tags, item.c.author)


@dataclass(frozen=True, slots=True)
class Standing:
    """An item at a version: what it says, which revision of its words that is, its place, and its role."""

    item: Item
    revision: int
    position: int
    role: ItemRole

    @property
    def is_in(self) -> bool:
        """Whether the item belongs to the gold at all."""
        return self.role is not ItemRole.OUT


def difference(before: Mapping[str, Standing], items: Sequence[Item]) -> tuple[Standing, ...]:
    """What a version has to keep so that these items follow from the ones before: changed, new, and gone."""
    positions = _positions(before, items)
    wanted = {now.id: standing_after(before.get(now.id), now, at) for now, at in zip(items, positions, strict=True)}
    changed = [now for now in wanted.values() if before.get(now.item.id) != now]
    gone = [replace(was, role=ItemRole.OUT) for was in before.values() if was.item.id not in wanted and was.is_in]
    return (*changed, *gone)


def _positions(before: Mapping[str, Standing], items: Sequence[Item]) -> Iterator[int]:
    """Rising positions that leave an item where it was as long as the order allows: a removal moves nobody."""
    last = -1
    for now in items:
        was = before.get(now.id)
        last = was.position if was is not None and was.position > last else last + 1
        yield last


def standing_after(was: Standing | None, now: Item, position: int) -> Standing:
    """How an item stands after one version, given how it stood before; other words are its next revision."""
    role = _role(now)
    if was is None:
        return Standing(now, 1, position, role)
    return Standing(now, was.revision + (_words(was.item) != _words(now)), position, role)


def _role(question: Item) -> ItemRole:
    if question.practice:
        return ItemRole.PRACTICE
    return ItemRole.CONTESTED if question.contested else ItemRole.COUNTED


def _words(question: Item) -> tuple[Any, ...]:
    return (question.prompt, question.tags, question.author)


def rows_at(guild_id: int, task_id: int, version: int, only: Select[tuple[str]] | None = None) -> Subquery:
    """The rows of all items up to a version; `age` counts each item's rows back from the one that holds, which is 1."""
    age = func.row_number().over(partition_by=gold_answer.c.item_id, order_by=gold_answer.c.version.desc())
    chosen = select(gold_answer, age.label("age")).where(
        gold_answer.c.guild_id == guild_id, gold_answer.c.task_id == task_id, gold_answer.c.version <= version
    )
    if only is not None:
        chosen = chosen.where(gold_answer.c.item_id.in_(only))
    return chosen.subquery()


def words_of(rows: Subquery | Table) -> ColumnElement[bool]:
    """The condition that an item's words are those of the rows."""
    names = ("guild_id", "task_id", "item_id", "revision")
    return and_(*(item.c[name] == rows.c[name] for name in names))


def standings_at(
    connection: Connection, guild_id: int, task_id: int, version: int, only: Select[tuple[str]] | None = None
) -> dict[str, Standing]:
    """How each item stands at a version, by its id, those that are out too; or only those with the chosen ids."""
    now = rows_at(guild_id, task_id, version, only)
    chosen = select(now, *WORDS).join(item, words_of(now)).where(now.c.age == 1)
    standing = [standing_of(row) for row in connection.execute(chosen).mappings()]
    return {one.item.id: one for one in standing}


def standing_of(row: RowMapping) -> Standing:
    """The standing that a row of `gold_answer` with its `WORDS` keeps."""
    question = Item(
        id=row["item_id"],
        prompt=row["prompt"],
        answers=tuple(row["answers"]),
        tags=tuple((name, value) for name, value in row["tags"]),
        practice=row["role"] is ItemRole.PRACTICE,
        author=row["author"],
        contested=row["role"] is ItemRole.CONTESTED,
    )
    return Standing(question, row["revision"], row["position"], row["role"])
