"""What comes twice, or whose answer is lost on the way, happens once."""

import asyncio
from pathlib import Path

from tests.faults.ledger import read_ledger
from tests.faults.senders import new_senders, submittable
from tests.fixtures.town import PATIENCE, TITLE, Town, open_town

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
NEW_POST = "POST /channels/{channel_id}/threads"
MESSAGE = "POST /channels/{channel_id}/messages"


async def test_a_submission_that_is_delivered_twice_is_one(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        post = await submittable(town)
        (sender,) = new_senders(town, range(60, 61))
        await sender.send(post)
        assert sender.reply is not None
        town.sandbox.faults.redeliver(sender.reply.interaction)
        assert "4 of 5 attempts left" in await sender.receipt()
        town.sandbox.faults.redeliver(sender.reply.interaction)
        await asyncio.sleep(1)
        assert "4 of 5 attempts left" in await sender.receipt()
        assert sender.reply.followups == []
        await check_single(town, tmp_path, sender.submission_id)


async def test_an_approval_that_is_delivered_twice_leaves_the_post_as_it_is(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        post = await town.proposed_task()
        reply = await town.carla.click(post, "Approve")
        await town.until(lambda: "Approved" in post.text)
        town.sandbox.faults.redeliver(reply.interaction)
        await asyncio.sleep(1)
        assert "Approved" in post.text
        assert "Launch" in post.buttons


async def test_a_lost_answer_to_the_acknowledgement_loses_no_submission(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        post = await submittable(town)
        (sender,) = new_senders(town, range(60, 61))
        form = await sender.who.click(post, "Submit")
        town.sandbox.faults.fail_next(CALLBACK, 502, after=True)
        await sender.fill_in(form)
        assert "4 of 5 attempts left" in await sender.receipt()
        await check_single(town, tmp_path, sender.submission_id)


async def check_single(town: Town, folder: Path, submission_id: int) -> None:
    """One submission, scored once, on the board."""
    await town.board_with("25.0%")
    assert await town.bot.stop() == 0
    ledger = read_ledger(folder)
    assert list(ledger.submissions) == [submission_id]
    assert ledger.scorecards == {(submission_id, 1): 1}
    await town.bot.start()  # for the town to stop


async def test_a_proposal_whose_post_was_not_made_has_one_after_a_kill(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        town.sandbox.faults.fail_next(NEW_POST, 503, times=5)
        await town.set_up()
        await town.propose()
        await asked(town, NEW_POST)
        town.sandbox.faults.clear()
        await town.restart_bot(kill=True)
        await check_one_post(town)


async def test_a_proposal_whose_post_was_made_unknown_to_the_bot_has_one_after_a_kill(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        town.sandbox.faults.disconnect_next(NEW_POST, after=True)
        await town.set_up()
        await town.propose()
        await town.post_of_the_task()
        await town.restart_bot(kill=True)
        await check_one_post(town)


async def test_a_post_and_its_news_whose_answers_were_lost_are_there_once(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        for route in (NEW_POST, MESSAGE):
            town.sandbox.faults.disconnect_next(route, after=True)
        await town.set_up()
        await town.propose()
        await check_one_post(town)


async def asked(town: Town, route: str) -> None:
    """Wait until the bot has used the route."""
    assert await town.sandbox.world.wait_until(lambda: bool(town.sandbox.log.of(route)), PATIENCE)


async def check_one_post(town: Town) -> None:
    """The only post has working buttons; its news is told once."""
    post = await town.post_of_the_task()
    await town.carla.click(post, "Approve")
    await town.until(lambda: "Launch" in post.buttons)
    (thread,) = town.ben.threads(town.forum)
    await town.ben.wait_for(thread, "is approved", PATIENCE)
    await asyncio.sleep(1)
    (told,) = [message for message in town.ben.messages(thread) if "is approved" in message.text]
    assert TITLE in told.text
    assert town.ben.threads(town.forum) == [thread]
