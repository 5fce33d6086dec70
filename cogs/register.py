"""The whole room put onto a bot: cogs, buttons, forms, the publisher, and the answer to errors."""

from typing import cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from cogs.additions import Additions
from cogs.base import Host, Interaction, answer_error
from cogs.disputes import Disputes
from cogs.files import Downloader
from cogs.gold import Gold
from cogs.help import Help
from cogs.items import Items
from cogs.leaderboard import Leaderboard
from cogs.metrics import Metrics
from cogs.places import Places
from cogs.placing import Placing
from cogs.proposals import Proposals
from cogs.publisher import Publisher
from cogs.router import Router, control_item
from cogs.setup import Setup
from cogs.submit import Submit
from cogs.tasks import Tasks
from cogs.underway import Underway
from cogs.voting import Voting
from services.assembly import Services


class Attachments(commands.Cog):
    """Holds the connection for attachments open while the bot runs."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def cog_unload(self) -> None:
        """Close it with the bot."""
        await self._session.close()


async def register(
    bot: commands.Bot,
    services: Services,
    *,
    cdn_hosts: frozenset[str],
    board_edit_seconds: float,
    patrol_seconds: float,
) -> None:
    """Teach the bot all that it does. To be called once, after login and before it connects.

    `cdn_hosts` are the hosts (or host:port) that attachments may be read from; a board message rests for
    `board_edit_seconds` between two edits; deleted ones are looked for every `patrol_seconds`.
    """
    cast("Host", bot).services = services
    session = aiohttp.ClientSession(connector=bot.http.connector, connector_owner=False)
    underway = Underway()
    router, downloader = Router(underway), Downloader(session, cdn_hosts)
    placing = Placing(services, Places(bot), board_edit_seconds)
    for cog in (
        underway,
        Attachments(session),
        Setup(),
        Tasks(router, Proposals(router, downloader), Additions(router, downloader)),
        Submit(router, downloader),
        Gold(Voting(router), Items(router)),
        Disputes(),
        Leaderboard(router),
        Metrics(router),
        Help(),
        Publisher(bot, services.posts, placing, patrol_seconds),
    ):
        await bot.add_cog(cog)
    bot.add_dynamic_items(control_item(router))
    bot.add_listener(router.submitted, "on_interaction")
    bot.tree.interaction_check = underway.check  # type: ignore[method-assign]  # as discord.py means it to be set
    bot.tree.error(_command_failed)


async def _command_failed(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    await answer_error(cast("Interaction", interaction), error)
