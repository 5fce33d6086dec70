"""The quick way through a file of outputs in which nothing is wrong, with checks that are sound and cheap.

It answers None as soon as something is unusual: the careful way then reads the file again, judges it, and names every
problem. Whatever the quick way accepts, the careful way reads as the very same text (a law in the tests).
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, cast

import msgspec

from bench.parsing.columns import Schema
from bench.parsing.delimited import Layout, layout_of, text_lines
from bench.parsing.limits import MAX_FIELD_CHARACTERS, MAX_NUMBER_CHARACTERS, MAX_ROWS
from bench.parsing.source import Format, Source, long_line

ById = Mapping[str, str | None]

_FEWEST: Final = 64
"""Rows below which an object for each is quicker."""

_SUSPECT_ESCAPES: Final = (b"\\u006", b"\\u007", b"\\u0000")
_BLANKS_AFTER_QUOTES: Final = (b'" ', b'"\t', b'"\n')
_BLANK_BEFORE_COLON: Final = re.compile(rb'"[ \t\n]+:')
_LARGEST_NUMBER: Final = 10 ** (MAX_NUMBER_CHARACTERS - 1)


class _TextRow(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A row of texts alone, which need no look at their types."""

    id: str
    output: str


class _Row(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A row of the plainest kind. Other columns, fractions and booleans take the careful way."""

    id: str | int
    output: str | int | None


_TEXT_LINES = msgspec.json.Decoder(_TextRow)
_LINES = msgspec.json.Decoder(_Row)
_TEXT_DOCUMENT = msgspec.json.Decoder(list[_TextRow])
_DOCUMENT = msgspec.json.Decoder(list[_Row])
_MAP = msgspec.json.Decoder(dict[str, str | int | None])


def read_fast(source: Source, schema: Schema, expected: AbstractSet[str]) -> ById | None:
    """The outputs by id when the file is plainly right and has each expected id exactly once, else None."""
    if source.format is Format.LINES and len(expected) >= _FEWEST:
        from bench.parsing.lines import read_lines  # noqa: PLC0415 - numpy is for workers, reading limits is not

        texts = read_lines(source.data, expected)
        if texts is not None:
            return texts
    if source.format is Format.DELIMITED:
        columns = _table(source.data, layout_of(source.data, schema))
    elif source.format is Format.LINES:
        columns = _one_per_line(source.data)
    elif source.data.lstrip().startswith(b"["):
        if source.data.count(b"{") > MAX_ROWS:
            return None
        columns = _rows(source.data, _TEXT_DOCUMENT.decode, _DOCUMENT.decode)
    else:
        columns = _map(source.data)
    if columns is None:
        return None
    ids, outputs = columns
    if not _fits(source, outputs):
        return None
    if len(ids) == len(expected) and ids == list(expected):
        # In the order of the task, as kits give it: the expected strings already know their hashes.
        return dict(zip(expected, outputs, strict=True))
    by_id = dict(zip(ids, outputs, strict=True))
    return by_id if len(by_id) == len(ids) and by_id.keys() == expected else None


def _fits(source: Source, outputs: Sequence[str | None]) -> bool:
    """Whether no output is too long: in JSON surely so when no line is (a text stays on its line), else one by one."""
    if source.format is not Format.DELIMITED and long_line(source.data, MAX_FIELD_CHARACTERS) is None:
        return True
    return max(map(len, filter(None, outputs)), default=0) <= MAX_FIELD_CHARACTERS


def _table(data: bytes, layout: Layout) -> tuple[list[str], list[str | None]] | None:
    if not layout.is_known:
        return None
    width, id_index, output_index = len(layout.names), layout.indexes["id"], layout.indexes["output"]
    reader = csv.reader(text_lines(data), delimiter=layout.delimiter, strict=True)
    ids: list[str] = []
    outputs: list[str | None] = []
    try:
        for cells in reader:
            if reader.line_num <= layout.header_line:
                continue
            if len(cells) != width or len(ids) == MAX_ROWS:
                return None
            ids.append(cells[id_index])
            outputs.append(cells[output_index])
    except csv.Error:
        return None
    return ids, outputs


def _one_per_line(data: bytes) -> tuple[list[str], list[str | None]] | None:
    """The decoder itself takes several objects on a line, or one over several; the line ends must show neither."""
    rows = data.count(b"\n{") + 1
    if rows > MAX_ROWS or not data.startswith(b"{") or data.count(b"\n") != rows - 1 + data.endswith(b"\n"):
        return None
    return _rows(data, _TEXT_LINES.decode_lines, _LINES.decode_lines, rows)


def _rows(
    data: bytes,
    decode_texts: Callable[[bytes], list[_TextRow]],
    decode: Callable[[bytes], list[_Row]],
    count: int | None = None,
) -> tuple[list[str], list[str | None]] | None:
    r"""Decode rows in which no key is repeated (of a repeated key the decoder would silently keep the last value).

    Each decoded row has both keys and no other. Two keys and two texts take eight quotes, so where eight times the rows
    stand in the file no key is repeated. More of them mean quotes inside texts: then each key, with quotes and colon,
    must stand in the file exactly as often as there are rows. It could only hide from that count by a blank before its
    colon, or by being written with \u escapes; inside a text its quotes are escaped. \u0000 would smuggle in a NUL.
    """
    if b"\\" in data and any(escape in data for escape in _SUSPECT_ESCAPES):
        return None
    try:
        texts = decode_texts(data)
    except msgspec.ValidationError:
        return _mixed_rows(data, decode, count)
    except (ValueError, RecursionError):
        return None
    rows = len(texts)
    if rows > MAX_ROWS or (count is not None and count != rows):
        return None
    if data.count(b'"') != 8 * rows and not _has_each_key_once(data, rows):
        return None
    return [row.id for row in texts], [row.output for row in texts]


def _mixed_rows(
    data: bytes, decode: Callable[[bytes], list[_Row]], count: int | None
) -> tuple[list[str], list[str | None]] | None:
    try:
        rows = decode(data)
    except (ValueError, RecursionError):
        return None
    if len(rows) > MAX_ROWS or (count is not None and count != len(rows)) or not _has_each_key_once(data, len(rows)):
        return None
    return _as_text([row.id for row in rows], [row.output for row in rows])


def _map(data: bytes) -> tuple[list[str], list[str | None]] | None:
    """Decode an object from id to output in which no id is repeated.

    A key is followed by its colon. Where no blank stands between the two, `":` stands in the file at least once for
    each member, so as many of them as there are different keys leave none for a repeated one.
    """
    if b"\\u0000" in data or _has_blank_before_colon(data):
        return None
    members = data.count(b'":')
    if members > MAX_ROWS:
        return None
    try:
        by_id = _MAP.decode(data)
    except (ValueError, RecursionError):
        return None
    if len(by_id) != members:
        return None
    return _as_text(list(by_id), list(by_id.values()))


def _has_each_key_once(data: bytes, rows: int) -> bool:
    if data.count(b'"id":') != rows or data.count(b'"output":') != rows:
        return False
    return not _has_blank_before_colon(data)


def _has_blank_before_colon(data: bytes) -> bool:
    """The pattern alone would say it, but it stops at every quote; the signs pass over most files much faster."""
    return any(sign in data for sign in _BLANKS_AFTER_QUOTES) and _BLANK_BEFORE_COLON.search(data) is not None


def _as_text(
    ids: Sequence[str | int | None], outputs: Sequence[str | int | None]
) -> tuple[list[str], list[str | None]] | None:
    names, texts = _texts(ids), _texts(outputs)
    if names is None or texts is None:
        return None
    return cast("list[str]", names), texts


def _texts(values: Sequence[str | int | None]) -> list[str | None] | None:
    """Each integer as its text; None when one of them may stand otherwise in the file: as -0, or endless."""
    if int not in set(map(type, values)):
        return cast("list[str | None]", values)
    if any(type(value) is int and (value == 0 or abs(value) >= _LARGEST_NUMBER) for value in values):
        return None
    return [str(value) if type(value) is int else cast("str | None", value) for value in values]
