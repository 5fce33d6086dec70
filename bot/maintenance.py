"""What `python -m bot db` does. Only `upgrade` needs the bot to stand still."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bench.errors import NotFound, TouchstoneError, WrongState
from storage.database import Database, Work
from storage.engines import read_url, reading_engine, sqlite_file
from storage.maintenance import DatabaseReport, copy_sqlite, report

T = TypeVar("T")


async def upgrade(database_url: str) -> str:
    """Migrate the database, which is made if it is not there, and say where it stands."""
    async with Database.open(database_url) as database:
        return told(await database.describe())


async def backup(database_url: str, target: Path | None) -> str:
    """Copy a SQLite database, also that of a running bot, into a new checked file; says where it is."""
    url = read_url(database_url)
    file = sqlite_file(url)
    if file is not None:
        _check_there(file)
    try:
        if target is None and file is not None:
            target = file.parent / "backups"
            target.mkdir(exist_ok=True)
        copy = copy_sqlite(url, target or Path(), datetime.now(UTC))
    except OSError as error:
        raise WrongState(f"The copy {target} cannot be written: {error.strerror}. Name another place.") from error
    return f"{copy}: {copy.stat().st_size / 1e6:,.1f} MB, checked"


async def info(database_url: str) -> str:
    """Say where the database is and how it stands."""
    return told(await look(database_url))


async def look(database_url: str) -> DatabaseReport:
    """The state of the database, also of that of a running bot."""
    return await peek(database_url, lambda connection: report(connection, read_url(database_url)))


async def peek(database_url: str, function: Work[T]) -> T:
    """Read from a database without taking its folder or migrating it.

    Raises NotFound where there is none yet, and WrongState where it does not answer.
    """
    url = read_url(database_url)
    file = sqlite_file(url)
    if file is not None:
        _check_there(file)
    engine = reading_engine(url, 1)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(function)
    except TouchstoneError:
        raise
    except Exception as error:  # which errors there are, only the drivers know
        reason = getattr(error, "orig", None) or error
        raise WrongState(
            f"The database {url.render_as_string(hide_password=True)} cannot be read: {reason}. "
            "Check that it is there and that DATABASE_URL names it rightly."
        ) from error
    finally:
        await engine.dispose()


def _check_there(file: Path) -> None:
    if not file.exists():
        raise NotFound(f"There is no database at {file} yet; the bot's first start makes it.")
    if not file.is_file():
        raise WrongState(f"DATABASE_URL: found {file}, which is no file; expected the file of the database.")


def told(database: DatabaseReport) -> str:
    """The report in one line."""
    revision = database.revision or "none yet"
    return f"{database.url} · {database.version} · revision {revision} · {database.size / 1e6:,.1f} MB"
