"""What goes into the worker processes and comes out of them, light enough for the bot's own process."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from bench.metrics.pairs import EdgeCase, Trial
from bench.model import Scorecard


@dataclass(frozen=True, slots=True)
class PackedEntry:
    """A scored submission on its way to a worker: its scorecard, and the buckets that hold its outputs.

    `absent` are the items that it was not asked, because they came to the gold after it was sent: each with its place
    among the counted ones, None where it does not count.
    """

    submission_id: int
    scorecard: Scorecard
    buckets: tuple[bytes, ...] = field(repr=False)
    absent: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """How one item did: the mean score on it with its 95% interval, and its discrimination.

    `correlation` is that of the item with the score on the others; None below 15 submissions, and where nothing varies.
    """

    difficulty: float
    low: float
    high: float
    correlation: float | None


@dataclass(frozen=True, slots=True)
class FoundSuspect:
    """An item whose gold may be wrong: the answer that speaks against it, and the reason with and without it."""

    item_id: str
    answer: str = field(repr=False)
    reason: str = field(repr=False)
    public_reason: str


@dataclass(frozen=True, slots=True)
class ItemReport:
    """How the items did under the submissions, packed, and the suspects among them, the strongest support first."""

    content: bytes = field(repr=False)
    suspects: tuple[FoundSuspect, ...]


@dataclass(frozen=True, slots=True)
class TriedOut:
    """What a specification, pinned by its signature, makes of pasted pairs and of the edge cases."""

    signature: str
    trials: tuple[Trial, ...]
    edge_cases: tuple[EdgeCase, ...]


def pack_figures(figures: Mapping[str, ItemFigures]) -> bytes:
    """The figures of the items by id, small enough to be kept as one value."""
    return zlib.compress(msgspec.json.encode(figures))


def unpack_figures(content: bytes) -> dict[str, ItemFigures]:
    """What `pack_figures` packed."""
    return msgspec.json.decode(zlib.decompress(content), type=dict[str, ItemFigures])
