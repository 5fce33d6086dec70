"""The mean over slices beside the mean over items, and where the two put systems in another order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum, sqrt

import numpy as np

from bench.stats.intervals import Z_95, FloatArray
from bench.stats.slices import ScoreOf, Slice, is_shown, mean_of
from bench.stats.words import counted, percent_range

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class MacroAverage:
    """A system's `micro` score over all items, and its `macro` score over the slices of a tag, with a 95% interval.

    `left_out` counts the items that no slice of the macro score holds: their slice is below 10 items, or not stated.
    """

    key: str
    slices: int
    micro: float
    macro: float
    low: float
    high: float
    left_out: int

    @property
    def sentence(self) -> str:
        """Both scores in one line."""
        found = (
            f"By {self.key}, each of {self.slices} counting alike: {self.macro:.0%} "
            f"({percent_range(self.low, self.high)}); by items: {self.micro:.0%}."
        )
        if not self.left_out:
            return found
        verb = "is" if self.left_out == 1 else "are"
        return (
            f"{found} {counted(self.left_out, 'item')} of small slices or without {self.key} {verb} not in the first."
        )


@dataclass(frozen=True, slots=True)
class OrderChange:
    """Two systems of which one leads by items, the other by slices of a tag."""

    key: str
    leads_by_items: str
    leads_by_slices: str

    @property
    def sentence(self) -> str:
        """The change in one line."""
        return (
            f"Slice averages change the order: {self.leads_by_items} leads by items, "
            f"{self.leads_by_slices} by {self.key}."
        )


def macro_average(
    item_scores: FloatArray, slices: Sequence[Slice], key: str, *, score_of: ScoreOf | None = None
) -> MacroAverage | None:
    """The macro average over the slices of one tag, from item scores of shape (items,); None below two slices.

    Every item belongs to those scores, also one without an output, which is wrong: otherwise who answers only the easy
    slices would win (Simpson 1951, https://doi.org/10.1111/j.2517-6161.1951.tb00088.x). SE^2 = sum(s_k^2 / n_k) / K^2
    over K slices of n_k items with the variance s_k^2, as of a stratified mean (Cochran 1977, Sampling Techniques,
    section 5.4). `score_of` is as in `score_slices`.
    """
    chosen = [piece for piece in slices if piece.key == key and piece.value is not None and is_shown(piece)]
    if len(chosen) < 2:
        return None
    parts = [item_scores[piece.rows] for piece in chosen]
    score_of = score_of or mean_of(item_scores)
    scores = [score_of(piece.rows) for piece in chosen]
    error = sqrt(fsum(float(part.var(ddof=1)) / len(part) for part in parts)) / len(parts)
    macro = fsum(scores) / len(scores)
    held = np.unique(np.concatenate([piece.rows for piece in chosen]))
    return MacroAverage(
        key=key,
        slices=len(chosen),
        micro=score_of(np.arange(len(item_scores))),
        macro=macro,
        low=max(0.0, macro - Z_95 * error),
        high=min(1.0, macro + Z_95 * error),
        left_out=len(item_scores) - len(held),
    )


def order_changes(systems: Sequence[str], averages: Sequence[MacroAverage]) -> tuple[OrderChange, ...]:
    """The pairs whose order by items and by slices differ, in the order of the systems; averages of one tag."""
    found = []
    for (first, one), (second, other) in combinations(zip(systems, averages, strict=True), 2):
        by_items, by_slices = one.micro - other.micro, one.macro - other.macro
        if by_items * by_slices < 0 and min(abs(by_items), abs(by_slices)) > _ROUNDING:
            leader, follower = (first, second) if by_items > 0 else (second, first)
            found.append(OrderChange(one.key, leader, follower))
    return tuple(found)
