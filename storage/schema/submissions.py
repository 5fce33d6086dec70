"""The submissions, their files and what they answered, and their scores."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, LargeBinary, Table

from bench.model import SubmissionState
from storage.columns import key, metadata, of_task, one_of, refers, required
from storage.types import Json, Moment, OneOf, Real, Whole, Words

submission = Table(
    "submission",
    metadata,
    *key("guild_id", "id"),
    required("task_id", Whole),
    required("user_id", Whole),
    required("user_name", Words("the name")),
    required("system", Words("the system's name")),
    required("note", Words("the note")),
    required("filename", Words("the file's name")),
    required("size", Whole),
    required("sha256", Words("the checksum")),
    required("state", OneOf(SubmissionState)),
    required("received_at", Moment),
    required("partial", Boolean),
    Column("withdrawn_at", Moment),
    Column("refusal", Words("the refusal")),
    # Before there was the column, no item had come to any gold after its first version.
    Column("sent_version", Whole, nullable=False, server_default="1"),
    of_task(),
    one_of("state", SubmissionState),
    Index(None, "guild_id", "task_id", "user_id", "received_at"),
    Index(None, "guild_id", "user_id", "received_at"),
)

submission_file = Table(
    "submission_file",
    metadata,
    *key("guild_id", "submission_id"),
    required("content", LargeBinary),
    refers("submission", mine=["guild_id", "submission_id"], theirs=["guild_id", "id"]),
)

# What a submission answered, cut into buckets so that a few items can be read without the rest.
output_bucket = Table(
    "output_bucket",
    metadata,
    *key("guild_id", "submission_id", "number"),
    required("content", LargeBinary),
    refers("submission", mine=["guild_id", "submission_id"], theirs=["guild_id", "id"]),
    CheckConstraint("number >= 0", name="number"),
)

scorecard = Table(
    "scorecard",
    metadata,
    *key("guild_id", "submission_id", "gold_version"),
    Column("signature", Words("the metric's signature"), primary_key=True),
    required("task_id", Whole),
    required("score", Real),
    Column("score_on_all", Real),
    required("low", Real),
    required("high", Real),
    required("effective_items", Real),
    required("answered", Whole),
    required("items", Whole),
    required("missing_ids", Json("the missing ids")),
    required("unknown_ids", Json("the unknown ids")),
    Column("practice_right", Real),
    Column("practice_items", Whole),
    required("statistics", LargeBinary),
    required("scored_at", Moment),
    refers("submission", mine=["guild_id", "submission_id"], theirs=["guild_id", "id"]),
    refers(
        "gold_version",
        mine=["guild_id", "task_id", "gold_version"],
        theirs=["guild_id", "task_id", "version"],
    ),
    CheckConstraint("low <= high", name="interval"),
    CheckConstraint("(practice_right IS NULL) = (practice_items IS NULL)", name="practice"),
    Index(None, "guild_id", "task_id", "gold_version", "signature"),
)
