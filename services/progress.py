"""How far a long rescoring is: only in memory, for it is told while it runs and gone when it ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rescoring:
    """So many of the entries are scored at the version that is being made."""

    version: int
    done: int
    of: int


class Progress:
    """What the version jobs tell the boards."""

    def __init__(self) -> None:
        self._running: dict[tuple[int, int], Rescoring] = {}

    def tell(self, guild_id: int, task_id: int, rescoring: Rescoring) -> None:
        """The task's entries are being rescored."""
        self._running[guild_id, task_id] = rescoring

    def end(self, guild_id: int, task_id: int) -> bool:
        """The task's entries are no longer being rescored; whether that was told before."""
        return self._running.pop((guild_id, task_id), None) is not None

    def of(self, guild_id: int, task_id: int) -> Rescoring | None:
        """How far it is, where it is told."""
        return self._running.get((guild_id, task_id))
