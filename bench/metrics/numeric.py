"""Numbers within a tolerance."""

from collections.abc import Sequence
from decimal import Context, Decimal

import numpy as np

from bench.language.numbers import read_number
from bench.language.options import option_value
from bench.language.specification import Specification
from bench.metrics.base import Answers, FloatArray, MeanMetric
from bench.metrics.catalogue import find_metric

_EXACT = Context(prec=5000)
"""Enough digits that no difference or product of numbers as `read_number` reads them is ever rounded."""


class NumericMatch(MeanMetric):
    """1 where the number is within the tolerance of an accepted one, else 0.

    Right is |x - gold| <= max(absolute, relative * |gold|), the rule of `math.isclose` (PEP 485) made relative to the
    gold alone, computed in decimals without rounding: 0.3 is within 0.1 of 0.2, and 18 equals 18.00. How numbers are
    read, and what happens to units, says `bench.language.numbers`.
    """

    def __init__(self, specification: Specification) -> None:
        metric = find_metric("numeric")
        assert metric is not None  # noqa: S101 - the catalogue has it, and a test builds every metric of the catalogue
        self._absolute = Decimal(repr(option_value(metric, specification.options, "absolute")))
        self._relative = Decimal(repr(option_value(metric, specification.options, "relative")))
        self._decimal = str(option_value(metric, specification.options, "decimal"))

    def scores(self, outputs: Sequence[str | None], gold: Sequence[Answers]) -> FloatArray:
        """0 or 1 for each item."""
        pairs = zip(outputs, gold, strict=True)
        return np.array([self._matches(output, answers) for output, answers in pairs], dtype=np.float64)

    def serves(self, answer: str) -> bool:
        """Whether the answer is a number."""
        return read_number(answer, self._decimal) is not None

    def _matches(self, output: str | None, answers: Answers) -> bool:
        number = None if output is None else read_number(output, self._decimal)
        return number is not None and any(self._is_close(number, answer) for answer in answers)

    def _is_close(self, number: Decimal, answer: str) -> bool:
        gold = read_number(answer, self._decimal)
        if gold is None:
            return False
        tolerance = max(self._absolute, _EXACT.multiply(self._relative, gold.copy_abs()))
        return _EXACT.subtract(number, gold).copy_abs() <= tolerance
