"""Shared n-grams of many outputs with their references, by a hash join.

The references are indexed once: for each order a table from n-gram to the number of its entry, and for each reference
how often it has the entry. An output's n-grams then only look up and count. An n-gram is known by a 64-bit hash of its
symbols and its item; two of one hash would be taken for one, which happens in about one of 10^9 files.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.kernels.sequences import IntArray, Sequences, SymbolArray, mixed

_CHUNK_SYMBOLS = 60_000
"""Symbols of references in one chunk of items, so that the table of an order stays in the cache of a core."""

_MOST_KEPT = 2_000_000
"""N-grams of references (some 60 bytes each) up to which an index is kept; a larger one is made chunk by chunk anew."""

_HALF = np.uint64(32)
_STEP = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class _Table:
    """The n-grams of one order: open addressing from `keys` to their places, and the counts of each reference.

    `slots` holds places in `keys`, whose last element stands for nothing. The entry `places[i]` stands `counts[i]`
    times in a reference; those of reference r run from `starts[r]` to `starts[r + 1]`. `most` says of each place how
    often the reference that has it most has it, `items` whose it is.
    """

    keys: SymbolArray
    slots: npt.NDArray[np.int32]
    shift: np.uint64
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
    tables: tuple[_Table, ...]


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
            for order, (table, seen) in enumerate(zip(chunk.tables, self._seen(chunk, outputs, ends), strict=True)):
                both = np.minimum(seen.take(table.places), table.counts)
                shared[rows, order] = _sums(both, table.starts)
        return shared

    def clipped(self, outputs: Sequences) -> IntArray:
        """The n-grams of each output that stand in its item's references, items x order.

        A repeated one counts at most as often as in the reference that has it most (Papineni et al. 2002, 2.1.1).
        """
        clipped = np.zeros((self._items, self._order), np.int64)
        ends = np.concatenate(([0], outputs.ends))
        for chunk in self._chunks():
            for order, (table, seen) in enumerate(zip(chunk.tables, self._seen(chunk, outputs, ends), strict=True)):
                both = np.minimum(seen, table.most)
                clipped[chunk.first : chunk.last, order] = np.bincount(table.items, both, chunk.last - chunk.first)
        return clipped

    def _chunk(self, first: int, last: int) -> _Chunk:
        low, high = int(self._bounds[first]), int(self._bounds[last])
        symbols = self._sequences.symbols[self._ends[low] : self._ends[high]]
        part = Sequences(symbols, self._sequences.lengths[low:high])
        items = np.repeat(np.arange(last - first), self._counts[first:last])
        tables = [_table(keys, owners, items) for keys, owners in _runs(part, items, self._order)]
        return _Chunk(first, last, tuple(tables))

    def _seen(self, chunk: _Chunk, outputs: Sequences, ends: IntArray) -> list[IntArray]:
        """How often the output has each entry, for each order; only runs that go on from a found one are looked up."""
        symbols = outputs.symbols[ends[chunk.first] : ends[chunk.last]]
        lengths = outputs.lengths[chunk.first : chunk.last]
        keys = _first_keys(symbols, np.repeat(np.arange(len(lengths)), lengths))
        goes_further = self._order > 1
        spread = _spread(symbols) if goes_further else symbols
        places = np.arange(len(symbols) if goes_further else 0)
        left = np.repeat(np.cumsum(lengths), lengths) - places if goes_further else places
        seen = []
        for order, table in enumerate(chunk.tables, start=1):
            nothing = len(table.keys) - 1
            found = _look_up(table, keys)
            seen.append(np.bincount(found, minlength=nothing + 1))
            seen[-1][nothing] = 0
            if order < self._order:
                goes_on = np.flatnonzero((found != nothing) & (left > order))
                places, left = places.take(goes_on), left.take(goes_on)
                keys = _next_keys(keys.take(goes_on), spread.take(places + order))
        return seen


def _first_keys(symbols: SymbolArray, items: IntArray) -> SymbolArray:
    return mixed(symbols + items.astype(np.uint64) * _STEP)


def _next_keys(keys: SymbolArray, spread: SymbolArray) -> SymbolArray:
    """The keys of runs with one symbol more; `spread` are those symbols as `_spread` gives them."""
    longer: SymbolArray = (keys ^ (keys >> _HALF)) * _STEP
    longer += spread
    return longer


def _spread(symbols: SymbolArray) -> SymbolArray:
    """Symbols whose every bit reaches the high ones, by which a table finds its slots."""
    return mixed(symbols)


def _runs(part: Sequences, items: IntArray, order: int) -> list[tuple[SymbolArray, IntArray]]:
    """For each order the keys of all n-grams and the sequences that they stand in."""
    owners = part.owners
    left = np.repeat(part.ends, part.lengths) - np.arange(len(part.symbols))
    keys = _first_keys(part.symbols, items[owners])
    places = np.arange(len(part.symbols))
    spread = _spread(part.symbols)
    runs = [(keys, owners)]
    for size in range(2, order + 1):
        goes_on = left[places] >= size
        places = places[goes_on]
        keys = _next_keys(keys[goes_on], spread[places + size - 1])
        runs.append((keys, owners[places]))
    return runs


def _table(run_keys: SymbolArray, owners: IntArray, items: IntArray) -> _Table:
    keys, places = np.unique(run_keys, return_inverse=True)
    # By reference first, so that the counts of one reference are neighbours.
    pairs, counts = np.unique(owners * (len(keys) + 1) + places, return_counts=True)
    pair_owners, pair_places = np.divmod(pairs, len(keys) + 1)
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
    starts = np.searchsorted(pair_owners, np.arange(len(items) + 1))
    by_place = np.argsort(pair_places, kind="stable")
    firsts = np.searchsorted(pair_places[by_place], np.arange(len(keys)))
    most = np.maximum.reduceat(counts[by_place], firsts) if len(keys) else counts
    of_item = items[pair_owners[by_place[firsts]]] if len(keys) else items[:0]
    nothing = np.zeros(1, np.int64)
    return _Table(
        np.append(keys, np.uint64(0)),
        slots,
        shift,
        pair_places,
        counts,
        starts,
        np.concatenate((most, nothing)),
        np.concatenate((of_item, nothing)),
    )


def _look_up(table: _Table, keys: SymbolArray) -> IntArray:
    """The place of each key, or that of nothing."""
    nothing = len(table.keys) - 1
    at = (keys >> table.shift).astype(np.int64)
    # `take` is several times as fast as an index in brackets.
    found = table.slots.take(at).astype(np.int64)
    waiting = np.flatnonzero((table.keys.take(found) != keys) & (found != nothing))
    at = at[waiting]
    while len(waiting):
        at = (at + 1) & (len(table.slots) - 1)
        there = table.slots.take(at)
        found[waiting] = there
        goes_on = (table.keys.take(there) != keys.take(waiting)) & (there != nothing)
        waiting, at = waiting[goes_on], at[goes_on]
    return found


def _sums(values: IntArray, starts: IntArray) -> IntArray:
    """The sums between neighbouring starts, of which some may be equal."""
    sums = np.concatenate(([0], np.cumsum(values)))
    return sums[starts[1:]] - sums[starts[:-1]]
