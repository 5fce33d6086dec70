"""The values of voting on gold: what a voter is shown, what a vote did, and how gold changed."""

from dataclasses import dataclass, field
from datetime import datetime

from bench.ballots import Ballot
from bench.model import Item, ItemState, Tags, Task, VoteValue
from services.job_values import ItemFigures


@dataclass(frozen=True, slots=True)
class Deal:
    """One ballot put before one voter, with all that only a reviewer may see.

    `decided` of `items` say how far the task is. Whether it is a hidden check is not told.
    """

    task: Task
    ballot: Ballot
    prompt: str
    answers: tuple[str, ...] = field(repr=False)
    tags: Tags
    decided: int
    items: int


@dataclass(frozen=True, slots=True)
class Voted:
    """What a vote did: the value before it (None for a first vote), the decision if it made one, and what is next."""

    task: Task
    ballot: Ballot
    value: VoteValue | None
    before: VoteValue | None
    decision: str | None
    next: Deal | None


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """A ballot as everyone may see it: the prompt and how it stands, without any answer. `counts` are whole votes."""

    task: Task
    ballot: Ballot
    prompt: str
    counts: tuple[tuple[VoteValue, int], ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item as reviewers look it up, with the ballots about it, newest first, and how it did.

    `figures` are None before the first analysis, which `systems` systems were part of. An item `is_out` when its owner
    took it out of the gold, `is_proposed` while it waits to come into it.
    """

    task: Task
    item: Item
    ballots: tuple[Ballot, ...]
    is_out: bool
    is_proposed: bool
    figures: ItemFigures | None
    systems: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One item that deserves a second look, with the reason in one line; for reviewers and curators only."""

    item_id: str
    prompt: str
    reason: str
    state: ItemState
    ballot_id: int | None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One gold version: when, why, by whom, and what changed in public words (no answer in them)."""

    number: int
    at: datetime
    actor_id: int
    reason: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One system's rank range and score before and after a gold version."""

    system: str
    user_name: str
    before_rank: tuple[int, int]
    after_rank: tuple[int, int]
    before_score: float
    after_score: float


@dataclass(frozen=True, slots=True)
class VersionNews:
    """A gold version as it is announced: what changed and why, and the ranks before and after with their picture."""

    task: Task
    version: VersionLine
    moves: tuple[Move, ...]
    picture: bytes | None = field(repr=False)
    alternative_text: str
