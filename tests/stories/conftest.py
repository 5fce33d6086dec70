"""One bot serves a server for each story; a story that hurts the bot gets one of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.bot_process import BotProcess
from sandbox.server import Sandbox
from tests.fixtures.town import Town, judged, new_town, open_town, serve

STORIES = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell all stories in one event loop, since the stand-in that they share lives in it."""
    for item in items:
        if item.path.is_relative_to(STORIES):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Sandbox, BotProcess]]:
    async with serve(tmp_path_factory.mktemp("stories")) as (sandbox, bot):
        yield sandbox, bot


@pytest_asyncio.fixture(loop_scope="session")
async def town(served: tuple[Sandbox, BotProcess]) -> AsyncIterator[Town]:
    """A server of its own at the bot that all stories share."""
    sandbox, bot = served
    with judged(sandbox, bot):
        yield new_town(sandbox, bot)
        sandbox.faults.clear()


@pytest_asyncio.fixture(loop_scope="session")
async def abroad(town: Town) -> Town:
    """Another server of the same bot, set up and without a task."""
    other = new_town(town.sandbox, town.bot, "Tripling club")
    await other.set_up()
    return other


@pytest_asyncio.fixture(loop_scope="session")
async def lonely_town(tmp_path: Path) -> AsyncIterator[Town]:
    """A server with a bot of its own, which may be killed, cut off, or set forward in time."""
    async with open_town(tmp_path) as opened:
        yield opened
