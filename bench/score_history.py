"""How the scores of a task's systems rose over time. Light: no numpy."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SystemHistory:
    """A system by its name on the board, with its (time, shown score) since the first one, oldest first.

    All scores are at the present gold version, so that only the system has changed between two of them.
    """

    name: str
    rises: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True)
class VersionMark:
    """When a gold version was published."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreHistory:
    """The systems of a board, best first, and the gold versions from the second on, from the first run `until` now."""

    systems: tuple[SystemHistory, ...]
    versions: tuple[VersionMark, ...]
    until: datetime
    lowest: float = 0.0
