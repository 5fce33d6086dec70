"""`/setup`: an administrator chooses where Touchstone posts and who curates."""

import discord
from discord import app_commands
from discord.ext import commands

from bench.errors import BadInput
from bench.model import GuildSettings
from cogs.base import Interaction, actor_of, services_of, show
from cogs.rights import missing_for_posts, missing_for_tasks
from cogs.screens.guides import setup_page

QUORUM = 2


class Setup(commands.Cog):
    """The settings of a server."""

    @app_commands.command(name="setup", description="Choose where tasks and leaderboards are posted; safe to repeat")
    @app_commands.describe(
        forum="Where tasks are posted and discussed: a forum, or a text channel",
        board="Where the leaderboards stand",
        curator="Members with this role may approve, launch and close tasks",
        quorum="How many members besides the author approve a task (2 unless you say otherwise)",
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(
        self,
        interaction: Interaction,
        forum: discord.ForumChannel | discord.TextChannel,
        board: discord.TextChannel,
        curator: discord.Role | None = None,
        quorum: app_commands.Range[int, 1, 20] = QUORUM,
    ) -> None:
        """Store the choice, then say which permissions the bot still lacks in these channels."""
        actor = actor_of(interaction)
        if curator is not None and curator.is_default():
            raise BadInput("Everyone would be a curator; choose a role that only your curators have.")
        settings = GuildSettings(
            actor.guild_id, forum.id, board.id, None if curator is None else curator.id, quorum, _language(interaction)
        )
        stored = await services_of(interaction).guilds.setup(actor, settings)
        missing = {forum.id: missing_for_tasks(forum)}
        missing[board.id] = tuple(dict.fromkeys(missing.get(board.id, ()) + missing_for_posts(board)))
        lacking = {channel: names for channel, names in missing.items() if names}
        await show(interaction, setup_page(stored, lacking))


def _language(interaction: Interaction) -> str:
    """The language that the server prefers, as a BCP 47 tag."""
    return str(interaction.guild_locale or "en")
