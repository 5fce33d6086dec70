"""The values that the rooms hand to each other: frozen, named in the field's terms, with times in aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Tags = tuple[tuple[str, str], ...]


class TaskState(StrEnum):
    """The life of a task; each step forward has a gate."""

    PROPOSED = "proposed"
    PILOT = "pilot"
    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class SubmissionState(StrEnum):
    """The life of a submission. Only queued and scored ones count against the day's attempts."""

    QUEUED = "queued"
    SCORED = "scored"
    REFUSED = "refused"
    FAILED = "failed"


class VoteValue(StrEnum):
    """What a member says of an item's gold, or of a suggested answer."""

    RIGHT = "right"
    AMBIGUOUS = "ambiguous"
    WRONG = "wrong"


class ItemState(StrEnum):
    """What the votes have made of an item. All but the open state are decisions, and the first one stands."""

    OPEN = "open"
    SETTLED = "settled"
    AMBIGUOUS = "ambiguous"
    WRONG = "wrong"
    DISPUTED = "disputed"


class BallotKind(StrEnum):
    """What is asked: whether the accepted answers of an item are right, or whether one more is to be accepted."""

    GOLD = "gold"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Actor:
    """The member who acts, as the interaction described them at this very moment."""

    guild_id: int
    user_id: int
    name: str
    role_ids: frozenset[int] = frozenset()
    manages_guild: bool = False
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a task. `answers` are the accepted ones; they stay out of every representation.

    A `contested` item was ruled ambiguous, wrong or disputed: it does not count, and is scored beside those that do.
    """

    id: str
    prompt: str
    answers: tuple[str, ...] = field(repr=False)
    tags: Tags = ()
    practice: bool = False
    author: str | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """The agreed items of a task at one version, in the order of the task."""

    items: tuple[Item, ...]
    version: int = 1

    @property
    def counted(self) -> tuple[Item, ...]:
        """The items that a score counts: all but the practice ones and the contested ones."""
        return tuple(item for item in self.items if not item.practice and not item.contested)

    @property
    def practice(self) -> tuple[Item, ...]:
        """The public items, whose answers anyone may see."""
        return tuple(item for item in self.items if item.practice)

    @property
    def contested(self) -> tuple[Item, ...]:
        """The items on which the community does not agree; a practice item is none of them."""
        return tuple(item for item in self.items if item.contested and not item.practice)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What one system answered, by item id; the text is exactly what stands in the file. None is an explicit blank."""

    by_id: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% confidence interval of a score; `effective_items` is the n of the Wilson interval that fits its spread."""

    low: float
    high: float
    effective_items: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a submission meets the items: how many of them it answered, and which ids are missing or unknown."""

    answered: int
    items: int
    missing_ids: tuple[str, ...] = ()
    unknown_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A score with all that makes it checkable.

    `score_on_all` counts the contested items too, and is None where there are none.
    `statistics` is the packed array of per-item sufficient statistics (items x k, see `bench.scoring.pack`), in the
    order of the gold's counted items. `practice` is (right, items) on the public items, or None where there are none.
    """

    signature: str
    gold_version: int
    score: float
    interval: Interval
    coverage: Coverage
    statistics: bytes = field(repr=False)
    practice: tuple[float, int] | None = None
    score_on_all: float | None = None


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What `/setup` decided for one guild. `forum_id` is a forum or, where the guild has none, a text channel."""

    guild_id: int
    forum_id: int
    board_channel_id: int
    curator_role_id: int | None = None
    quorum: int = 2
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Task:
    """A benchmark task. `signature` is its metric's canonical line; with `gold_is_open`, reviewers are ranked too.

    `waived` names the lines of the checklist that were not met when a curator launched it all the same.
    `attempts_in_all` is None where the number of items decides. `private_share` of the items, drawn by `split_seed`,
    stay private until the close, none where it is 0.
    """

    guild_id: int
    id: int
    title: str
    statement: str
    language: str
    licence: str
    signature: str
    state: TaskState
    author_id: int
    gold_version: int
    items: int
    practice_items: int
    attempts_per_day: int
    created_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    thread_id: int | None = None
    gold_is_open: bool = False
    waived: tuple[str, ...] = ()
    attempts_in_all: int | None = None
    private_share: float = 0.0
    split_seed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of outputs sent by a member for a system.

    `sha256` is of the bytes as they arrived. With `partial`, items without a row count as wrong instead of refusing
    the file. `refusal` is the text that says why a refused file was refused, or what of ours failed. `sent_version` is
    the gold version that it was sent at: what came to the gold later it was not asked.
    """

    guild_id: int
    id: int
    task_id: int
    user_id: int
    user_name: str
    system: str
    note: str
    filename: str
    size: int
    sha256: str
    state: SubmissionState
    received_at: datetime
    partial: bool = False
    withdrawn_at: datetime | None = None
    refusal: str | None = None
    sent_version: int = 1
