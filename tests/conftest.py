"""What the rooms share: an empty database of each kind."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.database import Database
from tests.fixtures.postgresql import PostgresqlServer, running_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_postgresql())
        except Exception as error:  # noqa: BLE001 - whatever it is, the reason is printed
            pytest.skip(f"PostgreSQL does not start here: {type(error).__name__}: {error}")
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is not there yet (SQLite) or empty (PostgreSQL)."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'data' / 'touchstone.db'}"
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    return server.emptied_url()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database: the test runs once on SQLite and once on PostgreSQL."""
    async with Database.open(database_url) as opened:
        yield opened
