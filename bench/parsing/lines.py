"""The quickest way through JSON lines: rows of one shape are found by their quotes, without an object for each.

Every line must be `{"id":"…","output":"…"}`, with a blank after each colon and comma or without one, and the ids must
be the expected ones in any order. Nothing is guessed: each byte of a line is part of this frame or of one of the two
strings, which hold no quote and no control character, and a string with an escape is decoded.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from bench.kernels.sequences import RECORD, IntArray, SymbolArray, hashes, overlapping_words
from bench.kernels.texts import Texts, TextsById
from bench.parsing.decode import is_utf8
from bench.parsing.limits import MAX_FIELD_CHARACTERS, MAX_ROWS

_FRAMES: Final = ((b'{"id":"', b'","output":"'), (b'{"id": "', b'", "output": "'))
_END: Final = b'"}\n'
_QUOTES: Final = 8
_WORD: Final = 8
_PADDING: Final = bytes(_WORD)
_STRING = msgspec.json.Decoder(str)

_Signs = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where the two strings of each row stand in the buffer, without their quotes."""

    id_starts: IntArray
    id_lengths: IntArray
    starts: IntArray
    lengths: IntArray


def read_lines(data: bytes, expected: AbstractSet[str]) -> TextsById | None:
    """The outputs in the order of the expected ids, or None where a line has another shape or an id is not expected."""
    if not data.endswith(b"\n"):
        data += b"\n"
    buffer = data + _PADDING
    spans = _spans(data, buffer)
    if spans is None or not is_utf8(data):
        return None
    order = _order(Texts.cut(buffer, spans.id_starts, spans.id_lengths), expected)
    if order is None:
        return None
    texts = Texts.cut(buffer, spans.starts[order], spans.lengths[order])
    unescaped = _unescaped(texts) if b"\\" in data else texts
    return None if unescaped is None else TextsById(expected, unescaped)


def _spans(data: bytes, buffer: bytes) -> _Spans | None:
    """The strings of all rows, where eight quotes stand in each line and all but the strings is the frame."""
    signs = np.frombuffer(buffer, np.uint8, len(data))
    start, middle = _FRAMES[data.startswith(_FRAMES[1][0])]
    ends = np.flatnonzero(signs == ord("\n"))
    if len(ends) > MAX_ROWS or np.count_nonzero(signs < 32) != len(ends):
        return None
    quotes = _quotes(data, signs)
    if quotes is None or len(quotes) != _QUOTES * len(ends):
        return None
    of_row = quotes.reshape(len(ends), _QUOTES)
    line_starts = np.concatenate(([0], ends[:-1] + 1))
    id_starts, id_ends, starts = line_starts + len(start), of_row[:, 3], of_row[:, 3] + len(middle)
    text_ends = ends + 1 - len(_END)
    words = overlapping_words(buffer)
    stands = (
        np.array_equal(of_row[:, 2], id_starts - 1)
        and np.array_equal(of_row[:, 6], starts - 1)
        and np.array_equal(of_row[:, 7], text_ends)
        and _stands(start, words, line_starts)
        and _stands(middle, words, id_ends)
        and _stands(_END, words, text_ends)
    )
    lengths = text_ends - starts
    if not stands or lengths.max(initial=0) > MAX_FIELD_CHARACTERS:
        return None
    return _Spans(id_starts, id_ends - id_starts, starts, lengths)


def _quotes(data: bytes, signs: _Signs) -> IntArray | None:
    r"""The quotes that are not escaped; None after `\\`, of which only a decoder knows what the next one escapes."""
    quotes = np.flatnonzero(signs == ord('"'))
    if b"\\" not in data:
        return quotes
    if b'\\\\"' in data:
        return None
    bare: IntArray = quotes[signs[quotes - 1] != ord("\\")]
    return bare


def _stands(frame: bytes, words: SymbolArray, places: IntArray) -> bool:
    """Whether a part of the frame stands at all places, which have as many bytes left."""
    for step in range(0, len(frame), _WORD):
        part = frame[step : step + _WORD]
        mask = np.uint64((1 << 8 * len(part)) - 1)
        if not ((words[places + step] & mask) == np.uint64(int.from_bytes(part, "little"))).all():
            return False
    return True


def _order(found: Texts, expected: AbstractSet[str]) -> IntArray | slice | None:
    """The row of each expected id, where each of them has exactly one and there is no other."""
    joined = (RECORD.join(expected) + RECORD).encode("utf-8", "surrogatepass")
    if len(found) != len(expected) or joined.count(b"\x1e") != len(expected) or b"\\" in joined:
        return None
    if found.joined == joined:
        return slice(None)
    ends = np.flatnonzero(np.frombuffer(joined, np.uint8) == ord(RECORD))
    starts = np.concatenate(([0], ends[:-1] + 1))
    wanted = np.argsort(hashes(joined + _PADDING, starts, ends - starts))
    rows = np.argsort(hashes(found.data + _PADDING, found.starts, found.lengths))
    order = np.empty_like(rows)
    order[wanted] = rows
    return order if found.at(order).joined == joined else None


def _unescaped(texts: Texts) -> Texts | None:
    """The texts of strings with escapes, or None where one is no text or holds what separates them."""
    escapes = np.flatnonzero(np.frombuffer(texts.data, np.uint8) == ord("\\"))
    rows = np.searchsorted(texts.starts, escapes, "right") - 1
    rows = rows[np.diff(rows, prepend=-1) > 0]
    strings = texts.at(rows).joined.split(b"\x1e")[:-1]
    try:
        decoded = Texts.of([_STRING.decode(b'"%b"' % one).encode() for one in strings])
    except ValueError:
        return None
    if b"\0" in decoded.data or decoded.data.count(b"\x1e") != len(decoded):
        return None
    return texts.replaced(rows, decoded)
