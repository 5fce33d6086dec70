"""Rows of JSON: one object per line."""

import io
from collections.abc import Iterator
from json import JSONDecodeError

from bench.parsing.cells import TOO_MANY_ROWS, TOO_MANY_SEPARATORS, Members, Row, kind_of, too_deep
from bench.parsing.columns import ColumnFinder, Schema
from bench.parsing.json_text import DECODER, TOO_DEEP, syntax_fault
from bench.parsing.limits import MAX_ROWS, MAX_SEPARATORS
from bench.parsing.problems import Fault, Problems


def has_too_many_separators(data: bytes) -> bool:
    """Whether the file may hold more values than can be read one by one in the time that there is."""
    return data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_SEPARATORS


def line_rows(data: bytes, schema: Schema, problems: Problems) -> Iterator[Row]:
    """One object per line, cut at line feeds only; a bad line goes to `problems` and the next one is read."""
    if has_too_many_separators(data):
        problems.stop(TOO_MANY_SEPARATORS)
        return
    finder = ColumnFinder(schema)
    rows = 0
    for number, raw in enumerate(io.BytesIO(data), 1):
        text = raw.decode("utf-8").rstrip(" \t\n")
        if not text:
            continue
        rows += 1
        if rows > MAX_ROWS:
            problems.stop(TOO_MANY_ROWS)
            return
        try:
            value = _only_value(text)
        except JSONDecodeError as error:
            problems.lose_row(syntax_fault(error, line_only=True), line=number, column=str(error.pos + 1))
        except RecursionError:
            problems.lose_row(TOO_DEEP, line=number)
        else:
            row = object_row(number, value, finder, problems)
            if row is not None:
                yield row


def _only_value(text: str) -> object:
    value, end = DECODER.raw_decode(text, len(text) - len(text.lstrip(" \t")))
    if end < len(text):
        end += len(text[end:]) - len(text[end:].lstrip(" \t"))
        raise JSONDecodeError("Extra data", text, end)
    return value


def object_row(line: int, value: object, finder: ColumnFinder, problems: Problems) -> Row | None:
    """The row that an object is, or None and a problem noted."""
    if not isinstance(value, Members):
        problems.lose_row(Fault(kind_of(value), "an object", f"Write each row as `{finder.schema.row}`."), line=line)
        return None
    resolution = finder.find(tuple([key for key, _ in value]))
    if resolution.faults:
        for fault in resolution.faults:
            problems.add(fault, line=line)
        problems.rows_lost += 1
        return None
    for _, cell in value:
        if isinstance(cell, list) and too_deep(cell):
            problems.lose_row(TOO_DEEP, line=line)
            return None
    return Row(line, {name: value[index][1] for name, index in resolution.indexes.items()})
