"""The questions of a task, and what each gold version says of them."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from storage.columns import ItemRole, key, metadata, of_task, one_of, refers, required
from storage.types import Json, Moment, OneOf, Whole, Words

gold_version = Table(
    "gold_version",
    metadata,
    *key("guild_id", "task_id", "version"),
    required("actor_id", Whole),
    required("reason", Words("the reason")),
    required("at", Moment),
    of_task(),
    CheckConstraint("version >= 1", name="version"),
)

# The question itself. A change of its words is a new revision, so that what was said of the old ones stays with them.
item = Table(
    "item",
    metadata,
    *key("guild_id", "task_id"),
    Column("item_id", Words("the item's id"), primary_key=True),
    *key("revision"),
    required("prompt", Words("the prompt")),
    required("tags", Json("the tags")),
    Column("author", Words("the item's author")),
    Column("author_id", Whole),
    of_task(),
)

# A gold version holds only what it changed: an item reads as in its newest row at or below the version.
gold_answer = Table(
    "gold_answer",
    metadata,
    *key("guild_id", "task_id"),
    Column("item_id", Words("the item's id"), primary_key=True),
    *key("version"),
    required("revision", Whole),
    required("position", Whole),
    required("answers", Json("the accepted answers")),
    required("role", OneOf(ItemRole)),
    refers("gold_version", mine=["guild_id", "task_id", "version"]),
    refers("item", mine=["guild_id", "task_id", "item_id", "revision"]),
    one_of("role", ItemRole),
    Index(None, "guild_id", "task_id", "version"),
)

# The items whose gold the submissions speak against, as last computed.
suspect = Table(
    "suspect",
    metadata,
    *key("guild_id", "task_id"),
    Column("item_id", Words("the item's id"), primary_key=True),
    required("position", Whole),
    required("proposed_answer", Words("the proposed answer")),
    required("reason", Words("the reason")),
    of_task(),
)
