"""`demo`: the stand-in for Discord, the bot as a process of its own beside it, and a story told over the wire."""

import asyncio
import errno
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from rich.console import Console

from bench.errors import BadInput, TouchstoneError
from sandbox.actors import ActorError
from sandbox.bot_process import BOT_COMMAND, BotProcess
from sandbox.demo.data import NUMBER_AFTER_A, StoryData, folder, slang
from sandbox.demo.narration import WIDTH
from sandbox.demo.story import tell
from sandbox.demo.telling import Outcome, StoryBrokenError
from sandbox.server import Sandbox

PROJECT: Final = Path(__file__).resolve().parent.parent
OUTPUT: Final = Path("demo-output")
LAST_LINES: Final = 30


class DemoFailed(TouchstoneError):
    """The story came to an end before its end; the text says where, and what the bot printed last."""


def run(
    *,
    data: Path | None = None,
    specification: str = NUMBER_AFTER_A,
    output: Path = OUTPUT,
    port: int = 0,
    keep: bool = False,
) -> Outcome:
    """Tell the story of the slang benchmark, or of the folder `data` with that metric specification (TOML).

    The board's picture goes into `output`; with `keep`, the bot's database and log do so too. Raises DemoFailed.
    """
    story = story_of(data, specification)
    console = Console(width=WIDTH, highlight=False)
    outcome = asyncio.run(stand_and_tell(story, console, output=output, port=port, keep=keep))
    console.print(f"\nTold in {outcome.seconds:.1f} s. The board's picture: {outcome.picture}", highlight=False)
    return outcome


def story_of(data: Path | None, specification: str) -> StoryData:
    """What the story is told with."""
    try:
        return slang() if data is None else folder(data, specification)
    except FileNotFoundError as error:
        raise BadInput(str(error)) from None


async def stand_and_tell(story: StoryData, console: Console, *, output: Path, port: int, keep: bool) -> Outcome:
    """Start the stand-in and the bot, tell the story, and stop both."""
    with tempfile.TemporaryDirectory(prefix="touchstone-demo-") as name:
        home = Path(name)
        try:
            async with Sandbox.open(port=port) as sandbox, bot_of(sandbox, home) as bot:
                console.print(f"A stand-in for Discord at {sandbox.url}, the bot beside it as process {bot.pid}.")
                return await told(sandbox, bot, story, output, console)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            reason = os.strerror(error.errno)
            raise DemoFailed(f"Port {port} cannot be opened: {reason}. Name another one with --port.") from error
        finally:
            if keep:
                await asyncio.to_thread(shutil.copytree, home, output / "bot", dirs_exist_ok=True)


async def told(sandbox: Sandbox, bot: BotProcess, story: StoryData, output: Path, console: Console) -> Outcome:
    """The story, or DemoFailed with the bot's last words."""
    telling = asyncio.ensure_future(tell(sandbox, story, output, console))
    end = asyncio.ensure_future(bot.ended())
    try:
        await asyncio.wait((telling, end), return_when=asyncio.FIRST_COMPLETED)
        if not telling.done():
            raise broken_off(f"The bot ended by itself with exit code {end.result()}.", bot)
        return telling.result()
    except (StoryBrokenError, ActorError, TimeoutError) as error:
        raise broken_off(str(error), bot) from error
    finally:
        telling.cancel()
        end.cancel()


def broken_off(reason: str, bot: BotProcess) -> DemoFailed:
    """Why the story has no end, with what the bot printed last."""
    words = "\n".join(bot.words().splitlines()[-LAST_LINES:])
    return DemoFailed(f"The story broke off: {reason}\nThe bot's last words:\n{words}")


@asynccontextmanager
async def bot_of(sandbox: Sandbox, home: Path) -> AsyncIterator[BotProcess]:
    """The bot with its files in `home`, and none of the settings of this machine's own bot."""
    settings = home / "settings.env"
    settings.touch(mode=0o600)
    environment = {
        "SANDBOX_URL": sandbox.url,
        "DISCORD_TOKEN": sandbox.token,
        "DATABASE_URL": f"sqlite+aiosqlite:///{home / 'touchstone.db'}",
        "BOARD_EDIT_SECONDS": "1",
        "VERSION_SECONDS": "2",
        "LOG_LEVEL": "INFO",
    }
    command = (*BOT_COMMAND, "--settings", str(settings))
    bot = BotProcess(environment, home / "bot.log", folder=PROJECT, command=command)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()
