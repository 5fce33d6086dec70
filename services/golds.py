"""Golds as jobs take them with them: packed once, and kept for the next file of the same task."""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from bench.model import Gold, Task

MOST_KEPT = 32 * 1024 * 1024


class PackedGold:
    """A gold that goes to a worker as bytes and arrives there as the gold itself."""

    def __init__(self, gold: Gold) -> None:
        self._content = pickle.dumps(gold)

    def __len__(self) -> int:
        """How many bytes it takes."""
        return len(self._content)

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        """Unpack to the gold."""
        return pickle.loads, (self._content,)


class RecentGolds:
    """The golds of the tasks that files come for; a version of a gold never changes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int, int], PackedGold] = OrderedDict()

    def of(self, task: Task, read: Callable[[], Gold]) -> PackedGold:
        """The gold of the task's present version, which `read` gives where it is not at hand."""
        key = (task.guild_id, task.id, task.gold_version)
        if key not in self._kept:
            self._kept[key] = PackedGold(read())
        self._kept.move_to_end(key)
        packed = self._kept[key]
        while sum(map(len, self._kept.values())) > MOST_KEPT:
            self._kept.popitem(last=False)
        return packed
