"""Where labels go so that none covers another: pure arithmetic, without fonts or pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

CLEARANCE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges; y grows downwards, as on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two cover anything together; edges that touch do not."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_inside(self, other: "Box") -> bool:
        """Whether the other one holds all of this one."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


def spread(wanted: Sequence[float], pitch: float, low: float, high: float) -> list[float]:
    """Places as near to the wanted ones (in ascending order) as can be, `pitch` apart and all between low and high.

    They have the least sum of squared moves but for the ends: without their pitches the places have to ascend, and
    neighbours that do not are pooled at their mean (isotonic regression).
    """
    pools: list[tuple[float, int]] = []
    for number, place in enumerate(wanted):
        mean, size = place - number * pitch, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    free = high - (len(wanted) - 1) * pitch
    flat = [max(low, min(free, mean)) for mean, size in pools for _ in range(size)]
    return [place + number * pitch for number, place in enumerate(flat)]


def beside(
    anchor: tuple[float, float], size: tuple[float, float], room: Box, taken: Sequence[Box], avoided: Sequence[Box] = ()
) -> Box:
    """The place of a label (width, height) nearest to its anchor, in the room and on nothing taken.

    It is on nothing avoided either, where there is such a place. The room must be twice as wide as the label, and far
    higher than all that is taken.
    """
    inside = (box for box in around(anchor, size, room) if box.is_inside(room))
    free = [box for box in inside if not any(box.meets(other) for other in taken)]
    return min(free, key=lambda box: any(box.meets(other) for other in avoided))


def around(anchor: tuple[float, float], size: tuple[float, float], room: Box) -> Iterator[Box]:
    """Places right and left of the anchor, then the same further and further down and up, over all of the room."""
    (x, y), (width, height) = anchor, size
    for step in range(int((room.bottom - room.top) / height * 2) + 1):
        for middle in dict.fromkeys((y + step * height / 2, y - step * height / 2)):
            for left in (x + CLEARANCE, x - CLEARANCE - width):
                yield Box(left, middle - height / 2, left + width, middle + height / 2)


def thinned(spans: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """The places of the spans (start, end) that can stay `gap` apart from each other; an earlier one goes first."""
    kept: list[int] = []
    for number, (start, end) in enumerate(spans):
        others = (spans[other] for other in kept)
        if all(end + gap <= other_start or other_end + gap <= start for other_start, other_end in others):
            kept.append(number)
    return kept
