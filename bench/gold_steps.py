"""What lies between two versions of a gold, as far as scores go. Light: no numpy."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bench.model import Item


@dataclass(frozen=True, slots=True)
class ItemMove:
    """One item that differs between two versions; None on the side where the gold does not have it.

    `place` counts the counted items of the earlier version that stand before it, or before where it comes; `position`
    puts those that come at one place in order.
    """

    item_id: str
    before: Item | None
    after: Item | None
    place: int
    position: int


@dataclass(frozen=True, slots=True)
class GoldStep:
    """What lies between two versions of a gold, as far as scores go: its size follows the change and not the task.

    `counted` is the number of counted items before. `practice` are all practice items after, or None where none of
    them changed; `contested` are all contested items after, which are scored beside the counted ones.
    """

    from_version: int
    to_version: int
    counted: int
    moves: tuple[ItemMove, ...]
    practice: tuple[Item, ...] | None
    contested: tuple[Item, ...]

    @property
    def looked_at(self) -> frozenset[str]:
        """The items whose outputs a rescoring needs."""
        beside = (item.id for item in (*self.contested, *(self.practice or ())))
        return frozenset((*(move.item_id for move in self.moves), *beside))

    def without(self, absent: Mapping[str, int | None]) -> "GoldStep":
        """The step for a submission that was not asked some items: each with its place where it counted before."""
        if not absent:
            return self
        places = sorted(place for place in absent.values() if place is not None)
        moves = tuple(
            replace(move, place=move.place - bisect_left(places, move.place))
            for move in self.moves
            if move.item_id not in absent
        )
        practice = None if self.practice is None else _without(self.practice, absent)
        contested = _without(self.contested, absent)
        return replace(self, counted=self.counted - len(places), moves=moves, practice=practice, contested=contested)


def _without(items: tuple[Item, ...], absent: Mapping[str, int | None]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.id not in absent)
