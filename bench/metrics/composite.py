"""The weighted mean of several metrics."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from bench.language.extract import Extractor
from bench.metrics.base import Answers, FloatArray, Given, Metric, Scorer


@dataclass(frozen=True, slots=True)
class Member:
    """One metric of a composite: its column's name, its weight of 0 or more, and what it takes out of an answer."""

    name: str
    weight: float
    metric: Metric
    extract: Extractor | None


class Composite(Metric):
    """The weighted arithmetic mean of the scores of its parts, within 0 to 1 where theirs are.

    Its statistics are those of the parts side by side, so that each part's score is still there. For several accepted
    answers each part takes the best one by its own rule. A part of weight 0 is scored and counts nothing.
    """

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = tuple(members)
        self._weights = [member.weight for member in members]
        ends = list(accumulate(member.metric.columns for member in members))
        self._slices = [slice(end - member.metric.columns, end) for member, end in zip(members, ends, strict=True)]

    @property
    def is_mean(self) -> bool:  # type: ignore[override]  # a composite knows it only once it has its parts
        """Whether every part that counts is the mean of its items' scores."""
        return all(member.metric.is_mean for member in self.members if member.weight)

    @property
    def columns(self) -> int:
        """Those of all parts together."""
        return self._slices[-1].stop

    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The statistics of the parts side by side, items x k."""
        scorers = [member.metric.scorer(gold) for member in self.members]

        def statistics(outputs: Given) -> FloatArray:
            return np.hstack(
                [
                    scorer(_extracted(outputs, member.extract))
                    for member, scorer in zip(self.members, scorers, strict=True)
                ]
            )

        return statistics

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """The weighted mean of each row."""
        return self._mean([member.metric.aggregates(part) for member, part in self.split(totals)])

    def item_scores(self, statistics: FloatArray) -> FloatArray:
        """The weighted mean of the parts' scores of each item."""
        return self._mean([member.metric.item_scores(part) for member, part in self.split(statistics)])

    def serves(self, answer: str) -> bool:
        """Whether every part can use the answer."""
        return all(member.metric.serves(answer) for member in self.members)

    def split(self, statistics: FloatArray) -> list[tuple[Member, FloatArray]]:
        """Each part with its own statistics, rows x its columns."""
        return [(member, statistics[:, part]) for member, part in zip(self.members, self._slices, strict=True)]

    def _mean(self, scores: list[FloatArray]) -> FloatArray:
        # Divided last, and summed in one order: the mean of ones must be one, and a sum of rounded shares need not be.
        weighted = sum((weight * score for weight, score in zip(self._weights, scores, strict=True)), np.zeros(1))
        mean: FloatArray = weighted / sum(self._weights)
        return mean


def _extracted(outputs: Given, extract: Extractor | None) -> Given:
    if extract is None:
        return outputs
    return [None if output is None else extract(output) for output in outputs]
