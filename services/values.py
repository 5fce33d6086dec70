"""The values that the services answer with: what a screen needs, decided and complete, without a line of Discord."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bench.baselines import BaselineScore
from bench.errors import TouchstoneError
from bench.gate import Check
from bench.model import Interval, Item, Scorecard, Submission, Task
from bench.standing import RankedEntry, Standings
from services.progress import Rescoring


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file from a member, wholly read and within the size limit."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a worker found that a person has to mend; the error carries its problems and is fit to be shown."""

    error: TouchstoneError


@dataclass(frozen=True, slots=True)
class Scored:
    """What a worker made of a submission: its scorecard, and its outputs in the buckets of `bench.buckets`."""

    scorecard: Scorecard
    buckets: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckedGold:
    """A gold file after reading: its items, the canonical signature of its metric, and the metric's self-test.

    `gold_score` is the score of the gold against itself, `empty_score` that of empty outputs; both 0..1.
    """

    items: tuple[Item, ...] = field(repr=False)
    signature: str
    gold_score: float
    empty_score: float


@dataclass(frozen=True, slots=True)
class ReplyAddress:
    """Where the answer to an interaction goes: its webhook token lives for fifteen minutes."""

    application_id: int
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What a member wrote about a new task, before anything was checked."""

    title: str
    statement: str
    language: str
    specification: str
    licence: str = "CC-BY-4.0"
    attempts_per_day: int = 5
    gold_is_open: bool = False


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """A task with all that its post shows. `samples` are prompts only; `approvers` are (user id, is a curator).

    `proposed_items` wait for the votes before they come into the gold.
    """

    task: Task
    samples: tuple[str, ...]
    approvers: tuple[tuple[int, bool], ...]
    quorum: int
    checklist: tuple[Check, ...]
    entries: int
    linked_channel_ids: tuple[int, ...] = ()
    proposed_items: int = 0


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts of one person at one task in the current UTC day, and when all of them return."""

    used: int
    allowed: int
    return_at: datetime

    @property
    def left(self) -> int:
        """How many are left today."""
        return max(0, self.allowed - self.used)


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of a scored submission. `best_before` is the person's best score for this task until then.

    `right` counts the right items where the metric knows only right and wrong, else it is None. `ranked` is False for
    who has seen the gold; `score_on_all` counts the contested items too, None where there are none.
    """

    score: float
    right: int | None
    interval: Interval
    answered: int
    items: int
    missing: int
    practice: tuple[float, int] | None
    signature: str
    gold_version: int
    standing: RankedEntry | None
    entries: int
    best_before: float | None
    ranked: bool = True
    score_on_all: float | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A submission as its sender sees it, at any moment of its life.

    `ahead` counts the queued jobs before it. `result` is there once it is scored, `submission.refusal` once it is
    refused or failed. `same_as` is set where the very same file was sent before for the same system: nothing new
    was stored, no attempt was used, and the receipt is that of the earlier submission.
    """

    submission: Submission
    task: Task
    attempts: Attempts
    ahead: int = 0
    result: Result | None = None
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The leaderboard of a task with its picture. `picture` is None while there are no entries.

    `baselines` are the scores of dummy entries, best first; `rescoring` says how far a long rescoring is.
    """

    task: Task
    standings: Standings
    picture: bytes | None = field(repr=False)
    alternative_text: str
    baselines: tuple[BaselineScore, ...] = ()
    rescoring: Rescoring | None = None


class NewsKind(StrEnum):
    """What is told in a task's thread and in the channels linked to it."""

    APPROVED = "approved"
    LAUNCHED = "launched"
    CLOSED = "closed"
    NEW_LEADER = "new_leader"
    ITEMS_PROPOSED = "items_proposed"
    SUSPECTS = "suspects"


@dataclass(frozen=True, slots=True)
class News:
    """One announcement about a task. `details` are facts by name, public by construction."""

    kind: NewsKind
    task: Task
    actor_id: int
    at: datetime
    details: dict[str, str | int | float]


class PostKind(StrEnum):
    """The messages that are projections of the database.

    News are told once each. A new leader is told as what is true when it is told, so that a burst is one message.
    """

    TASK = "task"
    BOARD = "board"
    NEWS = "news"
    LEADER = "leader"
    BALLOT = "ballot"
    VERSION = "version"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is due: what it shows, where it stands, and what is known of it.

    `key` is unique in the guild, `subject_id` is the task, the event or the submission. `channel_id` is where it
    goes (for a task's post the forum or text channel; None for a receipt, which has `address`), `message_id` the
    message that stands there now. `version` is the wanted one, `attempts` the failures in a row so far.
    """

    guild_id: int
    key: str
    kind: PostKind
    subject_id: int
    version: int
    channel_id: int | None
    message_id: int | None
    content_hash: str | None
    posted_at: datetime | None
    attempts: int
    address: ReplyAddress | None = None
