"""The places of a task's counted items, kept between versions, so that a change need not count the whole task again."""

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from bench.model import Gold, Task
from storage import places
from storage.columns import ItemRole
from storage.database import Connection
from storage.standings import Standing

TASKS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Places:
    """The positions of the counted items of one gold version, rising."""

    version: int
    positions: list[int]

    def place(self, position: int) -> int:
        """How many counted items stand before a position."""
        return bisect_left(self.positions, position)


class RecentPlaces:
    """Those of the tasks whose gold changed last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Places] = OrderedDict()

    def of(self, task: Task, connection: Connection) -> Places:
        """The places at the task's present version."""
        key = (task.guild_id, task.id)
        known = self._kept.pop(key, None)
        if known is None or known.version != task.gold_version:
            counted = places.list_counted_positions(connection, *key, task.gold_version)
            known = Places(task.gold_version, list(counted))
        self._kept[key] = known
        while len(self._kept) > TASKS_KEPT:
            self._kept.popitem(last=False)
        return known

    def follow(self, task: Task, before: Gold, changed: Iterable[Standing]) -> None:
        """Take the places of a task on to its next version, given the touched items before it and as they stand now."""
        known = self._kept.get((task.guild_id, task.id))
        if known is None or known.version != task.gold_version:
            return
        counted_before = {item.id for item in before.counted}
        positions = known.positions
        for now in changed:
            counts = now.role is ItemRole.COUNTED
            if now.item.id in counted_before and not counts:
                positions.remove(now.position)
            elif counts and now.item.id not in counted_before:
                insort(positions, now.position)
        self._kept[task.guild_id, task.id] = Places(task.gold_version + 1, positions)
