"""First tables."""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the first tables."""
    create_guilds()
    create_tasks()
    create_gold()
    create_submissions()
    create_work()


def create_guilds() -> None:
    """The guilds, their members, and facts about the installation."""
    op.create_table(
        "guild",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("forum_id", sa.BigInteger(), nullable=False),
        sa.Column("board_channel_id", sa.BigInteger(), nullable=False),
        sa.Column("curator_role_id", sa.BigInteger()),
        sa.Column("quorum", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quorum >= 0", name=op.f("ck_guild_quorum")),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild")),
    )
    op.create_table(
        "member",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger()),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_member")),
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
    )


def create_tasks() -> None:
    """The tasks, their forms, approvals and links."""
    op.create_table(
        "draft",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], name=op.f("fk_draft_guild")),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_draft")),
    )
    op.create_table(
        "task",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("gold_version", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("practice_items", sa.BigInteger(), nullable=False),
        sa.Column("attempts_per_day", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("thread_id", sa.BigInteger()),
        sa.CheckConstraint("state IN ('proposed', 'pilot', 'open', 'closed', 'archived')", name=op.f("ck_task_state")),
        sa.CheckConstraint("attempts_per_day >= 1", name=op.f("ck_task_attempts_per_day")),
        sa.CheckConstraint("items >= 0 AND practice_items >= 0", name=op.f("ck_task_items")),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], name=op.f("fk_task_guild")),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_guild_id_state_created_at"), "task", ["guild_id", "state", "created_at"])
    op.create_table(
        "approval",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("as_curator", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_approval_task")),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "user_id", name=op.f("pk_approval")),
    )
    op.create_table(
        "link",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_link_task")),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "channel_id", name=op.f("pk_link")),
    )


def create_gold() -> None:
    """The gold in its versions."""
    op.create_table(
        "gold_version",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_gold_version_version")),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_gold_version_task")
        ),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "version", name=op.f("pk_gold_version")),
    )
    op.create_table(
        "item",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_item_task")),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "item_id", "revision", name=op.f("pk_item")),
    )
    op.create_table(
        "gold_answer",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('counted', 'practice', 'out')", name=op.f("ck_gold_answer_role")),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "item_id", "revision"],
            ["item.guild_id", "item.task_id", "item.item_id", "item.revision"],
            name=op.f("fk_gold_answer_item"),
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "version"],
            ["gold_version.guild_id", "gold_version.task_id", "gold_version.version"],
            name=op.f("fk_gold_answer_gold_version"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "task_id", "item_id", "version", name=op.f("pk_gold_answer")),
    )


def create_submissions() -> None:
    """The submissions, their files and scorecards."""
    op.create_table(
        "submission",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger()),
        sa.Column("refusal", sa.Text()),
        sa.CheckConstraint("state IN ('queued', 'scored', 'refused', 'failed')", name=op.f("ck_submission_state")),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_submission_task")),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_submission")),
    )
    op.create_index(
        op.f("ix_submission_guild_id_task_id_user_id_received_at"),
        "submission",
        ["guild_id", "task_id", "user_id", "received_at"],
    )
    op.create_index(
        op.f("ix_submission_guild_id_user_id_received_at"), "submission", ["guild_id", "user_id", "received_at"]
    )
    op.create_table(
        "submission_file",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "submission_id"],
            ["submission.guild_id", "submission.id"],
            name=op.f("fk_submission_file_submission"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "submission_id", name=op.f("pk_submission_file")),
    )
    op.create_table(
        "scorecard",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gold_version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("effective_items", sa.Double(), nullable=False),
        sa.Column("answered", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("missing_ids", sa.Text(), nullable=False),
        sa.Column("unknown_ids", sa.Text(), nullable=False),
        sa.Column("practice_right", sa.Double()),
        sa.Column("practice_items", sa.BigInteger()),
        sa.Column("statistics", sa.LargeBinary(), nullable=False),
        sa.Column("scored_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(practice_right IS NULL) = (practice_items IS NULL)", name=op.f("ck_scorecard_practice")),
        sa.CheckConstraint("low <= high", name=op.f("ck_scorecard_interval")),
        sa.ForeignKeyConstraint(
            ["guild_id", "submission_id"],
            ["submission.guild_id", "submission.id"],
            name=op.f("fk_scorecard_submission"),
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "task_id", "gold_version"],
            ["gold_version.guild_id", "gold_version.task_id", "gold_version.version"],
            name=op.f("fk_scorecard_gold_version"),
        ),
        sa.PrimaryKeyConstraint("guild_id", "submission_id", "gold_version", "signature", name=op.f("pk_scorecard")),
    )
    op.create_index(
        op.f("ix_scorecard_guild_id_task_id_gold_version_signature"),
        "scorecard",
        ["guild_id", "task_id", "gold_version", "signature"],
    )


def create_work() -> None:
    """What is to be done, to be shown, and was done."""
    op.create_table(
        "job",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("run_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.Column("finished_at", sa.BigInteger()),
        sa.CheckConstraint(
            "(state = 'running') = (lease_owner IS NOT NULL) AND (state = 'running') = (lease_until IS NOT NULL)",
            name=op.f("ck_job_lease"),
        ),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], name=op.f("fk_job_guild")),
        sa.PrimaryKeyConstraint("guild_id", "key", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_state_run_at"), "job", ["state", "run_at"])
    op.create_table(
        "post",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("resting_until", sa.BigInteger()),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("posted_at", sa.BigInteger()),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("application_id", sa.BigInteger()),
        sa.Column("token", sa.Text()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.CheckConstraint(
            "(application_id IS NULL) = (token IS NULL) AND (token IS NULL) = (expires_at IS NULL)",
            name=op.f("ck_post_address"),
        ),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], name=op.f("fk_post_guild")),
        sa.PrimaryKeyConstraint("guild_id", "key", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_due_at"), "post", ["due_at"])
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("task_id", sa.BigInteger()),
        sa.Column("subject_id", sa.BigInteger()),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "task_id"], ["task.guild_id", "task.id"], name=op.f("fk_event_task")),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.guild_id"], name=op.f("fk_event_guild")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("guild_id", "id", name=op.f("uq_event_guild_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_guild_id_task_id_id"), "event", ["guild_id", "task_id", "id"])
