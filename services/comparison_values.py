"""What comparisons of systems are made of: light values, on their way into a worker and out of it."""

from dataclasses import dataclass, field

from bench.model import Tags, Task
from bench.stats.score_rows import ScoreRow


@dataclass(frozen=True, slots=True)
class ItemScores:
    """An entry's packed statistics, and the ids of the items that their rows are of."""

    statistics: bytes = field(repr=False)
    item_ids: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScoresOfBoard:
    """The ranked entries of a board, best first, each with its name and its scores; and the tags of every item."""

    names: tuple[str, ...]
    scores: tuple[ItemScores, ...]
    tags: dict[str, Tags] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ComparedSystems:
    """What a worker found of two systems, with its picture. The sentences hold the names as members wrote them.

    `is_mean` is False where the board's score is no mean of item scores, which are what is compared.
    """

    items: int
    sentences: tuple[str, ...]
    slices: tuple[str, ...]
    is_mean: bool
    picture: bytes = field(repr=False)
    alternative_text: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two systems of a task's board compared, by the gold version and the signature of the board."""

    task: Task
    gold_version: int
    signature: str
    first: str
    second: str
    compared: ComparedSystems


@dataclass(frozen=True, slots=True)
class SlicesOfBoard:
    """Systems by slices, with the picture. `averages` begin with the score by items; then one for each tag, by slices.

    `changes` say where the two put a pair in another order, `more_changes` how many are not told.
    """

    names: tuple[str, ...]
    averages: tuple[ScoreRow, ...]
    slices: tuple[ScoreRow, ...]
    changes: tuple[str, ...]
    more_changes: int
    picture: bytes = field(repr=False)
    alternative_text: str


@dataclass(frozen=True, slots=True)
class SlicesPage:
    """The best systems of a task's board by slices; `hidden` counts the ranked ones that are not among them."""

    task: Task
    gold_version: int
    signature: str
    hidden: int
    found: SlicesOfBoard
