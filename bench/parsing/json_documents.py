"""Rows of one JSON document: a list of objects, or (for outputs) one object from id to output."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from json import JSONDecodeError
from typing import NamedTuple

from bench.parsing.cells import TOO_MANY_ROWS, TOO_MANY_SEPARATORS, Members, Row, kind_of
from bench.parsing.columns import ColumnFinder, Schema, canonical_name
from bench.parsing.json_rows import has_too_many_separators, object_row
from bench.parsing.json_text import DECODER, TOO_DEEP, syntax_fault
from bench.parsing.limits import MAX_LINE_BYTES, MAX_ROWS
from bench.parsing.problems import Fault, Problems, quote

NAME_CHARACTERS = 30

_BLANKS = re.compile(r"[ \t\n]*")
_TOO_LONG = Fault("a value of more than 1 MiB", "at most 1 MiB", "Shorten it, and check that its quotes are closed.")


class _TooLongError(Exception):
    """An entry that goes on beyond what a row may hold."""


class _Entry(NamedTuple):
    """One element of a list (without a key) or one member of an object, and the line where it starts."""

    line: int
    key: str
    value: object


def document_rows(data: bytes, schema: Schema, problems: Problems, *, maps_to: str | None = None) -> Iterator[Row]:
    """The rows of a list of objects; with `maps_to`, also of one object from id to the value of that column."""
    if has_too_many_separators(data):
        problems.stop(TOO_MANY_SEPARATORS)
        return
    document = _Document(data.decode("utf-8"))
    finder = ColumnFinder(schema)
    try:
        if document.sign == "[":
            for entry in _bounded(document.elements(), problems):
                row = object_row(entry.line, entry.value, finder, problems)
                if row is not None:
                    yield row
        elif document.sign == "{":
            yield from _object_rows(list(_bounded(document.members(), problems)), finder, problems, maps_to)
        else:
            problems.stop(_not_rows(kind_of(document.only_value()), maps_to))
    except JSONDecodeError as error:
        problems.stop(syntax_fault(error), line=error.lineno, column=str(error.colno))
    except RecursionError:
        problems.stop(TOO_DEEP, line=document.line)
    except _TooLongError:
        problems.stop(_TOO_LONG, line=document.line)


def _bounded(entries: Iterator[_Entry], problems: Problems) -> Iterator[_Entry]:
    yield from islice(entries, MAX_ROWS)
    if next(entries, None) is not None:
        problems.stop(TOO_MANY_ROWS)


def _object_rows(entries: list[_Entry], finder: ColumnFinder, problems: Problems, maps_to: str | None) -> Iterator[Row]:
    """A single object is one row when it has the columns of one, else a map."""
    keys = {canonical_name(entry.key) for entry in entries[:100]}
    if all(keys.intersection(group) for group in finder.schema.required):
        row = object_row(entries[0].line, Members((entry.key, entry.value) for entry in entries), finder, problems)
        if row is not None:
            yield row
    elif len(entries) == 1 and isinstance(entries[0].value, list) and not isinstance(entries[0].value, Members):
        problems.stop(_wrapped(entries[0].key, maps_to), line=entries[0].line)
    elif maps_to is None:
        problems.stop(_not_rows("one object", maps_to))
    else:
        for entry in entries:
            yield Row(entry.line, {"id": entry.key, maps_to: entry.value})


def _wrapped(key: str, maps_to: str | None) -> Fault:
    found = f"an object whose only member {quote(key, NAME_CHARACTERS)} is a list"
    return Fault(found, _rows_expected(maps_to), "Send that list alone: `[{…}, {…}]`.")


def _rows_expected(maps_to: str | None) -> str:
    return "a list of objects" + (f", or one object from id to {maps_to}" if maps_to else "")


def _not_rows(found: str, maps_to: str | None) -> Fault:
    return Fault(found, _rows_expected(maps_to), "Put the rows as objects into one list: `[{…}, {…}]`.")


@dataclass(slots=True)
class _Document:
    """A JSON text whose outermost list or object is walked entry by entry.

    So each entry has its line, and only one is held at a time. The decoder sees a window of the text: an entry that
    would go on without end is given up after 1 MiB, before it costs seconds and hundreds of MB.
    """

    text: str
    line: int = 1
    _counted: int = 0
    _window: str = ""
    _offset: int = 0

    @property
    def start(self) -> int:
        """Where the outermost value starts."""
        return self._skip(0)

    @property
    def sign(self) -> str:
        """The character with which it starts."""
        return self.text[self.start]

    def only_value(self) -> object:
        """The value of a document that is neither list nor object."""
        value, end = self._decode(self.start)
        self._finish(end)
        return value

    def elements(self) -> Iterator[_Entry]:
        """The elements of the outermost list."""
        return self._walk("]", self._element)

    def members(self) -> Iterator[_Entry]:
        """The members of the outermost object."""
        return self._walk("}", self._member)

    def _element(self, position: int) -> tuple[_Entry, int]:
        value, end = self._decode(position)
        return _Entry(self.line, "", value), end

    def _member(self, position: int) -> tuple[_Entry, int]:
        if self.text[position : position + 1] != '"':
            raise JSONDecodeError("Expecting property name enclosed in double quotes", self.text, position)
        key, end = self._decode(position)
        colon = self._skip(end)
        if self.text[colon : colon + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", self.text, colon)
        value, end = self._decode(self._skip(colon + 1))
        return _Entry(self.line, str(key), value), end

    def _walk(self, closing: str, read: Callable[[int], tuple[_Entry, int]]) -> Iterator[_Entry]:
        position = self._skip(self.start + 1)
        if self.text[position : position + 1] == closing:
            self._finish(position + 1)
            return
        while True:
            self.line += self.text.count("\n", self._counted, position)
            self._counted = position
            entry, end = read(position)
            yield entry
            end = self._skip(end)
            sign = self.text[end : end + 1]
            if sign == closing:
                self._finish(end + 1)
                return
            if sign != ",":
                raise JSONDecodeError("Expecting ',' delimiter", self.text, end)
            position = self._skip(end + 1)

    def _decode(self, position: int) -> tuple[object, int]:
        seen = self._offset + len(self._window)
        if seen < len(self.text) and position + MAX_LINE_BYTES >= seen:
            self._offset = position
            self._window = self.text[position : position + 2 * MAX_LINE_BYTES]
        local = position - self._offset
        try:
            value, end = DECODER.raw_decode(self._window, local)
        except JSONDecodeError as error:
            cut = self._offset + len(self._window) < len(self.text)
            if cut and (error.pos - local > MAX_LINE_BYTES or error.msg.startswith("Unterminated string")):
                raise _TooLongError from None
            raise JSONDecodeError(error.msg, self.text, self._offset + error.pos) from None
        if end - local > MAX_LINE_BYTES:
            raise _TooLongError
        return value, self._offset + end

    def _skip(self, position: int) -> int:
        match = _BLANKS.match(self.text, position)
        return match.end() if match else position

    def _finish(self, position: int) -> None:
        end = self._skip(position)
        if end < len(self.text):
            raise JSONDecodeError("Extra data", self.text, end)
