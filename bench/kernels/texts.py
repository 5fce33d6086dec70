"""Texts of many items as one buffer of bytes; a string is made of one only where somebody asks for it."""

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Final, overload

import numpy as np

from bench.kernels.sequences import FILLER, IntArray, overlapping_words

_RECORD: Final = 30
_WORD: Final = 8
_SHIFT: Final = 3
_KEPT = np.array([(1 << 8 * size) - 1 for size in range(_WORD)], np.uint64)
_NONE = np.zeros(0, np.int64)
_ENDINGS = np.array(
    [int.from_bytes((bytes(size) + b"\x1e" + FILLER * _WORD)[:_WORD], "little") for size in range(_WORD)], np.uint64
)


class Texts(Sequence[str | None]):
    """Texts, of which none holds a record separator, as UTF-8 in one buffer.

    Text i has `lengths[i]` bytes from `starts[i]` on and a record separator after it; up to the next text stand
    fillers, which say nothing. The `missing` ones are None, whatever blanks stand there.
    """

    def __init__(self, data: bytes, starts: IntArray, lengths: IntArray, missing: IntArray = _NONE) -> None:
        self.data, self.starts, self.lengths, self.missing = data, starts, lengths, missing

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> "Texts":
        """Of texts in UTF-8."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        return cls(b"".join([text + b"\x1e" for text in texts]), np.cumsum(lengths + 1) - lengths - 1, lengths)

    @classmethod
    def cut(cls, buffer: bytes, starts: IntArray, lengths: IntArray) -> "Texts":
        """Of what stands at these places of a buffer, of which the last eight bytes are no text."""
        words = (lengths >> _SHIFT) + 1
        ends = np.cumsum(words)
        firsts = ends - words
        places = np.repeat(starts - (firsts << _SHIFT), words) + (np.arange(words.sum()) << _SHIFT)
        copied = overlapping_words(buffer)[places]
        left = lengths & (_WORD - 1)
        copied[ends - 1] = copied[ends - 1] & _KEPT.take(left) | _ENDINGS.take(left)
        return cls(copied.astype("<u8", copy=False).tobytes(), firsts << _SHIFT, lengths)

    def at(self, places: IntArray) -> "Texts":
        """The texts at these places, in their order."""
        found = Texts.cut(self.data + bytes(_WORD), self.starts.take(places), self.lengths.take(places))
        if len(self.missing):
            found.missing = np.flatnonzero(np.isin(places, self.missing))
        return found

    @property
    def joined(self) -> bytes:
        """The texts, each with a record separator after it."""
        return self.data.translate(None, FILLER)

    def without_blanks(self) -> "Texts":
        """The same, where those that hold nothing but blanks, or nothing at all, are missing."""
        signs = np.frombuffer(self.data, np.uint8)
        # The first sign of an empty text is its separator, and what stands before it is no last sign.
        first, last = signs.take(self.starts), signs.take(np.maximum(self.starts, self.starts + self.lengths - 1))
        is_plain = ((first > 32) & (first < 127)) | ((last > 32) & (last < 127))
        unsure = np.flatnonzero(~is_plain)
        blank = [place for place in unsure.tolist() if not (self[place] or "").strip()]
        return Texts(self.data, self.starts, self.lengths, np.array(blank, np.int64))

    def replaced(self, places: IntArray, texts: "Texts") -> "Texts":
        """The same with other texts at these places."""
        starts, lengths = self.starts.copy(), self.lengths.copy()
        starts[places], lengths[places] = texts.starts + len(self.data), texts.lengths
        return Texts.cut(self.data + texts.data + bytes(_WORD), starts, lengths)

    @overload
    def __getitem__(self, index: int) -> str | None: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str | None]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str | None] | None:
        """One text, or the texts of a slice."""
        if isinstance(index, slice) or len(self.missing):
            return self._strings[index]
        start = int(self.starts[index])
        return self.data[start : start + int(self.lengths[index])].decode()

    def __iter__(self) -> Iterator[str | None]:
        """The texts."""
        return iter(self._strings)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.lengths)

    @cached_property
    def _strings(self) -> list[str | None]:
        strings: list[str | None] = [*self.joined.decode().split("\x1e")[:-1]]
        for place in self.missing.tolist():
            strings[place] = None
        return strings


class TextsById(Mapping[str, str | None]):
    """A mapping from ids to texts that stand in the same order."""

    def __init__(self, ids: AbstractSet[str], texts: Texts) -> None:
        self.ids, self.texts = ids, texts

    def __getitem__(self, item_id: str) -> str | None:
        """The text of an id."""
        return self.texts[self._places[item_id]]

    def __contains__(self, item_id: object) -> bool:
        """Whether there is such an id."""
        return item_id in self.ids

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self.ids)

    def __len__(self) -> int:
        """How many ids there are."""
        return len(self.ids)

    def items(self) -> ItemsView[str, str | None]:
        """Ids and texts."""
        return dict(zip(self.ids, self.texts, strict=True)).items()

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(zip(self.ids, range(len(self.ids)), strict=True))
