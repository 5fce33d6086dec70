"""An ordinary discord.py client that does a little of everything; a process of its own on the other side."""

import asyncio
import io
import os
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.app_commands import locale_str

from tests.sandbox.sample_commands import ALL, PIXEL
from tests.sandbox.sample_views import Layout, Place, Vote

Interaction = discord.Interaction[Any]


class Names(app_commands.Translator):
    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        del context
        return {"echo": "eco"}.get(string.message) if locale is discord.Locale.spain_spanish else None


class Bot(discord.Client):
    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.0,
            max_ratelimit_timeout=30.0,
        )
        self.tree = app_commands.CommandTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        for command in ALL:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Vote)
        await self.tree.set_translator(Names())
        await self.tree.sync()

    async def on_resumed(self) -> None:
        print("resumed", flush=True)  # noqa: T201 - the test reads it

    async def on_ready(self) -> None:
        print("ready", flush=True)  # noqa: T201 - the test reads it

    async def on_interaction(self, interaction: Interaction) -> None:
        if interaction.type is discord.InteractionType.component and interaction.data is not None:
            custom_id = str(interaction.data.get("custom_id"))
            if custom_id == "layout:more":
                view = Layout("Now two lines\nof words")
                files = [discord.File(io.BytesIO(PIXEL), "chart.png"), discord.File(io.BytesIO(b"a,b\n"), "table.csv")]
                await interaction.response.edit_message(view=view, attachments=files)
            if custom_id == "place":
                await interaction.response.send_modal(Place())
            if custom_id == "pick":
                values = list(interaction.data.get("values", []))  # type: ignore[call-overload]  # a component's data
                await interaction.response.defer()
                await interaction.followup.send(f"You picked {values}", ephemeral=True)


def point_at(url: str) -> None:
    discord.http.Route.BASE = f"{url}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws", 1) + "/gateway")
    discord.asset.Asset.BASE = f"{url}/cdn"


async def run() -> None:
    point_at(os.environ["SANDBOX_URL"])
    async with Bot() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    discord.utils.setup_logging()
    asyncio.run(run())
