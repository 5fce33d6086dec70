"""What stands in one cell of a row, kept as the file writes it."""

import re
from typing import NamedTuple

from bench.parsing.limits import MAX_DEPTH, MAX_FIELD_CHARACTERS, MAX_NUMBER_CHARACTERS, MAX_ROWS, MAX_SEPARATORS
from bench.parsing.problems import Fault, count

TOO_MANY_ROWS = Fault(f"more than {MAX_ROWS:,} rows", f"at most {MAX_ROWS:,}", "Send fewer rows.")
TOO_MANY_SEPARATORS = Fault(
    f"more than {MAX_SEPARATORS:,} commas and brackets", f"at most {MAX_SEPARATORS:,}", "Keep only the needed columns."
)


_SURROGATE = re.compile("[\ud800-\udfff]")


class Number(str):
    """A JSON number as its characters stand in the file: 1.50 is not 1.5."""

    __slots__ = ()


class Constant(str):
    """NaN, Infinity or -Infinity: not JSON, but written by some libraries."""

    __slots__ = ()


class Members(list[tuple[str, object]]):
    """A JSON object as its members stand in the file, repeated keys included."""

    __slots__ = ()


class Row(NamedTuple):
    """One row: the line where it starts (from 1, as an editor counts) and its cells by known column.

    A cell is a str, Number, Constant, bool, None, list or Members; a table has only str.
    """

    line: int
    cells: dict[str, object]
    in_table: bool = False


def kind_of(cell: object) -> str:
    """What a cell is, in words that do not show its value."""
    if isinstance(cell, Constant):
        return str(cell)
    if isinstance(cell, Number):
        return "a number"
    if isinstance(cell, str):
        return "text"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if cell is None:
        return "null"
    return "an object" if isinstance(cell, Members) else "a list"


def text_of(cell: object) -> str | Fault:
    """The characters that stand in the cell (true, 1.50), or what is wrong with them. null has none: a fault."""
    if type(cell) is str:
        return text_fault(cell) or cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Number):
        return number_fault(cell) or str(cell)
    if isinstance(cell, Constant):
        return Fault(f"{cell}, which is not JSON", "text", f'Write "{cell}" in quotes if that is what is meant.')
    return Fault(kind_of(cell), "text", "Write it as one text in double quotes.")


def text_fault(text: str) -> Fault | None:
    """What makes a text unusable: its length, a NUL, or half of a surrogate pair."""
    if len(text) > MAX_FIELD_CHARACTERS:
        return Fault(f"a text of {count(len(text), 'character')}", f"at most {MAX_FIELD_CHARACTERS:,}", "Shorten it.")
    if "\0" in text:
        return Fault("a NUL character", "text without it", "Remove it.")
    if not text.isascii():
        half = _SURROGATE.search(text)
        if half is not None:
            found = f"half of a surrogate pair (\\u{ord(half.group()):04x})"
            return Fault(found, "whole characters", "Write both halves, or remove this one.")
    return None


def number_fault(number: Number) -> Fault | None:
    """A number too long to be one."""
    if len(number) > MAX_NUMBER_CHARACTERS:
        found = f"a number of {count(len(number), 'character')}"
        return Fault(found, f"at most {MAX_NUMBER_CHARACTERS}", "Put it in double quotes if it is meant as text.")
    return None


def too_deep(cell: list[object], depth: int = 2) -> bool:
    """Whether lists and objects nest more than `MAX_DEPTH` deep, the row itself included."""
    if depth > MAX_DEPTH:
        return True
    parts = [value for _, value in cell] if isinstance(cell, Members) else cell
    return any(too_deep(part, depth + 1) for part in parts if isinstance(part, list))
