"""The buttons, forms and layouts of the sample bot."""

import re
from typing import Any, Self

import discord
from discord import ui

Interaction = discord.Interaction[Any]


class Vote(ui.DynamicItem[ui.Button[Any]], template=r"vote:(?P<count>[0-9]{1,9})"):
    def __init__(self, count: int) -> None:
        button: ui.Button[Any] = ui.Button(label=f"Votes {count}", custom_id=f"vote:{count}")
        super().__init__(button)
        self.count = count

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        del interaction, item
        return cls(int(match["count"]))

    async def callback(self, interaction: Interaction) -> None:
        view = ui.View(timeout=None)
        view.add_item(Vote(self.count + 1))
        await interaction.response.edit_message(content=f"{self.count + 1} votes", view=view)


class Proposal(ui.Modal, title="Propose"):
    name: ui.Label[Any] = ui.Label(text="Title", component=ui.TextInput(custom_id="title", min_length=3, max_length=40))
    gold: ui.Label[Any] = ui.Label(text="Gold file", component=ui.FileUpload(custom_id="gold", max_values=2))
    level: ui.Label[Any] = ui.Label(
        text="Level",
        component=ui.RadioGroup(
            custom_id="level",
            options=[discord.RadioGroupOption(label=word.title(), value=word) for word in ("easy", "hard")],
        ),
    )
    tags: ui.Label[Any] = ui.Label(
        text="Tags",
        component=ui.CheckboxGroup(
            custom_id="tags",
            required=False,
            options=[discord.CheckboxGroupOption(label=word, value=word) for word in ("slang", "law", "maths")],
        ),
    )
    agreed: ui.Label[Any] = ui.Label(text="I agree", component=ui.Checkbox(custom_id="agreed"))

    async def on_submit(self, interaction: Interaction) -> None:
        title, gold, level, tags, agreed = (
            part.component for part in (self.name, self.gold, self.level, self.tags, self.agreed)
        )
        assert isinstance(title, ui.TextInput)
        assert isinstance(gold, ui.FileUpload)
        assert isinstance(level, ui.RadioGroup)
        assert isinstance(tags, ui.CheckboxGroup)
        assert isinstance(agreed, ui.Checkbox)
        await interaction.response.defer(ephemeral=True, thinking=True)
        sizes = [f"{file.filename}={len(await file.read())}" for file in gold.values]
        words = f"{title.value} {sizes} {level.value} {sorted(tags.values)} {agreed.value}"
        await interaction.edit_original_response(content=words)


class Place(ui.Modal, title="Where"):
    words: ui.TextDisplay[Any] = ui.TextDisplay("Choose where it goes.")
    place: ui.Label[Any] = ui.Label(
        text="Where", component=ui.ChannelSelect(custom_id="where", required=False, min_values=0)
    )
    size: ui.Label[Any] = ui.Label(
        text="Size",
        description="How large it will be",
        component=ui.Select(
            custom_id="size",
            options=[discord.SelectOption(label="Small", value="s", default=True), discord.SelectOption(label="Large")],
        ),
    )

    async def on_submit(self, interaction: Interaction) -> None:
        place, size = self.place.component, self.size.component
        assert isinstance(place, ui.ChannelSelect)
        assert isinstance(size, ui.Select)
        words = f"{[channel.name for channel in place.values]} {size.values}"
        await interaction.response.edit_message(content=words, view=None)


class Layout(ui.LayoutView):
    def __init__(self, words: str) -> None:
        super().__init__(timeout=None)
        gallery: ui.MediaGallery[Any] = ui.MediaGallery(
            discord.MediaGalleryItem("attachment://chart.png", description="A chart of one pixel")
        )
        row: ui.ActionRow[Any] = ui.ActionRow(ui.Button(label="More", custom_id="layout:more"))
        file: ui.File[Any] = ui.File("attachment://table.csv")
        self.add_item(ui.Container(ui.TextDisplay(words), gallery, file, row, accent_colour=0x00AA88))
