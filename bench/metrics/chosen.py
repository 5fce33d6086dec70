"""The options of a specification by their kind: the given value, or the default of its metric. Light: no numpy."""

from bench.language.options import option_value
from bench.language.specification import Specification
from bench.metrics.catalogue import OptionValue, find_metric


def flag(specification: Specification, name: str) -> bool:
    """An option that is true or false."""
    return bool(_value(specification, name))


def number(specification: Specification, name: str) -> float:
    """An option that is a number."""
    value = _value(specification, name)
    if isinstance(value, bool | str | tuple):
        raise TypeError(f"The option {name} is no number.")
    return value


def text_option(specification: Specification, name: str) -> str:
    """An option that is a text."""
    return str(_value(specification, name))


def names_option(specification: Specification, name: str) -> tuple[str, ...]:
    """An option that is a list of names."""
    value = _value(specification, name)
    if not isinstance(value, tuple):
        raise TypeError(f"The option {name} is no list.")
    return value


def _value(specification: Specification, name: str) -> OptionValue:
    metric = find_metric(specification.metric)
    if metric is None:
        raise LookupError(f"There is no metric {specification.metric}.")
    return option_value(metric, specification.options, name)
