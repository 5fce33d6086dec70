"""Shared n-grams of many outputs with their references, which are indexed once as a tree.

The tree has a level for each order, whose entries are the different n-grams of an item's references: each is the child
of the one that it goes on from. A reference is how often it has which entries, so an output is only walked down the
tree and counted. Symbols of an item are told apart by 64-bit hashes; two of one hash would be taken for one, which
happens in about one of 10^9 files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.kernels.sequences import IntArray, Sequences, SymbolArray, mixed

_CHUNK_SYMBOLS = 60_000
"""Symbols of references in one chunk of items, so that the arrays of an order stay in the cache of a core."""

_MOST_KEPT = 2_000_000
"""N-grams of references (some 60 bytes each) up to which an index is kept; a larger one is made chunk by chunk anew."""

_MOST_SIBLINGS = 2
"""Children of an entry, on average, up to which the next one is tried after the other; more are found by a table."""

_STEP = np.uint64(0x9E3779B97F4A7C15)
_END = mixed(np.array([_STEP]))
"""What stands after each output: a symbol of no reference, so that no n-gram goes on into the next output."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Children by open addressing: `slots` hold places in `keys`, whose last element is for nothing."""

    keys: SymbolArray
    slots: npt.NDArray[np.int32]
    shift: np.uint64

    @classmethod
    def of(cls, keys: SymbolArray) -> "_Table":
        """The table of different keys."""
        keys = mixed(keys)
        bits = max(4, int(3 * len(keys)).bit_length())
        shift = np.uint64(64 - bits)
        slots = np.full(1 << bits, len(keys), np.int32)
        waiting = np.arange(len(keys))
        at = (keys >> shift).astype(np.int64)
        while len(waiting):
            free = slots[at] == len(keys)
            slots[at[free]] = waiting[free]
            lost = slots[at] != waiting
            waiting, at = waiting[lost], (at[lost] + 1) & (len(slots) - 1)
        return cls(np.append(keys, np.uint64(0)), slots, shift)

    def found(self, parents: IntArray, symbols: SymbolArray) -> tuple[IntArray, IntArray]:
        """The child of each parent by its symbol where there is one, and the places of those parents."""
        nothing = len(self.keys) - 1
        keys = mixed(_child_keys(parents, symbols))
        at = (keys >> self.shift).view(np.int64)
        # `take` is several times as fast as an index in brackets.
        found = self.slots.take(at).astype(np.int64)
        waiting = np.flatnonzero((self.keys.take(found) != keys) & (found != nothing))
        at = at.take(waiting)
        while len(waiting):
            at = (at + 1) & (len(self.slots) - 1)
            there = self.slots.take(at)
            found[waiting] = there
            goes_on = np.flatnonzero((self.keys.take(there) != keys.take(waiting)) & (there != nothing))
            waiting, at = waiting.take(goes_on), at.take(goes_on)
        hits = np.flatnonzero(found != nothing)
        return found.take(hits), hits


@dataclass(frozen=True, slots=True)
class _Siblings:
    """Few children of each entry: those of entry p have the `keys` from `firsts[p]` to `firsts[p + 1]`.

    One more key ends them all.
    """

    keys: SymbolArray
    firsts: IntArray

    @classmethod
    def of(cls, keys: SymbolArray, parents: IntArray, count: int) -> "_Siblings":
        """Those of `count` parents, sorted by parent."""
        return cls(np.append(keys, np.uint64(0)), np.searchsorted(parents, np.arange(count + 1)))

    def found(self, parents: IntArray, symbols: SymbolArray) -> tuple[IntArray, IntArray]:
        """The child of each parent by its symbol where there is one, and the places of those parents."""
        keys = _child_keys(parents, symbols)
        at = self.firsts.take(parents)
        is_hit = self.keys.take(at) == keys
        waiting = np.flatnonzero(~is_hit)
        tried, ends = at.take(waiting), self.firsts.take(parents.take(waiting) + 1)
        while len(waiting):
            tried = tried + 1
            goes_on = np.flatnonzero(tried < ends)
            waiting, tried, ends = waiting.take(goes_on), tried.take(goes_on), ends.take(goes_on)
            same = self.keys.take(tried) == keys.take(waiting)
            is_hit[waiting[same]] = True
            at[waiting[same]] = tried[same]
            goes_on = np.flatnonzero(~same)
            waiting, tried, ends = waiting.take(goes_on), tried.take(goes_on), ends.take(goes_on)
        hits = np.flatnonzero(is_hit)
        return at.take(hits), hits


@dataclass(frozen=True, slots=True)
class _Level:
    """The entries of one order, item by item, and the counts of each reference.

    The entry `places[i]` stands `counts[i]` times in a reference; those of reference r run from `starts[r]` to
    `starts[r + 1]`. `most` says of each entry how often the reference that has it most has it, `items` whose it is.
    `children` finds them below the entries of the level above, which for symbols are the items.
    """

    children: _Table | _Siblings
    places: IntArray
    counts: IntArray
    starts: IntArray
    most: IntArray
    items: IntArray


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Neighbouring items, from `first` to `last`, with their references."""

    first: int
    last: int
    levels: tuple[_Level, ...]


class NgramIndex:
    """References by item, ready to be compared with outputs: how many n-grams of 1 to `order` symbols they share."""

    def __init__(self, references: Sequences, counts: IntArray, order: int) -> None:
        """Index the references, of which item i has the next `counts[i]`."""
        self._sequences, self._counts, self._order = references, counts, order
        self._references, self._items = len(references.lengths), len(counts)
        self._bounds = np.concatenate(([0], np.cumsum(counts)))
        self._ends = np.concatenate(([0], references.ends))
        is_small = len(references.symbols) * order <= _MOST_KEPT
        self._kept = tuple(self._built()) if is_small else None

    def _chunks(self) -> Iterable[_Chunk]:
        return self._built() if self._kept is None else self._kept

    def _built(self) -> Iterator[_Chunk]:
        symbols_by_item = self._ends[self._bounds]
        first = 0
        while first < self._items:
            last = int(np.searchsorted(symbols_by_item, symbols_by_item[first] + _CHUNK_SYMBOLS, "right")) - 1
            last = min(max(last, first + 1), self._items)
            yield self._chunk(first, last)
            first = last

    def shared(self, outputs: Sequences) -> IntArray:
        """The n-grams that each reference shares with the output of its item, references x order.

        A repeated one counts as often as it stands in both. `outputs` has one sequence for each item.
        """
        shared = np.zeros((self._references, self._order), np.int64)
        ends = np.concatenate(([0], outputs.ends))
        for chunk in self._chunks():
            rows = slice(int(self._bounds[chunk.first]), int(self._bounds[chunk.last]))
            for order, (level, seen) in enumerate(zip(chunk.levels, _seen(chunk, outputs, ends), strict=True)):
                both = np.minimum(seen.take(level.places), level.counts)
                shared[rows, order] = _sums(both, level.starts)
        return shared

    def clipped(self, outputs: Sequences) -> IntArray:
        """The n-grams of each output that stand in its item's references, items x order.

        A repeated one counts at most as often as in the reference that has it most (Papineni et al. 2002, 2.1.1).
        """
        clipped = np.zeros((self._items, self._order), np.int64)
        ends = np.concatenate(([0], outputs.ends))
        for chunk in self._chunks():
            for order, (level, seen) in enumerate(zip(chunk.levels, _seen(chunk, outputs, ends), strict=True)):
                both = np.minimum(seen, level.most)
                clipped[chunk.first : chunk.last, order] = np.bincount(level.items, both, chunk.last - chunk.first)
        return clipped

    def _chunk(self, first: int, last: int) -> _Chunk:
        low, high = int(self._bounds[first]), int(self._bounds[last])
        symbols = self._sequences.symbols[self._ends[low] : self._ends[high]]
        part = Sequences(symbols, self._sequences.lengths[low:high])
        items = np.repeat(np.arange(last - first), self._counts[first:last])
        known, ranks = np.unique(symbols, return_inverse=True)
        left = np.repeat(part.ends, part.lengths) - np.arange(len(symbols))
        places, owners = np.arange(len(symbols)), part.owners
        entries, above, levels = items[owners], last - first, []
        for order in range(1, self._order + 1):
            goes_on = np.flatnonzero(left[places] >= order)
            places = places[goes_on]
            # Sorted by parent, and so by item.
            codes, below = np.unique(
                entries[goes_on] * (len(known) + 1) + ranks[places + order - 1], return_inverse=True
            )
            parents, children = np.divmod(codes, len(known) + 1)
            levels.append(_level(_children(parents, known[children], above), below, owners[places], items))
            entries, above = below, len(codes)
        return _Chunk(first, last, tuple(levels))


def _seen(chunk: _Chunk, outputs: Sequences, ends: IntArray) -> Iterator[IntArray]:
    """How often the output has each entry, for each order; only what goes on from a found entry is looked for."""
    lengths = outputs.lengths[chunk.first : chunk.last]
    symbols = outputs.symbols[ends[chunk.first] : ends[chunk.last]]
    if len(chunk.levels) > 1:
        symbols = np.insert(symbols, np.cumsum(lengths), _END)
        lengths = lengths + 1
    entries, places = np.repeat(np.arange(len(lengths)), lengths), np.arange(len(symbols))
    for order, level in enumerate(chunk.levels):
        entries, hits = level.children.found(entries, symbols.take(places + order) if order else symbols)
        places = places.take(hits)
        yield np.bincount(entries, minlength=len(level.items))


def _children(parents: IntArray, symbols: SymbolArray, above: int) -> _Table | _Siblings:
    keys = _child_keys(parents, symbols)
    if len(keys) > _MOST_SIBLINGS * above:
        return _Table.of(keys)
    return _Siblings.of(keys, parents, above)


def _child_keys(parents: IntArray, symbols: SymbolArray) -> SymbolArray:
    keys: SymbolArray = parents.astype(np.uint64) * _STEP
    keys += symbols
    return keys


def _level(children: _Table | _Siblings, entries: IntArray, owners: IntArray, items: IntArray) -> _Level:
    """From the entry at each place of the references `owners`, which belong to `items`."""
    count = len(children.keys) - 1
    # By reference first, so that the counts of one reference are neighbours.
    pairs, counts = np.unique(owners * (count + 1) + entries, return_counts=True)
    pair_owners, places = np.divmod(pairs, count + 1)
    most, whose = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.maximum.at(most, places, counts)
    whose[places] = items[pair_owners]
    starts = np.searchsorted(pair_owners, np.arange(len(items) + 1))
    return _Level(children, places, counts, starts, most, whose)


def _sums(values: IntArray, starts: IntArray) -> IntArray:
    """The sums between neighbouring starts, of which some may be equal."""
    sums = np.concatenate(([0], np.cumsum(values)))
    return sums[starts[1:]] - sums[starts[:-1]]
