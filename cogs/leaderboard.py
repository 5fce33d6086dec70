"""`/leaderboard` and the buttons under a board."""

from discord import app_commands
from discord.ext import commands

from bench.model import Task, TaskState
from cogs.base import Interaction, actor_of, services_of, show, think
from cogs.pickers import TaskPicker, suggest_systems
from cogs.router import Router
from cogs.screens.boards import board, place
from cogs.screens.comparisons import comparison, slices
from cogs.screens.guides import scoring_page

RankedTask = app_commands.Transform[Task, TaskPicker(TaskState.OPEN, TaskState.CLOSED, TaskState.ARCHIVED)]


@app_commands.guild_only()
class Leaderboard(
    commands.GroupCog, group_name="leaderboard", group_description="See who stands where, and what is luck"
):
    """Boards for one member's eyes; the public ones are the publisher's."""

    def __init__(self, router: Router) -> None:
        router.control("board", self._board)
        router.control("place", self._place)
        router.control("scoring", self._scoring)

    @app_commands.command(name="show", description="Show a task's leaderboard with its picture")
    @app_commands.describe(task="Which task")
    async def show_(self, interaction: Interaction, task: RankedTask) -> None:
        """Show a board."""
        await think(interaction)
        await show(interaction, board(await services_of(interaction).standings.board(task.guild_id, task.id)))

    @app_commands.command(name="compare", description="Compare two systems: who is better where, and what may be luck")
    @app_commands.describe(task="Which task", first="A system that is ranked there", second="Another one")
    @app_commands.autocomplete(first=suggest_systems, second=suggest_systems)
    async def compare(self, interaction: Interaction, task: RankedTask, first: str, second: str) -> None:
        """Compare two systems."""
        await think(interaction)
        page = await services_of(interaction).comparisons.compare(task.guild_id, task.id, first, second)
        await show(interaction, comparison(page))

    @app_commands.command(name="slices", description="See how the best systems do on each part of a task, by tag")
    @app_commands.describe(task="Which task")
    async def slices_(self, interaction: Interaction, task: RankedTask) -> None:
        """Show a board by slices."""
        await think(interaction)
        await show(interaction, slices(await services_of(interaction).comparisons.slices(task.guild_id, task.id)))

    async def _board(self, interaction: Interaction, task_id: int) -> None:
        await think(interaction)
        guild_id = actor_of(interaction).guild_id
        await show(interaction, board(await services_of(interaction).standings.board(guild_id, task_id)))

    async def _place(self, interaction: Interaction, task_id: int) -> None:
        await think(interaction)
        actor, services = actor_of(interaction), services_of(interaction)
        task = await services.tasks.get(actor.guild_id, task_id)
        standings = await services.standings.of(actor.guild_id, task_id)
        own = [ranked for ranked in standings.ranked if ranked.entry.user_id == actor.user_id]
        unranked = [entry for entry in standings.unranked if entry.user_id == actor.user_id]
        attempts = await services.submissions.attempts(actor, task_id)
        await show(interaction, place(task, standings, own, attempts, unranked))

    async def _scoring(self, interaction: Interaction, task_id: int) -> None:
        task = await services_of(interaction).tasks.get(actor_of(interaction).guild_id, task_id)
        await show(interaction, scoring_page(task))
