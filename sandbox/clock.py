"""Discord's clock, which a test can set forward."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

_DISCORD_EPOCH = 1_420_070_400.0


class Clock:
    """Seconds since 1970, moved forward by what `advance` added; ages, token lives and URL expiry are read from it."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> float:
        """Seconds since 1970 as this Discord sees them."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once; sleeping timers of the bot do not notice."""
        self._offset += seconds
        for listener in self._listeners:
            listener()

    def when_advanced(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each jump."""
        self._listeners.append(listener)


class Snowflakes:
    """Ids as Discord makes them: milliseconds since 2015, shifted by 22 bits, unique and rising."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A new id, later than every id before it."""
        milliseconds = int((self._clock.now() - _DISCORD_EPOCH) * 1000)
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last


def isoformat(seconds: float) -> str:
    """A time as Discord writes it: `2026-01-31T12:00:00.000000+00:00`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
