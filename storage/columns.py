"""The pieces that every table is built from, and the states that the database itself knows."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, MetaData

from storage.types import Whole


class JobState(StrEnum):
    """The life of a job. A running one whose lease has run out may be claimed again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ItemRole(StrEnum):
    """What a gold version does with an item: score it, score it beside those, show it for practice, or leave it out."""

    COUNTED = "counted"
    CONTESTED = "contested"
    PRACTICE = "practice"
    OUT = "out"


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def key(*names: str) -> list[Column[int]]:
    """Columns of the primary key whose values come from Discord or from us, never from the database."""
    return [Column(name, Whole, primary_key=True, autoincrement=False) for name in names]


def required(name: str, kind: Any) -> Column[Any]:  # noqa: ANN401 - a column's type, made or not
    """A column that always holds a value."""
    return Column(name, kind, nullable=False)


def refers(table: str, *, mine: Iterable[str], theirs: Iterable[str] | None = None) -> ForeignKeyConstraint:
    """A reference to another table; the columns there have the same names unless `theirs` says otherwise."""
    mine = tuple(mine)
    return ForeignKeyConstraint(mine, [f"{table}.{name}" for name in theirs or mine])


def in_guild() -> ForeignKeyConstraint:
    """The row belongs to a guild that is set up."""
    return refers("guild", mine=["guild_id"])


def of_task() -> ForeignKeyConstraint:
    """The row belongs to a task of the same guild."""
    return refers("task", mine=["guild_id", "task_id"], theirs=["guild_id", "id"])


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """The column holds one of the states."""
    values = ", ".join(f"'{state.value}'" for state in states)
    return CheckConstraint(f"{column} IN ({values})", name=column)
