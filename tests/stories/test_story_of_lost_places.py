"""Channels, threads and rights disappear; what is mended comes back."""

from sandbox.permissions import Permission
from tests.fixtures.town import PATIENCE, SLOW, TITLE, Town, answer, long_gold_file, long_outputs_file


async def test_a_board_that_may_not_be_edited_waits_for_the_right_and_the_next_change(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 6)
    board = await town.board_with("25.0%")
    bot = town.guild.bot_role
    town.sandbox.log.requests.clear()
    town.guild.set_overwrite(town.board, bot, deny=Permission.VIEW_CHANNEL)
    await town.submit(town.dan, 12)
    edits = "PATCH /channels/{channel_id}/messages/{message_id}"
    await town.until(lambda: any(entry.status == 403 for entry in town.sandbox.log.of(edits)))
    assert "25.0%" in board.text
    town.guild.set_overwrite(town.board, bot)
    await town.submit(town.dan, 18)
    await town.until(lambda: "75.0%" in board.text)
    assert [one.id for one in town.eve.messages(town.board)] == [board.id]
    assert len([entry for entry in town.sandbox.log.of(edits) if entry.status == 403]) == 1


async def test_a_board_whose_channel_was_deleted_comes_in_the_one_of_the_next_setup(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12)
    await town.board_with("50.0%")
    town.guild.remove_channel(town.board)
    await town.submit(town.dan, 18)
    hall = town.guild.add_text_channel("hall-of-fame")
    await town.ada.slash("setup", forum=town.forum, board=hall, curator=town.curator)
    await town.eve.wait_for(hall, "75.0%", PATIENCE)


async def test_the_post_of_a_task_comes_back_when_somebody_deletes_it(town: Town) -> None:
    first = await town.proposed_task()
    town.guild.remove_channel(first.channel)
    shown = await town.carla.slash("task show", task=TITLE)
    await town.carla.click(shown, "Approve")
    second = await town.post_of_the_task()
    assert second.channel.id != first.channel.id
    await town.until_listed(second.channel)
    assert "Approved: waiting to be launched" in second.text
    await town.launch()
    board = await town.board_with("No entries yet")
    discuss = next(part for part in board.components if part.get("label") == "Discuss")
    assert discuss["url"].endswith(str(second.channel.id))
    await town.finn.wait_for(second.channel, "is open", PATIENCE)


async def test_a_sleeping_post_is_woken_when_its_task_goes_on(town: Town) -> None:
    post = await town.proposed_task()
    await town.carla.click(post, "Approve")
    await town.finn.wait_for(post.channel, "is approved", PATIENCE)
    await town.until(lambda: town.eve.tags(post.channel) == ["pilot"])
    town.ada.archive(post.channel)
    await town.launch()
    await town.until(lambda: "Open for submissions" in post.text)
    await town.finn.wait_for(post.channel, "is open", PATIENCE)
    assert not post.channel.is_archived


async def test_a_forum_that_insists_on_tags_gets_one(town: Town) -> None:
    strict = town.guild.add_forum("strict", tags=("slang", "law"), requires_tag=True)
    await town.ada.slash("setup", forum=strict, board=town.board, curator=town.curator)
    await town.propose()
    thread = await town.ben.wait_for_thread(strict, TITLE, PATIENCE)
    assert town.eve.tags(thread) == ["slang"]


async def test_a_forum_without_tags_is_fine(town: Town) -> None:
    plain = town.guild.add_forum("plain")
    await town.ada.slash("setup", forum=plain, board=town.board, curator=town.curator)
    await town.propose()
    thread = await town.ben.wait_for_thread(plain, TITLE, PATIENCE)
    await town.carla.click(await town.ben.wait_for(thread, "proposed by", PATIENCE), "Approve")
    await town.finn.wait_for(thread, "is approved", PATIENCE)


async def test_a_receipt_for_which_it_is_too_late_is_let_go_and_the_score_stands(lonely_town: Town) -> None:
    town = lonely_town
    await town.open_task(gold=long_gold_file(), metric=SLOW)
    receipt = await town.dan.slash("submit", task=TITLE, file=long_outputs_file(), system="wordy")
    await receipt.until("It is safe, and it is being scored", PATIENCE)
    town.sandbox.clock.advance(16 * 60)
    answers = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
    await town.until(lambda: any(entry.status == 401 for entry in town.sandbox.log.of(answers)))
    await town.board_with("wordy")
    assert "it is being scored" in receipt.text
    listed = await town.dan.slash("submissions")
    assert "**wordy** at Doubling: " in listed.text
    assert "%" in listed.text


async def test_a_member_who_left_stays_on_the_board_and_names_nobody_new(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12, system="left behind")
    town.dan.leaves()
    await town.submit(town.eve, 18, system="newer")
    board = await town.board_with("newer")
    assert "left behind" in board.text
    assert "2 entries" in board.text
    assert "left behind" in (await answer(town.eve.slash("leaderboard show", task=TITLE))).text
