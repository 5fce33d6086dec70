"""The one shape of every metric: a row of sufficient statistics for each item, and a score from their sum."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from math import fsum
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Answers = tuple[str, ...]


class Metric(Protocol):
    """Scores outputs against gold. Because scores come from sums, slices, splits, bootstraps and rescoring are sums.

    `columns` is the k of the statistics. Scores are fractions from 0 to 1.
    """

    @property
    def columns(self) -> int:
        """The number of sufficient statistics of an item."""

    def statistics(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """The statistics, items x k, of answers already extracted; None is wrong. `gold` has the accepted answers."""

    def aggregate(self, total: FloatArray) -> float:
        """The score of summed statistics, shape (k,)."""

    def item_scores(self, statistics: FloatArray) -> FloatArray:
        """The score of each item alone, shape (items,)."""

    def serves(self, answer: str) -> bool:
        """Whether an accepted answer is one that this metric can compare an output with."""


class MeanMetric(ABC):
    """A metric that is the mean of its items' scores: k = 2, the score of an item and its weight, which is 1."""

    columns = 2

    @abstractmethod
    def scores(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """The score of each item by its best accepted answer, shape (items,)."""

    @abstractmethod
    def serves(self, answer: str) -> bool:
        """Whether an accepted answer is one that this metric can compare an output with."""

    def statistics(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """Score and weight of each item, items x 2."""
        scores = self.scores(outputs, gold)
        return np.column_stack((scores, np.ones_like(scores)))

    def aggregate(self, total: FloatArray) -> float:
        """The weighted mean."""
        return float(total[0] / total[1])

    def item_scores(self, statistics: FloatArray) -> FloatArray:
        """The score of each item."""
        return statistics[:, 0] / statistics[:, 1]


def total(statistics: FloatArray) -> FloatArray:
    """The sum of each column, correctly rounded, so that every machine finds the same score to the last digit."""
    return np.array([fsum(column) for column in statistics.T.tolist()])
