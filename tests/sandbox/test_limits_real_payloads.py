import io
from collections.abc import Awaitable, Callable
from typing import cast

import discord
import pytest

from sandbox.limits import Context, Violation, check_request
from tests.sandbox.recorded_samples import embed
from tests.sandbox.recorded_scenarios import SCENARIOS
from tests.sandbox.recorded_wire import Recorder, Request, recording


def found(request: Request, context: Context) -> list[Violation]:
    body = cast("dict[str, object] | list[object] | None", request.body)
    return check_request(request.method, request.route, body, request.files, context)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_nothing_that_discord_py_sends_is_refused(scenario: Callable[[Recorder], Awaitable[None]]) -> None:
    async with recording() as recorder:
        await scenario(recorder)
    for request in recorder.requests:
        assert found(request, Context()) == [], request.route


async def test_what_discord_py_lets_through_too_large_is_refused() -> None:
    async with recording() as recorder:
        channel = recorder.client.get_partial_messageable(5)
        await recorder.sent(channel.send("x" * 2001))
        await recorder.sent(channel.send(embeds=[embed(), embed()], file=discord.File(io.BytesIO(b"x" * 11), "a.csv")))
    told = [
        [(problem.path, problem.code) for problem in found(request, Context(upload_limit=10))]
        for request in recorder.requests
    ]
    assert told == [
        [("content", "BASE_TYPE_MAX_LENGTH")],
        [("files.0", "FILE_TOO_LARGE"), ("embeds", "MAX_EMBED_SIZE_EXCEEDED")],
    ]
