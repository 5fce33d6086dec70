"""Facts about this installation as a whole, such as the hash of the command tree that Discord was last given."""

from sqlalchemy import Connection, select

from storage.rows import record
from storage.schema import fact


def find_fact(connection: Connection, name: str) -> str | None:
    """The value of a fact; None if it was never recorded."""
    return connection.execute(select(fact.c.value).where(fact.c.name == name)).scalar_one_or_none()


def record_fact(connection: Connection, name: str, value: str) -> None:
    """Record a fact, or change it."""
    record(connection, fact, {"name": name, "value": value})
