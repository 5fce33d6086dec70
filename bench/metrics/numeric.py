"""Numbers within a tolerance."""

from collections.abc import Sequence
from decimal import Context, Decimal

import numpy as np

from bench.language.normalize import normalizer
from bench.language.reading import number_reader
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, Given, MeanMetric
from bench.metrics.chosen import number

_EXACT = Context(prec=5000)
"""Enough digits that no difference or product of numbers as `number_reader` reads them is ever rounded."""


class NumericMatch(MeanMetric):
    """1 where the number is within the tolerance of an accepted one, else 0.

    Right is |x - gold| <= max(absolute, relative * |gold|), the rule of `math.isclose` (PEP 485) made relative to the
    gold alone, computed in decimals without rounding: 0.3 is within 0.1 of 0.2, and 18 equals 18.00. How numbers are
    read, and what happens to units, say `bench.language.numbers` and, with a `language`, `bench.language.amounts`.
    """

    def __init__(self, specification: Specification) -> None:
        self._absolute = Decimal(repr(number(specification, "absolute")))
        self._relative = Decimal(repr(number(specification, "relative")))
        self._read = number_reader(specification)
        self._trim = normalizer(specification.normalizer, specification.trimmings)

    def scores(self, outputs: Given, gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        pairs = zip(outputs, gold, strict=True)
        return np.array([self._matches(output, answers) for output, answers in pairs], dtype=np.float64)

    def serves(self, answer: str) -> bool:
        """Whether the answer is a number."""
        return self._read(self._trim(answer)) is not None

    def _matches(self, output: str | None, answers: Answers) -> bool:
        found = None if output is None else self._read(self._trim(output))
        return found is not None and any(self._is_close(found, answer) for answer in answers)

    def _is_close(self, found: Decimal, answer: str) -> bool:
        gold = self._read(self._trim(answer))
        if gold is None:
            return False
        tolerance = max(self._absolute, _EXACT.multiply(self._relative, gold.copy_abs()))
        return _EXACT.subtract(found, gold).copy_abs() <= tolerance
