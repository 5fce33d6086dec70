from sandbox.permissions import Permission
from tests.sandbox.sample_wire import Wire

EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"


async def test_a_post_in_a_forum_with_tags_a_file_and_buttons(wire: Wire) -> None:
    reply = await wire.ada.slash("post forum", channel=wire.forum, title="Slang of Chile")
    await reply.until("posted")
    (post,) = wire.ben.threads(wire.forum)
    assert post.name == "Slang of Chile"
    assert wire.ben.tags(post) == ["closed"]
    first, second = wire.ben.messages(post)
    assert (first.text, second.text) == ("Other first words", "And more")
    assert first.id == post.id
    assert [file.name for file in first.attachments] == ["data.json"]
    assert (await wire.ben.click(first, "Votes 0")).text == "1 votes"
    assert wire.sandbox.log.violations == []


async def test_a_message_is_edited_pinned_threaded_and_found_again(wire: Wire) -> None:
    reply = await wire.ada.slash("post message", channel=wire.board)
    await reply.until("Second ['one.txt', 'two.txt'] True")
    message = wire.ben.messages(wire.board)[0]
    assert message.pinned
    assert [await file.read() for file in message.attachments] == [b"one", b"two"]
    assert message.thread is not None
    assert [inside.text for inside in wire.ben.messages(message.thread)] == ["Inside"]
    assert wire.sandbox.log.violations == []


async def test_the_bot_needs_its_rights_in_each_channel(wire: Wire) -> None:
    wire.guild.set_overwrite(wire.board, wire.guild.bot_role, deny=Permission.SEND_MESSAGES)
    reply = await wire.ada.slash("post attempt", channel=wire.board)
    await reply.until("403 50013")
    wire.guild.set_overwrite(wire.board, wire.guild.bot_role, deny=Permission.VIEW_CHANNEL)
    reply = await wire.ada.slash("post attempt", channel=wire.board)
    await reply.until("403 50001")
    wire.guild.set_overwrite(wire.board, wire.guild.bot_role)
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("sent")
    gone = wire.board
    wire.guild.remove_channel(gone)
    assert wire.ben.channels() == [wire.guild.general, wire.forum]


async def test_members_see_only_the_channels_that_are_open_to_them(wire: Wire) -> None:
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("sent")
    assert [message.text for message in wire.ben.messages(wire.board)] == ["May I?"]
    wire.guild.set_overwrite(wire.board, wire.guild.everyone, deny=Permission.VIEW_CHANNEL)
    assert wire.ben.messages(wire.board) == []
    assert len(wire.ada.messages(wire.board)) == 1


async def test_an_archived_thread_takes_no_edits_and_no_commands(wire: Wire) -> None:
    await (await wire.ada.slash("post thread", channel=wire.board)).until("400 50083")
    (thread,) = wire.ben.threads(wire.board)
    assert thread.is_archived
    await wire.ben.say(thread, "Wake up")
    assert not thread.is_archived
    assert (await wire.ben.at(thread).slash("echo", words="awake")).text == "awake"


async def test_old_messages_have_a_hidden_limit_on_edits(wire: Wire) -> None:
    await (await wire.ada.slash("post attempt", channel=wire.guild.general)).until("sent")
    old = wire.ben.messages(wire.guild.general)[0]
    wire.sandbox.ratelimits.limit_old_edits(2, 120.0)
    wire.sandbox.clock.advance(3601)
    reply = await wire.ada.slash("post edit", message=str(old.id), times=3)
    assert (await reply.until("limited")).text == "ok ok limited"
    assert [entry.status for entry in wire.sandbox.log.of(EDIT)] == [200, 200, 429]
    assert wire.sandbox.log.of(EDIT)[-1].response["code"] == 30046
    assert old.text == "Edit 2"


async def test_a_deleted_message_cannot_be_edited(wire: Wire) -> None:
    await (await wire.ada.slash("post attempt", channel=wire.guild.general)).until("sent")
    message = wire.ben.messages(wire.guild.general)[0]
    wire.ada.delete(message)
    await (await wire.ada.slash("post edit", message=str(message.id))).until("404 10008")
