"""Metrics by alignment: edit similarity, word and character error rates, and ROUGE-L."""

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np

from bench.kernels.edits import Vocabulary, common_lengths, distances
from bench.kernels.groups import FloatArray, first_best, maxima
from bench.kernels.marks import english_sequences
from bench.kernels.sequences import IntArray, Sequences, repeated, words
from bench.language.normalize import normalizer, tokenizer
from bench.language.specification import Specification
from bench.language.words import rouge_words
from bench.metrics.base import Answers, Given, MeanMetric, Metric, Scorer, flattened, ratio
from bench.metrics.chosen import text_option


class EditSimilarity(MeanMetric):
    """1 - distance / length of the longer text, by the best accepted answer: 0 to 1, and 1 for two empty texts.

    The distance is the fewest insertions, deletions and replacements of characters (Levenshtein 1966, Soviet Physics
    Doklady 10(8), 707-710).
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The similarity of each item."""
        answers, counts = flattened(gold)
        references = [self._normalize(answer) for answer in answers]
        sizes = _sizes(references)

        def scores(outputs: Given) -> FloatArray:
            given = _repeated([None if output is None else self._normalize(output) for output in outputs], counts)
            there = ["" if text is None else text for text in given]
            similarity = 1 - ratio(distances(there, references), np.maximum(_sizes(there), sizes))
            similarity[[text is None for text in given]] = 0.0
            return maxima(similarity, counts)

        return scores

    def serves(self, answer: str) -> bool:
        """Whether something is left of the answer after normalisation."""
        return bool(self._normalize(answer).strip())


class _ErrorRate(Metric):
    """1 - errors / length of the accepted answers, never below 0; k = 2: errors and length of the reference.

    Of several accepted answers an item takes the one with the fewest errors for its length, of equals the first.
    """

    columns = 2

    def __init__(self, specification: Specification) -> None:
        self._tokens = tokenizer(specification.normalizer, specification.trimmings)
        self._normalize = normalizer(specification.normalizer, specification.trimmings)

    @abstractmethod
    def _distances(self, outputs: Sequence[str], references: Sequence[str]) -> tuple[IntArray, IntArray]:
        """The errors of each pair and the length of its reference."""

    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """Errors and length of each item, items x 2."""
        answers, counts = flattened(gold)

        def statistics(outputs: Given) -> FloatArray:
            given = _repeated(["" if output is None else output for output in outputs], counts)
            errors, sizes = self._distances(["" if text is None else text for text in given], answers)
            rates = np.where(sizes > 0, errors / np.maximum(sizes, 1), errors * 1e9)
            chosen = first_best(-rates, counts)
            rows = np.zeros((len(counts), 2))
            rows[chosen >= 0] = np.column_stack((errors, sizes))[chosen[chosen >= 0]]
            return rows

        return statistics

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """1 less the error rate; 0 where the references have no length at all."""
        rates = ratio(totals[:, 0], totals[:, 1])
        return np.where(totals[:, 1] > 0, np.clip(1 - rates, 0.0, 1.0), 0.0)

    def serves(self, answer: str) -> bool:
        """Whether the answer has a word."""
        return bool(self._tokens(answer))


class WordErrors(_ErrorRate):
    """1 - WER over all items (Morris et al. 2004, https://doi.org/10.21437/Interspeech.2004-668), 0 to 1.

    Errors are words inserted, deleted or replaced; words are the tokens of the normaliser. A long wrong output can
    cost more than its item has words, which is why only the sum is cut at 0.
    """

    def _distances(self, outputs: Sequence[str], references: Sequence[str]) -> tuple[IntArray, IntArray]:
        first = words([self._tokens(text) for text in outputs])
        second = words([self._tokens(text) for text in references])
        return distances(*Vocabulary(second).pairs(first)), second.lengths


class CharacterErrors(_ErrorRate):
    """1 - CER over all items (Morris et al. 2004, https://doi.org/10.21437/Interspeech.2004-668), 0 to 1.

    Errors are characters inserted, deleted or replaced in the normalised texts, the blanks between words included.
    """

    def _distances(self, outputs: Sequence[str], references: Sequence[str]) -> tuple[IntArray, IntArray]:
        first = [" ".join(self._normalize(text).split()) for text in outputs]
        second = [" ".join(self._normalize(text).split()) for text in references]
        return distances(first, second), _sizes(second)


class RougeL(MeanMetric):
    """The F1 of the longest common subsequence of words with the best accepted answer, 0 to 1.

    ROUGE-L of Lin 2004 (https://aclanthology.org/W04-1013) for one sentence, with equal weights: l / words of the
    output and l / words of the reference, and their harmonic mean; 0 where a side has no words.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        tokenize = text_option(specification, "tokenize")
        self._words, self._is_english = rouge_words(tokenize), tokenize == "rouge-score"

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The F1 of each item."""
        answers, counts = flattened(gold)
        references = self._sequences(answers)
        vocabulary = Vocabulary(references)

        def scores(outputs: Given) -> FloatArray:
            given = repeated(self._sequences(outputs), counts)
            shared = common_lengths(*vocabulary.pairs(given))
            precision, recall = ratio(shared, given.lengths), ratio(shared, references.lengths)
            return maxima(ratio(2 * precision * recall, precision + recall), counts)

        return scores

    def serves(self, answer: str) -> bool:
        """Whether the answer has a word."""
        return bool(self._words(self._normalize(answer)))

    def _sequences(self, texts: Sequence[str | None]) -> Sequences:
        normalized = ["" if text is None else self._normalize(text) for text in texts]
        return english_sequences(normalized) if self._is_english else words(list(map(self._words, normalized)))


def _repeated(outputs: Given, counts: IntArray) -> list[str | None]:
    """The output of its item for each accepted answer."""
    return [outputs[item] for item in np.repeat(np.arange(len(counts)), counts).tolist()]


def _sizes(texts: Sequence[str]) -> IntArray:
    return np.fromiter(map(len, texts), np.int64, len(texts))
