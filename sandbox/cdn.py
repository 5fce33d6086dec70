"""The CDN: files behind signed links that expire."""

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.faults import CdnFault, Faults, Lie
from sandbox.links import is_valid
from sandbox.model import Attachment
from sandbox.wire import snowflake

if TYPE_CHECKING:
    from sandbox.world import World

_GONE = "This content is no longer available."
_ENDLESS_BYTES = 64 * 1024 * 1024
_CHUNK = 64 * 1024


class Cdn:
    """Serves a world's files."""

    def __init__(self, world: "World", faults: Faults) -> None:
        self._world = world
        self._faults = faults

    def add_to(self, router: web.UrlDispatcher, prefix: str) -> None:
        """Register the CDN's paths below `prefix`."""
        for kind in ("attachments", "ephemeral-attachments"):
            router.add_get(f"{prefix}/{kind}/{{place}}/{{attachment_id}}/{{name}}", self._handler(prefix))

    def _handler(self, prefix: str) -> "web._Handler":  # type: ignore[name-defined]
        async def handle(request: web.Request) -> web.StreamResponse:
            attachment = self._world.attachments.get(snowflake(request.match_info["attachment_id"]))
            path = request.rel_url.raw_path.removeprefix(prefix)
            if attachment is None or not is_valid(self._world, path, request.query):
                return web.Response(status=404, text=_GONE)
            fault = self._faults.take_cdn()
            return _file(attachment) if fault is None else await _faulty(request, attachment, fault)

        return handle


def _headers(attachment: Attachment) -> dict[str, str]:
    return {
        "Content-Type": attachment.content_type or "application/octet-stream",
        "Content-Disposition": "attachment" if not (attachment.content_type or "").startswith("image/") else "inline",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


def _file(attachment: Attachment) -> web.Response:
    return web.Response(body=attachment.content, headers=_headers(attachment))


async def _faulty(request: web.Request, attachment: Attachment, fault: CdnFault) -> web.StreamResponse:
    if fault.status is not None:
        return web.Response(status=fault.status, text="planted fault")
    await asyncio.sleep(fault.delay)
    response = web.StreamResponse(headers=_headers(attachment))
    content = attachment.content
    match fault.lie:
        case Lie.MORE:
            response.content_length = len(content) * 2 + 1
        case Lie.LESS:
            response.content_length = len(content) // 2
        case Lie.OTHER:
            content = bytes(byte ^ 0x20 for byte in content)
            response.content_length = len(content)
        case Lie.ENDLESS:
            response.enable_chunked_encoding()
            content = content + b"\n" * _ENDLESS_BYTES
        case None:
            response.content_length = len(content)
    await response.prepare(request)
    await _drip(response, content, fault.bytes_per_second)
    if fault.lie is Lie.MORE and request.transport is not None:
        request.transport.abort()
        return response
    return response


async def _drip(response: web.StreamResponse, content: bytes, bytes_per_second: float | None) -> None:
    size = _CHUNK if bytes_per_second is None else max(1, int(bytes_per_second / 10))
    declared = response.content_length
    content = content if declared is None else content[:declared]
    for start in range(0, len(content), size):
        await response.write(content[start : start + size])
        if bytes_per_second is not None:
            await asyncio.sleep(0.1)
    if declared is None or len(content) >= declared:
        await response.write_eof()
