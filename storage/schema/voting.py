"""The questions put to the voters, and what each of them said."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, text

from bench.model import BallotKind, ItemState, VoteValue
from storage.columns import key, metadata, one_of, refers, required
from storage.types import Moment, OneOf, Whole, Words

OPEN_GOLD = text("kind = 'gold' AND state = 'open' AND withdrawn_at IS NULL")
UNPUBLISHED = text("state <> 'open' AND decided_version IS NULL")

ballot = Table(
    "ballot",
    metadata,
    *key("guild_id", "id"),
    required("task_id", Whole),
    required("item_id", Words("the item's id")),
    required("revision", Whole),
    required("kind", OneOf(BallotKind)),
    required("state", OneOf(ItemState)),
    required("opened_by", Whole),
    required("opened_at", Moment),
    Column("proposed_answer", Words("the proposed answer")),
    required("reason", Words("the reason")),
    required("is_public", Boolean),
    Column("decided_at", Moment),
    Column("sentence", Words("the decision")),
    Column("decided_version", Whole),
    Column("withdrawn_at", Moment),
    # Counted from the votes at each of them, so that dealing need not count those of a whole task.
    *(Column(f"votes_{value}", Whole, nullable=False, server_default="0") for value in VoteValue),
    refers("item", mine=["guild_id", "task_id", "item_id", "revision"]),
    refers(
        "gold_version",
        mine=["guild_id", "task_id", "decided_version"],
        theirs=["guild_id", "task_id", "version"],
    ),
    one_of("kind", BallotKind),
    one_of("state", ItemState),
    CheckConstraint("(kind = 'answer') = (proposed_answer IS NOT NULL)", name="proposed_answer"),
    CheckConstraint(
        "(state = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (sentence IS NULL)", name="decision"
    ),
    CheckConstraint("decided_version IS NULL OR state <> 'open'", name="decided_version"),
    CheckConstraint("withdrawn_at IS NULL OR state = 'open'", name="withdrawn"),
    Index(None, "guild_id", "task_id", "item_id", "revision", "id"),
    Index(
        "uq_ballot_open_gold",
        "guild_id",
        "task_id",
        "item_id",
        "revision",
        unique=True,
        sqlite_where=OPEN_GOLD,
        postgresql_where=OPEN_GOLD,
    ),
    Index("ix_ballot_unpublished", "guild_id", "task_id", sqlite_where=UNPUBLISHED, postgresql_where=UNPUBLISHED),
)

# A value of NULL is a skipped ballot: it is kept so that it is not dealt again.
vote = Table(
    "vote",
    metadata,
    *key("guild_id", "ballot_id", "user_id"),
    Column("value", OneOf(VoteValue)),
    required("at", Moment),
    Column("changed_at", Moment),
    required("is_check", Boolean),
    Column("correct", Boolean),
    refers("ballot", mine=["guild_id", "ballot_id"], theirs=["guild_id", "id"]),
    one_of("value", VoteValue),
    CheckConstraint("is_check OR correct IS NULL", name="check"),
    Index(None, "guild_id", "user_id", "ballot_id"),
)
