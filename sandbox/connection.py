"""One WebSocket of the gateway, and what its frames are."""

import asyncio
import json
import zlib
from enum import IntEnum
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from sandbox.wire import Json

HEARTBEAT = 41_250
"""Milliseconds between the client's heartbeats."""


class Opcode(IntEnum):
    """What a frame is.

    https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway.
    """

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Connection:
    """One WebSocket: frames go out in order through a queue, compressed as one stream when the client asked for it."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self._socket = socket
        self._request = request
        self._outgoing: asyncio.Queue[Json | None] = asyncio.Queue()
        self._compressor = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self.beaten = asyncio.Event()

    def send(self, opcode: Opcode, data: object, *, sequence: int | None = None, name: str | None = None) -> None:
        """Queue a frame."""
        self._outgoing.put_nowait({"op": int(opcode), "d": data, "s": sequence, "t": name})

    async def write(self) -> None:
        """Send what is queued until the connection ends."""
        while (frame := await self._outgoing.get()) is not None:
            text = json.dumps(frame)
            try:
                if self._compressor is None:
                    await self._socket.send_str(text)
                else:
                    packed = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)
            except ConnectionError:
                return

    async def close(self, code: int, reason: str) -> None:
        """Close with a code of Discord's, e.g. 4004."""
        await self._socket.close(code=code, message=reason.encode())

    def abort(self) -> None:
        """Break the connection without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()
