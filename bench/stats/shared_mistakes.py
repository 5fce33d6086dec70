"""Two submissions that make the same mistakes too often: for a curator to look at, and no verdict.

Two honest systems on one base model are flagged as often as copies are, so no sentence may say that anyone copied.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bench.stats.chances import poisson_binomial_tail
from bench.stats.intervals import FloatArray
from bench.stats.mistakes import IntArray
from bench.stats.pairs import holm
from bench.stats.words import chance_in_words

ALPHA = 0.01
FEWEST_SHARED = 5
FEWEST_SUBMISSIONS = 4
"""With fewer than two others nothing says how often a mistake is made by chance."""

_PSEUDO_PAIRS = 4
_LEAST_CHANCE, _MOST_CHANCE = 0.01, 0.98
_PLAINLY_USUAL = 2.0


@dataclass(frozen=True, slots=True)
class SharedMistakes:
    """Two submissions, by name, with `shared` equal mistakes of the `both_wrong` items that both have wrong.

    `places` are theirs in the call, `p` the chance of so many or more, corrected for the number of pairs.
    """

    places: tuple[int, int]
    names: tuple[str, str]
    shared: int
    both_wrong: int
    p: float

    @property
    def sentence(self) -> str:
        """The flag in one line, for curators."""
        first, second = self.names
        return (
            f"{first} and {second} share {self.shared} of {self.both_wrong} mistakes word for word "
            f"({chance_in_words(self.p)}). Same model, or shared outputs? A curator will look."
        )


def shared_mistakes(
    codes: IntArray, names: Sequence[str], owners: Sequence[Hashable] | None = None
) -> tuple[SharedMistakes, ...]:
    """The pairs that share too many mistakes, the least likely first.

    `codes`, submissions x items, are those of `Mistakes`: equal ones from 0 are equal wrong answers. For an item that
    both have wrong, the chance of a match is the share of equal pairs among the other submissions' wrong answers,
    shrunk to that of the board by four pairs; the tail is the exact one of the sum (the generalised binomial test of
    van der Linden & Sotaridona 2006, https://doi.org/10.3102/10769986031003283, limited to errors). Flagged from five
    shared mistakes at .01 after Holm's correction over all pairs. Submissions of one owner are not held against each
    other.
    """
    if len(codes) < FEWEST_SUBMISSIONS:
        return ()
    board = _Board(codes)
    tested = [
        pair for pair in combinations(range(len(codes)), 2) if owners is None or owners[pair[0]] != owners[pair[1]]
    ]
    adjusted = holm(np.array([board.tail(*pair) for pair in tested]))
    found = [
        SharedMistakes(pair, (names[pair[0]], names[pair[1]]), *board.shared(*pair), p)
        for pair, p in zip(tested, adjusted.tolist(), strict=True)
        if p <= ALPHA
    ]
    return tuple(sorted(found, key=lambda one: one.p))


class _Board:
    """All submissions' mistakes, with how many submissions make each."""

    def __init__(self, codes: IntArray) -> None:
        self.codes = codes
        self.wrong: npt.NDArray[np.bool_] = codes >= 0
        self.makers = np.array([((codes == row) & self.wrong & (row >= 0)).sum(axis=0) for row in codes])
        self.wrong_of_item = self.wrong.sum(axis=0)
        # Twice the equal pairs of an item: each of c makers of a mistake has c - 1 others.
        self.twice_equal = np.where(self.wrong, self.makers - 1, 0).sum(axis=0)

    def shared(self, first: int, second: int) -> tuple[int, int]:
        """How many mistakes two submissions share, and how many items both have wrong."""
        both = self.wrong[first] & self.wrong[second]
        return int((both & (self.codes[first] == self.codes[second])).sum()), int(both.sum())

    def tail(self, first: int, second: int) -> float:
        """The chance of at least as many shared mistakes; 1 where they are too few or plainly usual."""
        shared, _ = self.shared(first, second)
        if shared < FEWEST_SHARED:
            return 1.0
        chances = self._chances(first, second)
        deviation = float(np.sqrt((chances * (1 - chances)).sum()))
        # Its chance is some percent, which Holm's correction never claims at .01, and the exact tail is the slow part.
        if shared - float(chances.sum()) < _PLAINLY_USUAL * deviation:
            return 1.0
        return poisson_binomial_tail(chances.tolist(), shared)

    def _chances(self, first: int, second: int) -> FloatArray:
        """The chance of a match on each item that both have wrong, from the other submissions alone."""
        wrong_first, wrong_second = self.wrong[first], self.wrong[second]
        both = wrong_first & wrong_second
        removed = np.where(wrong_first, self.makers[first] - 1, 0) + np.where(wrong_second, self.makers[second] - 1, 0)
        removed -= both & (self.codes[first] == self.codes[second])
        equal = self.twice_equal / 2 - removed
        others = self.wrong_of_item - wrong_first - wrong_second
        pairs = others * (others - 1) / 2
        rate = float(equal.sum()) / max(1.0, float(pairs.sum()))
        chances: FloatArray = (equal[both] + _PSEUDO_PAIRS * rate) / (pairs[both] + _PSEUDO_PAIRS)
        return np.clip(chances, _LEAST_CHANCE, _MOST_CHANCE)
