"""Rate limits: buckets as headers tell of them, and the hidden one on edits of old messages."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.clock import Clock
    from sandbox.model import Message
    from sandbox.wire import Json

_MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
OLD_SECONDS = 3600.0


class RateLimited(Exception):
    """429: `retry_after` in seconds."""

    def __init__(self, retry_after: float, *, code: int = 0, is_global: bool = False) -> None:
        texts = {30046: "Maximum number of edits to messages older than 1 hour reached. Try again later"}
        message = texts.get(code, "You are being rate limited.")
        super().__init__(message)
        self.body: Json = {"message": message, "retry_after": retry_after, "global": is_global, "code": code}
        scope = "global" if is_global else "user"
        self.headers = {"Retry-After": str(max(1, round(retry_after))), "Via": "1.1 google", "X-RateLimit-Scope": scope}
        if is_global:
            self.headers["X-RateLimit-Global"] = "true"


@dataclass(slots=True)
class Window:
    """At most `limit` uses in `seconds`, counted from the first use of a window."""

    limit: int
    seconds: float
    _used: int = 0
    _ends: float = 0.0

    def take(self, now: float) -> float:
        """Count one use; 0.0, or how long to wait when there is none left."""
        if now >= self._ends:
            self._used, self._ends = 0, now + self.seconds
        if self._used >= self.limit:
            return self._ends - now
        self._used += 1
        return 0.0

    def left(self) -> int:
        """How many uses are left."""
        return self.limit - self._used

    def resets_after(self, now: float) -> float:
        """Seconds until all uses come back."""
        return max(0.0, self._ends - now)


class RateLimits:
    """Buckets by route template and major parameter; none but the hidden one, until a test or demo sets them."""

    def __init__(self, clock: "Clock") -> None:
        self._clock = clock
        self._rules: dict[str, tuple[int, float]] = {}
        self._buckets: dict[tuple[str, ...], Window] = {}
        self._global: Window | None = None
        self._old_edits = (3, 20.0)
        self._old: dict[int, Window] = {}

    def limit(self, route: str, limit: int, seconds: float) -> None:
        """Allow `limit` requests in `seconds` on a route template, per channel, server or webhook."""
        self._rules[route] = (limit, seconds)

    def limit_all(self, limit: int = 50, seconds: float = 1.0) -> None:
        """Set the global limit, which interactions do not count towards."""
        self._global = Window(limit, seconds)

    def limit_old_edits(self, limit: int, seconds: float) -> None:
        """Allow `limit` edits in `seconds` per channel of messages older than an hour (error 30046)."""
        self._old_edits = (limit, seconds)
        self._old.clear()

    def as_observed(self) -> None:
        """What bots have met: five messages and five edits in five seconds per channel, two renames in ten minutes."""
        self.limit("POST /channels/{channel_id}/messages", 5, 5.0)
        self.limit("PATCH /channels/{channel_id}/messages/{message_id}", 5, 5.0)
        self.limit("PATCH /channels/{channel_id}", 2, 600.0)
        self.limit_all()

    def check(self, route: str, ids: "Mapping[str, str]") -> dict[str, str]:
        """Count a request; the headers that tell of its bucket, or RateLimited."""
        now = self._clock.now()
        self._check_global(route, now)
        if route not in self._rules:
            return {}
        limit, seconds = self._rules[route]
        key = (route, *(ids[name] for name in _MAJOR if name in ids))
        window = self._buckets.setdefault(key, Window(limit, seconds))
        wait = window.take(now)
        if wait:
            raise RateLimited(wait)
        resets_after = window.resets_after(now)
        return {
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(window.left()),
            "X-RateLimit-Reset": f"{now + resets_after:.3f}",
            "X-RateLimit-Reset-After": f"{resets_after:.3f}",
        }

    def _check_global(self, route: str, now: float) -> None:
        if self._global is None or "/interactions/" in route or "/webhooks/" in route:
            return
        wait = self._global.take(now)
        if wait:
            raise RateLimited(wait, is_global=True)

    def check_edit(self, message: "Message") -> None:
        """Count an edit of a message that is older than an hour; RateLimited with code 30046."""
        now = self._clock.now()
        if now - message.created_at < OLD_SECONDS:
            return
        limit, seconds = self._old_edits
        wait = self._old.setdefault(message.channel.id, Window(limit, seconds)).take(now)
        if wait:
            raise RateLimited(wait, code=30046)
