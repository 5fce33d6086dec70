"""The one shape of every metric: a row of sufficient statistics for each item, and a score from their sum."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from bench.kernels.sums import exact_sum
from bench.kernels.texts import Texts

FloatArray = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64] | npt.NDArray[np.int64]
Answers = tuple[str, ...]
Given = Sequence[str | None]
"""The answer taken out of each item's output; None where there is none, which is wrong."""

Scorer = Callable[[Given], FloatArray]


class Metric(ABC):
    """Scores outputs against gold. Because scores come from sums, slices, splits, bootstraps and rescoring are sums.

    Scores are fractions, from 0 (`lowest` of the description for the few that go below) to 1. For several accepted
    answers an item takes its best one, by the rule that its metric names. No score is ever NaN: what has no value by
    the formula, as a ratio of nothing to nothing, is 0.
    """

    is_mean = False
    """Whether the score is the mean of the items' scores, and their spread its interval."""

    @property
    @abstractmethod
    def columns(self) -> int:
        """The number k of sufficient statistics of an item."""

    @abstractmethod
    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """Read the accepted answers once; the function that it gives finds the statistics, items x k, of outputs."""

    @abstractmethod
    def aggregates(self, totals: FloatArray) -> FloatArray:
        """The score of each row of summed statistics, rows x k to (rows,)."""

    @abstractmethod
    def serves(self, answer: str) -> bool:
        """Whether an accepted answer is one that this metric can compare an output with."""

    def statistics(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """The statistics, items x k, of answers already extracted; those of an item depend on no other item."""
        return self.scorer(gold)(outputs)

    def aggregate(self, total: FloatArray) -> float:
        """The score of summed statistics, shape (k,)."""
        return float(self.aggregates(total[np.newaxis])[0])

    def item_scores(self, statistics: FloatArray) -> FloatArray:
        """The score of each item alone, shape (items,)."""
        return self.aggregates(statistics)


class MeanMetric(Metric):
    """A metric that is the mean of its items' scores: k = 2, the score of an item and its weight, which is 1.

    One of `scores` and `item_scorer` is enough: the second where reading the gold once is worth it.
    """

    columns = 2
    is_mean = True

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """The score of each item by its best accepted answer, shape (items,)."""
        return self.item_scorer(gold)(outputs)

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """As `scorer`, but the function gives only the scores, shape (items,)."""
        return lambda outputs: self.scores(outputs, gold)

    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """Score and weight of each item, items x 2."""
        scores_of = self.item_scorer(gold)

        def statistics(outputs: Given) -> FloatArray:
            scores = scores_of(outputs)
            return np.column_stack((scores, np.ones_like(scores)))

        return statistics

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """The weighted mean."""
        return ratio(totals[:, 0], totals[:, 1])


def best_of(outputs: Given, gold: Sequence[Answers], score: Callable[[str, str], float]) -> FloatArray:
    """For each item the score of its output with the accepted answer that it fits best; 0 where there is none."""
    pairs = zip(outputs, gold, strict=True)
    return np.array(
        [
            0.0 if output is None else max((score(output, answer) for answer in answers), default=0.0)
            for output, answers in pairs
        ],
        dtype=np.float64,
    )


def flattened(gold: Sequence[Answers]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """All accepted answers one after the other, and how many each item has, shape (items,)."""
    return list(chain.from_iterable(gold)), np.fromiter(map(len, gold), np.int64, len(gold))


def without_missing(scores: FloatArray, outputs: Given) -> FloatArray:
    """The scores, 0 where there is no output."""
    if isinstance(outputs, Texts):
        scores[outputs.missing] = 0.0
    elif not all(outputs):
        scores[[output is None for output in outputs]] = 0.0
    return scores


def ratio(above: Numbers, below: Numbers) -> FloatArray:
    """The quotients, and 0 where they are of anything by nothing."""
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below != 0)


def total(statistics: FloatArray) -> FloatArray:
    """The sum of each column, correctly rounded, so that every machine finds the same score to the last digit."""
    return np.array([_total(column) for column in statistics.T])


def _total(column: FloatArray) -> float:
    # Whole numbers of which no sum reaches 2^53 are added without rounding in any order.
    if len(column) and np.abs(column).max() * len(column) < 2**53 and bool((column == np.rint(column)).all()):
        return float(column.sum())
    return exact_sum(column)
