"""Rows of a table: CSV, TSV, or with `;` or `|` between the columns, as the header shows."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.parsing.cells import TOO_MANY_ROWS, TOO_MANY_SEPARATORS, Row
from bench.parsing.columns import ColumnFinder, Indexes, Resolution, Schema
from bench.parsing.decode import line_of
from bench.parsing.limits import MAX_FIELD_CHARACTERS, MAX_ROWS, MAX_SEPARATORS
from bench.parsing.problems import Fault, Problems, count
from bench.parsing.quotes import quote_fault

DELIMITERS = (",", ";", "\t", "|")

_CONTENT = re.compile(rb"[^ \t\r\n]")
_LINE_END = re.compile(rb"[\r\n]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out: where its header stands, what separates its columns, and which they are."""

    header_line: int
    delimiter: str
    names: tuple[str, ...]
    resolution: Resolution

    @property
    def indexes(self) -> Indexes:
        """The place of each known column."""
        return self.resolution.indexes

    def column(self, place: int) -> str:
        """What a refusal calls the column at this place: its name where it is one of the schema's, else its number."""
        known = {index: name for name, index in self.indexes.items()}
        return known.get(place, str(place + 1))

    @property
    def is_known(self) -> bool:
        """Whether the header has all the columns that it must have."""
        return not self.resolution.faults


def text_lines(data: bytes) -> Iterator[str]:
    """The lines as `csv` wants them: cut at LF, CR LF and lone CR, with their ends, and never at U+2028."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def layout_of(data: bytes, schema: Schema) -> Layout:
    """Read the header with each delimiter and take the one that gives the most known columns, else the most columns."""
    number, line = _first_line(data)
    finder = ColumnFinder(schema, table=True)
    layouts = []
    for delimiter in DELIMITERS:
        names = _header(line, delimiter)
        layouts.append(Layout(number, delimiter, names, finder.find(names)))
    return max(layouts, key=lambda layout: (layout.is_known, len(layout.indexes), len(layout.names)))


def _first_line(data: bytes) -> tuple[int, str]:
    """The first line that is not blank, with its number."""
    content = _CONTENT.search(data)
    start = content.start() if content else 0
    end = _LINE_END.search(data, start)
    return line_of(data, start), data[start : end.start() if end else len(data)].decode("utf-8")


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter, strict=True)))
    except csv.Error:
        return (line.strip(),)


def table_rows(data: bytes, layout: Layout, problems: Problems) -> Iterator[Row]:
    """The rows below the header; what is wrong with one goes to `problems`, and reading goes on while it can."""
    for fault in layout.resolution.faults:
        problems.stop(fault, line=layout.header_line)
    if data.count(layout.delimiter.encode()) > MAX_SEPARATORS:
        problems.stop(TOO_MANY_SEPARATORS)
    if problems.stopped:
        return
    width = len(layout.names)
    reader = csv.reader(text_lines(data), delimiter=layout.delimiter, strict=True)
    last, rows = 0, 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if line <= layout.header_line or not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            rows += 1
            if rows > MAX_ROWS:
                problems.stop(TOO_MANY_ROWS)
                return
            if len(cells) == width:
                yield Row(line, {name: cells[index] for name, index in layout.indexes.items()}, in_table=True)
            else:
                place, fault = _ragged(cells, layout)
                problems.lose_row(fault, line=line, column=layout.column(place))
    except csv.Error as error:
        _explain(error, data, last + 1, layout, problems)


def _ragged(cells: list[str], layout: Layout) -> tuple[int, Fault]:
    """What is wrong with a row of another width than the header's, and in which column it shows."""
    width = len(layout.names)
    place = min(len(cells), width)
    split = next((index for index, cell in enumerate(cells) if cell.startswith(' "')), None)
    if split is not None:
        place = split
        remedy = "Remove the blank before the quote; a quoted field starts with its quote."
    elif len(cells) > width:
        sign = {"\t": "a tab"}.get(layout.delimiter, f"`{layout.delimiter}`")
        remedy = f'Put a field that contains {sign} in double quotes: "…".'
    else:
        remedy = "Add what is missing; an empty field still needs its separator."
    return place, Fault(count(len(cells), "field"), f"{width:,}, as in the header", remedy)


def _explain(error: csv.Error, data: bytes, line: int, layout: Layout, problems: Problems) -> None:
    if "field larger" in str(error):
        fault = Fault(
            f"a field of more than {MAX_FIELD_CHARACTERS:,} characters",
            f"at most {MAX_FIELD_CHARACTERS:,}",
            "Shorten it, or close the quote with which it starts.",
        )
        problems.stop(fault, line=line)
        return
    place, field, fault = quote_fault(text_lines(data), line, layout.delimiter)
    problems.stop(fault, line=place, column=layout.column(field))
