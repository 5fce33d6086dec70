"""How a specification reads numbers: in one language, or by the decimal mark alone."""

from collections.abc import Callable
from decimal import Decimal

from bench.language.amounts import read_amount
from bench.language.numbers import read_number
from bench.language.specification import Specification
from bench.metrics.chosen import text_option


def number_reader(specification: Specification) -> Callable[[str], Decimal | None]:
    """The function from a text to the number that it is for the metric `numeric`, or None."""
    language, decimal = text_option(specification, "language"), text_option(specification, "decimal")
    if language:
        return lambda text: read_amount(text, language)
    return lambda text: read_number(text, decimal)
