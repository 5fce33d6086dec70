"""The largest things that discord.py builds: as near to each limit as it goes."""

import io

import discord
from discord import app_commands, ui


def picture(name: str = "board.png") -> discord.File:
    return discord.File(io.BytesIO(b"png"), name, description="The board: five systems, best first")


def embed() -> discord.Embed:
    shown = discord.Embed(title="Slang", description="x" * 4000, url="https://a.example", colour=0xFFFFFF)
    shown.set_author(name="Ada", url="https://a.example", icon_url="https://a.example/i.png")
    shown.set_footer(text="40 items", icon_url="attachment://board.png")
    shown.set_image(url="attachment://board.png").set_thumbnail(url="https://a.example/t.png")
    shown.timestamp = discord.utils.utcnow()
    return shown.add_field(name="Score", value="x" * 1024, inline=False)


def legacy_view() -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="Submit", custom_id="submit:1", style=discord.ButtonStyle.primary))
    view.add_item(ui.Button(emoji="✅", custom_id="x" * 100))
    view.add_item(ui.Button(label="Rules", url="https://a.example"))
    options = [discord.SelectOption(label=str(number), value=str(number), emoji="🧪") for number in range(25)]
    view.add_item(ui.Select(placeholder="x" * 150, options=options, max_values=25, custom_id="pick", row=1))
    view.add_item(ui.UserSelect(custom_id="user", row=2, default_values=[discord.Object(7, type=discord.Member)]))
    view.add_item(ui.RoleSelect(custom_id="role", row=3, min_values=0))
    view.add_item(ui.ChannelSelect(custom_id="channel", row=4, channel_types=[discord.ChannelType.forum]))
    return view


def layout() -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    row.add_item(ui.Button(label="My place", custom_id="place:1"))
    row.add_item(ui.Button(label="Discuss", url="https://discord.com/channels/1/2"))
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=discord.Colour.gold(), spoiler=True)
    container.add_item(ui.TextDisplay("x" * 3000))
    container.add_item(ui.Section("one", "two", "three", accessory=ui.Thumbnail("https://a.example/t.png")))
    container.add_item(ui.Section("one", accessory=ui.Button(label="Vote", custom_id="vote:1")))
    container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.large))
    container.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://board.png", description="x" * 1024)))
    container.add_item(ui.File("attachment://kit.zip"))
    container.add_item(row)
    choose: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    choose.add_item(ui.MentionableSelect(custom_id="whom", max_values=25))
    return view.add_item(ui.TextDisplay("# Slang")).add_item(container).add_item(choose)


def form() -> ui.Modal:
    modal = ui.Modal(title="x" * 45)
    modal.add_item(ui.TextDisplay("What you send is published."))
    modal.add_item(
        ui.Label(
            text="x" * 45,
            description="x" * 100,
            component=ui.TextInput(style=discord.TextStyle.paragraph, max_length=4000, placeholder="x" * 100),
        )
    )
    modal.add_item(ui.Label(text="Gold", component=ui.FileUpload(min_values=1, max_values=10)))
    kinds = [discord.RadioGroupOption(label=str(number), value=str(number)) for number in range(10)]
    modal.add_item(ui.Label(text="Language", component=ui.RadioGroup(options=kinds)))
    modal.add_item(ui.Label(text="May be published", component=ui.Checkbox(default=True)))
    return modal


def second_form() -> ui.Modal:
    modal = ui.Modal(title="More", custom_id="more:1")
    boxes = [discord.CheckboxGroupOption(label=str(number), value=str(number), default=True) for number in range(10)]
    modal.add_item(ui.Label(text="Tags", component=ui.CheckboxGroup(options=boxes, required=False, min_values=0)))
    metrics = [discord.SelectOption(label="Exact", value="exact", default=True)]
    modal.add_item(ui.Label(text="Metric", component=ui.Select(options=metrics)))
    modal.add_item(ui.Label(text="Channel", component=ui.ChannelSelect(required=False, min_values=0)))
    modal.add_item(ui.Label(text="File", component=ui.FileUpload(required=False, min_values=0)))
    modal.add_item(ui.TextInput(label="Old style", required=False, min_length=1, default="x"))
    return modal


class Spanish(app_commands.Translator):
    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        del context
        return {"submit": "enviar", "task": "tarea"}.get(string.message) if locale.value == "es-ES" else None


def tree(client: discord.Client) -> app_commands.CommandTree[discord.Client]:
    commands: app_commands.CommandTree[discord.Client] = app_commands.CommandTree(client)

    @app_commands.command(name=app_commands.locale_str("submit"), description="x" * 100)
    @app_commands.choices(metric=[app_commands.Choice(name=str(number), value="x" * 100) for number in range(25)])
    @app_commands.guild_only()
    async def submit(
        interaction: discord.Interaction,
        file: discord.Attachment,
        task: str,
        metric: str = "",
        times: app_commands.Range[int, 1, 5] = 1,
        tolerance: app_commands.Range[float, 0.0, 1.0] = 0.0,
        note: app_commands.Range[str, 1, 200] = "",
    ) -> None: ...

    @submit.autocomplete("task")
    async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current, value=current)]

    group = app_commands.Group(
        name="task", description="Tasks", default_permissions=discord.Permissions(manage_guild=True)
    )
    inner = app_commands.Group(name="gold", description="Gold", parent=group)

    @inner.command(name="link", description="Where news go")
    async def link(
        interaction: discord.Interaction,
        channel: discord.ForumChannel | discord.TextChannel,
        role: discord.Role | None = None,
        member: discord.Member | None = None,
        quiet: bool = False,
    ) -> None: ...

    @app_commands.context_menu(name="Dispute This Item")
    async def dispute(interaction: discord.Interaction, message: discord.Message) -> None: ...

    commands.add_command(submit)
    commands.add_command(group)
    commands.add_command(dispute)
    return commands
