"""A small language for the shape of a JSON body, in which the tables of limits are written.

A schema yields the violations of a value, with Discord's codes and texts. Lengths count Unicode code points, as Discord
does; a field that is optional may also be null, as almost everywhere in Discord's interface.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.limits.values import Violation


def join(path: str, key: object) -> str:
    """Lead one step further: ``join("components", 0)`` is ``components.0``."""
    return f"{path}.{key}" if path else str(key)


def required(path: str) -> Violation:
    """The violation of a field that must be there."""
    return Violation(path, "BASE_TYPE_REQUIRED", "This field is required")


def bad_length(path: str, most: int | None, least: int = 0) -> Violation:
    """The violation of a length, of a text or of a list."""
    if not least:
        return Violation(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    if most is None:
        return Violation(path, "BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length.")
    return Violation(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


class Schema(Protocol):
    """Anything that can judge a value."""

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield what is wrong with the value that stands at the path."""
        ...


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value at all."""

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield nothing."""
        del value, path
        return iter(())


@dataclass(frozen=True, slots=True)
class String:
    """A text of `least` to `most` code points; `trimmed` counts them without the white space around."""

    most: int | None = None
    least: int = 0
    trimmed: bool = False

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield a wrong type or a wrong length."""
        if not isinstance(value, str):
            yield Violation(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return
        length = len(value.strip() if self.trimmed else value)
        if length < self.least or (self.most is not None and length > self.most):
            yield bad_length(path, self.most, self.least)


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most`; `whole` admits integers only, however they are written (``1.0``)."""

    least: float | None = None
    most: float | None = None
    whole: bool = True

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield a wrong type or a number out of its range."""
        kind = "int" if self.whole else "float"
        if isinstance(value, bool) or not isinstance(value, (int, float)) or (self.whole and value % 1):
            yield Violation(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not {kind}.')
        elif self.most is not None and value > self.most:
            yield Violation(path, "NUMBER_TYPE_MAX", f"{kind} value should be less than or equal to {self.most}.")
        elif self.least is not None and value < self.least:
            yield Violation(path, "NUMBER_TYPE_MIN", f"{kind} value should be greater than or equal to {self.least}.")


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield a value that is neither."""
        if not isinstance(value, bool):
            yield Violation(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


@dataclass(frozen=True, slots=True)
class Snowflake:
    """An id: a number, or its decimal digits in a text."""

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield a value that is neither."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        is_digits = isinstance(value, str) and value.isascii() and value.isdigit()
        if not (is_number or is_digits):
            yield Violation(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


@dataclass(frozen=True, slots=True)
class Enum:
    """One of a few values."""

    values: tuple[object, ...]

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield any other value."""
        if value not in self.values or isinstance(value, bool):
            known = ", ".join(repr(known) for known in self.values)
            yield Violation(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{known}}}.")


@dataclass(frozen=True, slots=True)
class Array:
    """A list of `least` to `most` values of one schema."""

    each: Schema
    most: int | None = None
    least: int = 0

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield a wrong length, and what is wrong with each element."""
        if not isinstance(value, list):
            yield Violation(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if len(value) < self.least or (self.most is not None and len(value) > self.most):
            yield bad_length(path, self.most, self.least)
        for index, element in enumerate(value):
            yield from self.each.problems(element, join(path, index))


@dataclass(frozen=True, slots=True)
class Map:
    """An object whose keys come from a fixed set and whose values share one schema, as localizations do."""

    keys: Collection[str]
    each: Schema

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield unknown keys, and what is wrong with each value."""
        if not isinstance(value, dict):
            yield Violation(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            return
        for key, element in value.items():
            if key not in self.keys:
                yield Violation(join(path, key), "BASE_TYPE_CHOICES", f'"{key}" is not one of the known keys.')
            yield from self.each.problems(element, join(path, key))


@dataclass(frozen=True, slots=True)
class Object:
    """An object with `required` and `optional` fields and no others.

    Discord ignores a field that it does not know; here it is a violation, since it is a misspelt one.
    """

    required: Mapping[str, Schema] = field(default_factory=dict)
    optional: Mapping[str, Schema] = field(default_factory=dict)

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield missing and unknown fields, and what is wrong with each field."""
        if not isinstance(value, dict):
            yield Violation(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType.")
            return
        for name, schema in self.required.items():
            if value.get(name) is None:
                yield required(join(path, name))
            else:
                yield from schema.problems(value[name], join(path, name))
        for name, schema in self.optional.items():
            if value.get(name) is not None:
                yield from schema.problems(value[name], join(path, name))
        for name in value:
            if name not in self.required and name not in self.optional:
                yield Violation(join(path, name), "UNKNOWN_FIELD", f'Discord knows no field "{name}" here.')


@dataclass(frozen=True, slots=True)
class Union:
    """An object whose field `type` says which of several schemas it follows."""

    variants: Mapping[int, Schema]

    def problems(self, value: object, path: str) -> Iterator[Violation]:
        """Yield an unknown type, or what is wrong by the schema of its type."""
        if not isinstance(value, dict):
            yield Violation(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType.")
            return
        kind = value.get("type")
        if kind is None:
            yield required(join(path, "type"))
        elif not isinstance(kind, int) or kind not in self.variants:
            message = f'Value of field "type" must be one of {tuple(self.variants)}.'
            yield Violation(join(path, "type"), "UNION_TYPE_CHOICES", message)
        else:
            yield from self.variants[kind].problems(value, path)


def objects(value: object) -> list[dict[str, object]]:
    """The objects in a list, whatever else stands there: hand rules look only at what has the right shape."""
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def indexed(value: object, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Each object in a list, with the path that leads to it."""
    for index, element in enumerate(value if isinstance(value, list) else ()):
        if isinstance(element, dict):
            yield join(path, index), element


def text(value: object) -> str:
    """The value if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def number(value: object, otherwise: int) -> int:
    """The value if it is an integer, else the given one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
