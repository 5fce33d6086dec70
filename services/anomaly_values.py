"""What a curator's look at a task is made of: light values, on their way into a worker and out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bench.model import Gold, Scorecard, Submission, Task
from bench.standing import Standings
from bench.stats.split import Split


class AnomalyKind(StrEnum):
    """What is looked for, in the words of its heading."""

    MISTAKES = "Shared mistakes"
    SPELLINGS = "Marked spellings"
    GAP = "Public and private items"
    JUMPS = "Jumps"
    OUTLIERS = "Outliers"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the flags of a task rest on, at the gold and the metric of its board.

    `runs` are all that is scored, in the order of arrival. `outputs` are the buckets of the best run of each person's
    system, by the submission. `absent` are the items that a run was not asked, by the version that it was sent at.
    `unranked` members have seen the gold.
    """

    gold: Gold
    board: Standings
    runs: tuple[tuple[Submission, Scorecard], ...]
    outputs: Mapping[int, tuple[bytes, ...]] = field(repr=False)
    absent: Mapping[int, frozenset[str]] = field(default_factory=dict)
    unranked: frozenset[int] = frozenset()
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What one kind of look found: the sentences of the first flags and how many there are in all.

    `looked_at` says what was looked at and how much it takes, so that silence is not read as an acquittal. The
    sentences hold names as members wrote them.
    """

    kind: AnomalyKind
    flags: tuple[str, ...]
    found: int
    looked_at: str


@dataclass(frozen=True, slots=True)
class AnomalyPage:
    """The looks at a task, by the gold version and the signature of its board; none where nothing was submitted."""

    task: Task
    gold_version: int
    signature: str
    looks: tuple[Look, ...]
