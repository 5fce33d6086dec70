"""A living gold: items that are proposed, amendments, and what is computed beside the scores."""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the tables of what waits for a version and of what is computed beside the scores; and two columns."""
    create_changes()
    create_analyses()
    op.add_column("submission", sa.Column("sent_version", sa.BigInteger(), server_default="1", nullable=False))
    op.add_column("task", sa.Column("waived", sa.Text(), server_default="[]", nullable=False))


def create_changes() -> None:
    """Items that members propose, and what owners amend."""
    waiting = sa.text("closed_version IS NULL")
    op.create_table(
        "proposed_item",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_version", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "item_id", "revision"],
            ["item.guild_id", "item.task_id", "item.item_id", "item.revision"],
            name=op.f("fk_proposed_item_item"),
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "closed_version"],
            ["gold_version.guild_id", "gold_version.task_id", "gold_version.version"],
            name=op.f("fk_proposed_item_gold_version"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "item_id", name=op.f("pk_proposed_item")),
    )
    op.create_table(
        "amendment",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text()),
        sa.Column("answers", sa.Text()),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("closed_version", sa.BigInteger()),
        sa.CheckConstraint("(prompt IS NULL) = (answers IS NULL)", name=op.f("ck_amendment_after")),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_amendment_task")),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "closed_version"],
            ["gold_version.guild_id", "gold_version.task_id", "gold_version.version"],
            name=op.f("fk_amendment_gold_version"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_amendment")),
    )
    for table in ("proposed_item", "amendment"):
        op.create_index(
            f"ix_{table}_waiting", table, ["guild_id", "task_id"], sqlite_where=waiting, postgresql_where=waiting
        )


def create_analyses() -> None:
    """What dummy entries score, and how the items did."""
    op.create_table(
        "baseline_score",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gold_version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("effective_items", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('empty', 'constant', 'copy', 'shuffled', 'gold')", name=op.f("ck_baseline_score_kind")
        ),
        sa.CheckConstraint("low <= high", name=op.f("ck_baseline_score_interval")),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "gold_version"],
            ["gold_version.guild_id", "gold_version.task_id", "gold_version.version"],
            name=op.f("fk_baseline_score_gold_version"),
        ),
        sa.PrimaryKeyConstraint(
            "guild_id", "task_id", "gold_version", "signature", "kind", name=op.f("pk_baseline_score")
        ),
    )
    op.create_table(
        "item_analysis",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gold_version", sa.BigInteger(), nullable=False),
        sa.Column("submissions", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_item_analysis_task")
        ),
        sa.PrimaryKeyConstraint("guild_id", "task_id", name=op.f("pk_item_analysis")),
    )
