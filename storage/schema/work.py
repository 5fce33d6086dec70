"""What is to be done, what is to be shown, what was done, and facts about the installation."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, UniqueConstraint

from storage.columns import JobState, in_guild, key, metadata, of_task, one_of, required
from storage.types import Json, Moment, OneOf, Whole, Words

job = Table(
    "job",
    metadata,
    *key("guild_id"),
    Column("key", Words("the job's key"), primary_key=True),
    required("kind", Words("the job's kind")),
    required("subject_id", Whole),
    required("user_id", Whole),
    required("queued_at", Moment),
    required("run_at", Moment),
    required("attempts", Whole),
    required("state", OneOf(JobState)),
    Column("lease_owner", Words("the lease's owner")),
    Column("lease_until", Moment),
    Column("error", Words("the error")),
    Column("finished_at", Moment),
    in_guild(),
    one_of("state", JobState),
    CheckConstraint(
        "(state = 'running') = (lease_owner IS NOT NULL) AND (state = 'running') = (lease_until IS NOT NULL)",
        name="lease",
    ),
    Index(None, "state", "run_at"),
)

post = Table(
    "post",
    metadata,
    *key("guild_id"),
    Column("key", Words("the post's key"), primary_key=True),
    required("kind", Words("the post's kind")),
    required("subject_id", Whole),
    required("version", Whole),
    Column("due_at", Moment, index=True),
    Column("resting_until", Moment),
    Column("channel_id", Whole),
    Column("message_channel_id", Whole),
    Column("message_id", Whole),
    Column("content_hash", Words("the content's hash")),
    Column("posted_at", Moment),
    required("attempts", Whole),
    Column("error", Words("the error")),
    Column("application_id", Whole),
    Column("token", Words("the token")),
    Column("expires_at", Moment),
    in_guild(),
    CheckConstraint(
        "(application_id IS NULL) = (token IS NULL) AND (token IS NULL) = (expires_at IS NULL)", name="address"
    ),
)

event = Table(
    "event",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    required("guild_id", Whole),
    required("at", Moment),
    required("actor_id", Whole),
    required("kind", Words("the event's kind")),
    Column("task_id", Whole),
    Column("subject_id", Whole),
    required("data", Json("the event's data")),
    in_guild(),
    of_task(),
    UniqueConstraint("guild_id", "id"),
    Index(None, "guild_id", "task_id", "id"),
    sqlite_autoincrement=True,
)

fact = Table(
    "fact",
    metadata,
    Column("name", Words("the fact's name"), primary_key=True),
    required("value", Words("the fact's value")),
)
