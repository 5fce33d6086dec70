"""How many tries a person has at a task, and what the best of several is worth. Light: no numpy."""

from dataclasses import dataclass
from functools import lru_cache
from math import erf, exp, pi, sqrt

from bench.stats.words import TO

TRIES_A_DAY = 3
SIGMA = 1.64
"""By how many standard errors a run must beat the best before it is shown (see `bench.stats.ladder`)."""

_TRIES_IN_ALL = ((100, 10), (300, 20))
_MOST_TRIES_IN_ALL = 40
_LEAST_LUCK = 0.5
_STEP = 0.05
_GRID = tuple(-5 + _STEP * place for place in range(241))


def tries_in_all(items: int) -> int:
    """The tries that a person has at a task of so many items, whatever the number of systems: 10, 20 or 40.

    Luck costs as much as an attack: the best of ten honest runs on 50 items stands 8 points too high. Few items leave
    more to luck, so they allow fewer tries. The table is judgement, built on simulations.
    """
    return next((tries for below, tries in _TRIES_IN_ALL if items < below), _MOST_TRIES_IN_ALL)


@dataclass(frozen=True, slots=True)
class TriesLeft:
    """What a person has left at a task, today and in all; today never more than in all."""

    today: int
    in_all: int

    @property
    def sentence(self) -> str:
        """What is left in one line."""
        if not self.in_all:
            return "No tries left at this task."
        today = f"{self.today}" if self.today else "No"
        return f"{today} {'try' if self.today == 1 else 'tries'} left today, {self.in_all} in all."


def tries_left(items: int, *, used_today: int, used_in_all: int, per_day: int = TRIES_A_DAY) -> TriesLeft:
    """The tries that are left to one person, all systems of theirs together."""
    in_all = max(0, tries_in_all(items) - used_in_all)
    return TriesLeft(min(in_all, max(0, per_day - used_today)), in_all)


@dataclass(frozen=True, slots=True)
class Optimism:
    """By how much the best of `tries` runs on a board with the Ladder is probably too high, as fractions of 1."""

    tries: int
    low: float
    high: float

    @property
    def sentence(self) -> str | None:
        """The warning in one line; None where it is less than half a point."""
        low, high = round(100 * self.low), round(100 * self.high)
        if high < 1:
            return None
        lower = f"up to {high}" if low < 1 else f"about {high}" if low == high else f"{low}{TO}{high}"
        noun = "point" if high == 1 else "points"
        return f"Best of {self.tries} tries: the true score is probably {lower} {noun} lower."


def optimism(score: float, items: int, tries: int) -> Optimism:
    """The optimism of a shown score in 0..1, if the tries were runs of one system that differ by luck.

    At most all of the variance p(1-p)/n is luck that every run draws anew; half of that deviation is the low end.
    Expected is the height of the Ladder (Blum & Hardt 2015, https://arxiv.org/abs/1502.04585) after so many tries.
    """
    high = climbed_by_luck(tries) * sqrt(max(0.0, score * (1 - score)) / max(1, items))
    return Optimism(tries, _LEAST_LUCK * high, high)


@lru_cache(maxsize=256)
def climbed_by_luck(tries: int) -> float:
    """How high the Ladder stands after so many runs that are standard normal, in their standard deviation.

    From the density of the height, try by try on a grid: the height stays unless a run passes it by 1.64 standard
    errors of a difference, which are sqrt(2) deviations of a run.
    """
    step = SIGMA * sqrt(2)
    normal = [_STEP * exp(-x * x / 2) / sqrt(2 * pi) for x in _GRID]
    density = normal
    for _ in range(tries - 1):
        below = _cumulated(density, step)
        stays = [(1 + erf((x + step) / sqrt(2))) / 2 for x in _GRID]
        density = [
            there * stay + run * under for there, stay, run, under in zip(density, stays, normal, below, strict=True)
        ]
    return sum(there * x for there, x in zip(density, _GRID, strict=True))


def _cumulated(density: list[float], step: float) -> list[float]:
    """The chance that the height is at least `step` below each place of the grid."""
    sums = [0.0]
    for there in density:
        sums.append(sums[-1] + there)
    found = []
    for place in range(len(density)):
        position = max(0.0, place - step / _STEP)
        whole = int(position)
        found.append(sums[whole] + (position - whole) * (sums[whole + 1] - sums[whole]))
    return found
