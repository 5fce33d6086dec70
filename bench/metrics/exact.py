"""Matches of the whole answer, of a part of it, and of a pattern."""

from collections.abc import Sequence

import numpy as np

from bench.kernels.groups import maxima
from bench.kernels.tokens import bulk_tokenizer, sequence_keys
from bench.language.normalize import is_without_blanks, normalizer, tokenizer
from bench.language.patterns import answer_pattern, found_in, sample_match
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, Given, MeanMetric, Scorer, best_of, flattened, without_missing
from bench.metrics.chosen import flag


class ExactMatch(MeanMetric):
    """1 where the normalised answer equals a normalised accepted one, else 0.

    With `squad-en` this is the exact match of SQuAD v1.1 (Rajpurkar et al. 2016, https://aclanthology.org/D16-1264).
    Two answers that both normalise to nothing are equal.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._sequences = bulk_tokenizer(specification.normalizer, specification.trimmings)
        self._keeps_blanks = specification.normalizer.name == "raw"

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """0 or 1 for each item."""
        if self._keeps_blanks:
            return self._scorer_of_texts(gold)
        answers, counts = flattened(gold)
        accepted = sequence_keys(self._sequences(answers))
        items = np.repeat(np.arange(len(counts)), counts)
        # Characters of scripts without blanks are tokens, so there equal tokens can still be unequal texts.
        unsure = np.fromiter(map(is_without_blanks, answers), bool, len(answers))

        def scores(outputs: Given) -> FloatArray:
            same = sequence_keys(self._sequences(outputs))[items] == accepted
            for row in np.flatnonzero(same & unsure).tolist():
                same[row] = self._normalize(outputs[items[row]] or "") == self._normalize(answers[row])
            return without_missing(maxima(same.astype(np.float64), counts), outputs)

        return scores

    def serves(self, answer: str) -> bool:
        """Whether something is left of the answer after normalisation."""
        return bool(self._normalize(answer).strip())

    def _scorer_of_texts(self, gold: Sequence[Answers]) -> Scorer:
        accepted = [frozenset(map(self._normalize, answers)) for answers in gold]

        def scores(outputs: Given) -> FloatArray:
            pairs = zip(outputs, accepted, strict=True)
            return np.array(
                [output is not None and self._normalize(output) in answers for output, answers in pairs], np.float64
            )

        return scores


class Containment(MeanMetric):
    """1 where the words of an accepted answer stand in a row in the output, else 0.

    The rule by which DrQA says that a passage has the answer (Chen et al. 2017, https://aclanthology.org/P17-1171).
    With `inside_words` the normalised answer may stand anywhere in the normalised output. An answer of which nothing
    is left after normalisation is found nowhere.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._tokens = tokenizer(specification.normalizer, specification.trimmings)
        self._inside_words = flag(specification, "inside_words")

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        return best_of(outputs, gold, lambda output, answer: float(self._has(output, answer)))

    def serves(self, answer: str) -> bool:
        """Whether the answer has a word."""
        return bool(self._tokens(answer))

    def _has(self, output: str, answer: str) -> bool:
        if not self.serves(answer):
            return False
        if self._inside_words:
            return self._normalize(answer) in self._normalize(output)
        # Tokens hold no blanks, so blanks around both keep the match from starting or ending inside one.
        return f" {' '.join(self._tokens(answer))} " in f" {' '.join(self._tokens(output))} "


class PatternMatch(MeanMetric):
    """1 where a pattern that is an accepted answer matches in the output, else 0.

    Patterns are RE2's (https://github.com/google/re2/wiki/Syntax), whose time is linear in the text. With `whole` the
    pattern must match all of the output.
    """

    def __init__(self, specification: Specification) -> None:
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self._whole = flag(specification, "whole")

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        return best_of(outputs, gold, lambda output, answer: float(self._matches(output, answer)))

    def serves(self, answer: str) -> bool:
        """Whether the answer is a pattern for which a matching text is easily found."""
        sample = sample_match(answer)
        return sample is not None and self._matches(sample, answer)

    def _matches(self, output: str, answer: str) -> bool:
        pattern = answer_pattern(answer)
        return pattern is not None and found_in(pattern, self._normalize(output), whole=self._whole)
