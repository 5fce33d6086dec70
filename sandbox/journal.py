"""The log of the wire: every request with its answer, every dispatch, and what broke a rule."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.wire import Json

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request with its answer.

    `route` is the template (`POST /channels/{channel_id}/messages`), `path` the real path, `files` pairs of name and
    size in bytes, `contents` their bytes where the journal keeps them, `seconds` how long the answer took, `at` the
    real time in seconds since 1970.
    """

    at: float
    route: str
    path: str
    status: int
    seconds: float
    body: Any = None
    response: Any = None
    files: tuple[tuple[str, int], ...] = ()
    contents: tuple[bytes, ...] = ()

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.route.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One event that was sent to the bot."""

    at: float
    name: str
    data: Json


@dataclass(slots=True)
class Journal:
    """What went over the wire, the latest 20,000 of each; `violations` is empty as long as nobody broke a rule.

    The bytes of files are kept only while `keeps_contents` is set, since a long run of pictures would fill the memory.
    """

    requests: deque[Entry] = field(default_factory=lambda: deque(maxlen=_KEPT))
    dispatches: deque[Dispatch] = field(default_factory=lambda: deque(maxlen=_KEPT))
    violations: list[str] = field(default_factory=list)
    keeps_contents: bool = False

    def of(self, route: str) -> list[Entry]:
        """The requests of one route template, oldest first."""
        return [entry for entry in self.requests if entry.route == route]

    def dispatched(self, name: str) -> list[Dispatch]:
        """The events of one name, oldest first."""
        return [dispatch for dispatch in self.dispatches if dispatch.name == name]

    def clear(self) -> None:
        """Forget everything, so that a test sees only what comes now."""
        self.requests.clear()
        self.dispatches.clear()
        self.violations.clear()
