"""What a board shows: each system's entry, its rank as far as the evidence goes, and all that the figures rest on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bench.model import Interval


class Scope(StrEnum):
    """The counted items that a standing is of: with a split the public ones, and the private ones after the close."""

    ALL = "all"
    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Column:
    """One named score with its 95% interval. `share` is the part of the whole score that it makes, 0 to 1."""

    name: str
    share: float
    score: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Rise:
    """A run that a system's score rose with: when it arrived, and what the board shows since then."""

    submission_id: int
    at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a standing: what the board shows of a (person, system).

    `score` is held below that of the run itself where `is_held`: it is not clearly above the person's best system.
    `score_on_all` counts contested items too. `sent_before` is the first gold version with counted items that it was
    not asked, None where it was asked all. `rises` are the runs with which the score rose, the first one first and this
    one last. `columns` are the parts of a composite score, and none of another.
    """

    submission_id: int
    user_id: int
    user_name: str
    system: str
    score: float
    interval: Interval
    answered: int
    items: int
    attempts: int
    received_at: datetime
    score_on_all: float | None = None
    sent_before: int | None = None
    is_held: bool = False
    rises: tuple[Rise, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedEntry:
    """An entry with the ranks that the evidence allows: `rank` orders the list, `rank_low`-`rank_high` is the claim."""

    entry: Entry
    rank: int
    rank_low: int
    rank_high: int

    @property
    def may_be_best(self) -> bool:
        """Whether no other entry is significantly better."""
        return self.rank_low == 1


@dataclass(frozen=True, slots=True)
class Standings:
    """The leaderboard at one gold version; below 20 items no rank is claimed. Who has seen the gold is `unranked`.

    The ranks are those on the `common_items`, which all entries were asked. `lowest` is the least score that the metric
    can give, from which bars begin. `notes` say what else the figures rest on, as the spread of the items' authors.
    """

    guild_id: int
    task_id: int
    gold_version: int
    signature: str
    items: int
    ranked: tuple[RankedEntry, ...]
    claims_ranks: bool = True
    unranked: tuple[Entry, ...] = ()
    contested: int = 0
    common_items: int | None = None
    scope: Scope = Scope.ALL
    lowest: float = 0.0
    notes: tuple[str, ...] = ()
