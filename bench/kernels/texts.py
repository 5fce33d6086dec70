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
_ENDINGS = np.array(
    [int.from_bytes((bytes(size) + b"\x1e" + FILLER * _WORD)[:_WORD], "little") for size in range(_WORD)], np.uint64
)


class Texts(Sequence[str]):
    """Texts, of which none is missing and none holds a record separator, as UTF-8 in one buffer.

    Text i has `lengths[i]` bytes from `starts[i]` on and a record separator after it; up to the next text stand
    fillers, which say nothing.
    """

    def __init__(self, data: bytes, starts: IntArray, lengths: IntArray) -> None:
        self.data, self.starts, self.lengths = data, starts, lengths

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
        return Texts.cut(self.data + bytes(_WORD), self.starts.take(places), self.lengths.take(places))

    @property
    def joined(self) -> bytes:
        """The texts, each with a record separator after it."""
        return self.data.translate(None, FILLER)

    @property
    def has_blank(self) -> bool:
        """Whether a text holds nothing but blanks, or nothing at all."""
        if not self.lengths.all():
            return True
        signs = np.frombuffer(self.data, np.uint8)
        first, last = signs.take(self.starts), signs.take(self.starts + self.lengths - 1)
        is_plain = ((first > 32) & (first < 127)) | ((last > 32) & (last < 127))
        return any(self[place].isspace() for place in np.flatnonzero(~is_plain).tolist())

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """One text, or the texts of a slice."""
        if isinstance(index, slice):
            return self._strings[index]
        start = int(self.starts[index])
        return self.data[start : start + int(self.lengths[index])].decode()

    def __iter__(self) -> Iterator[str]:
        """The texts."""
        return iter(self._strings)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.lengths)

    @cached_property
    def _strings(self) -> list[str]:
        return self.joined.decode().split("\x1e")[:-1]


class TextsById(Mapping[str, str | None]):
    """A mapping from ids to texts that stand in the same order."""

    def __init__(self, ids: AbstractSet[str], texts: Texts) -> None:
        self.ids, self.texts = ids, texts

    def __getitem__(self, item_id: str) -> str | None:
        """The text of an id."""
        return self._by_id[item_id]

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
        return self._by_id.items()

    @cached_property
    def _by_id(self) -> dict[str, str | None]:
        return dict(zip(self.ids, self.texts, strict=True))
