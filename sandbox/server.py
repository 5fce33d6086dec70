"""The stand-in as one thing: a Discord on loopback that a bot logs in to and actors live in."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from aiohttp import web

from sandbox.actors.actor import Actor
from sandbox.cdn import Cdn
from sandbox.faults import Faults
from sandbox.feed import Feed
from sandbox.gateway import Gateway
from sandbox.guild import Guild
from sandbox.journal import Journal
from sandbox.model import Channel, Member, Role
from sandbox.openapi import Document
from sandbox.permissions import Permission
from sandbox.ratelimits import RateLimits
from sandbox.rest.checking import Checks
from sandbox.rest.serving import Rest
from sandbox.sessions import Intent
from sandbox.world import Command, World

HOST = "127.0.0.1"
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.sandbox.this-token-opens-only-the-sandbox"  # noqa: S105 - opens nothing elsewhere
REAL_HOSTS = frozenset({"discord.com", "gateway.discord.gg", "cdn.discordapp.com"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_LARGEST_REQUEST = 128 * 1024 * 1024


class Sandbox:
    """A running stand-in for Discord; open it with `Sandbox.open`."""

    def __init__(self, token: str, document: Path | None, privileged: Intent) -> None:
        self.token = token
        self.world = World(token)
        self.clock = self.world.clock
        self.log = Journal()
        self.faults = Faults()
        self.ratelimits = RateLimits(self.clock)
        self.gateway = Gateway(self.world, self.log, privileged=privileged)
        self.faults.attach(self.gateway)
        checks = Checks(self.world, self.log, None if document is None else Document.load(document))
        self._rest = Rest(self.world, self.log, self.faults, self.ratelimits, checks)
        self._cdn = Cdn(self.world, self.faults)
        self._uses_tls = False
        self.url = ""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        port: int = 0,
        token: str = TOKEN,
        document: Path | None = None,
        privileged: Intent = Intent(0),  # noqa: B008 - a flag is immutable
        tls: ssl.SSLContext | None = None,
        extend: Callable[[Self, web.UrlDispatcher], None] | None = None,
    ) -> AsyncIterator[Self]:
        """Serve on 127.0.0.1 until the block ends; port 0 takes a free one.

        With `document` (Discord's OpenAPI file) every request and answer is held against it. `privileged` are the
        intents that this Discord grants beside the ordinary ones. With `tls` it plays discord.com itself: the client
        must be led here by its resolver, and the links point to Discord's own names. `extend` adds routes to the same
        address, e.g. those of a page.
        """
        sandbox = cls(token, document, privileged)
        sandbox._uses_tls = tls is not None
        app = web.Application(client_max_size=_LARGEST_REQUEST, middlewares=[sandbox._guard])
        sandbox.add_routes(app.router)
        if extend is not None:
            extend(sandbox, app.router)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, port, ssl_context=tls)
            await site.start()
            sandbox._settle(runner.addresses[0][1])
            yield sandbox
        finally:
            sandbox.gateway.drop_sockets()
            await runner.cleanup()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Register the wire: REST, gateway and CDN, with TLS under the paths of Discord's own hosts."""
        self._rest.add_to(router, "/api/v10")
        for path in ("/gateway", "/gateway/", *(("/",) if self._uses_tls else ())):
            router.add_get(path, self.gateway.handle)
        self._cdn.add_to(router, "" if self._uses_tls else "/cdn")

    def _settle(self, port: int) -> None:
        self.url = f"{'https' if self._uses_tls else 'http'}://{HOST}:{port}"
        addresses = self.world.addresses
        if self._uses_tls:
            addresses.gateway, addresses.cdn = "wss://gateway.discord.gg", "https://cdn.discordapp.com"
        else:
            addresses.gateway, addresses.cdn = f"ws://{HOST}:{port}/gateway", f"{self.url}/cdn"

    @web.middleware
    async def _guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Refuse other hosts and origins: a page of the web must not reach this server through a browser."""
        name, _, _ = request.host.rpartition(":") if request.host[-1:].isdigit() else (request.host, "", "")
        allowed = _LOOPBACK | (REAL_HOSTS if self._uses_tls else frozenset())
        if (name or request.host) not in allowed:
            return web.Response(status=403, text=f"This sandbox serves loopback only, not {request.host}.")
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            return web.Response(status=403, text=f"This sandbox takes no requests from {origin}.")
        return await handler(request)

    def add_guild(self, name: str, *, locale: str = "en-US") -> Guild:
        """A new server with an owner, @everyone, a channel #general, and the bot with the least permissions."""
        guild = Guild(self.world, name, locale=locale)
        self.world.guilds[guild.id] = guild
        self.gateway.announce_guild(guild.id)
        return guild

    def actor(
        self,
        guild: Guild,
        name: str,
        *,
        roles: Sequence[Role] = (),
        administrator: bool = False,
        locale: str = "en-US",
    ) -> Actor:
        """A person who joins the server and acts through an ordinary client; an administrator gets a role for it."""
        held = list(roles)
        if administrator:
            known = next((role for role in guild.roles.values() if role.name == "Administrator"), None)
            held.append(known or guild.add_role("Administrator", Permission.ADMINISTRATOR))
        member = guild.add_member(self.world.add_user(name, locale=locale), held)
        return Actor(member, guild.general)

    def owner(self, guild: Guild) -> Actor:
        """The server's owner as an actor."""
        return Actor(guild.members[guild.owner_id], guild.general)

    def feed(self, actor: Actor | None = None) -> Feed:
        """The events from now on, as `actor` sees them; without one, all of them."""
        return Feed(self.world, None if actor is None else actor.member)

    def override_command(self, name: str, target: Role | Member | Channel, *, allowed: bool) -> None:
        """Let an administrator make an exception to a command's default permissions; a channel can only be closed."""
        self._command(name).overrides[target.id] = allowed

    def _command(self, name: str) -> Command:
        return next(command for command in self.world.commands.values() if command.data["name"] == name)

    async def ready(self, timeout: float = 20.0) -> None:  # noqa: ASYNC109 - the wait is the point
        """Wait until the bot has identified, has registered commands, and answers a heartbeat.

        Raises TimeoutError, which says what is missing.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while loop.time() < end:
            left = end - loop.time()
            if not await self.world.wait_until(self._looks_ready, left):
                break
            if await self.gateway.ping(min(1.0, left)):
                return
        missing = "registered no commands" if self._is_connected() else "is not connected to the gateway"
        raise TimeoutError(f"After {timeout:g} s the bot {missing}.")

    def _is_connected(self) -> bool:
        return any(session.connection is not None for session in self.gateway.sessions.all())

    def _looks_ready(self) -> bool:
        return self._is_connected() and bool(self.world.commands)
