"""The commands of the sample bot: what a bot does when all is well, and when it is not."""

import asyncio
import io
from typing import Any

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str

from tests.sandbox.sample_views import Layout, Proposal, Vote

Interaction = discord.Interaction[Any]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f00038601803437bd0000000049454e44ae426082"
)


@app_commands.command(name=locale_str("echo"), description="Say it again")
@app_commands.describe(words="What to say")
@app_commands.choices(
    style=[app_commands.Choice(name="Loud", value="loud"), app_commands.Choice(name="Soft", value="soft")]
)
async def echo(
    interaction: Interaction,
    words: app_commands.Range[str, 1, 50],
    times: app_commands.Range[int, 1, 5] = 1,
    style: app_commands.Choice[str] | None = None,
) -> None:
    said = " ".join([words] * times)
    await interaction.response.send_message(said.upper() if style and style.value == "loud" else said)


@app_commands.command(description="Tell about everything that was picked")
async def inspect(
    interaction: Interaction,
    channel: discord.app_commands.AppCommandChannel,
    role: discord.Role,
    member: discord.Member,
    flag: bool,
) -> None:
    resolved = channel.resolve()
    rights = interaction.app_permissions.send_messages
    words = f"{channel.name} {resolved} {role.name} {member.display_name} {flag} {rights} {interaction.locale}"
    await interaction.response.send_message(words, ephemeral=True)


@app_commands.command(description="Take a file and give it back")
async def upload(interaction: Interaction, file: discord.Attachment) -> None:
    await interaction.response.defer(thinking=True)
    content = await file.read()
    embed = discord.Embed(title="Received", description=f"{len(content)} bytes")
    embed.set_image(url="attachment://chart.png")
    back = [discord.File(io.BytesIO(PIXEL), "chart.png"), discord.File(io.BytesIO(content), file.filename)]
    await interaction.edit_original_response(embed=embed, attachments=back)
    await interaction.followup.send("That was all.", ephemeral=True)


@app_commands.command(description="A button that counts")
async def vote(interaction: Interaction) -> None:
    view = ui.View(timeout=None)
    view.add_item(Vote(0))
    view.add_item(ui.Button(label="Off", disabled=True, custom_id="off"))
    await interaction.response.send_message("0 votes", view=view)


@app_commands.command(description="A menu")
async def menu(interaction: Interaction) -> None:
    view = ui.View(timeout=None)
    options = [discord.SelectOption(label=word.title(), value=word) for word in ("red", "green", "blue")]
    view.add_item(ui.Select(custom_id="pick", placeholder="Colours", max_values=2, options=options))
    view.add_item(ui.Button(label="Place", custom_id="place"))
    await interaction.response.send_message("Pick", view=view)


@app_commands.command(description="A form")
async def form(interaction: Interaction) -> None:
    await interaction.response.send_modal(Proposal())


@app_commands.command(description="A layout of components")
async def layout(interaction: Interaction) -> None:
    files = [discord.File(io.BytesIO(PIXEL), "chart.png"), discord.File(io.BytesIO(b"a,b\n1,2\n"), "table.csv")]
    await interaction.response.send_message(view=Layout("Some words"), files=files)


@app_commands.command(description="Complete it")
async def complete(interaction: Interaction, word: str) -> None:
    await interaction.response.send_message(f"word {word}")


@complete.autocomplete("word")
async def offers(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    del interaction
    words = {"Uno": "1", "Dos": "2", "Tres": "3"}
    return [
        app_commands.Choice(name=name, value=value) for name, value in words.items() if current.lower() in name.lower()
    ]


group = app_commands.Group(
    name="post", description="Messages and threads", default_permissions=discord.Permissions(manage_guild=True)
)


@group.command(description="A post in a forum")
async def forum(interaction: Interaction, channel: discord.ForumChannel, title: str) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    view = ui.View(timeout=None)
    view.add_item(Vote(0))
    created = await channel.create_thread(
        name=title,
        content="The first words",
        applied_tags=[tag for tag in channel.available_tags if tag.name == "open"],
        file=discord.File(io.BytesIO(b"{}"), "data.json"),
        view=view,
    )
    await created.thread.send("And more")
    await created.thread.edit(applied_tags=[tag for tag in channel.available_tags if tag.name == "closed"])
    await created.message.edit(content="Other first words")
    await interaction.edit_original_response(content=f"posted {created.thread.id}")


@group.command(description="A message, edited, pinned, threaded, found again")
async def message(interaction: Interaction, channel: discord.TextChannel) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    sent = await channel.send("First", file=discord.File(io.BytesIO(b"one"), "one.txt"))
    await sent.edit(content="Second", attachments=[*sent.attachments, discord.File(io.BytesIO(b"two"), "two.txt")])
    await sent.pin()
    thread = await sent.create_thread(name="About it")
    await thread.send("Inside")
    found = await channel.fetch_message(sent.id)
    listed = [one.content async for one in channel.history(limit=5)]
    names = [file.filename for file in found.attachments]
    await interaction.edit_original_response(content=f"{found.content} {names} {found.pinned} {listed}")


@group.command(description="Send, and say what Discord said")
async def attempt(interaction: Interaction, channel: discord.TextChannel) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        await channel.send("May I?")
    except discord.HTTPException as error:
        await interaction.edit_original_response(content=f"{error.status} {error.code}")
    else:
        await interaction.edit_original_response(content="sent")


@group.command(description="Edit a message by its id")
async def edit(interaction: Interaction, message: str, times: int = 1) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    assert isinstance(interaction.channel, discord.TextChannel)
    partial = interaction.channel.get_partial_message(int(message))
    said = []
    for number in range(times):
        try:
            await partial.edit(content=f"Edit {number + 1}")
            said.append("ok")
        except discord.HTTPException as error:
            said.append(f"{error.status} {error.code}")
        except discord.RateLimited:
            said.append("limited")
    await interaction.edit_original_response(content=" ".join(said))


@group.command(description="A thread of its own, archived")
async def thread(interaction: Interaction, channel: discord.TextChannel) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    made = await channel.create_thread(name="Alone", type=discord.ChannelType.public_thread)
    sent = await made.send("Before")
    await made.edit(archived=True)
    try:
        await sent.edit(content="After")
    except discord.HTTPException as error:
        await interaction.edit_original_response(content=f"{error.status} {error.code}")


@group.command(description="The same nonce twice")
async def twice(interaction: Interaction, channel: discord.TextChannel) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    first = await channel.send("Once", nonce="same")
    second = await channel.send("Twice", nonce="same")
    await interaction.edit_original_response(content=str(first.id == second.id))


@app_commands.context_menu(name="Quote")
async def quote(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


@app_commands.command(description="Answer after some seconds")
async def late(interaction: Interaction, seconds: float) -> None:
    await asyncio.sleep(seconds)
    try:
        await interaction.response.send_message("late")
    except discord.NotFound as error:
        print(f"late {error.code}", flush=True)  # noqa: T201 - the test reads it


@app_commands.command(description="Answer twice")
async def double(interaction: Interaction) -> None:
    await interaction.response.send_message("one", ephemeral=True)
    again = discord.webhook.async_.async_context.get()
    params = discord.webhook.async_.interaction_message_response_params(type=4, content="two")
    try:
        await again.create_interaction_response(
            interaction.id, interaction.token, session=interaction._session, params=params
        )
    except discord.HTTPException as error:
        await interaction.edit_original_response(content=f"{error.status} {error.code}")


@app_commands.command(description="Follow up without an answer")
async def early(interaction: Interaction) -> None:
    try:
        await interaction.followup.send("too early")
    except discord.NotFound as error:
        await interaction.response.send_message(f"{error.status} {error.code}", ephemeral=True)


@app_commands.command(description="Say too much")
async def long(interaction: Interaction) -> None:
    try:
        await interaction.response.send_message("x" * 2001)
    except discord.HTTPException as error:
        await interaction.response.send_message(f"{error.status} {error.code} {error.text}", ephemeral=True)


@app_commands.command(description="Fill the thinking message by a follow-up, delete the answer")
async def brief(interaction: Interaction) -> None:
    await interaction.response.defer(thinking=True)
    await interaction.followup.send("Gone soon")
    await interaction.delete_original_response()


@app_commands.command(description="Never answer")
async def silent(interaction: Interaction) -> None:
    del interaction


ALL: tuple[app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu, ...] = (
    echo,
    inspect,
    upload,
    vote,
    menu,
    form,
    layout,
    complete,
    group,
    quote,
    late,
    double,
    early,
    long,
    brief,
    silent,
)
