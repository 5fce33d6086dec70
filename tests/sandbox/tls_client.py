"""A bot that knows nothing of the stand-in: discord.py as it comes, with Discord's real addresses.

Started as ``python tls_client.py AUTHORITY PORT`` with the token in DISCORD_TOKEN. Its connector leads every host to
that port of this machine and trusts that authority alone.
"""

import asyncio
import os
import socket
import ssl
import sys
from urllib.parse import urlsplit

import aiohttp
import discord
from aiohttp.abc import AbstractResolver, ResolveResult
from discord import app_commands


class Loopback(AbstractResolver):
    """Every name leads to one port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del port, family
        here = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=self._port,
            family=socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
        return [here]

    async def close(self) -> None:
        """Nothing is held."""


class Bot(discord.Client):
    """Counts the bytes of a file."""

    def __init__(self, connector: aiohttp.BaseConnector) -> None:
        super().__init__(intents=discord.Intents(guilds=True), connector=connector, guild_ready_timeout=0)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        self.tree.add_command(count)
        await self.tree.sync()


@app_commands.command(description="Count the bytes of a file")
async def count(interaction: discord.Interaction, file: discord.Attachment) -> None:
    await interaction.response.defer(thinking=True)
    content = await file.read()
    gateway = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY.host
    hosts = (urlsplit(discord.http.Route.BASE).netloc, gateway, urlsplit(file.url).netloc)
    await interaction.followup.send(f"{len(content)} bytes by way of {', '.join(str(host) for host in hosts)}")


async def serve(authority: str, port: int) -> None:
    trust = ssl.create_default_context(cafile=authority)
    async with Bot(aiohttp.TCPConnector(resolver=Loopback(port), ssl=trust)) as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
