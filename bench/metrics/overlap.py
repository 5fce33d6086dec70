"""Overlap of words."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bench.language.normalize import empty_tokens_agree, tokenizer
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, MeanMetric


class TokenF1(MeanMetric):
    """The F1 of the bags of tokens of the answer and of its best accepted answer, from 0 to 1.

    As in SQuAD v1.1 (Rajpurkar et al. 2016, https://aclanthology.org/D16-1264): with n shared tokens (a repeated token
    as often as it stands in both), precision is n / tokens of the answer, recall n / tokens of the gold. One side
    without tokens gives 0; both give 0 with `squad-en` as in that script, and 1 otherwise.
    """

    def __init__(self, specification: Specification) -> None:
        self._tokens = tokenizer(specification.normalizer)
        self._both_empty = 1.0 if empty_tokens_agree(specification.normalizer) else 0.0

    def scores(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """The F1 of each item."""
        pairs = zip(outputs, gold, strict=True)
        return np.array([self._best(output, answers) for output, answers in pairs], dtype=np.float64)

    def serves(self, answer: str) -> bool:
        """Whether the answer has a token."""
        return bool(self._tokens(answer))

    def _best(self, output: str | None, answers: Answers) -> float:
        if output is None:
            return 0.0
        tokens = self._tokens(output)
        return max((self._f1(tokens, self._tokens(answer)) for answer in answers), default=0.0)

    def _f1(self, tokens: list[str], gold: list[str]) -> float:
        if not tokens and not gold:
            return self._both_empty
        shared = (Counter(tokens) & Counter(gold)).total()
        if shared == 0:
            return 0.0
        precision, recall = shared / len(tokens), shared / len(gold)
        return 2 * precision * recall / (precision + recall)
