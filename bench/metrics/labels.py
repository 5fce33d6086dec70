"""Labels: the letters of multiple choice."""

from collections.abc import Sequence

import numpy as np

from bench.language.letters import leading_letter, read_letter
from bench.metrics.base import Answers, FloatArray, MeanMetric


class MultipleChoice(MeanMetric):
    """1 where the letter (A to J, in either case) is an accepted one, else 0.

    The mean is the accuracy of Hendrycks et al. 2021 (MMLU, https://arxiv.org/abs/2009.03300). An answer may go on
    after its letter, as in ``B) Paris``; gold is a letter alone.
    """

    def scores(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        pairs = zip(outputs, gold, strict=True)
        return np.array([_matches(output, answers) for output, answers in pairs], dtype=np.float64)

    def serves(self, answer: str) -> bool:
        """Whether the answer is a letter."""
        return read_letter(answer) is not None


def _matches(output: str | None, answers: Answers) -> bool:
    letter = None if output is None else leading_letter(output)
    return letter is not None and any(letter == read_letter(answer) for answer in answers)
