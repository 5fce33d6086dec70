"""What an operator does with a database: look at it and copy it."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, text

from bench.errors import WrongState
from storage.engines import sqlite_file
from storage.migrations import current_revision


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """An open database: its address without the password, revision, the server's version, and its size in bytes."""

    url: str
    revision: str | None
    version: str
    size: int


def report(connection: Connection, url: URL) -> DatabaseReport:
    """Look at the database through one of its own connections."""
    if connection.dialect.name == "sqlite":
        version = f"SQLite {sqlite3.sqlite_version}"
        pages = text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        size = connection.execute(pages).scalar_one()
    else:
        version = "PostgreSQL " + connection.execute(text("SHOW server_version")).scalar_one()
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    return DatabaseReport(url.render_as_string(hide_password=True), current_revision(connection), version, size)


def copy_sqlite(url: URL, target: Path, at: datetime) -> Path:
    """Write a compact, checked copy of a SQLite file that may be in use, and give its path.

    A folder as target gets a file named by the moment `at`. The copy has its final name only when it is whole,
    checked and on the disk. No lock is needed: the command line may copy the database of a running bot. Blocking.
    """
    source = sqlite_file(url)
    if source is None:
        raise WrongState("This database is PostgreSQL, which is copied with its own tool: run pg_dump on it.")
    if not source.exists():
        raise WrongState(f"There is no database at {source} to copy.")
    final = target / f"touchstone-{at:%Y-%m-%d-%H%M%S}.db" if target.is_dir() else target
    if final.exists():
        raise WrongState(f"{final} exists already and is not overwritten. Name another file, or a folder.")
    final.parent.mkdir(parents=True, exist_ok=True)
    unfinished = final.with_name(final.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _vacuum(source, unfinished)
        _check(unfinished)
        _bring_to_disk(unfinished)
        unfinished.rename(final)
        _bring_to_disk(final.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return final


def _vacuum(source: Path, target: Path) -> None:
    # Read-only, so that this connection never writes or empties the WAL beside the one that may.
    with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error as error:
            raise WrongState(
                f"{source} could not be copied: {error}. Either the disk is full, or the database is damaged and an "
                "earlier backup is to be restored."
            ) from error


def _check(file: Path) -> None:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise WrongState(f"The copy was thrown away because it is damaged ({found}). Check the disk, then try again.")


def _bring_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
