"""`kill -9` at random points between click and receipt: what was acknowledged stays, and nothing happens twice."""

import asyncio
import random
from pathlib import Path
from time import perf_counter

from sandbox.actors import Message
from tests.faults.ledger import Ledger, read_ledger
from tests.faults.senders import Sender, new_senders, send_all, submittable
from tests.fixtures.town import PATIENCE, TITLE, Town, open_town

KILLS = 20
SENDERS = 3
SEED = 1319
FEWEST_IN_FLIGHT = 5


async def test_twenty_kills_lose_nothing_acknowledged_and_repeat_nothing(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same moments in every run
    async with open_town(tmp_path) as town:
        post = await submittable(town)
        senders = new_senders(town, range(1, 1 + SENDERS))
        whole = await whole_way(senders, post)
        in_flight = 0
        for kill in range(KILLS):
            first = 1 + SENDERS * (kill + 1)
            new = new_senders(town, range(first, first + SENDERS))
            in_flight += await killed_meanwhile(town, tmp_path, new, post, chance.uniform(0, whole))
            senders += new
        assert in_flight >= FEWEST_IN_FLIGHT, f"only {in_flight} files were under way when the bot was killed"
        kept = [sender for sender in senders if sender.submission_id in read_ledger(tmp_path).submissions]
        await town.board_with(max(kept, key=lambda sender: sender.right).score)
        await quiet(town)
        assert await town.bot.stop() == 0
        check_ledger(read_ledger(tmp_path), kept)
        check_channels(town, read_ledger(tmp_path))
        await town.bot.start()  # for the town to stop


async def whole_way(senders: list[Sender], post: Message) -> float:
    """The seconds from the click to the last receipt, undisturbed."""
    began = perf_counter()
    await send_all(senders, post)
    await asyncio.gather(*(sender.receipt() for sender in senders))
    return perf_counter() - began


async def killed_meanwhile(town: Town, folder: Path, senders: list[Sender], post: Message, after: float) -> int:
    """Kill the bot in the middle, start it again, and find every promise kept; gives how many files were under way."""
    sending = asyncio.create_task(send_all(senders, post))
    await asyncio.sleep(after)
    await town.bot.kill()
    assured = {sender.submission_id for sender in senders if sender.is_assured}
    begun = sum(sender.reply is not None for sender in senders)
    kept = read_ledger(folder).submissions.keys()
    assert assured <= kept, f"killed after {after:.3f} s: acknowledged but not stored"
    await town.bot.start()
    await town.sandbox.ready(PATIENCE)
    await sending
    for sender in senders:
        if sender.submission_id in kept:
            receipt = await sender.receipt()
            assert sender.system in receipt, f"killed after {after:.3f} s: {receipt}"
            assert "4 of 5 attempts left" in receipt, f"killed after {after:.3f} s: {receipt}"
    return begun - len(assured)


async def quiet(town: Town) -> None:
    """Wait until the thread and the board have not changed for a second."""
    before: object = None
    while before != (now := [(one.id, one.revision) for one in shown(town)]):
        before = now
        await asyncio.sleep(1)


def shown(town: Town) -> list[Message]:
    """What stands in the task's thread and on the board."""
    (thread,) = town.ben.threads(town.forum)
    return town.ben.messages(thread) + town.ben.messages(town.board)


def check_ledger(ledger: Ledger, kept: list[Sender]) -> None:
    """Every submission scored, each once; nothing left to do."""
    assert ledger.submissions == {sender.submission_id: (sender.who.id, "scored") for sender in kept}
    assert ledger.scorecards == {(sender.submission_id, 1): 1 for sender in kept}
    assert ledger.open_jobs == set()
    assert ledger.open_posts == set()


def check_channels(town: Town, ledger: Ledger) -> None:
    """One post, one board, each news once."""
    (thread,) = town.ben.threads(town.forum)
    (board,) = town.ben.messages(town.board)
    assert TITLE in board.text
    first, *news = [message.text for message in town.ben.messages(thread)]
    assert TITLE in first
    assert len(news) == ledger.news
    assert len(set(news)) == len(news)
