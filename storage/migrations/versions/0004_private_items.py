"""Private items until the close, and the attempts in all that a task allows."""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Add the task's columns."""
    op.add_column("task", sa.Column("attempts_in_all", sa.BigInteger()))
    op.add_column("task", sa.Column("private_share", sa.Double(), server_default="0", nullable=False))
    op.add_column("task", sa.Column("split_seed", sa.Text(), server_default="", nullable=False))
