"""What a file is: its text and its format, decided from the content and the name together."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bench.parsing.columns import Schema
from bench.parsing.decode import check_utf8, line_of, unmarked
from bench.parsing.delimited import layout_of
from bench.parsing.limits import (
    ACCEPTED_FORMATS,
    JSON_SUFFIXES,
    MAX_DOCUMENT_BYTES,
    MAX_LINE_BYTES,
    MEBIBYTE,
    SUFFIXES,
)
from bench.parsing.problems import Fault, quote, refusal
from bench.parsing.unpack import GZIP_MAGIC, unpack

_CONTENT = re.compile(rb"[^ \t\r\n]")
_NEXT_OBJECT = re.compile(rb"\n[ \t]*\{")


class Format(StrEnum):
    """How the rows stand in the text."""

    DELIMITED = "a table"
    LINES = "JSON lines"
    DOCUMENT = "one JSON document"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text as bytes without a byte order mark.

    A table is checked to be UTF-8. In the JSON formats every line ends in a line feed, and the check is left to the
    decoder of the quick way or to `read_rows`.
    """

    data: bytes
    format: Format


def open_source(content: bytes, filename: str, schema: Schema) -> Source:
    """Unpack, decode and recognise a file; raises `BadFile` when it is none that can be read."""
    data = unpack(content)
    suffix = _suffix(filename, gzipped=content.startswith(GZIP_MAGIC))
    data = unmarked(data)
    first = _CONTENT.search(data)
    if first is None:
        raise refusal(Fault("only blank lines", "rows", "Send the file again; it may not have been saved."))
    if first.group() not in b"{[":
        check_utf8(data)
        _check_lines(data)
        if suffix not in JSON_SUFFIXES or layout_of(data, schema).is_known:
            return Source(data, Format.DELIMITED)
    # A carriage return cannot stand inside a JSON text, so here it only ever ends a line.
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if _has_row_lines(data, first.start(), suffix):
        _check_lines(data)
        return Source(data, Format.LINES)
    _check_document(data)
    return Source(data, Format.DOCUMENT)


def _suffix(filename: str, *, gzipped: bool) -> str:
    name = filename.strip().lower()
    stem = name.removesuffix(".gz")
    suffix = stem.rpartition(".")[2] if "." in stem else ""
    if suffix in SUFFIXES or (not suffix and (gzipped or stem != name)):
        return suffix
    found = f"a name that ends in {quote('.' + suffix, 12)}" if suffix else "a name without an ending"
    raise refusal(Fault(found, ACCEPTED_FORMATS, "Save the file in one of these formats and name it so."))


def _has_row_lines(data: bytes, start: int, suffix: str) -> bool:
    """An object that starts a second line means one object per line; else it is one document, whatever its name."""
    if data[start : start + 1] == b"{":
        return _NEXT_OBJECT.search(data, start) is not None
    return data[start : start + 1] != b"[" and suffix != "json"


def _check_lines(data: bytes) -> None:
    """Refuse a longer line than any honest file has."""
    start = long_line(data, MAX_LINE_BYTES)
    if start is not None:
        fault = Fault("a line of more than 1 MiB", "at most 1 MiB", "Check that every row ends in a line break.")
        raise refusal(fault, line=line_of(data, start))


def long_line(data: bytes, limit: int) -> int | None:
    """Where a line of more than `limit` bytes starts, or None; looks only for one line end in each such stretch."""
    start = 0
    while len(data) - start > limit:
        stop = start + limit + 1
        end = max(data.rfind(b"\n", start, stop), data.rfind(b"\r", start, stop))
        if end < 0:
            return start
        start = end + 1
    return None


def _check_document(data: bytes) -> None:
    if len(data) > MAX_DOCUMENT_BYTES:
        raise refusal(
            Fault(
                f"a JSON document of {len(data) / MEBIBYTE:.1f} MiB",
                f"at most {MAX_DOCUMENT_BYTES // MEBIBYTE} MiB",
                "Write one object per line (JSONL) instead.",
            )
        )
