"""What the columns hold: each type refuses what one of the two databases would lose, alter or reject."""

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Dialect, Double, Text, TypeDecorator
from sqlalchemy.exc import DontWrapMixin

from bench.errors import BadInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LARGEST_WHOLE = 2**63 - 1
UNSTORABLE = re.compile("[\0\ud800-\udfff]")

State = TypeVar("State", bound=StrEnum)


class Unstorable(BadInput, DontWrapMixin):
    """A value that SQLite and PostgreSQL would not both keep as it is; it passes through SQLAlchemy unwrapped."""


def refuse_unstorable(text: str, what: str) -> None:
    """Refuse a NUL, which PostgreSQL rejects and SQLite cuts off at, and a lone surrogate, which has no UTF-8."""
    found = UNSTORABLE.search(text)
    if found is None:
        return
    code = ord(found.group())
    kind = "a NUL character" if code == 0 else f"half of a character (the lone surrogate U+{code:04X})"
    raise Unstorable(
        f"{what.capitalize()}: found {kind} at position {found.start() + 1}; expected ordinary text. "
        "Remove it and send the text again."
    )


class Words(TypeDecorator[str]):
    """Text, named so that a refusal can say which one it was."""

    impl = Text
    cache_ok = True

    def __init__(self, what: str = "the text") -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what one of the databases cannot keep."""
        del dialect
        if value is not None:
            refuse_unstorable(value, self.what)
        return value


class Whole(TypeDecorator[int]):
    """A signed 64-bit integer: an id of Discord, a count, a size."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what does not fit; the drivers would fail, each in its own way."""
        del dialect
        if value is not None and not -LARGEST_WHOLE - 1 <= value <= LARGEST_WHOLE:
            raise Unstorable(f"The number {value:.3e} is too large; expected a whole number below 2 to the 63rd.")
        return value


class Real(TypeDecorator[float]):
    """A finite double. SQLite would turn a NaN into NULL in silence."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        """Refuse NaN and the infinities."""
        del dialect
        if value is not None and not math.isfinite(value):
            raise Unstorable(f"The number {value} cannot be stored; expected a finite one.")
        return value


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, stored as whole milliseconds since 1970: what is finer is cut off."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn it into milliseconds; a naive datetime is a mistake of the caller."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment must be an aware datetime, not {value!r}")
        return (value - EPOCH) // MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn milliseconds back into an aware datetime, without the rounding of a float."""
        del dialect
        return None if value is None else EPOCH + value * MILLISECOND


class Json(TypeDecorator[Any]):
    """A JSON value as text; tuples come back as lists, and every string in it is one that both databases keep."""

    impl = Text
    cache_ok = True

    def __init__(self, what: str = "the data") -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 - any JSON value
        """Write it, after looking at every string and number in it."""
        del dialect
        if value is None:
            return None
        for text in _strings(value):
            refuse_unstorable(text, self.what)
        try:
            return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        except ValueError as error:
            raise Unstorable(f"{self.what.capitalize()}: found a number that is not finite; expected one.") from error

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401 - any JSON value
        """Read it."""
        del dialect
        return None if value is None else json.loads(value)


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield from _strings(key)
                yield from _strings(inner)
        case list() | tuple():
            for inner in value:
                yield from _strings(inner)


class OneOf(TypeDecorator[State]):
    """A member of a `StrEnum`, stored as its value; the table's CHECK lists the same values."""

    impl = Text
    cache_ok = True

    def __init__(self, states: type[State]) -> None:
        super().__init__()
        self.states = states

    def process_bind_param(self, value: State | None, dialect: Dialect) -> str | None:
        """Store the plain value."""
        del dialect
        return None if value is None else self.states(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> State | None:
        """Give the member back."""
        del dialect
        return None if value is None else self.states(value)
