"""The bot ends, politely or not, and starts again: whatever stood before works on."""

import pytest

from sandbox.actors import Message
from tests.fixtures.town import (
    PATIENCE,
    SLOW,
    TITLE,
    Town,
    answer,
    gold_file,
    long_gold_file,
    long_outputs_file,
    outputs_file,
)

REGISTRATION = "PUT /applications/{application_id}/commands"
OPEN_POST = "POST /channels/{channel_id}/threads"
BOTH_WAYS = pytest.mark.parametrize("kill", [False, True], ids=["stopped", "killed"])


@BOTH_WAYS
async def test_buttons_forms_and_the_board_from_before_work_after_it(lonely_town: Town, *, kill: bool) -> None:
    town = lonely_town
    post = await town.open_task()
    receipt = await town.submit(town.dan, 12)
    board = await town.board_with("50.0%")
    form = await town.eve.click(post, "Submit")
    question = await town.ben.slash("task close", task=TITLE)
    listed = await town.dan.slash("submissions")

    await town.restart_bot(kill=kill)

    assert (await answer(town.finn.click(post, "Get the kit"))).attachments
    assert "model" in (await answer(town.dan.click(receipt, "My place"))).text
    assert "Extraction" in (await town.dan.click(receipt, "How it is scored")).text
    assert (await town.dan.click(receipt, "Submit again")).is_form
    sent = await form.submit(system="from before", file=outputs_file(18))
    await sent.until("## 75.0%", PATIENCE)
    await town.until(lambda: "from before" in board.text)
    assert [one.id for one in town.eve.messages(town.board)] == [board.id]
    offered = await town.dan.autocomplete("submit", option="task", text="doub")
    assert [one.name for one in offered] == ["Doubling · open · 24 items"]
    doubt = await town.dan.choose(listed, "Withdraw one…", ["model · 50.0%"])
    await town.dan.click(doubt, "Withdraw")
    await town.until(lambda: "1 entry" in board.text)
    await town.ben.click(question, "Close the task")
    assert "is closed" in question.text
    assert len(town.sandbox.log.of(REGISTRATION)) == 1
    assert [thread.name for thread in town.eve.threads(town.forum)] == [TITLE]


@BOTH_WAYS
async def test_a_proposal_goes_on_where_it_was(lonely_town: Town, *, kill: bool) -> None:
    town = lonely_town
    await town.set_up()
    empty_form = await town.ben.slash("task propose", licence="MIT")
    refusal = await town.propose(gold=outputs_file(3), title="Lost?")
    post = await _proposed(town)
    await town.dan.click(post, "Approve")

    await town.restart_bot(kill=kill)

    await town.eve.click(post, "Approve")
    assert "Approved: waiting to be launched" in post.text
    await town.finn.wait_for(post.channel, "is approved by 2 members", PATIENCE)
    await town.launch()
    await town.board_with(TITLE)
    again = await town.ben.click(refusal, "Edit and send again")
    assert {one.custom_id: one.value for one in again.fields}["title"] == "Lost?"
    sent = await answer(empty_form.submit(title="Tripling", statement="Triple it.", gold=gold_file()))
    assert "is proposed" in sent.text
    assert "licence MIT" in (await town.post_of_the_task("Tripling")).text


async def _proposed(town: Town) -> Message:
    await town.propose()
    return await town.post_of_the_task()


@BOTH_WAYS
async def test_a_submission_that_was_taken_in_is_scored_after_it(lonely_town: Town, *, kill: bool) -> None:
    town = lonely_town
    await town.open_task(gold=long_gold_file(), metric=SLOW)
    receipt = await town.dan.slash("submit", task=TITLE, file=long_outputs_file(), system="wordy")
    await receipt.until("It is safe, and it is being scored; yours is next.", PATIENCE)
    await town.restart_bot(kill=kill)
    await receipt.until("95% interval", PATIENCE)
    assert "150 of 150 items answered" in receipt.text
    board = await town.board_with("wordy")
    assert "Open · 1 entry" in board.text
    assert "4 of 5 attempts left" in (await answer(town.dan.click(board, "My place"))).text


async def test_a_post_that_was_on_its_way_when_the_bot_died_is_not_made_twice(lonely_town: Town) -> None:
    town = lonely_town
    await town.set_up()
    town.sandbox.faults.delay_next(OPEN_POST, 60, after=True)
    await town.propose()
    thread = await town.ben.wait_for_thread(town.forum, TITLE, PATIENCE)
    await town.bot.kill()
    await town.bot.start()
    await town.sandbox.ready(PATIENCE)
    await town.propose(title="Tripling")
    await town.ben.wait_for_thread(town.forum, "Tripling", PATIENCE)
    post = await town.ben.wait_for(thread, "proposed by", PATIENCE)
    await town.carla.click(post, "Approve")
    await town.finn.wait_for(thread, "is approved by a curator", PATIENCE)
    assert sorted(one.name for one in town.eve.threads(town.forum)) == [TITLE, "Tripling"]


async def test_what_was_deleted_while_the_bot_was_away_comes_back(lonely_town: Town) -> None:
    town = lonely_town
    await town.open_task()
    await town.submit(town.dan, 12)
    board = await town.board_with("50.0%")
    await town.bot.stop()
    town.ada.delete(board)
    await town.bot.start()
    await town.sandbox.ready(PATIENCE)
    assert (await town.board_with("50.0%")).id != board.id
