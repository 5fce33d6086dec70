"""The scores of several systems on one part of a benchmark. Light: no numpy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """What each system scores on some items, in the order of the systems; None where the items are too few to tell."""

    name: str
    items: int
    scores: tuple[float, ...] | None
