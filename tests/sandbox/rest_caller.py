"""REST as it is written by hand: every route can be called, and every answer is held against Discord's document."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.server import Sandbox
from tests.sandbox.sample_wire import DOCUMENT


@dataclass
class Caller:
    sandbox: Sandbox
    session: aiohttp.ClientSession

    async def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        files: Mapping[str, bytes] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Status and body; with `files` as multipart."""
        form: aiohttp.FormData | None = None
        if files is not None:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(body), content_type="application/json")
            for index, (name, content) in enumerate(files.items()):
                form.add_field(f"files[{index}]", content, filename=name, content_type="application/octet-stream")
        url = f"{self.sandbox.url}/api/v10{path}"
        sent: dict[str, Any] = {"data": form} if form is not None else {} if body is None else {"json": body}
        headers = {"Authorization": f"Bot {self.sandbox.token}"}
        async with self.session.request(method, url, headers=headers, params=params, **sent) as response:
            text = await response.text()
            return response.status, json.loads(text) if text else None

    async def code(self, method: str, path: str, body: object = None) -> tuple[int, int]:
        """Status and Discord's error code."""
        status, answer = await self(method, path, body)
        return status, int(answer["code"])


@asynccontextmanager
async def calling() -> AsyncIterator[tuple[Sandbox, Caller]]:
    """A sandbox without a bot, and a way to call it."""
    async with Sandbox.open(document=DOCUMENT) as sandbox, aiohttp.ClientSession() as session:
        yield sandbox, Caller(sandbox, session)
