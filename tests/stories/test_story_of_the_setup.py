"""An administrator chooses where Touchstone posts, and is told what the bot may not do there."""

import pytest

from sandbox.actors import Refused
from sandbox.permissions import Permission
from tests.fixtures.town import PATIENCE, Town


async def test_the_setup_says_what_stands_and_only_the_administrator_reads_it(town: Town) -> None:
    reply = await town.set_up()
    assert reply.ephemeral
    assert not reply.message.is_visible_to(town.ben)
    assert "Touchstone is set up" in reply.text
    assert "All permissions are there" in reply.text
    for chosen in (f"<#{town.forum.id}>", f"<#{town.board.id}>", f"<@&{town.curator.id}>", "2 approvals besides"):
        assert chosen in reply.text


async def test_a_repeated_setup_replaces_the_first(town: Town) -> None:
    await town.set_up()
    hall = town.guild.add_text_channel("hall-of-fame")
    reply = await town.ada.slash("setup", forum=town.forum, board=hall, quorum=3)
    assert f"<#{hall.id}>" in reply.text
    assert f"<#{town.board.id}>" not in reply.text
    assert "3 approvals" in reply.text
    assert "nobody but those who manage the server" in reply.text


async def test_missing_permissions_are_named_by_channel_in_the_words_of_discords_settings(town: Town) -> None:
    bot = town.guild.bot_role
    town.guild.set_overwrite(town.forum, bot, deny=Permission.SEND_MESSAGES | Permission.SEND_MESSAGES_IN_THREADS)
    town.guild.set_overwrite(town.board, bot, deny=Permission.ATTACH_FILES)
    reply = await town.set_up()
    assert "The settings are saved, but I cannot post yet" in reply.text
    lines = reply.text.splitlines()
    forum_line = next(line for line in lines if "I miss" in line and f"<#{town.forum.id}>" in line)
    board_line = next(line for line in lines if "I miss" in line and f"<#{town.board.id}>" in line)
    assert "Create Posts" in forum_line
    assert "Send Messages in Posts" in forum_line
    assert board_line.count("**") == 2
    assert "**Attach Files**" in board_line
    assert "run `/setup` again" in reply.text

    town.guild.set_overwrite(town.forum, bot)
    town.guild.set_overwrite(town.board, bot)
    assert "All permissions are there" in (await town.set_up()).text


async def test_a_channel_that_the_bot_cannot_see_is_named_too(town: Town) -> None:
    town.guild.set_overwrite(town.board, town.guild.bot_role, deny=Permission.VIEW_CHANNEL)
    reply = await town.set_up()
    assert f"In <#{town.board.id}> I miss" in reply.text
    assert "View Channel" in reply.text


async def test_everyone_cannot_be_the_curators(town: Town) -> None:
    reply = await town.ada.slash("setup", forum=town.forum, board=town.board, curator=town.guild.everyone)
    assert reply.ephemeral
    assert "Everyone would be a curator" in reply.text
    assert "not set up in this server yet" in (await town.ben.slash("help")).text


@pytest.mark.parametrize("quorum", [0, 21])
async def test_a_quorum_out_of_range_cannot_be_sent(town: Town, quorum: int) -> None:
    with pytest.raises(Refused, match="quorum"):
        await town.ada.slash("setup", forum=town.forum, board=town.board, quorum=quorum)


async def test_before_the_setup_everything_points_to_it(town: Town) -> None:
    reply = await town.ben.slash("task propose")
    assert reply.ephemeral
    assert "Ask an administrator to run /setup" in reply.text
    assert "There are no tasks yet" in (await town.ben.slash("task list")).text
    assert "no submissions here yet" in (await town.ben.slash("submissions")).text


async def test_boards_move_when_the_administrator_chooses_another_channel(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12)
    await town.board_with("50.0%")
    hall = town.guild.add_text_channel("hall-of-fame")
    await town.ada.slash("setup", forum=town.forum, board=hall, curator=town.curator)
    moved = await town.eve.wait_for(hall, "50.0%", PATIENCE)
    assert [one.name for one in moved.attachments] == ["board.png"]


async def test_a_board_that_could_not_be_posted_comes_when_the_setup_is_run_again(town: Town) -> None:
    await town.set_up()
    bot = town.guild.bot_role
    town.guild.set_overwrite(town.board, bot, deny=Permission.SEND_MESSAGES)
    await town.propose()
    await town.carla.click(await town.post_of_the_task(), "Approve")
    await town.launch()
    thread = await town.ben.wait_for_thread(town.forum, "Doubling", PATIENCE)
    await town.ben.wait_for(thread, "is open", PATIENCE)
    assert town.eve.messages(town.board) == []

    town.guild.set_overwrite(town.board, bot)
    await town.set_up()
    assert "No entries yet" in (await town.board_with("Doubling")).text


async def test_a_server_that_invites_the_bot_later_is_served_at_once(town: Town) -> None:
    late = town.sandbox.add_guild("Late lab")
    mia = town.sandbox.actor(late, "Mia", administrator=True)
    reply = await mia.slash("setup", forum=late.add_forum("tasks"), board=late.add_text_channel("board"))
    assert "Touchstone is set up" in reply.text
