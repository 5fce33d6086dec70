"""The items of a task by how hard they are and how well they tell systems apart: for reviewers. Light: no numpy."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_NOTEWORTHY = 8


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

    @property
    def below(self) -> int:
        """On how many items weaker systems do better than stronger ones."""
        return sum(point.correlation < 0 for point in self.points)


def noteworthy(points: Sequence[ItemPoint], most: int = MOST_NOTEWORTHY) -> tuple[ItemPoint, ...]:
    """The items to look at first: those furthest below 0, where strong systems fail and weak ones do not.

    Of equal ones that on which systems differ most comes first (a mean near the middle): more speaks for it.
    """

    def weight(point: ItemPoint) -> tuple[float, float, str]:
        return point.correlation, abs(point.difficulty - 0.5), point.item_id

    return tuple(sorted((point for point in points if point.correlation < 0), key=weight)[:most])
