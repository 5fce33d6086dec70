"""The options of a metric: checked, in the order of their names, without those that say what is the case anyway."""

import math
from collections.abc import Iterable

from bench.language.refusals import refused, shown, unknown
from bench.language.steps import quoted
from bench.metrics.catalogue import MetricDescription, OptionDescription, OptionValue

Options = tuple[tuple[str, OptionValue], ...]


def checked_options(metric: MetricDescription, options: Iterable[tuple[str, object]]) -> Options:
    """The options in canonical form, so that equal meaning is equal text; BadSpecification names what cannot be."""
    known = {option.name: option for option in metric.options}
    values: dict[str, OptionValue] = {}
    for name, value in options:
        if not known:
            raise refused("options", f"{metric.name} has no options, but {shown(name)} is given. Take it out.")
        if name not in known:
            raise unknown("options", name, tuple(known))
        if name in values:
            raise refused(f"options.{name}", "it is given twice. Keep one.")
        values[name] = _checked_value(known[name], value)
    return tuple((name, value) for name, value in sorted(values.items()) if value != known[name].default)


def option_value(metric: MetricDescription, options: Options, name: str) -> OptionValue:
    """The value that counts: the given one, or the default of the metric."""
    default = next(option.default for option in metric.options if option.name == name)
    return dict(options).get(name, default)


def written_value(value: OptionValue) -> str:
    """An option's value as TOML writes it; a whole number stands without decimals."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _checked_value(option: OptionDescription, value: object) -> OptionValue:
    place = f"options.{option.name}"
    if isinstance(option.default, str):
        if not isinstance(value, str) or value not in option.choices:
            listed = " or ".join(f'"{choice}"' for choice in option.choices)
            raise refused(place, f"found {shown(value)}; expected {listed}.")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refused(place, f"found {shown(value)}; expected a number without quotes, such as 0.01.")
    number = _as_float(value)
    if not (math.isfinite(number) and option.minimum <= number <= option.maximum):
        limit = f"between {option.minimum:g} and {option.maximum:g}" if option.maximum < 1e300 else "of 0 or more"
        raise refused(place, f"found {shown(value)}; expected a number {limit}.")
    return number


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf
