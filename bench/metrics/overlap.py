"""Overlap of words."""

from collections.abc import Sequence

import numpy as np

from bench.kernels.groups import maxima
from bench.kernels.ngrams import NgramIndex
from bench.kernels.tokens import bulk_tokenizer
from bench.language.normalize import empty_tokens_agree, tokenizer
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, Given, MeanMetric, Scorer, flattened, ratio, without_missing


class TokenF1(MeanMetric):
    """The F1 of the bags of tokens of the answer and of its best accepted answer, from 0 to 1.

    As in SQuAD v1.1 (Rajpurkar et al. 2016, https://aclanthology.org/D16-1264): with n shared tokens (a repeated token
    as often as it stands in both), precision is n / tokens of the answer, recall n / tokens of the gold. One side
    without tokens gives 0; both give 0 with `squad-en` as in that script, and 1 otherwise.
    """

    def __init__(self, specification: Specification) -> None:
        self._tokens = tokenizer(specification.normalizer, specification.trimmings)
        self._sequences = bulk_tokenizer(specification.normalizer, specification.trimmings)
        self._both_empty = 1.0 if empty_tokens_agree(specification.normalizer) else 0.0

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The F1 of each item."""
        answers, counts = flattened(gold)
        references = self._sequences(answers)
        items = np.repeat(np.arange(len(counts)), counts)
        index = NgramIndex(references, counts, 1)

        def scores(outputs: Given) -> FloatArray:
            given = self._sequences(outputs)
            shared, lengths = index.shared(given)[:, 0], given.lengths[items]
            precision, recall = ratio(shared, lengths), ratio(shared, references.lengths)
            overlap = ratio(2 * precision * recall, precision + recall)
            overlap[(lengths == 0) & (references.lengths == 0)] = self._both_empty
            return without_missing(maxima(overlap, counts), outputs)

        return scores

    def serves(self, answer: str) -> bool:
        """Whether the answer has a token."""
        return bool(self._tokens(answer))
