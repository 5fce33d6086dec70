"""How a route is written: a function from a call to an answer, under its method and template."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.errors import invalid_form, missing_access, missing_permissions
from sandbox.messages import Body
from sandbox.model import Channel
from sandbox.permissions import Permission, permissions_in
from sandbox.ratelimits import RateLimits
from sandbox.uploads import IncomingFile
from sandbox.wire import Json, snowflake
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a route sees it: parsed, within limits, the bot's token already checked where one is needed."""

    world: World
    limits: RateLimits
    ids: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    files: Sequence[IncomingFile] = ()

    def id(self, name: str) -> int:
        """A snowflake from the path; 400 50035 when it is none."""
        number = snowflake(self.ids[name])
        if not number:
            raise invalid_form(name, "NUMBER_TYPE_COERCE", f'Value "{self.ids[name]}" is not snowflake.')
        return number

    @property
    def json(self) -> Json:
        """The body as an object; empty when there is none."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def message(self) -> Body:
        """The body as a message."""
        return Body(self.json, self.files)

    def channel(self, needs: Permission = Permission(0), name: str = "channel_id") -> Channel:  # noqa: B008 - a flag is immutable
        """The channel of the path in which the bot has `needs`; DiscordError 10003, 50001 or 50013."""
        channel = self.world.channel(self.id(name))
        require(channel, needs)
        return channel


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers; without a body 204."""

    body: Any = None
    status: int = 200


def require(channel: Channel, needs: Permission) -> None:
    """Refuse what the bot may not do in a channel: DiscordError 50001 or 50013."""
    bot = channel.guild.bot
    if bot.id not in channel.guild.members:
        raise missing_access()
    granted = permissions_in(bot, channel)
    if Permission.VIEW_CHANNEL not in granted:
        raise missing_access()
    if needs & granted != needs:
        raise missing_permissions()


Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    """A route: method, template below `/api/v10`, what answers it, whether it needs the bot's token."""

    method: str
    template: str
    handler: Handler
    needs_token: bool = True

    @property
    def name(self) -> str:
        """`POST /channels/{channel_id}/messages`."""
        return f"{self.method} {self.template}"


class Routes:
    """The routes of one module, collected by decorator."""

    def __init__(self, *, needs_token: bool = True) -> None:
        self._needs_token = needs_token
        self.all: list[Route] = []

    def __call__(self, method: str, template: str) -> Callable[[Handler], Handler]:
        """Register the decorated function."""

        def register(handler: Handler) -> Handler:
            self.all.append(Route(method, template, handler, self._needs_token))
            return handler

        return register
