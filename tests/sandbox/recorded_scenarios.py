"""Everything that the bot does with discord.py, done once to see what goes over the wire."""

from datetime import timedelta

import discord
from discord import app_commands

from tests.sandbox.limit_rules import Json
from tests.sandbox.recorded_samples import Spanish, embed, form, layout, legacy_view, picture, second_form, tree
from tests.sandbox.recorded_wire import Recorder


def channel_data(kind: int) -> Json:
    return {"id": "5", "type": kind, "name": "benchmarks", "position": 0, "guild_id": "9", "permission_overwrites": []}


def guild(recorder: Recorder) -> discord.Guild:
    data = {"id": "9", "name": "Slang lab", "roles": [], "channels": [], "members": [], "emojis": [], "stickers": []}
    return discord.Guild(data=data, state=recorder.client._connection)  # type: ignore[arg-type]  # a payload of only the fields that matter


async def messages(recorder: Recorder) -> None:
    channel = recorder.client.get_partial_messageable(5)
    reply = channel.send(
        "x" * 2000,
        embed=embed(),
        view=legacy_view(),
        file=picture(),
        reference=channel.get_partial_message(6),
        allowed_mentions=discord.AllowedMentions.none(),
    )
    await recorder.sent(reply)
    await recorder.sent(channel.send(view=layout(), files=[picture(), picture("kit.zip")]))
    poll = discord.Poll("Which?", duration=timedelta(hours=1)).add_answer(text="A")
    await recorder.sent(channel.send(poll=poll))


async def edits(recorder: Recorder) -> None:
    message = recorder.client.get_partial_messageable(5).get_partial_message(6)
    kept = discord.Attachment(
        data={
            "id": 7,
            "filename": "old.png",
            "size": 5,
            "url": "https://a.example/o",
            "proxy_url": "https://a.example/o",
        },
        state=recorder.client._connection,
    )
    await recorder.sent(message.edit(embed=embed(), attachments=[kept, picture()], view=legacy_view()))
    await recorder.sent(
        message.edit(content=None, embed=None, attachments=[picture(), picture("kit.zip")], view=layout())
    )
    await recorder.sent(message.edit(view=None))


async def answers(recorder: Recorder) -> None:
    respond = [recorder.interaction().response for _ in range(8)]
    await recorder.sent(
        respond[0].send_message("Hello", ephemeral=True, view=legacy_view(), embed=embed(), file=picture())
    )
    await recorder.sent(respond[1].send_message(view=layout(), files=[picture(), picture("kit.zip")]))
    await recorder.sent(respond[2].defer(ephemeral=True, thinking=True))
    await recorder.sent(respond[3].defer())
    await recorder.sent(respond[4].send_modal(form()))
    await recorder.sent(respond[5].send_modal(second_form()))
    update = recorder.interaction()
    update.type = discord.InteractionType.component
    await recorder.sent(update.response.edit_message(embed=embed(), attachments=[picture()], view=legacy_view()))
    typing = recorder.interaction()
    typing.type = discord.InteractionType.autocomplete
    choices = [app_commands.Choice(name="x" * 100, value="x" * 100) for _ in range(25)]
    await recorder.sent(typing.response.autocomplete(choices))


async def follow_ups(recorder: Recorder) -> None:
    interaction = recorder.interaction()
    await recorder.sent(interaction.followup.send("Done", file=picture(), embed=embed(), ephemeral=True))
    await recorder.sent(interaction.followup.send(view=layout(), files=[picture(), picture("kit.zip")]))
    await recorder.sent(interaction.edit_original_response(content="Done", attachments=[picture()], view=None))
    await recorder.sent(interaction.edit_original_response(view=layout()))


async def commands(recorder: Recorder) -> None:
    commands = tree(recorder.client)
    await recorder.sent(commands.sync())
    await commands.set_translator(Spanish())
    await recorder.sent(commands.sync())
    await recorder.sent(commands.sync(guild=discord.Object(9)))


async def threads(recorder: Recorder) -> None:
    state, home = recorder.client._connection, guild(recorder)
    data = {**channel_data(15), "available_tags": []}
    forum = discord.ForumChannel(state=state, guild=home, data=data)  # type: ignore[arg-type]  # a payload of only the fields that matter
    text = discord.TextChannel(state=state, guild=home, data=channel_data(0))  # type: ignore[arg-type]  # a payload of only the fields that matter
    tags = [discord.ForumTag(name="open") for _ in range(5)]
    await recorder.sent(
        forum.create_thread(name="x" * 100, content="Statement", view=legacy_view(), file=picture(), applied_tags=tags)
    )
    await recorder.sent(forum.create_thread(name="Slang", view=layout(), files=[picture(), picture("kit.zip")]))
    await recorder.sent(text.create_thread(name="Slang", type=discord.ChannelType.public_thread))
    await recorder.sent(text.create_thread(name="Slang", message=discord.Object(6)))
    await recorder.sent(forum.edit(name="tasks", available_tags=[discord.ForumTag(name="open", emoji="✅")]))


SCENARIOS = (messages, edits, answers, follow_ups, commands, threads)
