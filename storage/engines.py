"""How the engines of the two databases are set up. Why so: SQLite's WAL must have one writing connection only."""

from pathlib import Path

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, PoolProxiedConnection

from bench.errors import BadInput

SQLITE = "sqlite+aiosqlite"
POSTGRESQL = "postgresql+asyncpg"
BUSY_MILLISECONDS = 5000
POSTGRESQL_WRITERS = 8


def read_url(text: str) -> URL:
    """The address of a database, or BadInput that says which two kinds there are."""
    expected = f"expected {SQLITE}:///folder/file.db or {POSTGRESQL}://user:password@host/database."
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise BadInput(f"DATABASE_URL is not an address of a database; {expected}") from error
    if url.drivername not in {SQLITE, POSTGRESQL}:
        raise BadInput(f"DATABASE_URL begins with {url.drivername}; {expected}")
    if url.drivername == SQLITE and (url.database or ":memory:").startswith(":memory:"):
        raise BadInput(f"DATABASE_URL names no file, and a database in memory would be lost; {expected}")
    return url


def sqlite_file(url: URL) -> Path | None:
    """The absolute path of a SQLite file; None for PostgreSQL."""
    return Path(str(url.database)).absolute() if url.drivername == SQLITE else None


def writing_engine(url: URL) -> AsyncEngine:
    """The engine of `Database.write`: for SQLite one connection that commits to the disk before it answers."""
    if url.drivername == POSTGRESQL:
        return create_async_engine(url, pool_size=POSTGRESQL_WRITERS, max_overflow=0, hide_parameters=True)
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=None, hide_parameters=True)
    _prepare(engine, ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"], begin="BEGIN IMMEDIATE")
    return engine


def reading_engine(url: URL, readers: int) -> AsyncEngine:
    """The engine of `Database.read`: a whole read sees one moment of the database, and cannot write."""
    if url.drivername == POSTGRESQL:
        return create_async_engine(
            url, pool_size=readers, max_overflow=0, hide_parameters=True, isolation_level="REPEATABLE READ"
        ).execution_options(postgresql_readonly=True)
    engine = create_async_engine(url, pool_size=readers, max_overflow=0, pool_timeout=None, hide_parameters=True)
    _prepare(engine, ["query_only=ON", "wal_autocheckpoint=0"], begin="BEGIN")
    return engine


def migrating_engine(url: URL) -> AsyncEngine:
    """An engine for one migration: SQLite rebuilds tables, so its references are checked at the end, not on the way."""
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    if url.drivername == SQLITE:
        _prepare(engine, ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"], begin="BEGIN IMMEDIATE")
    return engine


def _prepare(engine: AsyncEngine, pragmas: list[str], *, begin: str) -> None:
    """Give every SQLite connection its settings, and take the transactions into our own hands."""

    def connected(connection: PoolProxiedConnection, record: object) -> None:
        del record
        # The driver would else begin by itself, late and deferred, and leave changes of tables outside of it.
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()
        for pragma in [f"busy_timeout={BUSY_MILLISECONDS}", *pragmas]:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
