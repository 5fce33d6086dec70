"""Between rows and frozen values: a table's columns are named as the fields of the value that it keeps."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, case, select
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from dataclasses import Field


class FrozenValue(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, "Field[Any]"]]


Value = TypeVar("Value", bound=FrozenValue)
Insert = postgresql.Insert | sqlite.Insert


def value_of(kind: type[Value], row: Mapping[Any, Any]) -> Value:
    """The value that a row keeps; columns that the value does not have are left aside."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})


def columns_of(value: FrozenValue) -> dict[str, Any]:
    """The columns of a value, not copied."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert that knows ON CONFLICT, which the two databases share and SQLAlchemy keeps apart."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def is_key(table: Table, values: Mapping[str, Any]) -> ColumnElement[bool]:
    """The condition that a row has these values in its primary key."""
    return and_(*(column == values[column.name] for column in table.primary_key.columns))


def add_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> tuple[RowMapping, bool]:
    """Insert a row unless its key is there, and give the row that then stands there and whether it is new.

    Two callers at once with the same key get the same row: the second waits for the first to commit.
    """
    statement = insert_into(connection, table).values(**values).on_conflict_do_nothing().returning(*table.c)
    added = connection.execute(statement).mappings().first()
    if added is not None:
        return added, True
    return connection.execute(select(table).where(is_key(table, values))).mappings().one(), False


def record(
    connection: Connection, table: Table, values: Mapping[str, Any], *, keep: frozenset[str] = frozenset()
) -> None:
    """Insert a row, or change the one with its key to these values, except for the columns to `keep`."""
    statement = insert_into(connection, table).values(**values)
    key = [column.name for column in table.primary_key.columns]
    changes = {name: statement.excluded[name] for name in values if name not in keep and name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changes))


def earlier(first: ColumnElement[Any], second: ColumnElement[Any]) -> ColumnElement[Any]:
    """The smaller of two; where the first is NULL, the second."""
    return case((first < second, first), else_=second)


def later(first: ColumnElement[Any], second: ColumnElement[Any]) -> ColumnElement[Any]:
    """The larger of two; where the first is NULL, the second."""
    return case((first > second, first), else_=second)
