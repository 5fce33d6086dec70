"""The whole of this Discord: its servers and accounts, and the events that everything else listens to."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox import threads
from sandbox.clock import Clock, Snowflakes
from sandbox.errors import unknown_channel, unknown_guild
from sandbox.events import Event
from sandbox.guild import Guild
from sandbox.interactions import Interactions
from sandbox.model import Attachment, Channel, User
from sandbox.wire import Json

_KEPT_BYTES = 512 * 1024 * 1024


@dataclass(slots=True, eq=False)
class Command:
    """A registered application command: Discord's JSON of it, and exceptions to its default permissions.

    `overrides` maps the id of a role, member or channel to whether it may use the command.
    """

    data: Json
    guild_id: int | None = None
    overrides: dict[int, bool] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Addresses:
    """Where this Discord is reached: without a trailing slash, e.g. `http://127.0.0.1:8123/cdn`."""

    gateway: str = ""
    cdn: str = ""


class World:
    """Accounts, servers, commands and files, with the clock and the stream of events."""

    def __init__(self, token: str) -> None:
        self.clock = Clock()
        self.snowflakes = Snowflakes(self.clock)
        self.addresses = Addresses()
        self.token = token
        self.signing_key = secrets.token_bytes(16)
        self.developer = User(self.snowflakes.next(), "Developer")
        self.bot = User(self.snowflakes.next(), "Touchstone", bot=True)
        self.users: dict[int, User] = {self.developer.id: self.developer, self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int, Command] = {}
        self.interactions = Interactions(self)
        self.clock.when_advanced(self._let_time_pass)
        self._listeners: list[Callable[[Event], None]] = []
        self._wakeups: set[asyncio.Event] = set()

    @property
    def application_id(self) -> int:
        """The bot's application; it has the id of its account."""
        return self.bot.id

    def add_user(self, name: str, *, locale: str = "en-US") -> User:
        """A new account."""
        user = User(self.snowflakes.next(), name, locale=locale)
        self.users[user.id] = user
        return user

    def guild(self, guild_id: int) -> Guild:
        """The server; DiscordError 10004 when there is none."""
        if guild_id not in self.guilds:
            raise unknown_guild()
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Channel:
        """The channel or thread; DiscordError 10003 when there is none."""
        if channel_id not in self.channels:
            raise unknown_channel()
        return self.channels[channel_id]

    def keep(self, attachment: Attachment) -> None:
        """Store a file; what members uploaded longest ago makes room when too much is kept."""
        self.attachments[attachment.id] = attachment
        uploads = [one for one in self.attachments.values() if one.ephemeral]
        excess = sum(len(one.content) for one in uploads) - _KEPT_BYTES
        for oldest in uploads[:-1]:
            if excess <= 0:
                break
            excess -= len(oldest.content)
            self.drop(oldest)

    def drop(self, attachment: Attachment) -> None:
        """Forget a file; its links answer 404 from now on."""
        self.attachments.pop(attachment.id, None)

    def _let_time_pass(self) -> None:
        for guild in self.guilds.values():
            threads.archive_idle(guild)
        self.wake()

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with every event from now on; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell the listeners, and wake whoever waits for a change."""
        for listener in tuple(self._listeners):
            listener(event)
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again."""
        for wakeup in self._wakeups:
            wakeup.set()

    async def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:  # noqa: ASYNC109 - the one place that waits; callers put their own limit and error to it
        """Wait until `condition` holds, at most `timeout` real seconds; whether it holds."""
        wakeup = asyncio.Event()
        self._wakeups.add(wakeup)
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    await wakeup.wait()
                    wakeup.clear()
        except TimeoutError:
            return condition()
        finally:
            self._wakeups.discard(wakeup)
        return True
