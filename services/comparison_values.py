"""What comparisons of systems are made of: light values, on their way into a worker and out of it."""

from dataclasses import dataclass, field

from bench.model import Tags, Task


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
