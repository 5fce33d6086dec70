import pytest

from sandbox.actors import ActorError, Message, NoAnswer, Refused, Upload
from sandbox.permissions import Permission
from sandbox.server import Sandbox
from tests.sandbox.sample_wire import Wire

SEND = "POST /channels/{channel_id}/messages"


async def test_members_write_reply_attach_and_delete_as_their_rights_allow() -> None:
    async with Sandbox.open() as sandbox:
        guild = sandbox.add_guild("Slang lab")
        ada, ben = sandbox.actor(guild, "Ada", administrator=True), sandbox.actor(guild, "Ben")
        said = await ben.say(guild.general, "See file", [Upload("ñ x.csv", b"1")])
        assert [(file.name, await file.read()) for file in said.attachments] == [("ñ_x.csv", b"1")]
        answer = await ada.say(guild.general, "Seen", reply_to=said)
        assert answer.raw["referenced_message"]["id"] == str(said.id)
        with pytest.raises(Refused, match="may not delete"):
            ben.delete(answer)
        ada.delete(said)
        assert said.is_deleted
        assert [message.text for message in ben.messages(guild.general)] == ["Seen"]
        guild.set_overwrite(guild.general, guild.everyone, deny=Permission.SEND_MESSAGES)
        with pytest.raises(Refused, match="may not write"):
            await ben.say(guild.general, "more")


async def test_waiting_in_vain_says_what_stands_there_instead() -> None:
    async with Sandbox.open() as sandbox:
        guild = sandbox.add_guild("Slang lab")
        ada = sandbox.actor(guild, "Ada")
        await ada.say(guild.general, "Something else")
        with pytest.raises(NoAnswer, match="Something else"):
            await ada.wait_for(guild.general, "the board", timeout=0.05)
        with pytest.raises(NoAnswer, match="no thread 'Slang'"):
            await ada.wait_for_thread(guild.general, "Slang", timeout=0.05)


async def test_a_locked_thread_is_closed_to_those_who_do_not_manage_threads(wire: Wire) -> None:
    await (await wire.ada.slash("post forum", channel=wire.forum, title="Slang")).until("posted")
    post = await wire.ben.wait_for_thread(wire.forum, "Slang")
    with pytest.raises(Refused, match="may not close"):
        wire.ben.archive(post)
    wire.ada.archive(post, locked=True)
    with pytest.raises(Refused, match="locked"):
        await wire.ben.say(post, "One more thing")
    with pytest.raises(Refused, match="archived"):
        await wire.ben.at(post).slash("echo", words="x")
    with pytest.raises(Refused, match="archived"):
        await wire.ben.click(wire.ben.messages(post)[0], "Votes 0")


async def test_who_has_left_can_do_nothing(wire: Wire) -> None:
    wire.ben.leaves()
    with pytest.raises(Refused, match="has left"):
        await wire.ben.slash("echo", words="x")


async def test_a_command_is_closed_in_one_channel_by_an_exception(wire: Wire) -> None:
    wire.sandbox.override_command("echo", wire.board, allowed=False)
    assert (await wire.ben.slash("echo", words="here")).text == "here"
    with pytest.raises(Refused, match="no permission"):
        await wire.ben.at(wire.board).slash("echo", words="there")


async def test_a_reply_that_is_no_form_says_so(wire: Wire) -> None:
    reply = await wire.ben.slash("echo", words="no form")
    with pytest.raises(ActorError, match="opened no form but said: 'no form'"):
        await reply.submit(title="x")


async def test_another_member_s_private_reply_cannot_be_touched(wire: Wire) -> None:
    role = wire.guild.add_role("Curator")
    reply = await wire.ben.slash("inspect", channel=wire.board, role=role, member=wire.ada, flag=False)
    assert isinstance(reply.message, Message)
    assert not wire.ada.sees(reply.message.state)
    with pytest.raises(Refused, match="does not see"):
        await wire.ada.click(reply, "anything")


async def test_a_hidden_channel_cannot_be_picked(wire: Wire) -> None:
    secret = wire.guild.add_text_channel("secret")
    wire.guild.set_overwrite(secret, wire.guild.everyone, deny=Permission.VIEW_CHANNEL)
    role = wire.guild.add_role("Curator")
    with pytest.raises(Refused, match="does not see #secret"):
        await wire.ben.slash("inspect", channel=secret, role=role, member=wire.ada, flag=True)


async def test_an_option_for_forums_takes_no_text_channel(wire: Wire) -> None:
    with pytest.raises(Refused, match="not of a type"):
        await wire.ada.slash("post forum", channel=wire.board, title="x")


async def test_a_late_refused_or_broken_answer_reaches_the_bot_as_planted(wire: Wire) -> None:
    wire.sandbox.faults.refuse_next(SEND, 403, 50013, "Missing Permissions")
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("403 50013")
    wire.sandbox.faults.delay_next(SEND, 0.3)
    await (await wire.ada.slash("post attempt", channel=wire.board)).until("sent")
    assert wire.sandbox.log.of(SEND)[-1].status == 200
    wire.sandbox.faults.disconnect_next(SEND)
    reply = await wire.ada.slash("post attempt", channel=wire.board)
    with pytest.raises(NoAnswer, match="did not appear"):
        await reply.until("sent", timeout=0.5)


async def test_the_global_limit_does_not_count_answers_to_members(wire: Wire) -> None:
    wire.sandbox.ratelimits.limit_all(2, 5.0)
    for number in range(4):
        assert (await wire.ben.slash("echo", words=f"{number}")).text == f"{number}"
    assert {entry.status for entry in wire.sandbox.log.requests} == {200}
