"""Faults that a test plants: failing routes, rate limits, lost answers, broken sockets, a lying CDN."""

from dataclasses import dataclass, field
from enum import Enum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from sandbox.events import Event
from sandbox.interactions import Interaction, payload
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.gateway import Gateway


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` requests of a route.

    With `after` the request is carried out and only its answer is replaced or late; else `delay`, in seconds, comes
    first.
    """

    route: str
    times: int = 1
    status: int | None = None
    body: Json | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    after: bool = False
    disconnect: bool = False


class Lie(Enum):
    """How the CDN deceives."""

    MORE = "declares more than it sends"
    LESS = "declares less than the file has"
    ENDLESS = "sends on without declaring a length"
    OTHER = "sends other bytes of the same length"


@dataclass(slots=True)
class CdnFault:
    """What happens to the next `times` downloads; `delay` is in seconds before the first byte."""

    times: int
    bytes_per_second: float | None = None
    delay: float = 0.0
    lie: Lie | None = None
    status: int | None = None


class Faults:
    """The faults in wait; a route is a template (`POST /channels/{channel_id}/messages`), `*` matches anything."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._cdn: list[CdnFault] = []
        self._gateway: Gateway | None = None

    def attach(self, gateway: "Gateway") -> None:
        """Say whose sockets are broken."""
        self._gateway = gateway

    def fail_next(
        self,
        route: str,
        status: int = 502,
        times: int = 1,
        body: Json | str | None = None,
        *,
        after: bool = False,
    ) -> None:
        """Answer with an error; with `after` the request is carried out first (the answer that got lost)."""
        self._faults.append(Fault(route, times, status, body, after=after))

    def refuse_next(self, route: str, status: int, code: int, message: str, times: int = 1) -> None:
        """Answer with one of Discord's JSON errors."""
        self._faults.append(Fault(route, times, status, {"code": code, "message": message}))

    def rate_limit_next(
        self,
        route: str,
        retry_after: float,
        code: int = 0,
        times: int = 1,
        *,
        is_global: bool = False,
    ) -> None:
        """Answer 429: wait `retry_after` seconds; code 30046 is the hidden limit on edits of old messages."""
        texts = {
            0: "You are being rate limited.",
            30046: "Maximum number of edits to messages older than 1 hour reached",
        }
        body: Json = {
            "message": texts.get(code, texts[0]),
            "retry_after": retry_after,
            "global": is_global,
            "code": code,
        }
        headers = {"Retry-After": str(max(1, round(retry_after))), "Via": "1.1 google", "X-RateLimit-Scope": "user"}
        if is_global:
            headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        self._faults.append(Fault(route, times, 429, body, headers))

    def delay_next(self, route: str, seconds: float, times: int = 1, *, after: bool = False) -> None:
        """Begin late; with `after` the request is carried out at once and only its answer comes late."""
        self._faults.append(Fault(route, times, delay=seconds, after=after))

    def disconnect_next(self, route: str, times: int = 1, *, after: bool = False) -> None:
        """Break the HTTP connection instead of answering."""
        self._faults.append(Fault(route, times, disconnect=True, after=after))

    def drop_sockets(self) -> None:
        """Break the gateway's connections without a close frame; the sessions can be resumed."""
        self._of_gateway.drop_sockets()

    def reconnect(self) -> None:
        """Send RECONNECT (opcode 7)."""
        self._of_gateway.reconnect()

    def invalidate_session(self, *, resumable: bool = False) -> None:
        """Send INVALID_SESSION (opcode 9)."""
        self._of_gateway.invalidate_sessions(resumable=resumable)

    def redeliver(self, interaction: Interaction) -> None:
        """Send an interaction to the bot once more, as it was."""
        channel = interaction.channel
        event = Event("INTERACTION_CREATE", payload(interaction), channel.guild, channel, channel.guild.bot.id)
        self._of_gateway.publish(event)

    def slow_cdn(self, *, bytes_per_second: float = 1000.0, delay: float = 0.0, times: int = 1) -> None:
        """Let the next downloads drip."""
        self._cdn.append(CdnFault(times, bytes_per_second=bytes_per_second, delay=delay))

    def lying_cdn(self, lie: Lie = Lie.ENDLESS, *, times: int = 1) -> None:
        """Let the next downloads not be what they are declared to be."""
        self._cdn.append(CdnFault(times, lie=lie))

    def fail_cdn(self, status: int = 503, *, times: int = 1) -> None:
        """Let the next downloads fail."""
        self._cdn.append(CdnFault(times, status=status))

    def clear(self) -> None:
        """Take back all faults that are still in wait."""
        self._faults.clear()
        self._cdn.clear()

    def take(self, route: str) -> Fault | None:
        """The fault that the next request of `route` meets, counted down."""
        fault = next((one for one in self._faults if _matches(one.route, route)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
        return fault

    def take_cdn(self) -> CdnFault | None:
        """The fault that the next download meets, counted down."""
        fault = self._cdn[0] if self._cdn else None
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._cdn.remove(fault)
        return fault

    @property
    def _of_gateway(self) -> "Gateway":
        if self._gateway is None:
            raise RuntimeError("The sandbox is not open.")
        return self._gateway


def _matches(pattern: str, route: str) -> bool:
    return pattern == route or ("*" in pattern and fnmatchcase(route, pattern))
