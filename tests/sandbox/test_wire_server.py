import asyncio

import aiohttp
import pytest

from sandbox.permissions import Permission
from sandbox.server import Sandbox
from tests.sandbox.sample_wire import Wire


async def test_other_hosts_and_origins_are_refused() -> None:
    async with Sandbox.open() as sandbox, aiohttp.ClientSession() as session:
        authorized = {"Authorization": f"Bot {sandbox.token}"}
        cases = [
            ({}, 200),
            ({"Host": "localhost:80"}, 200),
            ({"Host": "evil.example"}, 403),
            ({"Host": "evil.example:80"}, 403),
            ({"Host": "127.0.0.1.evil.example"}, 403),
            ({"Origin": sandbox.url}, 200),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "null"}, 403),
        ]
        for headers, status in cases:
            async with session.get(f"{sandbox.url}/api/v10/users/@me", headers=authorized | headers) as response:
                assert response.status == status, headers


async def test_rest_needs_the_token_and_answers_in_plain_json() -> None:
    async with Sandbox.open() as sandbox, aiohttp.ClientSession() as session:
        async with session.get(f"{sandbox.url}/api/v10/users/@me") as response:
            assert response.status == 401
            assert response.headers["Content-Type"] == "application/json"
            assert (await response.json())["message"] == "401: Unauthorized"
        authorized = {"Authorization": f"Bot {sandbox.token}"}
        async with session.get(f"{sandbox.url}/api/v10/nowhere", headers=authorized) as response:
            assert response.status == 404
            assert "/nowhere" in (await response.json())["message"]
        path = f"{sandbox.url}/api/v10/channels/1/messages"
        async with session.post(path, headers=authorized, data=b"{") as response:
            assert (await response.json())["code"] == 50109
        async with session.post(path, headers=authorized, json={"content": "x"}) as response:
            assert (response.status, (await response.json())["code"]) == (404, 10003)


async def test_ready_says_what_is_missing() -> None:
    async with Sandbox.open() as sandbox:
        with pytest.raises(TimeoutError, match="is not connected to the gateway"):
            await sandbox.ready(0.1)


async def test_a_feed_tells_each_member_what_this_member_sees(wire: Wire) -> None:
    secret = wire.guild.add_text_channel("secret")
    wire.guild.set_overwrite(secret, wire.guild.everyone, deny=Permission.VIEW_CHANNEL)
    heard: dict[str, list[str]] = {}
    with wire.sandbox.feed(wire.ada) as of_ada, wire.sandbox.feed(wire.ben) as of_ben:
        await wire.ben.slash("early")
        await wire.ada.say(secret, "psst")
        await wire.ada.say(wire.board, "hello")
        for name, feed in (("ada", of_ada), ("ben", of_ben)):
            heard[name] = []
            async for event in feed:
                heard[name].append(event.data["content"])
                if event.data["content"] == "hello":
                    break
    assert heard == {"ada": ["psst", "hello"], "ben": ["404 10015", "hello"]}


async def test_threads_fall_asleep_when_nothing_is_said(wire: Wire) -> None:
    await (await wire.ada.slash("post message", channel=wire.board)).until("Second")
    (thread,) = wire.ben.threads(wire.board)
    wire.sandbox.clock.advance(23 * 3600)
    assert not thread.is_archived
    wire.sandbox.clock.advance(2 * 3600)
    assert thread.is_archived


async def test_many_members_at_once_are_each_answered(wire: Wire) -> None:
    replies = await asyncio.gather(*(wire.ben.slash("echo", words=f"number {number}") for number in range(50)))
    assert [reply.text for reply in replies] == [f"number {number}" for number in range(50)]
