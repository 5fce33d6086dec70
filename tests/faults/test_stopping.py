"""A polite stop in the middle of uploads."""

import asyncio
from pathlib import Path

from tests.faults.senders import new_senders, send_all, submittable
from tests.fixtures.town import PATIENCE, open_town

UPLOADS = 10


async def test_a_stop_in_the_middle_of_ten_uploads_leaves_nobody_without_an_answer(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        post = await submittable(town)
        senders = new_senders(town, range(1, 1 + UPLOADS))
        sending = asyncio.create_task(send_all(senders, post))
        assert await town.sandbox.world.wait_until(lambda: sum(s.reply is not None for s in senders) > 2, PATIENCE)
        assert await town.bot.stop() == 0, town.bot.words()
        await sending
        await town.bot.start()
        await town.sandbox.ready(PATIENCE)
        for sender in senders:
            if sender.reply is not None:
                assert sender.system in await sender.receipt()
