"""`/help`: what this person can do now."""

from discord import app_commands
from discord.ext import commands

from bench.errors import WrongState
from bench.model import TaskState
from cogs.base import Interaction, actor_of, services_of, show
from cogs.screens.guides import help_page


class Help(commands.Cog):
    """A short page."""

    @app_commands.command(name="help", description="Say what Touchstone is and what you can do now")
    @app_commands.guild_only()
    async def help(self, interaction: Interaction) -> None:
        """Answer with the ways that are open to this member."""
        actor, services = actor_of(interaction), services_of(interaction)
        try:
            settings = await services.guilds.settings(actor.guild_id)
        except WrongState:
            settings = None
        open_tasks = await services.tasks.search(actor.guild_id, "", frozenset({TaskState.OPEN}))
        await show(interaction, help_page(settings, open_tasks, manages_guild=actor.manages_guild))
