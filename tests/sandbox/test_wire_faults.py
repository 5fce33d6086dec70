import asyncio
import time

import aiohttp
import pytest

from sandbox.actors import NoAnswer, Upload
from sandbox.faults import Lie
from tests.sandbox.sample_wire import Wire

SEND = "POST /channels/{channel_id}/messages"


async def test_a_gateway_error_is_tried_again(wire: Wire) -> None:
    wire.sandbox.faults.fail_next(SEND, 502)
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("sent")
    assert [entry.status for entry in wire.sandbox.log.of(SEND)] == [502, 200]
    assert len(wire.ben.messages(wire.board)) == 1


async def test_a_lost_answer_makes_no_second_message_thanks_to_the_nonce(wire: Wire) -> None:
    wire.sandbox.faults.fail_next(SEND, 502, after=True)
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("sent")
    assert len(wire.sandbox.log.of(SEND)) == 2
    assert len(wire.ben.messages(wire.board)) == 1


async def test_a_rate_limit_is_waited_for(wire: Wire) -> None:
    wire.sandbox.faults.rate_limit_next(SEND, 0.4)
    started = time.perf_counter()
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("sent")
    assert time.perf_counter() - started >= 0.4
    assert [entry.status for entry in wire.sandbox.log.of(SEND)] == [429, 200]


async def test_buckets_pace_the_bot(wire: Wire) -> None:
    wire.sandbox.ratelimits.limit(SEND, 2, 0.5)
    started = time.perf_counter()
    replies = [await wire.ada.slash("post attempt", channel=wire.board) for _ in range(5)]
    await asyncio.gather(*(reply.until("sent") for reply in replies))
    assert time.perf_counter() - started >= 0.9
    assert {entry.status for entry in wire.sandbox.log.of(SEND)} == {200}, "the headers alone kept it in time"


async def test_a_dropped_socket_is_resumed_and_nothing_is_missed(wire: Wire) -> None:
    wire.sandbox.faults.drop_sockets()
    reply = await wire.ben.slash("echo", words="while you were away")
    assert reply.text == "while you were away"
    await wire.sandbox.ready()
    assert wire.bot.words().count("ready\n") == 1
    assert "resumed" in wire.bot.words()


async def test_reconnect_is_obeyed(wire: Wire) -> None:
    wire.sandbox.faults.reconnect()
    assert (await wire.ben.slash("echo", words="again")).text == "again"
    await wire.sandbox.ready()
    assert "resumed" in wire.bot.words()


async def test_an_invalid_session_begins_a_new_one(wire: Wire) -> None:
    wire.sandbox.faults.invalidate_session()
    await wire.sandbox.ready()
    assert (await wire.ben.slash("echo", words="new")).text == "new"
    assert wire.bot.words().count("has connected to Gateway") == 2


async def test_a_bot_that_is_gone_does_not_answer(wire: Wire) -> None:
    await wire.bot.kill()
    with pytest.raises(NoAnswer):
        await wire.ben.slash("echo", words="hello?")


async def test_a_link_to_a_file_expires_and_a_fresh_one_works(wire: Wire) -> None:
    reply = await wire.ben.slash("upload", file=Upload("a.csv", b"1,2"))
    await reply.settled()
    link = next(file.url for file in reply.attachments if file.name == "a.csv")
    assert await _download(link) == (200, b"1,2")
    assert (await _download(link.replace("hm=", "hm=0")))[0] == 404
    wire.sandbox.clock.advance(24 * 3600 + 1)
    assert (await _download(link))[0] == 404
    fresh = next(file.url for file in reply.attachments if file.name == "a.csv")
    assert (await _download(fresh))[0] == 200
    wire.ben.delete(reply) if reply.ephemeral else wire.ada.delete(reply)
    assert (await _download(fresh))[0] == 404


async def test_the_cdn_drips_and_lies_on_request(wire: Wire) -> None:
    reply = await wire.ben.slash("upload", file=Upload("a.csv", b"x" * 1000))
    await reply.settled()
    link = next(file.url for file in reply.attachments if file.name == "a.csv")
    wire.sandbox.faults.slow_cdn(bytes_per_second=2000)
    started = time.perf_counter()
    assert (await _download(link))[1] == b"x" * 1000
    assert time.perf_counter() - started > 0.4
    wire.sandbox.faults.lying_cdn(Lie.OTHER)
    assert (await _download(link))[1] == b"X" * 1000
    wire.sandbox.faults.lying_cdn(Lie.LESS)
    assert (await _download(link))[1] == b"x" * 500
    wire.sandbox.faults.lying_cdn(Lie.MORE)
    with pytest.raises(aiohttp.ClientPayloadError):
        await _download(link)
    wire.sandbox.faults.lying_cdn(Lie.ENDLESS)
    assert len((await _download(link))[1]) > 50_000_000


async def _download(url: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.read()
