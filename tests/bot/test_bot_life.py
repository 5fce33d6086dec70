"""The life of the bot's process, over the wire: it starts, it stops when asked, it is refused in plain words."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import rested
from bot.starts import LONGEST_DELAY
from sandbox.bot_process import BOT_COMMAND, BotProcess
from sandbox.permissions import Permission
from sandbox.server import Sandbox

PROJECT = Path(__file__).parents[2]
REGISTRATION = "PUT /applications/{application_id}/commands"
WRONG_TOKEN = "CANARY.wrong.token"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.open() as opened:
        yield opened


def process(folder: Path, sandbox: Sandbox, *command: str, **variables: str) -> BotProcess:
    """The bot with the settings of the example, but for the stand-in, its token and a folder of its own."""
    environment = {
        "DISCORD_TOKEN": sandbox.token,
        "SANDBOX_URL": sandbox.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'data' / 'touchstone.db'}",
        **variables,
    }
    line = (*BOT_COMMAND, "--settings", ".env.example", *command)
    return BotProcess(environment, folder / "bot.log", folder=PROJECT, command=line)


async def ended(bot: BotProcess, seconds: float = 30) -> int:
    """Wait until the process ends by itself; its exit code."""
    end = asyncio.get_running_loop().time() + seconds
    while bot.pid is not None:
        assert asyncio.get_running_loop().time() < end, bot.words()
        await asyncio.sleep(0.02)
    return await bot.stop()


async def test_commands_are_registered_once_and_a_polite_end_is_exit_code_zero(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    sandbox.add_guild("Slang lab")
    bot = process(tmp_path, sandbox)
    for _ in range(2):
        await bot.start()
        await sandbox.ready()
        assert await bot.stop() == 0, bot.words()
    assert len(sandbox.log.of(REGISTRATION)) == 1
    assert "Traceback" not in bot.words()
    assert sandbox.token not in bot.words()
    assert sandbox.log.violations == []


async def test_a_fresh_discord_gets_the_commands_although_nothing_changed(tmp_path: Path, sandbox: Sandbox) -> None:
    bot = process(tmp_path, sandbox)
    await bot.start()
    await sandbox.ready()
    await bot.stop()
    sandbox.world.commands.clear()
    await bot.start()
    await sandbox.ready()
    assert await bot.stop() == 0
    assert len(sandbox.log.of(REGISTRATION)) == 2


async def test_a_token_that_discord_refuses_ends_with_the_code_of_configuration_errors(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    bot = process(tmp_path, sandbox, DISCORD_TOKEN=WRONG_TOKEN)
    await bot.start()
    assert await ended(bot) == 78
    assert "DISCORD_TOKEN: Discord refused it" in bot.words()
    assert "Traceback" not in bot.words()
    assert "CANARY" not in bot.words()


async def test_a_discord_that_cannot_be_reached_is_one_sentence(tmp_path: Path, sandbox: Sandbox) -> None:
    bot = process(tmp_path, sandbox, SANDBOX_URL="http://127.0.0.1:9")
    await bot.start()
    assert await ended(bot) == 1
    assert "Discord cannot be reached" in bot.words()
    assert "Traceback" not in bot.words()


async def test_a_second_bot_on_the_same_folder_leaves_the_first_alone(tmp_path: Path, sandbox: Sandbox) -> None:
    first, second = process(tmp_path, sandbox), process(tmp_path, sandbox)
    second.log = tmp_path / "second.log"
    await first.start()
    await sandbox.ready()
    try:
        await second.start()
        assert await ended(second) == 1
        assert "already running" in second.words()
        assert "Traceback" not in second.words()
        await sandbox.ready()
    finally:
        assert await first.stop() == 0


async def test_the_doctor_visits_a_running_bot_and_names_missing_permissions(tmp_path: Path, sandbox: Sandbox) -> None:
    guild = sandbox.add_guild("Slang lab")
    forum, board = guild.add_forum("benchmarks", tags=("open",)), guild.add_text_channel("leaderboard")
    bot = process(tmp_path, sandbox)
    await bot.start()
    try:
        await sandbox.ready()
        await sandbox.owner(guild).slash("setup", forum=forum, board=board)
        healthy = await doctor(tmp_path / "healthy.log", tmp_path, sandbox)
        for role in guild.roles.values():
            guild.set_overwrite(board, role, deny=Permission.ATTACH_FILES)
            guild.set_overwrite(forum, role, deny=Permission.SEND_MESSAGES_IN_THREADS)
        ill = await doctor(tmp_path / "ill.log", tmp_path, sandbox)
    finally:
        assert await bot.stop() == 0
    code, words = healthy
    assert code == 0, words
    for line in (
        "✓ token: logged in",
        "✓ intents: guilds only",
        "✓ integrity",
        "✓ Slang lab #benchmarks: all permissions",
        "✓ Slang lab #leaderboard: all permissions",
    ):
        assert line in words
    code, words = ill
    assert code == 1
    assert "✗ Slang lab #leaderboard: the bot lacks Attach Files" in words
    assert "✗ Slang lab #benchmarks: the bot lacks Send Messages in Posts" in words
    assert "Traceback" not in words


async def doctor(log: Path, folder: Path, sandbox: Sandbox, **variables: str) -> tuple[int, str]:
    visit = process(folder, sandbox, "doctor", **variables)
    visit.log = log
    await visit.start()
    return await ended(visit), visit.words()


async def test_the_doctor_says_that_a_token_was_refused_and_that_a_database_is_broken(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "touchstone.db").write_bytes(b"this is no database" * 100)
    code, words = await doctor(tmp_path / "doctor.log", tmp_path, sandbox, DISCORD_TOKEN=WRONG_TOKEN)
    assert code == 1
    assert "✗ token: Discord refused it" in words
    assert "✗ database" in words
    assert "Traceback" not in words
    assert "CANARY" not in words


async def test_a_wait_before_connecting_ends_when_the_process_is_asked_to_stop() -> None:
    stop = asyncio.Event()
    waiting = asyncio.create_task(rested(stop, LONGEST_DELAY))
    await asyncio.sleep(0)
    stop.set()
    assert await asyncio.wait_for(waiting, 5)


async def test_the_database_of_a_running_bot_is_copied_whole(tmp_path: Path, sandbox: Sandbox) -> None:
    bot = process(tmp_path, sandbox)
    await bot.start()
    try:
        await sandbox.ready()
        copying = process(tmp_path, sandbox, "db", "backup", str(tmp_path / "copy.db"))
        copying.log = tmp_path / "copy.log"
        await copying.start()
        assert await ended(copying) == 0, copying.words()
    finally:
        assert await bot.stop() == 0
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 5
