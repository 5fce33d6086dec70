import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox.server import Sandbox
from sandbox.sessions import Intent

Json = dict[str, Any]


class Socket:
    """A gateway client as plain as can be: text frames, no library."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, opcode: int, data: object) -> None:
        await self.socket.send_json({"op": opcode, "d": data})

    async def receive(self) -> Json:
        message = await self.socket.receive(timeout=5.0)
        assert message.type is aiohttp.WSMsgType.TEXT, message
        frame: Json = json.loads(message.data)
        return frame

    async def closed(self) -> int | None:
        async for _ in self.socket:
            pass
        return self.socket.close_code

    async def identify(self, token: str, intents: int) -> None:
        assert (await self.receive())["op"] == 10
        await self.send(2, {"token": token, "intents": intents, "properties": {}})

    async def events(self, seconds: float = 0.2) -> list[str]:
        """The names of the events that come until nothing comes."""
        names: list[str] = []
        try:
            while True:
                async with asyncio.timeout(seconds):
                    names.append(str((await self.receive())["t"]))
        except TimeoutError:
            return names


@asynccontextmanager
async def connected(sandbox: Sandbox) -> AsyncIterator[Socket]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.url}/gateway") as socket:
        yield Socket(socket)


async def test_a_bad_token_is_told_with_4004() -> None:
    async with Sandbox.open() as sandbox, connected(sandbox) as socket:
        await socket.identify("wrong", 1)
        assert await socket.closed() == 4004


async def test_privileged_intents_are_granted_only_when_the_sandbox_is_opened_so() -> None:
    async with Sandbox.open() as sandbox, connected(sandbox) as socket:
        await socket.identify(sandbox.token, Intent.GUILDS | Intent.MEMBERS)
        assert await socket.closed() == 4014
    async with Sandbox.open(privileged=Intent.MEMBERS) as sandbox, connected(sandbox) as socket:
        await socket.identify(sandbox.token, Intent.GUILDS | Intent.MEMBERS)
        assert (await socket.receive())["t"] == "READY"


async def test_intents_decide_what_is_heard() -> None:
    async with Sandbox.open(privileged=Intent.PRIVILEGED) as sandbox:
        guild = sandbox.add_guild("Slang lab")
        heard = {}
        for intents in (Intent.GUILDS, Intent.GUILDS | Intent.MEMBERS | Intent.MESSAGES):
            async with connected(sandbox) as socket:
                await socket.identify(sandbox.token, intents)
                begun = await socket.events()
                ada = sandbox.actor(guild, "Ada")
                await ada.say(guild.general, "A secret")
                guild.add_role("Curator")
                ada.leaves()
                heard[intents] = begun + await socket.events()
        assert heard[Intent.GUILDS] == ["READY", "GUILD_CREATE", "GUILD_ROLE_CREATE"]
        assert heard[Intent.GUILDS | Intent.MEMBERS | Intent.MESSAGES] == [
            "READY",
            "GUILD_CREATE",
            "GUILD_MEMBER_ADD",
            "MESSAGE_CREATE",
            "GUILD_ROLE_CREATE",
            "GUILD_MEMBER_REMOVE",
        ]


async def test_others_words_stay_hidden_without_the_intent_for_content() -> None:
    async with Sandbox.open() as sandbox, connected(sandbox) as socket:
        guild = sandbox.add_guild("Slang lab")
        await socket.identify(sandbox.token, Intent.MESSAGES)
        assert (await socket.receive())["t"] == "READY"
        await sandbox.actor(guild, "Ada").say(guild.general, "A secret")
        assert (await socket.receive())["d"]["content"] == ""
        await sandbox.actor(guild, "Ada").say(guild.general, f"Hello {sandbox.world.bot.mention}")
        assert "Hello" in (await socket.receive())["d"]["content"]


async def test_a_resume_repeats_what_was_missed_and_an_unknown_session_is_refused() -> None:
    async with Sandbox.open() as sandbox:
        guild = sandbox.add_guild("Slang lab")
        async with connected(sandbox) as socket:
            await socket.identify(sandbox.token, Intent.GUILDS)
            ready = await socket.receive()
            session, sequence = ready["d"]["session_id"], ready["s"]
            sandbox.faults.drop_sockets()
            guild.add_role("Curator")
        async with connected(sandbox) as socket:
            await socket.receive()
            await socket.send(6, {"token": sandbox.token, "session_id": session, "seq": sequence})
            assert await socket.events() == ["GUILD_CREATE", "GUILD_ROLE_CREATE", "RESUMED"]
        async with connected(sandbox) as socket:
            await socket.receive()
            await socket.send(6, {"token": sandbox.token, "session_id": "unknown", "seq": 1})
            assert await socket.receive() == {"op": 9, "d": False, "s": None, "t": None}


async def test_a_heartbeat_is_acknowledged_but_not_at_once() -> None:
    async with Sandbox.open() as sandbox, connected(sandbox) as socket:
        assert (await socket.receive())["d"]["heartbeat_interval"] > 10_000
        loop = asyncio.get_running_loop()
        started = loop.time()
        await socket.send(1, None)
        assert (await socket.receive())["op"] == 11
        assert loop.time() - started >= 0.045


async def test_the_bot_hears_of_no_channel_that_it_does_not_see() -> None:
    async with Sandbox.open() as sandbox, connected(sandbox) as socket:
        guild = sandbox.add_guild("Slang lab")
        secret = guild.add_text_channel("secret")
        guild.set_overwrite(secret, guild.bot_role, deny=1 << 10)
        await socket.identify(sandbox.token, Intent.MESSAGES)
        await socket.receive()
        await sandbox.actor(guild, "Ada").say(secret, "psst")
        assert await socket.events() == []
