from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.sandbox.sample_wire import DOCUMENT, Wire, sample_bot


@pytest.fixture
async def wire(tmp_path: Path) -> AsyncIterator[Wire]:
    """A sandbox with a server, and the sample bot as a process of its own, ready."""
    async with Sandbox.open(document=DOCUMENT) as sandbox:
        guild = sandbox.add_guild("Slang lab")
        board = guild.add_text_channel("leaderboard")
        forum = guild.add_forum("benchmarks", tags=("open", "closed"))
        ada = sandbox.actor(guild, "Ada", administrator=True)
        ben = sandbox.actor(guild, "Ben", locale="es-ES")
        bot = sample_bot(sandbox, tmp_path / "bot.log")
        await bot.start()
        try:
            await sandbox.ready()
            yield Wire(sandbox, bot, guild, board, forum, ada, ben)
        finally:
            await bot.kill()
            print(bot.words())  # noqa: T201 - shown when a test fails
