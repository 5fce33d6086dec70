"""How far voters agree with each other. Light: no numpy."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

FEWEST_ITEMS = 20
"""Below so many items with two votes the chance-corrected figure says nothing."""

_VALUES = 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement over `items` with at least two votes; None where there is nothing to say yet.

    `raw` is the share of pairs of voters who agree, averaged over the items; `ac1` is how far that is beyond chance.
    """

    items: int
    raw: float | None
    ac1: float | None

    @property
    def sentence(self) -> str:
        """The agreement in one line."""
        if self.raw is None:
            return "No item has two votes yet."
        if self.ac1 is None:
            return f"Voters agree {self.raw:.0%} of the time, on {self.items} items with two votes or more."
        return f"Voters agree {self.raw:.0%} of the time (chance-corrected {self.ac1:.2f})."


def agreement(votes: Iterable[tuple[int, int, int]]) -> Agreement:
    """The agreement from each item's number of votes for right, ambiguous and wrong, each member counted once.

    Gwet's AC1 (2008, https://doi.org/10.1348/000711006X126600): (pa - pe) / (1 - pe) with pe = sum p(1 - p) / 2 over
    the shares p of the three values. Krippendorff's alpha would condemn good gold, because it punishes that nearly all
    votes say right.
    """
    counts = [item for item in votes if sum(item) > 1]
    if not counts:
        return Agreement(0, None, None)
    raw = fsum(map(_agreeing_pairs, counts)) / len(counts)
    if len(counts) < FEWEST_ITEMS:
        return Agreement(len(counts), raw, None)
    shares = [fsum(item[value] / sum(item) for item in counts) / len(counts) for value in range(_VALUES)]
    chance = fsum(share * (1 - share) for share in shares) / (_VALUES - 1)
    return Agreement(len(counts), raw, (raw - chance) / (1 - chance))


def _agreeing_pairs(item: tuple[int, int, int]) -> float:
    votes = sum(item)
    return sum(count * (count - 1) for count in item) / (votes * (votes - 1))
