"""The door to the database: one way to write, one way to read, and nothing half done when a task is cancelled."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.errors import WrongState
from storage.engines import migrating_engine, read_url, reading_engine, sqlite_file, writing_engine
from storage.lock import locked_folder
from storage.maintenance import DatabaseReport, copy_sqlite, report
from storage.migrations import upgrade

__all__ = ["Connection", "Database", "Work"]

T = TypeVar("T")
P = ParamSpec("P")
Work = Callable[[Connection], T]

log = logging.getLogger(__name__)


class Database:
    """An open database at the newest revision. Made by `Database.open` only."""

    def __init__(self, url: URL, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._url = url
        self._writer = writer
        self._reader = reader
        self._running: set[asyncio.Task[Any]] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, *, readers: int = 3) -> AsyncIterator[Self]:
        """Migrate and open; for SQLite also hold the data folder, so that no second process writes beside this one.

        Raises BadInput for an address that cannot be used, and WrongState when the folder is held, the database does
        not answer, or a newer Touchstone wrote the tables.
        """
        address = read_url(url)
        with _held(sqlite_file(address)):
            await _uninterrupted(_migrate(address))
            database = cls(address, writing_engine(address), reading_engine(address, readers))
            try:
                yield database
            finally:
                await _uninterrupted(database._close())

    @property
    def is_exclusive(self) -> bool:
        """Whether no other process can be at work on it: so for SQLite, whose data folder is held."""
        return sqlite_file(self._url) is not None

    async def write(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(connection, ...)` in one transaction: committed when this returns, undone when this raises.

        A cancelled caller no longer waits, but the transaction goes on to its end, whichever that is: what is
        written must be recognised when it is asked for again.
        """
        return await self._shielded(_transaction(self._writer, lambda opened: function(opened, *args, **kwargs)))

    async def read(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(connection, ...)`, which sees one moment of the database and cannot change it."""
        return await self._shielded(_transaction(self._reader, lambda opened: function(opened, *args, **kwargs)))

    async def backup(self, target: Path, at: datetime) -> Path:
        """Copy a SQLite database in use, check the copy, and say where it is: `target` itself, or a dated file in it.

        Raises WrongState on PostgreSQL, whose own tools do it, and where a file is in the way.
        """
        return await asyncio.to_thread(copy_sqlite, self._url, target, at)

    async def describe(self) -> DatabaseReport:
        """What `python -m bot db` shows of it."""
        return await self.read(report, self._url)

    async def _shielded(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_log_late_error)
            raise

    async def _close(self) -> None:
        """Let everything that was begun end; the writer goes last, because the last to go empties the WAL."""
        while self._running:
            await asyncio.wait(self._running)
        await self._reader.dispose()
        await self._writer.dispose()


async def _transaction(engine: AsyncEngine, function: Work[T]) -> T:
    async with engine.begin() as connection:
        return await connection.run_sync(function)


async def _migrate(url: URL) -> None:
    engine = migrating_engine(url)
    try:
        await _reach(engine)
        await _transaction(engine, upgrade)
    finally:
        await engine.dispose()


async def _reach(engine: AsyncEngine) -> None:
    try:
        async with engine.connect():
            pass
    except (OSError, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise WrongState(
            f"The database {engine.url.render_as_string(hide_password=True)} cannot be opened: {reason}. "
            "Check that it is there and that DATABASE_URL names it rightly."
        ) from error


async def _uninterrupted(work: Coroutine[Any, Any, None]) -> None:
    """Carry it to its end even when cancelled: an open connection's thread would keep the process from ending."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _held(file: Path | None) -> AbstractContextManager[None]:
    return nullcontext() if file is None else locked_folder(file.parent)


def _log_late_error(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("a transaction failed after its caller had been cancelled", exc_info=task.exception())
