import asyncio

import aiohttp
import pytest

from sandbox.actors import NoAnswer, Refused, Upload
from sandbox.permissions import Permission
from tests.sandbox.sample_wire import Wire


async def test_a_command_is_typed_and_answered(wire: Wire) -> None:
    reply = await wire.ben.slash("echo", words="hola", times=2, style="Loud")
    assert reply.text == "HOLA HOLA"
    assert not reply.ephemeral
    assert [message.text for message in wire.ada.messages(wire.guild.general)] == ["HOLA HOLA"]
    assert wire.sandbox.log.violations == []


async def test_an_ephemeral_answer_is_seen_by_one_member_only(wire: Wire) -> None:
    role = wire.guild.add_role("Curator")
    reply = await wire.ben.slash("inspect", channel=wire.board, role=role, member=wire.ada, flag=True)
    assert reply.text == f"leaderboard {wire.board.name} Curator Ada True True es-ES"
    assert reply.ephemeral
    assert [message.text for message in wire.ben.messages(wire.guild.general)] == [reply.text]
    assert wire.ada.messages(wire.guild.general) == []
    assert wire.sandbox.log.violations == []


async def test_a_file_goes_in_and_comes_back_with_a_picture_in_an_embed(wire: Wire) -> None:
    reply = await wire.ben.slash("upload", file=Upload("outputs.csv", b"id,output\n1,a\n"))
    assert (await reply.settled()).text == "Received\n14 bytes"
    files = {file.name: await file.read() for file in reply.attachments}
    assert files["outputs.csv"] == b"id,output\n1,a\n"
    assert files["chart.png"].startswith(b"\x89PNG")
    assert [file["filename"] for file in reply.raw["attachments"]] == ["outputs.csv"], (
        "a picture in an embed is not listed"
    )
    assert reply.raw["embeds"][0]["image"]["width"] == 1
    assert (await reply.followup()).text == "That was all."
    assert (await reply.followup()).ephemeral
    assert wire.sandbox.log.violations == []


async def test_completion_offers_and_slash_takes_the_offer(wire: Wire) -> None:
    offers = await wire.ben.autocomplete("complete", option="word", text="d")
    assert [(offer.name, offer.value) for offer in offers] == [("Dos", "2")]
    assert (await wire.ben.slash("complete", word="Tres")).text == "word 3"
    assert (await wire.ben.slash("complete", word="nothing")).text == "word nothing"


@pytest.mark.parametrize(
    ("path", "options", "reason"),
    [
        ("nothing", {}, "no command 'nothing'"),
        ("echo", {}, "needs words"),
        ("echo", {"words": "x" * 51}, "takes 1 to 50"),
        ("echo", {"words": "x", "times": 6}, "not between"),
        ("echo", {"words": "x", "style": "Shrill"}, "none of Loud, Soft"),
        ("echo", {"words": "x", "volume": 3}, "no option 'volume'"),
        ("upload", {"file": Upload("big.csv", b"x" * (10 * 1024 * 1024 + 1))}, "10 MiB"),
        ("post", {}, "not complete"),
    ],
)
async def test_the_client_refuses_what_it_would_not_send(
    wire: Wire, path: str, options: dict[str, str | int | Upload], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        await wire.ada.slash(path, **options)


async def test_default_permissions_hide_a_command_until_an_exception_is_made(wire: Wire) -> None:
    role = wire.guild.add_role("Curator")
    with pytest.raises(Refused, match="no permission"):
        await wire.ben.slash("post twice", channel=wire.board)
    wire.guild.give_role(wire.ben.member, role)
    wire.sandbox.override_command("post", role, allowed=True)
    reply = await wire.ben.slash("post twice", channel=wire.board)
    assert (await reply.settled()).text == "True"
    assert [message.text for message in wire.ben.messages(wire.board)] == ["Once"]


async def test_a_channel_can_take_commands_from_its_members(wire: Wire) -> None:
    wire.guild.set_overwrite(wire.guild.general, wire.guild.everyone, deny=Permission.USE_APPLICATION_COMMANDS)
    with pytest.raises(Refused, match="no permission"):
        await wire.ben.slash("echo", words="x")


async def test_localised_names_are_kept(wire: Wire) -> None:
    echo = next(command for command in wire.ben.commands() if command["name"] == "echo")
    assert echo["name_localizations"] == {"es-ES": "eco"}
    post = next(command for command in wire.ada.commands() if command["name"] == "post")
    assert post["default_member_permissions"] == str(int(Permission.MANAGE_GUILD))
    assert post["contexts"] == [0]


async def test_a_context_menu_takes_a_message(wire: Wire) -> None:
    said = await wire.ben.say(wire.guild.general, "Quote me")
    assert (await wire.ada.context_menu("Quote", said)).text == "> Quote me"


async def test_no_answer_within_three_seconds(wire: Wire) -> None:
    with pytest.raises(NoAnswer, match="did not respond"):
        await wire.ben.slash("silent")
    with pytest.raises(NoAnswer):
        await wire.ben.slash("late", seconds=3.2)
    await asyncio.sleep(0.5)
    assert "late 10062" in wire.bot.words()


async def test_a_second_answer_is_refused(wire: Wire) -> None:
    assert (await (await wire.ben.slash("double")).until("400 40060")).ephemeral


async def test_a_follow_up_needs_an_answer_first(wire: Wire) -> None:
    assert (await wire.ben.slash("early")).text == "404 10015"


async def test_a_text_over_the_limit_is_refused_and_noted(wire: Wire) -> None:
    reply = await wire.ben.slash("long")
    assert reply.text.startswith("400 50035")
    assert "2000" in reply.text
    assert any("content" in violation for violation in wire.sandbox.log.violations)


async def test_the_first_follow_up_takes_the_place_of_thinking(wire: Wire) -> None:
    reply = await wire.ben.slash("brief")
    await wire.sandbox.world.wait_until(lambda: reply.message.is_deleted, 5.0)
    assert reply.message.is_deleted
    assert reply.text == "Gone soon"
    assert reply.followups == []


async def test_tokens_end_after_fifteen_minutes(wire: Wire) -> None:
    reply = await wire.ben.slash("menu")
    answer = wire.ben.choose(reply, "Colours", ["Red"])
    task = asyncio.ensure_future(answer)
    await task
    wire.sandbox.clock.advance(16 * 60)
    token = task.result().interaction.token
    status = await _get(wire, f"/api/v10/webhooks/{wire.sandbox.world.application_id}/{token}/messages/@original")
    assert status == 401


async def _get(wire: Wire, path: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(wire.sandbox.url + path) as response:
        return response.status
