"""A brake on crash loops: after 1,000 IDENTIFYs in a day Discord ends all sessions of a bot and resets its token.

Source: discord-api-docs, events/gateway.mdx, "Session Start Limit".
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FREE_STARTS = 3
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
QUICK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Starts:
    """How many starts in a row ended badly within five minutes, and when the running one began (None: ended well)."""

    quick_deaths: int = 0
    began_at: datetime | None = None


def after_start(before: Starts, at: datetime) -> Starts:
    """Count one more start; the last one was a quick death if it neither ended well nor lived for long."""
    if before.began_at is None or before.began_at > at:
        return Starts(0, at)
    # A start after the longest wait and a quick death is still the same loop: the wait is part of the distance.
    died_quickly = at - before.began_at <= QUICK + delay(before.quick_deaths)
    return Starts(before.quick_deaths + 1 if died_quickly else 0, at)


def delay(quick_deaths: int) -> timedelta:
    """How long to wait before connecting: nothing for the first three, then doubling from 15 s to 15 min.

    A loop that dies at once therefore connects about a hundred times a day, a tenth of what Discord admits.
    """
    if quick_deaths < FREE_STARTS:
        return timedelta(0)
    doublings = min(quick_deaths - FREE_STARTS, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


class StartRecord:
    """The small file that outlives the process. One that cannot be read counts as new: it is a brake, not a lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "starts.json"

    def begin(self, at: datetime) -> timedelta:
        """Note a start, before anything that can die; gives how long to wait before connecting."""
        starts = after_start(self._read(), at)
        self._write(starts)
        return delay(starts.quick_deaths)

    def end_well(self) -> None:
        """Note that this start ended as it was asked to."""
        self._write(Starts())

    def _read(self) -> Starts:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            began_at = stored["began_at"]
            return Starts(int(stored["quick_deaths"]), began_at and datetime.fromisoformat(began_at).astimezone(UTC))
        except (OSError, ValueError, KeyError, TypeError):
            return Starts()

    def _write(self, starts: Starts) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        began_at = starts.began_at and starts.began_at.isoformat()
        text = json.dumps({"quick_deaths": starts.quick_deaths, "began_at": began_at})
        partial = self._path.with_suffix(".part")
        partial.write_text(text, encoding="utf-8")
        partial.replace(self._path)
