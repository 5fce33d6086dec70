"""The answers that are being given: a bot that is stopped lets them end first."""

import asyncio
from typing import Any

import discord
from discord.ext import commands

PATIENCE_SECONDS = 10.0


class Underway(commands.Cog):
    """Counts them. To be added before any other cog, so that all that an answer needs is still there meanwhile."""

    def __init__(self) -> None:
        self._answers: set[asyncio.Task[Any]] = set()

    def begin(self) -> None:
        """Count the running task until it ends."""
        task = asyncio.current_task()
        if task is not None:
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def check(self, interaction: discord.Interaction[Any]) -> bool:
        """Count a command or an autocompletion; the command tree asks this before each."""
        del interaction
        self.begin()
        return True

    async def cog_unload(self) -> None:
        """Wait a while: whoever was told to wait would else hear nothing more."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=PATIENCE_SECONDS)
