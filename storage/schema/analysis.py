"""What was computed about a gold besides the submissions' scores: replaced as a whole, never history."""

from sqlalchemy import CheckConstraint, Column, LargeBinary, Table

from bench.baselines import BaselineKind
from storage.columns import key, metadata, of_task, one_of, refers, required
from storage.types import Moment, OneOf, Real, Whole, Words

baseline_score = Table(
    "baseline_score",
    metadata,
    *key("guild_id", "task_id", "gold_version"),
    Column("signature", Words("the metric's signature"), primary_key=True),
    Column("kind", OneOf(BaselineKind), primary_key=True),
    required("score", Real),
    required("low", Real),
    required("high", Real),
    required("effective_items", Real),
    refers("gold_version", mine=["guild_id", "task_id", "gold_version"], theirs=["guild_id", "task_id", "version"]),
    one_of("kind", BaselineKind),
    CheckConstraint("low <= high", name="interval"),
)

# How the items did, packed: a row an item would be rewritten whole at each submission.
item_analysis = Table(
    "item_analysis",
    metadata,
    *key("guild_id", "task_id"),
    required("gold_version", Whole),
    required("submissions", Whole),
    required("content", LargeBinary),
    required("at", Moment),
    of_task(),
)
