"""The items of a task by how hard they are and how well they tell systems apart: for reviewers. Light: no numpy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemPoint:
    """An item with the mean score on it, 0 to 1, and its item-rest correlation, -1 to 1."""

    item_id: str
    difficulty: float
    correlation: float


@dataclass(frozen=True, slots=True)
class ItemMap:
    """The items that have a correlation; `without` counts those on which no system differs from the others."""

    points: tuple[ItemPoint, ...]
    without: int
    systems: int
