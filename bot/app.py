"""The running bot: its resources open in order, and close in the opposite one when the process is asked to stop."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import discord

from bench.errors import TouchstoneError
from bot.client import TouchstoneBot
from bot.settings import ConfigurationError, Settings
from bot.starts import StartRecord
from services.assembly import Services, open_services
from services.workers import WorkerLimits
from storage.database import Database

log = logging.getLogger(__name__)


class Unreachable(TouchstoneError):
    """Discord did not answer at the start; a supervisor may try again later."""


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT: then no new work is claimed, running jobs get their time, all is closed."""
    limits = WorkerLimits(settings.workers, settings.job_seconds, settings.job_memory_mb)
    settle_for = timedelta(seconds=settings.version_seconds)
    with stop_signals() as stop:
        async with (
            Database.open(settings.database_url) as database,
            open_services(database, limits, settle_for=settle_for) as services,
        ):
            await speak(settings, database, services, stop)


async def speak(settings: Settings, database: Database, services: Services, stop: asyncio.Event) -> None:
    """Connect to Discord and stay there until `stop`. Each connection is counted against crash loops."""
    starts = StartRecord(settings.data_folder)
    if settings.sandbox_url is None and await rested(stop, starts.begin(datetime.now(UTC))):
        starts.end_well()
        return
    bot = TouchstoneBot(
        services,
        database,
        board_edit_seconds=settings.board_edit_seconds,
        patrol_seconds=settings.patrol_seconds,
        sandbox_url=settings.sandbox_url,
    )
    try:
        async with bot:
            await until_stopped(bot, settings.discord_token.get_secret_value(), stop)
    except discord.LoginFailure:
        starts.end_well()  # refused before any session began: nothing that a crash loop could use up
        raise ConfigurationError(
            "DISCORD_TOKEN: Discord refused it; make a new one at discord.com/developers (Bot, Reset Token)."
        ) from None
    except (aiohttp.ClientConnectionError, discord.DiscordServerError) as error:
        raise Unreachable(
            f"Discord cannot be reached ({error}). Check this machine's network, then start again."
        ) from error
    starts.end_well()


async def until_stopped(bot: TouchstoneBot, token: str, stop: asyncio.Event) -> None:
    """Run the client until `stop`, or until it fails, with its error."""
    running = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
    finally:
        stopping.cancel()
        running.cancel()
        await asyncio.gather(running, stopping, return_exceptions=True)


async def rested(stop: asyncio.Event, pause: timedelta) -> bool:
    """Wait before connecting; True if the process was asked to stop meanwhile."""
    if not pause:
        return stop.is_set()
    log.warning("the last starts ended badly and quickly; connecting in %d s", pause.total_seconds())
    try:
        await asyncio.wait_for(stop.wait(), pause.total_seconds())
    except TimeoutError:
        return False
    return True


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that the first SIGTERM or SIGINT sets; the second one ends the process as if nobody had listened."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)

    def release() -> None:
        for number in signals:
            loop.remove_signal_handler(number)

    def on_signal(number: signal.Signals) -> None:
        log.info("%s: stopping", number.name)
        stop.set()
        release()

    for number in signals:
        loop.add_signal_handler(number, on_signal, number)
    try:
        yield stop
    finally:
        release()
