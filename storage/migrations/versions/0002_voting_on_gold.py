"""Voting on gold."""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Make the tables of the voting, and let gold be contested and open."""
    create_voting()
    create_beside_gold()
    create_output_buckets()
    admit_contested_gold()
    add_columns()


def create_voting() -> None:
    """The ballots and the votes on them."""
    op.create_table(
        "ballot",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_answer", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("sentence", sa.Text()),
        sa.Column("decided_version", sa.BigInteger()),
        sa.Column("withdrawn_at", sa.BigInteger()),
        sa.Column("votes_right", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("votes_ambiguous", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("votes_wrong", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("(kind = 'answer') = (proposed_answer IS NOT NULL)", name=op.f("ck_ballot_proposed_answer")),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (sentence IS NULL)",
            name=op.f("ck_ballot_decision"),
        ),
        sa.CheckConstraint("decided_version IS NULL OR state <> 'open'", name=op.f("ck_ballot_decided_version")),
        sa.CheckConstraint("withdrawn_at IS NULL OR state = 'open'", name=op.f("ck_ballot_withdrawn")),
        sa.CheckConstraint("kind IN ('gold', 'answer')", name=op.f("ck_ballot_kind")),
        sa.CheckConstraint(
            "state IN ('open', 'settled', 'ambiguous', 'wrong', 'disputed')", name=op.f("ck_ballot_state")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "item_id", "revision"],
            ["item.guild_id", "item.task_id", "item.item_id", "item.revision"],
            name=op.f("fk_ballot_item"),
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "decided_version"],
            ["gold_version.guild_id", "gold_version.task_id", "gold_version.version"],
            name=op.f("fk_ballot_gold_version"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_ballot")),
    )
    op.create_index(
        op.f("ix_ballot_guild_id_task_id_item_id_revision_id"),
        "ballot",
        ["guild_id", "task_id", "item_id", "revision", "id"],
    )
    open_gold = sa.text("kind = 'gold' AND state = 'open' AND withdrawn_at IS NULL")
    op.create_index(
        "uq_ballot_open_gold",
        "ballot",
        ["guild_id", "task_id", "item_id", "revision"],
        unique=True,
        sqlite_where=open_gold,
        postgresql_where=open_gold,
    )
    unpublished = sa.text("state <> 'open' AND decided_version IS NULL")
    op.create_index(
        "ix_ballot_unpublished",
        "ballot",
        ["guild_id", "task_id"],
        sqlite_where=unpublished,
        postgresql_where=unpublished,
    )
    op.create_table(
        "vote",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("ballot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger()),
        sa.Column("is_check", sa.Boolean(), nullable=False),
        sa.Column("correct", sa.Boolean()),
        sa.CheckConstraint("value IN ('right', 'ambiguous', 'wrong')", name=op.f("ck_vote_value")),
        sa.CheckConstraint("is_check OR correct IS NULL", name=op.f("ck_vote_check")),
        sa.ForeignKeyConstraint(
            ["guild_id", "ballot_id"], ["ballot.guild_id", "ballot.id"], name=op.f("fk_vote_ballot")
        ),
        sa.PrimaryKeyConstraint("guild_id", "ballot_id", "user_id", name=op.f("pk_vote")),
    )
    op.create_index(op.f("ix_vote_guild_id_user_id_ballot_id"), "vote", ["guild_id", "user_id", "ballot_id"])


def create_beside_gold() -> None:
    """Who has seen gold (so far the authors), and what the submissions speak against."""
    op.create_table(
        "reviewer",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.CheckConstraint("how IN ('author', 'voter')", name=op.f("ck_reviewer_how")),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_reviewer_task")),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "user_id", name=op.f("pk_reviewer")),
    )
    op.execute(
        "INSERT INTO reviewer (guild_id, task_id, user_id, since, how) "
        "SELECT guild_id, id, author_id, created_at, 'author' FROM task"
    )
    op.create_table(
        "suspect",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("proposed_answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_suspect_task")),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "item_id", name=op.f("pk_suspect")),
    )


def create_output_buckets() -> None:
    """What the submissions answered, readable by item."""
    op.create_table(
        "output_bucket",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_output_bucket_number")),
        sa.ForeignKeyConstraint(
            ["guild_id", "submission_id"],
            ["submission.guild_id", "submission.id"],
            name=op.f("fk_output_bucket_submission"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "submission_id", "number", name=op.f("pk_output_bucket")),
    )


def admit_contested_gold() -> None:
    """One more role for an item; SQLite has to write the table anew for it."""
    with op.batch_alter_table("gold_answer") as batch:
        batch.drop_constraint(op.f("ck_gold_answer_role"), type_="check")
        batch.create_check_constraint(
            op.f("ck_gold_answer_role"), "role IN ('counted', 'contested', 'practice', 'out')"
        )
    op.create_index(op.f("ix_gold_answer_guild_id_task_id_version"), "gold_answer", ["guild_id", "task_id", "version"])


def add_columns() -> None:
    """Whose words an item has (so far those of whoever published them), the score on all items, and open gold."""
    op.add_column("item", sa.Column("author_id", sa.BigInteger()))
    op.execute(
        """
        UPDATE item SET author_id = (
            SELECT gold_version.actor_id FROM gold_answer JOIN gold_version
            ON gold_version.guild_id = gold_answer.guild_id AND gold_version.task_id = gold_answer.task_id
            AND gold_version.version = gold_answer.version
            WHERE gold_answer.guild_id = item.guild_id AND gold_answer.task_id = item.task_id
            AND gold_answer.item_id = item.item_id AND gold_answer.revision = item.revision
            ORDER BY gold_answer.version LIMIT 1
        )
        """
    )
    op.add_column("scorecard", sa.Column("score_on_all", sa.Double()))
    op.add_column("task", sa.Column("gold_is_open", sa.Boolean(), server_default=sa.false(), nullable=False))
