"""A worker process that is killed in the middle of its work takes nothing with it."""

import asyncio
from pathlib import Path

from tests.faults.ledger import read_ledger
from tests.faults.processes import descendants, ended, kill_a_busy_worker, workers_of
from tests.fixtures.town import PATIENCE, Town, gold_file, open_town, outputs_file

MANY = 40_000
BUSY_TICKS = 3


async def open_task(town: Town, items: int) -> None:
    """An open task whose empty board stands: the worker has nothing to do."""
    await town.open_task(gold=gold_file(items))
    await town.board_with("Doubling")


async def test_a_file_is_scored_although_its_worker_was_killed(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        await open_task(town, MANY)
        bot = town.bot.pid or 0
        killing = asyncio.create_task(kill_a_busy_worker(bot, BUSY_TICKS))
        reply = await town.dan.slash("submit", task="Doubling", file=outputs_file(MANY, items=MANY), system="large")
        receipt = await reply.until("100.0%", PATIENCE)
        await killing
        assert "4 of 5 attempts left" in receipt.text
        assert "a worker died over job" in town.bot.words()
        await town.board_with("100.0%")
        assert await town.bot.stop() == 0
        ledger = read_ledger(tmp_path)
        assert ledger.submissions == {reply.interaction.id: (town.dan.id, "scored")}
        assert ledger.scorecards == {(reply.interaction.id, 1): 1}
        await town.bot.start()  # for the town to stop


async def test_a_board_is_drawn_although_its_worker_was_killed(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        await open_task(town, 24)
        killing = asyncio.create_task(kill_a_busy_worker(town.bot.pid or 0, BUSY_TICKS))
        receipt = await town.submit(town.dan, 18)
        await killing
        assert "75.0%" in receipt.text
        await town.board_with("75.0%")


async def test_no_process_outlives_a_killed_bot(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        below = descendants(town.bot.pid or 0)
        assert workers_of(town.bot.pid or 0) <= below
        await town.bot.kill()
        await ended(below)
        await town.bot.start()
