"""Whether a gold is many people's or one person's. Light: no numpy."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

INTRACLASS_CORRELATION = 0.08
"""How alike the items of one author are. A default: estimated from a few authors it may come out as anything."""

_NOTE = (0.25, 8.0)
_WARN = (0.40, 4.0)
_STOP_SHARE = 0.60


class Concern(IntEnum):
    """How much a concentration matters, in rising order: from STOP on a board is not an official one."""

    NONE = 0
    NOTE = 1
    WARN = 2
    STOP = 3


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the items spread over their authors.

    `effective` is the number of equal authors with the same spread, `top_share` the share of the one with most; both
    are of the items whose author is stated, and `stated` counts those.
    """

    items: int
    stated: int
    authors: int
    effective: float
    top_share: float

    @property
    def design_effect(self) -> float:
        """By how much authors inflate the variance of a mean: 1 + (n / N_eff - 1) * icc, 1 at least (Kish 1965)."""
        if not self.stated:
            return 1.0
        return 1.0 + max(0.0, self.stated / self.effective - 1.0) * INTRACLASS_CORRELATION

    @property
    def worth(self) -> int:
        """How many independent items tell as much as these."""
        return int(self.items / self.design_effect)

    @property
    def concern(self) -> Concern:
        """Note above a top share of 25% or below 8 effective authors, warn at 40% or 4, stop at 60%.

        Where the author of fewer than half of the items is stated nothing can be said, which is worth a note.
        """
        if 2 * self.stated < self.items or not self.stated:
            return Concern.NOTE
        if self.top_share > _STOP_SHARE:
            return Concern.STOP
        for (share, effective), concern in ((_WARN, Concern.WARN), (_NOTE, Concern.NOTE)):
            if self.top_share > share or self.effective < effective:
                return concern
        return Concern.NONE

    @property
    def sentence(self) -> str:
        """The spread in one line, with the share of items whose author is not stated."""
        unstated = self.items - self.stated
        told = f" For {unstated} of {self.items} items the author is not stated." if unstated else ""
        if not self.stated:
            return f"No author is stated for {'the item' if self.items == 1 else f'any of the {self.items} items'}."
        who = "One member" if self.authors > 1 else "A single member"
        wrote = f"{who} wrote {self.top_share:.0%} of the gold"
        if self.concern is Concern.NONE or self.design_effect <= 1.0:
            return f"{wrote}, which is like {self.effective:.1f} equal authors.{told}"
        return (
            f"{wrote} (like {self.effective:.1f} equal authors): {self.items} items are worth about {self.worth}.{told}"
        )


def concentration(authors: Iterable[str | int | None]) -> Concentration:
    """The concentration of items, given the author of each; None where it is not stated.

    The effective number is 1 / sum p^2 over the authors' shares p, the inverse of Simpson's index (1949,
    https://doi.org/10.1038/163688a0). It serves as well for voters and for any tag that members chose.
    """
    everyone = list(authors)
    counts = Counter(author for author in everyone if author is not None)
    stated = counts.total()
    if not stated:
        return Concentration(len(everyone), 0, 0, 0.0, 0.0)
    squares = sum(count * count for count in counts.values())
    return Concentration(len(everyone), stated, len(counts), stated * stated / squares, max(counts.values()) / stated)
