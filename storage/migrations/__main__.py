"""`python -m storage.migrations "what changed"` writes a revision from the difference to `storage.schema`."""

import sys
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage.migrations import configuration, upgrade


def write_revision(message: str) -> None:
    """Compare an empty database at the newest revision with the tables that are wanted."""
    with TemporaryDirectory() as folder, create_engine(f"sqlite:///{folder}/empty.db").begin() as connection:
        upgrade(connection)
        config = configuration(connection)
        number = 1 + sum(1 for _ in ScriptDirectory.from_config(config).walk_revisions())
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    write_revision(sys.argv[1])
