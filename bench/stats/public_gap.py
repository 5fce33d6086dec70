"""Whether a system does better on the public items than on the private ones, beyond what the others do."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from bench.stats.intervals import FloatArray
from bench.stats.pairs import SEED
from bench.stats.words import chance_in_words, points

ALPHA = 0.01
SPLITS = 9999
FEWEST_TO_CLEAR = 200
"""Below so many items no flag means nothing: six in ten memorised public items are found on half of the boards."""

_NORMAL_FROM = 2000
_BLOCK = 2_000_000

_BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PublicGap:
    """A system that leads the others by `gap` more on the public items than on the private ones, as a fraction.

    `p` is the chance of it under a random split; `looked_at` says for how many systems that was asked.
    """

    name: str
    gap: float
    p: float
    looked_at: int

    @property
    def sentence(self) -> str:
        """The flag in one line, for curators."""
        return (
            f"{self.name} does {points(self.gap)} better on public than on private items, against the others "
            f"({chance_in_words(self.p)}, for each of {self.looked_at} looked at). Seen gold, or many tries on the "
            "public items? A curator will look."
        )


def public_gaps(names: Sequence[str], item_scores: FloatArray, is_private: _BoolArray) -> tuple[PublicGap, ...]:
    """The systems, the least likely first, whose gap between public and private items no random split explains.

    `item_scores` is systems x items, `is_private` of shape (items,). With r = own score - mean of the others, the mean
    of r on public less that on private items is held against the same for other random splits of the same size,
    one-sided at .01 for each system (Fisher 1935; with 1 added, Phipson & Smyth 2010,
    https://doi.org/10.2202/1544-6115.1585); from 2000 items on against its normal limit (Hoeffding 1951,
    https://doi.org/10.1214/aoms/1177729545).
    """
    systems, items = item_scores.shape
    private = int(is_private.sum())
    if systems < 2 or not 0 < private < items:
        return ()
    own_lead = item_scores - (item_scores.sum(axis=0) - item_scores) / (systems - 1)
    gaps = own_lead[:, ~is_private].mean(axis=1) - own_lead[:, is_private].mean(axis=1)
    p_values = _normal(own_lead, gaps, private) if items >= _NORMAL_FROM else _permuted(own_lead, gaps, private)
    found = [
        PublicGap(name, gap, p, systems)
        for name, gap, p in zip(names, gaps.tolist(), p_values, strict=True)
        if p <= ALPHA and gap > 0
    ]
    return tuple(sorted(found, key=lambda one: one.p))


def _permuted(own_lead: FloatArray, gaps: FloatArray, private: int) -> list[float]:
    """The mean of all items is fixed, so the gap grows as the sum over the private ones falls: that is compared."""
    items = own_lead.shape[1]
    public = items - private
    totals = own_lead.sum(axis=1)
    observed = (totals / public - gaps) / (1 / private + 1 / public)
    rounding = 1e-10 * np.abs(own_lead).sum(axis=1)
    generator = np.random.default_rng(SEED)
    as_extreme = np.zeros(len(gaps), dtype=np.int64)
    rows = max(1, _BLOCK // items)
    for start in range(0, SPLITS, rows):
        drawn = generator.random((min(rows, SPLITS - start), items))
        split = np.zeros_like(drawn)
        np.put_along_axis(split, np.argpartition(drawn, private - 1, axis=1)[:, :private], 1.0, axis=1)
        as_extreme += (split @ own_lead.T <= observed + rounding).sum(axis=0)
    found: list[float] = ((1 + as_extreme) / (1 + SPLITS)).tolist()
    return found


def _normal(own_lead: FloatArray, gaps: FloatArray, private: int) -> list[float]:
    items = own_lead.shape[1]
    errors = own_lead.std(axis=1, ddof=1) * sqrt(1 / private + 1 / (items - private))
    return [
        erfc(gap / error / sqrt(2)) / 2 if error > 0 else 1.0
        for gap, error in zip(gaps.tolist(), errors.tolist(), strict=True)
    ]
