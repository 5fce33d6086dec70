"""BLEU and chrF: shared n-grams of words and of characters, over a corpus or of each sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.kernels.groups import FloatArray, first_best, maxima
from bench.kernels.marks import mteval_sequences
from bench.kernels.ngrams import NgramIndex
from bench.kernels.sequences import IntArray, Sequences, characters, words
from bench.language.normalize import normalizer
from bench.language.specification import Specification
from bench.language.words import bleu_words, chrf_words
from bench.metrics.base import Answers, Given, MeanMetric, Metric, Scorer, flattened, ratio
from bench.metrics.chosen import number, text_option

BLEU_ORDER = 4
CHARACTER_ORDER = 6
RECALL_WEIGHT = 4.0
"""The square of the 2 in chrF2: recall counts twice."""

_LONGEST = 1 << 32


class CorpusBleu(Metric):
    """BLEU of all items at once (Papineni et al. 2002, https://aclanthology.org/P02-1040), 0 to 1.

    As sacrebleu computes it (Post 2018, https://aclanthology.org/W18-6319), divided by 100: up to four words, clipped
    at the reference that has the n-gram most, exponential smoothing of orders without a match, brevity penalty by the
    closest reference length (of two as close, the shorter). All accepted answers are references; k = 10: matches of
    each order, n-grams of each order, words of the output, words of the reference. It is 0 where nothing matches, and
    where no output has four words. `item_scores` are those of `SentenceBleu`.
    """

    columns = 2 * BLEU_ORDER + 2

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._tokenize = text_option(specification, "tokenize")
        self._words = bleu_words(self._tokenize)

    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The statistics of each item, items x 10."""
        answers, counts = flattened(gold)
        references = self._sequences(answers)
        index = NgramIndex(references, counts, BLEU_ORDER)

        def statistics(outputs: Given) -> FloatArray:
            given = self._sequences(["" if output is None else output for output in outputs])
            totals = np.maximum(given.lengths[:, np.newaxis] - np.arange(BLEU_ORDER), 0)
            closest = _closest_lengths(given.lengths, references.lengths, counts)
            return np.column_stack((index.clipped(given), totals, given.lengths, closest)).astype(np.float64)

        return statistics

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """BLEU of each row."""
        return bleu(totals, by_sentence=False)

    def item_scores(self, statistics: FloatArray) -> FloatArray:
        """The sentence BLEU of each item."""
        return bleu(statistics, by_sentence=True)

    def serves(self, answer: str) -> bool:
        """Whether the answer has a word."""
        return bool(self._words(self._normalize(answer)))

    def _sequences(self, texts: Sequence[str]) -> Sequences:
        normalized = list(map(self._normalize, texts))
        return mteval_sequences(normalized) if self._tokenize == "13a" else words(list(map(self._words, normalized)))


class SentenceBleu(MeanMetric):
    """The mean of the items' own BLEU, 0 to 1: as `CorpusBleu`, but an output of n < 4 words has only n orders.

    The `sentence_score` of sacrebleu with `effective_order`, divided by 100.
    """

    def __init__(self, specification: Specification) -> None:
        self._bleu = CorpusBleu(specification)

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The sentence BLEU of each item."""
        statistics = self._bleu.scorer(gold)
        return lambda outputs: self._bleu.item_scores(statistics(outputs))

    def serves(self, answer: str) -> bool:
        """Whether the answer has a word."""
        return self._bleu.serves(answer)


class CorpusChrf(Metric):
    """chrF2 of all items at once (Popović 2015, https://aclanthology.org/W15-3049), 0 to 1.

    With a `word_order` of 2 it is chrF++ (Popović 2017, https://aclanthology.org/W17-4770). As sacrebleu computes it,
    divided by 100: runs of 1 to 6 characters without blanks; precision and recall are means over the orders that both
    sides have; each item is compared with the reference that gives it the highest score. k = 3 for each order: n-grams
    of the output, of the reference, shared ones.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._word_order = int(number(specification, "word_order"))

    @property
    def columns(self) -> int:
        """18, and 24 for chrF++."""
        return 3 * (CHARACTER_ORDER + self._word_order)

    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The statistics of each item, items x k."""
        answers, counts = flattened(gold)
        levels = [
            _Level.of(references, counts, order)
            for references, order in zip(self._sequences(answers), (CHARACTER_ORDER, self._word_order), strict=False)
        ]

        def statistics(outputs: Given) -> FloatArray:
            given = self._sequences(["" if output is None else output for output in outputs])
            rows = np.hstack([level.statistics(one) for level, one in zip(levels, given, strict=True)])
            chosen = first_best(chrf(rows), counts)
            best = np.zeros((len(counts), self.columns))
            best[chosen >= 0] = rows[chosen[chosen >= 0]]
            return best

        return statistics

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """The chrF of each row."""
        return chrf(totals)

    def serves(self, answer: str) -> bool:
        """Whether the answer has a character that is not blank."""
        return bool(self._normalize(answer).split())

    def _sequences(self, texts: Sequence[str]) -> list[Sequences]:
        normalized = [self._normalize(text) for text in texts]
        letters = characters(["".join(text.split()) for text in normalized])
        return [letters, words([chrf_words(text) for text in normalized])] if self._word_order else [letters]


class SentenceChrf(MeanMetric):
    """The mean of the items' own chrF2 or chrF++, 0 to 1: the `sentence_score` of sacrebleu, divided by 100."""

    def __init__(self, specification: Specification) -> None:
        self._chrf = CorpusChrf(specification)

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The chrF of each item."""
        statistics = self._chrf.scorer(gold)
        return lambda outputs: self._chrf.item_scores(statistics(outputs))

    def serves(self, answer: str) -> bool:
        """Whether the answer has a character that is not blank."""
        return self._chrf.serves(answer)


@dataclass(frozen=True, slots=True)
class _Level:
    """The references of all items as characters or as words."""

    lengths: IntArray
    counts: IntArray
    order: int
    index: NgramIndex

    @classmethod
    def of(cls, references: Sequences, counts: IntArray, order: int) -> "_Level":
        return cls(references.lengths, counts, order, NgramIndex(references, counts, order))

    def statistics(self, outputs: Sequences) -> FloatArray:
        """N-grams of the output, of the reference and shared ones for each order: references x 3 orders."""
        below = np.arange(self.order)
        of_output = np.maximum(np.repeat(outputs.lengths, self.counts)[:, np.newaxis] - below, 0)
        of_reference = np.maximum(self.lengths[:, np.newaxis] - below, 0)
        of_output[of_reference == 0] = 0
        stacked = np.stack((of_output, of_reference, self.index.shared(outputs)), axis=2)
        return stacked.reshape(len(self.lengths), 3 * self.order).astype(np.float64)


def bleu(statistics: FloatArray, *, by_sentence: bool) -> FloatArray:
    """BLEU of each row of `CorpusBleu`'s statistics, rows x 10 to (rows,)."""
    matches, totals = statistics[:, :BLEU_ORDER], statistics[:, BLEU_ORDER : 2 * BLEU_ORDER]
    output_length, reference_length = statistics[:, -2], statistics[:, -1]
    logs = np.zeros(len(statistics))
    halvings = np.zeros(len(statistics))
    for order in range(BLEU_ORDER):
        exists = totals[:, order] > 0
        missed = exists & (matches[:, order] == 0)
        halvings[missed] += 1
        found = np.where(missed, 0.5**halvings, matches[:, order])
        logs += np.log(ratio(found, totals[:, order]), out=np.zeros(len(logs)), where=exists)
    orders = (totals > 0).sum(axis=1)
    divisor = np.maximum(orders, 1) if by_sentence else BLEU_ORDER
    penalty = np.exp(np.minimum(0.0, 1 - ratio(reference_length, output_length)))
    defined = (matches.sum(axis=1) > 0) & (by_sentence | (orders == BLEU_ORDER))
    return np.where(defined, penalty * np.exp(logs / divisor), 0.0)


def chrf(statistics: FloatArray) -> FloatArray:
    """The chrF of each row of `CorpusChrf`'s statistics, rows x 3 orders to (rows,)."""
    of_output, of_reference, shared = statistics[:, 0::3], statistics[:, 1::3], statistics[:, 2::3]
    counts = (of_output > 0) & (of_reference > 0)
    precision, recall, orders = (np.zeros(len(statistics)) for _ in range(3))
    for order in range(counts.shape[1]):
        precision += np.where(counts[:, order], ratio(shared[:, order], of_output[:, order]), 0.0)
        recall += np.where(counts[:, order], ratio(shared[:, order], of_reference[:, order]), 0.0)
        orders += counts[:, order]
    precision, recall = ratio(precision, orders), ratio(recall, orders)
    return ratio((1 + RECALL_WEIGHT) * precision * recall, RECALL_WEIGHT * precision + recall)


def _closest_lengths(outputs: IntArray, references: IntArray, counts: IntArray) -> IntArray:
    """Of each item the reference length that is closest to the output's, of two as close the shorter; 0 without any."""
    gaps = np.abs(references - np.repeat(outputs, counts))
    nearest = -maxima(-(gaps * float(_LONGEST) + references), counts)
    return nearest.astype(np.int64) % _LONGEST
