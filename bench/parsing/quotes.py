"""Finding the quote that spoils a table: the place where it opens, not where the reader gave up."""

import re
from collections.abc import Iterable
from itertools import islice

from bench.parsing.problems import Fault

_SCANNED_CHARACTERS = 2**21
_LINE_END = re.compile(r"\r\n|\r|\n")
_REMEDY = 'Close it at the end of the field, and write "" for a quote that is part of the text.'


def quote_fault(lines: Iterable[str], first: int, delimiter: str) -> tuple[int, int, Fault]:
    """The line and the field (from 0) where the offending quote of the record that starts on line `first` opens."""
    text = _record(lines, first)
    opening, closing, field = _offender(text, delimiter)
    line = first + _line_ends(text, opening)
    if closing is None:
        fault = Fault("a quote that opens here and never closes", "a closing quote", _REMEDY)
    elif (end := first + _line_ends(text, closing)) == line:
        sign = "a tab" if delimiter == "\t" else f"`{delimiter}`"
        fault = Fault("text after a closing quote", f"{sign} or the end of the line", _REMEDY)
    else:
        fault = Fault(f"a quote that opens here and meets the next one on line {end}", "a closing quote", _REMEDY)
    return line, field, fault


def _record(lines: Iterable[str], first: int) -> str:
    pieces: list[str] = []
    size = 0
    for line in islice(lines, first - 1, None):
        pieces.append(line)
        size += len(line)
        if size > _SCANNED_CHARACTERS:
            break
    return "".join(pieces)


def _offender(text: str, delimiter: str) -> tuple[int, int | None, int]:
    """Where the quote opens, where it closes (None: nowhere), and in which field of the record that is."""
    pattern = re.compile(rf'"(?:[^"]++|"")*+"|[^"{re.escape(delimiter)}\r\n][^{re.escape(delimiter)}\r\n]*+|')
    position, field = 0, 0
    while position < len(text):
        match = pattern.match(text, position)
        end = match.end() if match else position
        after = text[end : end + 1]
        if text[position] == '"' and end == position:
            return position, None, field
        if after and after not in (delimiter, "\r", "\n"):
            return position, end - 1, field
        if after != delimiter:
            break
        position, field = end + 1, field + 1
    return 0, None, field


def _line_ends(text: str, position: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(text, 0, position))
