"""From an HTTP request to a route and back: faults, the token, rate limits, parsing, limits, errors, the journal."""

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from sandbox.errors import DiscordError
from sandbox.faults import Fault, Faults
from sandbox.journal import Entry, Journal
from sandbox.ratelimits import RateLimited, RateLimits
from sandbox.rest import channels, commands, interactions_callback, messages, threads, users, webhooks
from sandbox.rest.checking import Checks
from sandbox.rest.routing import Answer, Call, Route
from sandbox.uploads import IncomingFile
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.wire import Json

_MODULES = (users, commands, interactions_callback, webhooks, messages, threads, channels)
_UNAUTHORIZED = DiscordError(401, 0, "401: Unauthorized")
_NO_JSON = DiscordError(400, 50109, "The request body contains invalid JSON.")


@dataclass(frozen=True, slots=True)
class _Parsed:
    body: Any = None
    files: tuple[IncomingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: Any
    headers: dict[str, str]


class Rest:
    """The REST API of a world."""

    def __init__(self, world: World, journal: Journal, faults: Faults, limits: RateLimits, checks: Checks) -> None:
        self._world = world
        self._journal = journal
        self._faults = faults
        self._limits = limits
        self._checks = checks

    def add_to(self, router: web.UrlDispatcher, prefix: str) -> None:
        """Register every route; literal paths come before those with parameters."""
        routes = [route for module in _MODULES for route in module.routes.all]
        for route in sorted(routes, key=lambda one: one.template.count("{")):
            router.add_route(route.method, prefix + route.template, self._handler(route, prefix))
        router.add_route("*", prefix + "/{rest:.*}", self._unknown)

    def _handler(self, route: Route, prefix: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request, request.path.removeprefix(prefix))

        return handle

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        body = {"message": f"404: Not Found ({request.method} {request.path} is not part of this stand-in)", "code": 0}
        self._journal.requests.append(Entry(time.time(), f"{request.method} ?", request.path, 404, 0.0, None, body))
        return _response(_Reply(404, body, {}))

    async def _serve(self, route: Route, request: web.Request, path: str) -> web.StreamResponse:
        started = time.perf_counter()
        fault = self._faults.take(route.name)
        parsed = await _parse(request)
        if fault is not None and not fault.after:
            await asyncio.sleep(fault.delay)
        reply = await self._faulty(fault, route, request, path, parsed)
        if fault is not None and fault.after:
            await asyncio.sleep(fault.delay)
        sizes = tuple((file.name, len(file.content)) for file in parsed.files)
        contents = tuple(file.content for file in parsed.files) if self._journal.keeps_contents else ()
        self._journal.requests.append(
            Entry(
                time.time(),
                route.name,
                path,
                reply.status,
                time.perf_counter() - started,
                parsed.body,
                reply.body,
                sizes,
                contents,
            ),
        )
        if fault is not None and fault.disconnect and request.transport is not None:
            request.transport.abort()
        return _response(reply)

    async def _faulty(
        self,
        fault: Fault | None,
        route: Route,
        request: web.Request,
        path: str,
        parsed: _Parsed,
    ) -> _Reply:
        replaces = fault is not None and (fault.status is not None or fault.disconnect)
        if fault is None or not replaces:
            return await self._answer(route, request, path, parsed)
        if fault.after:
            await self._answer(route, request, path, parsed)
        status = fault.status or 500
        body = fault.body if fault.body is not None else {"message": f"{status}: planted fault", "code": 0}
        return _Reply(status, body, dict(fault.headers))

    async def _answer(self, route: Route, request: web.Request, path: str, parsed: _Parsed) -> _Reply:
        ids = dict(request.match_info)
        headers: dict[str, str] = {}
        try:
            if route.needs_token:
                self._check_token(request)
            headers = self._limits.check(route.name, ids)
            if parsed.body is _NO_JSON:
                raise _NO_JSON
            self._checks.request(route.name, path, ids, parsed.body, parsed.files)
            answer = await route.handler(Call(self._world, self._limits, ids, request.query, parsed.body, parsed.files))
        except DiscordError as error:
            answer = Answer(error.body, error.status)
        except RateLimited as limited:
            answer, headers = Answer(limited.body, 429), headers | limited.headers
        status = answer.status if answer.body is not None else 204
        self._checks.response(route.name, path, status, answer.body)
        return _Reply(status, answer.body, headers)

    def _check_token(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bot {self._world.token}".encode()):
            raise _UNAUTHORIZED


async def _parse(request: web.Request) -> _Parsed:
    if request.content_type.startswith("multipart/"):
        return await _parse_multipart(request)
    raw = await request.read()
    return _Parsed(_loads(raw)) if raw else _Parsed()


async def _parse_multipart(request: web.Request) -> _Parsed:
    body: Any = {}
    files: list[IncomingFile] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            body = _loads(content)
        elif part.name is not None and part.name.startswith("files["):
            index = part.name.removeprefix("files[").removesuffix("]")
            files.append(IncomingFile(int(index), part.filename or "unknown", content))
    return _Parsed(body, tuple(files))


def _loads(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(raw)
    except ValueError:
        return _NO_JSON


def _response(reply: _Reply) -> web.Response:
    """The content type is exactly `application/json`: with a charset discord.py takes the body for text."""
    if reply.body is None:
        return web.Response(status=reply.status, headers=reply.headers)
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, headers=reply.headers, text=reply.body)
    headers: Json = {"Content-Type": "application/json", **reply.headers}
    return web.Response(status=reply.status, headers=headers, body=json.dumps(reply.body).encode())
