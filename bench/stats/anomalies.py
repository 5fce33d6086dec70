"""Scores that deserve a look: flags for a curator, never verdicts, and each with an innocent explanation."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from bench.stats.intervals import FloatArray
from bench.stats.words import points

LEAST_Z_OF_A_JUMP = 3.0
FEWEST_PAST_GAINS = 20
FEWEST_FOR_OUTLIERS = 8
LEAST_Z_OF_AN_OUTLIER = 5.0

_MADS_OF_A_JUMP = 3.5
_MAD_TO_DEVIATION = 1.4826
_DEVIATION_OF_MAD = 0.6745


@dataclass(frozen=True, slots=True)
class Jump:
    """A gain of one system over its own best that is unusual on this board; as fractions, `z` in standard errors."""

    name: str
    gain: float
    z: float
    usual: float

    @property
    def sentence(self) -> str:
        """The flag in one line, for curators."""
        return (
            f"{self.name} rose by {points(self.gain)} at once; a usual gain here is {points(self.usual)}. "
            "A new model can do that. Worth a look."
        )


@dataclass(frozen=True, slots=True)
class Outlier:
    """A score far above the rest of the board, with the modified z that says how far."""

    name: str
    score: float
    median: float
    z: float

    @property
    def sentence(self) -> str:
        """The flag in one line, for curators."""
        return (
            f"{self.name} stands far above the others: {self.score:.0%}, where the middle of the board is "
            f"{self.median:.0%}. Worth a look, not wrong by itself."
        )


def find_jump(name: str, before: FloatArray, after: FloatArray, past_gains: Sequence[float]) -> Jump | None:
    """The jump from one run to a better one by item scores of shape (items,); None where it is an ordinary gain.

    The paired z must pass 3, and the gain the median of all past gains on the board plus 3.5 times their median
    deviation (Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers): z alone flags one honest new model in ten.
    `past_gains` are the differences of all runs to their system's run before, also those that fell; without the losses
    the rule would flag several times as often. Below 20 past gains nothing is flagged.
    """
    if len(past_gains) < FEWEST_PAST_GAINS or len(before) < 2:
        return None
    differences = after - before
    gain, deviation = float(differences.mean()), float(differences.std(ddof=1))
    error = deviation / sqrt(len(differences))
    z = gain / error if error > 0 else inf if gain > 0 else 0.0
    usual, spread = _median_and_mad(past_gains)
    if z <= LEAST_Z_OF_A_JUMP or gain <= usual + _MADS_OF_A_JUMP * _MAD_TO_DEVIATION * spread:
        return None
    return Jump(name, gain, z, usual)


def find_outliers(names: Sequence[str], scores: Sequence[float]) -> tuple[Outlier, ...]:
    """The scores with a modified z = .6745 (x - median) / MAD above 5, the highest first, on boards of 8 or more.

    The textbook's 3.5 on both sides (Iglewicz & Hoaglin 1993) would flag an entry on every fifth honest board. Where
    more than half of the scores are equal the spread says nothing, and nothing is flagged.
    """
    if not tells_outliers(scores):
        return ()
    median, spread = _median_and_mad(scores)
    found = [
        Outlier(name, score, median, z)
        for name, score in zip(names, scores, strict=True)
        if (z := _DEVIATION_OF_MAD * (score - median) / spread) > LEAST_Z_OF_AN_OUTLIER
    ]
    return tuple(sorted(found, key=lambda one: -one.z))


def tells_outliers(scores: Sequence[float]) -> bool:
    """Whether the scores spread enough to say which of them are far from the others."""
    return len(scores) >= FEWEST_FOR_OUTLIERS and _median_and_mad(scores)[1] > 0


def _median_and_mad(values: Sequence[float]) -> tuple[float, float]:
    """The median, and the median distance from it."""
    median = float(np.median(values))
    return median, float(np.median(np.abs(np.asarray(values) - median)))
