"""The gateway: what a bot hears over its WebSocket."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox import guild_payloads, payloads
from sandbox.connection import HEARTBEAT, Connection, Opcode
from sandbox.events import Event
from sandbox.journal import Dispatch
from sandbox.permissions import permissions_in
from sandbox.sessions import Intent, Session, Sessions
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.journal import Journal
    from sandbox.world import World

_ACK_SECONDS = 0.05
"""An instant acknowledgement overtakes discord.py's own book-keeping, and its latency becomes nonsense."""


class Gateway:
    """All sessions of the bot; it listens to the world and dispatches to each session what its intents ask for."""

    def __init__(self, world: "World", journal: "Journal", *, privileged: Intent = Intent(0)) -> None:  # noqa: B008 - a flag is immutable
        self._world = world
        self._journal = journal
        self._privileged = privileged
        self.sessions = Sessions()
        world.listen(self.publish)

    def publish(self, event: Event) -> None:
        """Dispatch an event to the sessions that may hear it."""
        if event.name == "GUILD_DELETE" or self._bot_may_hear(event):
            for session in self.sessions.all():
                if session.wants(event):
                    self._dispatch(session, event.name, session.view(event, self._world.bot.id))

    def _bot_may_hear(self, event: Event) -> bool:
        if event.only_for not in {None, self._world.bot.id}:
            return False
        if self._world.bot.id not in event.guild.members:
            return False
        if event.channel is None or event.only_for is not None:
            return True
        return bool(permissions_in(event.guild.bot, event.channel))

    def announce_guild(self, guild_id: int) -> None:
        """Tell connected sessions of a server that the bot has just joined."""
        guild = self._world.guild(guild_id)
        for session in self.sessions.all():
            if Intent.GUILDS in session.intents:
                self._dispatch(
                    session, "GUILD_CREATE", guild_payloads.create_event(guild, all_members=session.sees_members)
                )

    def _dispatch(self, session: Session, name: str, data: Json) -> None:
        if session.connection is not None:
            self._journal.dispatches.append(Dispatch(self._world.clock.now(), name, data))
        session.dispatch(name, data)

    async def ping(self, seconds: float) -> bool:
        """Ask every connected client for a heartbeat; whether one at least came within `seconds`."""
        connections = [session.connection for session in self.sessions.all() if session.connection is not None]
        for connection in connections:
            connection.beaten.clear()
            connection.send(Opcode.HEARTBEAT, None)
        waits = [asyncio.ensure_future(connection.beaten.wait()) for connection in connections]
        if not waits:
            return False
        done, pending = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in pending:
            wait.cancel()
        return bool(done)

    def drop_sockets(self) -> None:
        """Break all connections; the sessions stay."""
        for session in self.sessions.all():
            if session.connection is not None:
                connection, session.connection = session.connection, None
                connection.abort()

    def reconnect(self) -> None:
        """Ask all clients to reconnect and resume."""
        for session in self.sessions.all():
            if session.connection is not None:
                session.connection.send(Opcode.RECONNECT, None)

    def invalidate_sessions(self, *, resumable: bool) -> None:
        """Declare all sessions invalid; unless `resumable` they are forgotten."""
        for session in self.sessions.all():
            if session.connection is not None:
                session.connection.send(Opcode.INVALID_SESSION, resumable)
            if not resumable:
                self.sessions.remove(session)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one WebSocket."""
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(socket, request)
        writer = asyncio.create_task(connection.write())
        connection.send(Opcode.HELLO, {"heartbeat_interval": HEARTBEAT, "_trace": []})
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                frame = json.loads(message.data)
                session = await self._receive(connection, session, frame)
        finally:
            writer.cancel()
            if session is not None and session.connection is connection:
                session.connection = None
                if socket.close_code in {WSCloseCode.OK, WSCloseCode.GOING_AWAY}:
                    self.sessions.remove(session)
            self._world.wake()
        return socket

    async def _receive(self, connection: Connection, session: Session | None, frame: Json) -> Session | None:
        match frame.get("op"):
            case Opcode.HEARTBEAT:
                loop = asyncio.get_running_loop()
                loop.call_later(_ACK_SECONDS, connection.send, Opcode.HEARTBEAT_ACK, None)
                connection.beaten.set()
            case Opcode.IDENTIFY:
                return await self._identify(connection, frame["d"])
            case Opcode.RESUME:
                return await self._resume(connection, frame["d"])
            case Opcode.REQUEST_MEMBERS:
                self._send_members(session, frame["d"])
            case Opcode.PRESENCE | Opcode.VOICE_STATE:
                pass
            case _:
                await connection.close(4001, "Unknown opcode.")
        return session

    async def _identify(self, connection: Connection, data: Json) -> Session | None:
        if data.get("token") != self._world.token:
            await connection.close(4004, "Authentication failed.")
            return None
        intents = Intent(int(data.get("intents", 0)))
        if intents & Intent.PRIVILEGED & ~self._privileged:
            await connection.close(4014, "Disallowed intent(s).")
            return None
        shard = data.get("shard") or [0, 1]
        session = self.sessions.add(intents, connection, (int(shard[0]), int(shard[1])))
        guilds = [
            one for one in self._world.guilds.values() if session.serves(one) and self._world.bot.id in one.members
        ]
        self._dispatch(session, "READY", self._ready(session, [guild.id for guild in guilds]))
        if Intent.GUILDS in intents:
            for guild in guilds:
                self._dispatch(
                    session, "GUILD_CREATE", guild_payloads.create_event(guild, all_members=session.sees_members)
                )
        self._world.wake()
        return session

    def _ready(self, session: Session, guild_ids: list[int]) -> Json:
        return {
            "v": 10,
            "user": payloads.own_user(self._world.bot),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guild_ids],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self._world.addresses.gateway,
            "shard": list(session.shard),
            "application": {"id": str(self._world.application_id), "flags": 0},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
        }

    async def _resume(self, connection: Connection, data: Json) -> Session | None:
        session = self.sessions.find(str(data.get("session_id")))
        if data.get("token") != self._world.token:
            await connection.close(4004, "Authentication failed.")
            return None
        if session is None or not session.resume(connection, int(data.get("seq") or 0)):
            connection.send(Opcode.INVALID_SESSION, False)  # noqa: FBT003 - the frame's whole content
            return None
        self._dispatch(session, "RESUMED", {"_trace": []})
        self._world.wake()
        return session

    def _send_members(self, session: Session | None, asked: Json) -> None:
        if session is None:
            return
        guild = self._world.guild(int(asked["guild_id"]))
        wanted = {int(one) for one in asked.get("user_ids") or []}
        query = str(asked.get("query") or "").casefold()
        found = [
            payloads.member(one)
            for one in guild.members.values()
            if (one.id in wanted if wanted else one.user.name.casefold().startswith(query))
        ]
        data = {
            "guild_id": str(guild.id),
            "members": found,
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [str(one) for one in wanted if one not in guild.members],
            "nonce": asked.get("nonce"),
        }
        self._dispatch(session, "GUILD_MEMBERS_CHUNK", data)
