"""The guilds with their members, and the tasks with all that belongs to their approval."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, false

from bench.model import TaskState
from storage.columns import in_guild, key, metadata, of_task, one_of, required
from storage.types import Json, Moment, OneOf, Real, Whole, Words

guild = Table(
    "guild",
    metadata,
    *key("guild_id"),
    required("forum_id", Whole),
    required("board_channel_id", Whole),
    Column("curator_role_id", Whole),
    required("quorum", Whole),
    required("language", Words("the language")),
    required("updated_by", Whole),
    required("updated_at", Moment),
    CheckConstraint("quorum >= 0", name="quorum"),
)

# A person may be seen before the guild is set up, so a member needs no guild.
member = Table(
    "member",
    metadata,
    *key("guild_id", "user_id"),
    required("name", Words("the name")),
    Column("joined_at", Moment),
    required("first_seen_at", Moment),
    required("seen_at", Moment),
)

task = Table(
    "task",
    metadata,
    *key("guild_id", "id"),
    required("title", Words("the title")),
    required("title_key", Words("the title")),
    required("statement", Words("the statement")),
    required("language", Words("the language")),
    required("licence", Words("the licence")),
    required("signature", Words("the metric's signature")),
    required("state", OneOf(TaskState)),
    required("author_id", Whole),
    required("gold_version", Whole),
    required("items", Whole),
    required("practice_items", Whole),
    required("attempts_per_day", Whole),
    required("created_at", Moment),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Column("thread_id", Whole),
    # The default is for the tasks that were there before the column.
    Column("gold_is_open", Boolean, nullable=False, server_default=false()),
    Column("waived", Json("the waived lines"), nullable=False, server_default="[]"),
    Column("attempts_in_all", Whole),
    Column("private_share", Real, nullable=False, server_default="0"),
    Column("split_seed", Words("the seed of the split"), nullable=False, server_default=""),
    in_guild(),
    one_of("state", TaskState),
    CheckConstraint("items >= 0 AND practice_items >= 0", name="items"),
    CheckConstraint("attempts_per_day >= 1", name="attempts_per_day"),
    Index(None, "guild_id", "state", "created_at"),
)

draft = Table(
    "draft",
    metadata,
    *key("guild_id", "id"),
    required("user_id", Whole),
    required("fields", Json("the form")),
    required("at", Moment),
    in_guild(),
)

approval = Table(
    "approval",
    metadata,
    *key("guild_id", "task_id", "user_id"),
    required("as_curator", Boolean),
    required("at", Moment),
    of_task(),
)

link = Table(
    "link",
    metadata,
    *key("guild_id", "task_id", "channel_id"),
    required("actor_id", Whole),
    required("at", Moment),
    of_task(),
)

# Who has seen the task's gold, and so may not be ranked.
reviewer = Table(
    "reviewer",
    metadata,
    *key("guild_id", "task_id", "user_id"),
    required("since", Moment),
    required("how", Words("how")),
    of_task(),
    CheckConstraint("how IN ('author', 'voter')", name="how"),
)
