"""Labels: the letters of multiple choice, and the measures that come from a confusion matrix."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bench.language.letters import leading_letter, read_letter
from bench.language.normalize import normalizer
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, Given, MeanMetric, Metric, Scorer, best_of, flattened, ratio
from bench.metrics.chosen import names_option

_NO_LABEL = -1

_Codes = npt.NDArray[np.int64]


class MultipleChoice(MeanMetric):
    """1 where the letter (A to J, in either case) is an accepted one, else 0.

    The mean is the accuracy of Hendrycks et al. 2021 (MMLU, https://arxiv.org/abs/2009.03300). An answer may go on
    after its letter, as in ``B) Paris``; gold is a letter alone.
    """

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        return best_of(outputs, gold, _same_letter)

    def serves(self, answer: str) -> bool:
        """Whether the answer is a letter."""
        return read_letter(answer) is not None


def _same_letter(output: str, answer: str) -> float:
    letter = leading_letter(output)
    return float(letter is not None and letter == read_letter(answer))


class _Codebook(dict[str | None, int]):
    """The number of the label that a text is after normalisation, and -1 for any other; learns each spelling once."""

    def __init__(self, specification: Specification) -> None:
        super().__init__({None: _NO_LABEL})
        self._normalize = normalizer(specification.normalizer, specification.trimmings)
        self.labels = names_option(specification, "labels")
        self._codes = {self._normalize(label): code for code, label in enumerate(self.labels)}

    def __missing__(self, text: str | None) -> int:
        code = self._codes.get(self._normalize(text or ""), _NO_LABEL)
        if len(self) < 10_000:
            self[text] = code
        return code

    def read(self, texts: Given) -> _Codes:
        """The codes of texts, shape (texts,)."""
        return np.fromiter(map(self.__getitem__, texts), np.int64, len(texts))


class Confusion(Metric):
    """What macro-F1 and MCC have in common: k = 3 for each label: items rightly given it, given it, and that have it.

    These are the diagonal and the two margins of the confusion matrix, which is all that either needs of it. An output
    that is no label is given none: it is wrong, and counts as a class of its own for MCC. Where several labels are
    accepted, an item has the one that it was given, else the first. `item_scores` are 0 and 1.
    """

    def __init__(self, specification: Specification) -> None:
        self._codebook = _Codebook(specification)

    @property
    def columns(self) -> int:
        """Three for each label."""
        return 3 * len(self._codebook.labels)

    def scorer(self, gold: Sequence[Answers]) -> Scorer:
        """The statistics of each item, items x k: the diagonal, what is given, what is had."""
        read = _gold_reader(self._codebook, gold)
        labels = len(self._codebook.labels)

        def statistics(outputs: Given) -> FloatArray:
            given = self._codebook.read(outputs)
            had = read(given)
            columns = np.zeros((3 * labels, len(given)))
            for code in range(labels):
                columns[labels + code] = given == code
                columns[2 * labels + code] = had == code
                columns[code] = columns[labels + code] * columns[2 * labels + code]
            return columns.T

        return statistics

    def item_scores(self, statistics: FloatArray) -> FloatArray:
        """Whether the label is right, 0 or 1."""
        right: FloatArray = statistics[:, : len(self._codebook.labels)].sum(axis=1)
        return right

    def serves(self, answer: str) -> bool:
        """Whether the answer is one of the labels."""
        return self._codebook[answer] != _NO_LABEL

    def _split(self, totals: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        right, given, had = np.split(totals, 3, axis=1)
        return right, given, had


class Accuracy(MeanMetric):
    """The share of items with an accepted label (Sokolova & Lapalme 2009, table 2), 0 to 1.

    https://doi.org/10.1016/j.ipm.2009.03.002. An output that is no label is wrong.
    """

    def __init__(self, specification: Specification) -> None:
        self._codebook = _Codebook(specification)

    def item_scorer(self, gold: Sequence[Answers]) -> Scorer:
        """0 or 1 for each item."""
        read = _gold_reader(self._codebook, gold)

        def scores(outputs: Given) -> FloatArray:
            given = self._codebook.read(outputs)
            right: FloatArray = ((given == read(given)) & (given != _NO_LABEL)).astype(np.float64)
            return right

        return scores

    def serves(self, answer: str) -> bool:
        """Whether the answer is one of the labels."""
        return self._codebook[answer] != _NO_LABEL


class MacroF1(Confusion):
    """The mean of the labels' F1 (Sokolova & Lapalme 2009, table 3), 0 to 1.

    https://doi.org/10.1016/j.ipm.2009.03.002. A label's F1 is 2 right / (given + had). Labels that are neither given
    nor had have none and are left out; where that leaves no label, the score is 0.
    """

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """Macro-F1 of each row."""
        right, given, had = self._split(totals)
        either = given + had
        return ratio(ratio(2 * right, either).sum(axis=1), (either > 0).sum(axis=1))


class MatthewsCorrelation(Confusion):
    """Matthews' correlation coefficient for any number of labels (Gorodkin 2004, equation 8), -1 to 1.

    https://doi.org/10.1016/j.compbiolchem.2004.09.006. 0 where the gold, or the outputs, are all of one class.
    """

    def aggregates(self, totals: FloatArray) -> FloatArray:
        """The coefficient of each row."""
        right, given, had = self._split(totals)
        items = had.sum(axis=1)
        none = items - given.sum(axis=1)
        covariance = right.sum(axis=1) * items - (given * had).sum(axis=1)
        of_outputs = items**2 - (given**2).sum(axis=1) - none**2
        of_gold = items**2 - (had**2).sum(axis=1)
        return ratio(covariance, np.sqrt(of_outputs * of_gold))


def _gold_reader(codebook: _Codebook, gold: Sequence[Answers]) -> "_GoldCodes":
    answers, counts = flattened(gold)
    return _GoldCodes(codebook.read(answers), counts)


class _GoldCodes:
    """The label that each item has, beside the ones that it was given."""

    def __init__(self, codes: _Codes, counts: npt.NDArray[np.int64]) -> None:
        self._first = np.full(len(counts), _NO_LABEL)
        self._first[counts > 0] = codes[(np.cumsum(counts) - counts)[counts > 0]]
        several = np.repeat(counts > 1, counts)
        self._items = np.repeat(np.arange(len(counts)), counts)[several]
        self._codes = codes[several]

    def __call__(self, given: _Codes) -> _Codes:
        had = self._first.copy()
        accepted = (given[self._items] == self._codes) & (self._codes != _NO_LABEL)
        had[self._items[accepted]] = self._codes[accepted]
        return had
