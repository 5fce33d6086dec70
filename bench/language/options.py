"""The options of a metric: checked, in the order of their names, without those that say what is the case anyway."""

import math
from collections.abc import Iterable

from bench.language.refusals import refused, shown, unknown
from bench.language.steps import quoted
from bench.metrics.catalogue import MetricDescription, OptionDescription, OptionValue

Options = tuple[tuple[str, OptionValue], ...]

FEWEST_NAMES = 2
MOST_NAMES = 40
LONGEST_NAME = 60


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
    for option in metric.options:
        if option.is_required and option.name not in values:
            raise refused(f"options.{option.name}", f"it is missing. {metric.name} needs it: {option.summary}.")
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
    if isinstance(value, tuple):
        return "[" + ",".join(map(quoted, value)) + "]"
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _checked_value(option: OptionDescription, value: object) -> OptionValue:
    place = f"options.{option.name}"
    if isinstance(option.default, bool):
        if not isinstance(value, bool):
            raise refused(place, f"found {shown(value)}; expected true or false, without quotes.")
        return value
    if isinstance(option.default, tuple):
        return _checked_names(place, value)
    if isinstance(option.default, str):
        if not isinstance(value, str) or value not in option.choices:
            listed = " or ".join(f'"{choice}"' for choice in option.choices if choice)
            raise refused(place, f"found {shown(value)}; expected {listed}.")
        return value
    return _checked_number(option, value)


def _checked_number(option: OptionDescription, value: object) -> float:
    place = f"options.{option.name}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refused(place, f"found {shown(value)}; expected a number without quotes, such as {option.example:g}.")
    number = _as_float(value)
    if option.steps and number not in option.steps:
        raise refused(place, f"found {shown(value)}; expected {' or '.join(f'{step:g}' for step in option.steps)}.")
    if not (math.isfinite(number) and option.minimum <= number <= option.maximum):
        limit = f"between {option.minimum:g} and {option.maximum:g}" if option.maximum < 1e300 else "of 0 or more"
        raise refused(place, f"found {shown(value)}; expected a number {limit}.")
    return number


def _checked_names(place: str, value: object) -> tuple[str, ...]:
    """The names in sorted order, since theirs means nothing and equal meaning is equal text."""
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) and name.strip() for name in value):
        raise refused(place, f'found {shown(value)}; expected a list of texts, such as ["yes", "no"].')
    names = tuple(sorted(str(name) for name in value))
    if not FEWEST_NAMES <= len(names) <= MOST_NAMES:
        raise refused(place, f"found {len(names)} texts; expected {FEWEST_NAMES} to {MOST_NAMES}.")
    if len(set(names)) < len(names):
        raise refused(place, "a text stands twice. Keep one.")
    if any(len(name) > LONGEST_NAME or not name.isprintable() for name in names):
        raise refused(place, f"a text is longer than {LONGEST_NAME} characters or cannot be printed.")
    return names


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf
