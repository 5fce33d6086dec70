import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bench.errors import BadInput
from cogs.files import AGAIN, Downloader, SentFile

CONTENT = b"id,output\n1,a\n"


async def whole(_: web.Request) -> web.StreamResponse:
    return web.Response(body=CONTENT)


async def gone(_: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def elsewhere(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://169.254.169.254/latest/meta-data")


async def broken_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(CONTENT))})
    await response.prepare(request)
    await response.write(CONTENT[:5])
    if request.transport is not None:
        request.transport.close()
    return response


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65536)


async def dripping(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for byte in CONTENT:
        await response.write(bytes([byte]))
        await asyncio.sleep(0.2)
    return response


@pytest.fixture
async def host() -> AsyncIterator[str]:
    """A place for attachments that behaves in several ways, on a real port of this machine."""
    app = web.Application()
    for handler in (whole, gone, elsewhere, broken_off, endless, dripping):
        app.router.add_get(f"/{handler.__name__}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def download(host: str, path: str, size: int = len(CONTENT)) -> bytes:
    async with aiohttp.ClientSession() as session:
        downloader = Downloader(session, frozenset({host}), total_seconds=0.6)
        return (await downloader.download(SentFile("out.csv", size, f"http://{host}/{path}"))).content


async def test_a_file_arrives_as_it_was_sent(host: str) -> None:
    assert await download(host, "whole") == CONTENT


@pytest.mark.parametrize(
    ("path", "size", "reason"),
    [
        ("gone", 14, "HTTP 404"),
        ("elsewhere", 14, "HTTP 302"),
        ("broken_off", 14, "broke off"),
        ("endless", 14, "larger than the 14 bytes"),
        ("dripping", 14, "took too long"),
        ("whole", 15, "Only 14 of the file's 15 bytes"),
        ("whole", 13, "larger than the 13 bytes"),
    ],
)
async def test_whatever_goes_wrong_is_one_sentence_that_says_nothing_was_used(
    host: str, path: str, size: int, reason: str
) -> None:
    with pytest.raises(BadInput, match=reason) as refusal:
        await download(host, path, size)
    assert str(refusal.value).endswith(AGAIN)
    assert "\n" not in str(refusal.value)


async def test_a_host_that_nobody_answers_at_is_one_sentence_too() -> None:
    with pytest.raises(BadInput, match="broke off"):
        await download("127.0.0.1:9", "whole")
