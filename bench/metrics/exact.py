"""Exact match after normalisation."""

from collections.abc import Sequence

import numpy as np

from bench.language.normalize import normalizer
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, MeanMetric


class ExactMatch(MeanMetric):
    """1 where the normalised answer equals a normalised accepted one, else 0.

    With `squad-en` this is the exact match of SQuAD v1.1 (Rajpurkar et al. 2016, https://aclanthology.org/D16-1264).
    Two answers that both normalise to nothing are equal.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer)

    def scores(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        pairs = zip(outputs, gold, strict=True)
        return np.array([self._matches(output, answers) for output, answers in pairs], dtype=np.float64)

    def serves(self, answer: str) -> bool:
        """Whether something is left of the answer after normalisation."""
        return bool(self._normalize(answer).strip())

    def _matches(self, output: str | None, answers: Answers) -> bool:
        if output is None:
            return False
        normalized = self._normalize(output)
        return any(normalized == self._normalize(answer) for answer in answers)
