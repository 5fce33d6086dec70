"""What waits for the next gold version: items that members propose, and what the owner of a task amends."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, text

from storage.columns import key, metadata, of_task, refers, required
from storage.types import Json, Moment, Whole, Words

WAITING = text("closed_version IS NULL")

# An item that is voted on before it is in any gold. Its words are in `item`, as those of every item are.
proposed_item = Table(
    "proposed_item",
    metadata,
    *key("guild_id", "task_id"),
    Column("item_id", Words("the item's id"), primary_key=True),
    required("revision", Whole),
    required("position", Whole),
    required("answers", Json("the accepted answers")),
    required("proposed_by", Whole),
    required("proposed_at", Moment),
    # The gold version that was in force, or came of it, when the votes took the item in or turned it down.
    Column("closed_version", Whole),
    refers("item", mine=["guild_id", "task_id", "item_id", "revision"]),
    refers("gold_version", mine=["guild_id", "task_id", "closed_version"], theirs=["guild_id", "task_id", "version"]),
    Index("ix_proposed_item_waiting", "guild_id", "task_id", sqlite_where=WAITING, postgresql_where=WAITING),
)

# Without a prompt the item is taken out of the gold.
amendment = Table(
    "amendment",
    metadata,
    *key("guild_id", "id"),
    required("task_id", Whole),
    required("item_id", Words("the item's id")),
    Column("prompt", Words("the prompt")),
    Column("answers", Json("the accepted answers")),
    required("tags", Json("the tags")),
    Column("author", Words("the item's author")),
    required("practice", Boolean),
    required("actor_id", Whole),
    required("reason", Words("the reason")),
    required("at", Moment),
    Column("closed_version", Whole),
    of_task(),
    refers("gold_version", mine=["guild_id", "task_id", "closed_version"], theirs=["guild_id", "task_id", "version"]),
    CheckConstraint("(prompt IS NULL) = (answers IS NULL)", name="after"),
    Index("ix_amendment_waiting", "guild_id", "task_id", sqlite_where=WAITING, postgresql_where=WAITING),
)
