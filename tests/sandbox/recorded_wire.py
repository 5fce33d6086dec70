"""What discord.py puts on the wire: everything that the bot does, sent to a server that writes down and refuses."""

import json
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import discord
from aiohttp import web
from discord import app_commands

from sandbox.limits import FileSize
from tests.sandbox.limit_rules import Json

USER: Json = {
    "id": "42",
    "username": "touchstone",
    "discriminator": "0",
    "avatar": None,
    "global_name": None,
    "bot": True,
}
IDENTITIES = re.compile(r"(?<=/)(\d+|token)(?=/|$)")


@dataclass
class Request:
    method: str
    path: str
    body: object
    files: list[FileSize] = field(default_factory=list)

    @property
    def route(self) -> str:
        return f"{self.method} {IDENTITIES.sub('{}', self.path)}"


class Recorder:
    """The client under observation and what it has sent."""

    def __init__(self, client: discord.Client) -> None:
        self.client = client
        self.requests: list[Request] = []

    async def receive(self, request: web.Request) -> web.Response:
        """Write a request down; only the question who the bot is gets an answer."""
        path = request.path.removeprefix("/api/v10")
        if path == "/users/@me":
            return web.json_response(USER)
        if request.content_type == "multipart/form-data":
            self.requests.append(await self._multipart(request, path))
        else:
            text = await request.text()
            self.requests.append(Request(request.method, path, json.loads(text) if text else None))
        return web.json_response({"code": 0, "message": "written down"}, status=400)

    async def _multipart(self, request: web.Request, path: str) -> Request:
        form = await request.post()
        payload = form["payload_json"]
        assert isinstance(payload, str)
        uploads = [value for value in form.values() if isinstance(value, web.FileField)]
        files = [FileSize(upload.filename, len(upload.file.read())) for upload in uploads]
        return Request(request.method, path, json.loads(payload), files)

    async def sent(self, action: Awaitable[object]) -> None:
        """Let the library send something; the refusal is expected."""
        before = len(self.requests)
        with suppress(discord.HTTPException, app_commands.CommandSyncFailure):
            await action
        assert len(self.requests) == before + 1

    def interaction(self) -> discord.Interaction:
        """A slash command that has just arrived."""
        data = {
            "id": "1",
            "application_id": "42",
            "type": 2,
            "data": {"id": "3", "name": "submit", "type": 1},
            "token": "token",
            "version": 1,
            "user": {**USER, "id": "43", "bot": False},
            "channel_id": "5",
            "entitlements": [],
            "attachment_size_limit": 10485760,
            "authorizing_integration_owners": {},
            "locale": "en-US",
        }
        return discord.Interaction(data=data, state=self.client._connection)  # type: ignore[arg-type]  # a payload of only the fields that matter


@asynccontextmanager
async def recording() -> AsyncIterator[Recorder]:
    client = discord.Client(intents=discord.Intents(guilds=True), application_id=42)
    recorder = Recorder(client)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", recorder.receive)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    real = discord.http.Route.BASE
    discord.http.Route.BASE = f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10"
    try:
        await client._async_setup_hook()
        await client.http.static_login("token")
        yield recorder
    finally:
        await client.close()
        discord.http.Route.BASE = real
        await runner.cleanup()
