"""How the tables came to be what `storage.schema` says: revisions, run in the process when the database is opened."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bench.errors import WrongState

# Any number of our own: it keeps two processes from migrating one PostgreSQL database at the same time.
ADVISORY_LOCK = 7_409_184_321


def configuration(connection: Connection) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up to a revision, within the connection's transaction: all of it happens or nothing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    _refuse_newer(connection)
    command.upgrade(configuration(connection), revision)
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            raise RuntimeError(f"the migration left {len(dangling)} rows without what they refer to")


def current_revision(connection: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection) -> None:
    current = current_revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(configuration(connection)).walk_revisions()}
    if current is not None and current not in known:
        raise WrongState(
            f"The database is at revision {current}, which this Touchstone does not know: a newer one wrote it. "
            "Start that version, or restore a backup from before the update."
        )
