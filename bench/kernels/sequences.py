"""Many sequences of symbols in one array: words by their hash, characters by their code point."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
SymbolArray = npt.NDArray[np.uint64]

RECORD = "\x1e"
"""What stands between texts that are joined: a blank to every tokenizer, so no token holds it."""

FILLER = b"\xff"
"""A byte that stands for nothing: no UTF-8 holds it."""

_WORD = 8
# Up to seven bytes are told apart by what stands after them, also where they end in NUL.
_MASKS = np.array([(1 << 8 * min(size + 1, _WORD)) - 1 for size in range(9)], dtype=np.uint64)
# Secret, so that nobody can craft two words of one hash; scores do not depend on them.
_MULTIPLIERS = np.array([secrets.randbits(64) | 1 for _ in range(2)], dtype=np.uint64)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Sequences:
    """Sequences one after the other: `symbols` of shape (symbols,), and the length of each, shape (sequences,)."""

    symbols: SymbolArray
    lengths: IntArray

    @property
    def ends(self) -> IntArray:
        """Where each sequence ends in `symbols`, shape (sequences,)."""
        return np.cumsum(self.lengths)

    @property
    def owners(self) -> IntArray:
        """The sequence that each symbol belongs to, shape (symbols,)."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


def words(token_lists: Sequence[Sequence[str]]) -> Sequences:
    """The sequences of tokens that hold no blanks."""
    return spaced_words(RECORD.join(map(" ".join, token_lists)).encode("utf-8", "surrogatepass"), len(token_lists))


def spaced_words(text: bytes | bytearray, sequences: int) -> Sequences:
    """The sequences of what stands between blanks (32) in UTF-8 texts joined by record separators (30).

    No other byte below 33 may separate: bytes 0 to 29 and 31 count as letters.
    """
    if sequences == 0:
        return Sequences(np.zeros(0, np.uint64), np.zeros(0, np.int64))
    buffer = bytearray().join((b"\x1e", text, b"\x1e", bytes(_WORD)))
    data = np.frombuffer(buffer, np.uint8, len(buffer) - _WORD)
    blanks = np.flatnonzero((data == 30) | (data == 32))
    ends = np.flatnonzero(data.take(blanks) == 30)
    # A word's hash takes in the blank after it.
    data[blanks.take(ends)] = 32
    sizes = np.diff(blanks) - 1
    is_word = sizes > 0
    starts = blanks[:-1] + 1
    lengths = np.diff(np.concatenate(([0], np.cumsum(is_word)))[ends])
    if not is_word.all():
        starts, sizes = starts[is_word], sizes[is_word]
    return Sequences(hashes(buffer, starts, sizes), lengths)


def characters(texts: Sequence[str]) -> Sequences:
    """The sequences of the code points of texts."""
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return Sequences(np.frombuffer(joined, "<u4").astype(np.uint64), lengths)


def repeated(sequences: Sequences, times: IntArray) -> Sequences:
    """Each sequence so many times in a row, shape of `times` (sequences,)."""
    rows = np.repeat(np.arange(len(times)), times)
    lengths = sequences.lengths[rows]
    starts = (sequences.ends - sequences.lengths)[rows]
    taken = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
    return Sequences(sequences.symbols.take(taken), lengths)


def joined(texts: Sequence[str]) -> str:
    """Texts with record separators between them, and a blank for each that one of them holds."""
    whole = RECORD.join(texts)
    if whole.count(RECORD) >= max(len(texts), 1):
        whole = RECORD.join([text.replace(RECORD, " ") for text in texts])
    return whole


def merged(places: tuple[IntArray, IntArray], parts: tuple[Sequences, Sequences]) -> Sequences:
    """Both parts as one, where the sequences of each stand at its `places`."""
    if not len(places[1]):
        return parts[0]
    if not len(places[0]):
        return parts[1]
    lengths = np.empty(len(places[0]) + len(places[1]), np.int64)
    sources = np.empty_like(lengths)
    before = 0
    for at, part in zip(places, parts, strict=True):
        lengths[at] = part.lengths
        sources[at] = part.ends - part.lengths + before
        before += len(part.symbols)
    starts = np.cumsum(lengths) - lengths
    taken = np.repeat(sources - starts, lengths) + np.arange(before)
    return Sequences(np.concatenate([part.symbols for part in parts])[taken], lengths)


def hashes(buffer: bytes | bytearray, starts: IntArray, sizes: IntArray) -> SymbolArray:
    """A 64-bit hash of each span of bytes, which all end before a byte that stands in none of them.

    The last eight bytes of the buffer are in no span.
    """
    words = overlapping_words(buffer)
    found: SymbolArray = words[starts] & _MASKS.take(sizes, mode="clip")
    found *= _MULTIPLIERS[0]
    longer = np.flatnonzero(sizes > _WORD)
    starts, left = starts.take(longer) + _WORD, sizes.take(longer) - _WORD
    while len(longer):
        found[longer] = mixed(found.take(longer)) + (words[starts] & _MASKS.take(left, mode="clip"))
        goes_on = np.flatnonzero(left > _WORD)
        longer, starts, left = longer.take(goes_on), starts.take(goes_on) + _WORD, left.take(goes_on) - _WORD
    return mixed(found)


def overlapping_words(buffer: bytes | bytearray) -> SymbolArray:
    """The eight bytes from each byte on as a number, which numpy reads unaligned."""
    return np.ndarray((len(buffer) - _WORD + 1,), "<u8", buffer, strides=(1,))


def mixed(keys: SymbolArray) -> SymbolArray:
    """Keys whose every bit depends on all bits of the given ones; different keys stay different."""
    spread: SymbolArray = (keys ^ (keys >> _HALF)) * _MULTIPLIERS[1]
    spread ^= spread >> _HALF
    spread *= _MULTIPLIERS[0]
    return spread
