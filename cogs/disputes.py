"""`/dispute`: a submitter claims an answer, and the community votes on it; no gold is shown."""

from discord import app_commands
from discord.ext import commands

from bench.answers import LONGEST_REASON, LONGEST_SUGGESTION
from bench.model import Task, TaskState
from cogs.base import Interaction, actor_of, services_of, show
from cogs.pickers import TaskPicker, item_id_of, suggest_items
from cogs.screens.ballots import disputed

OpenTask = app_commands.Transform[Task, TaskPicker(TaskState.OPEN)]


class Disputes(commands.Cog):
    """The way of a doubt from a submitter to the voters."""

    @app_commands.command(description="Claim that an answer to an item is right; the community votes on it")
    @app_commands.describe(
        task="Which task",
        item="Which item: type a part of its prompt",
        claimed_answer="The answer that should be accepted, as a model would give it",
        why="Why it is right; those who vote on it read this",
    )
    @app_commands.autocomplete(item=suggest_items)
    @app_commands.guild_only()
    async def dispute(
        self,
        interaction: Interaction,
        task: OpenTask,
        item: str,
        claimed_answer: app_commands.Range[str, 1, LONGEST_SUGGESTION],
        why: app_commands.Range[str, 1, LONGEST_REASON],
    ) -> None:
        """Open a ballot on the claim."""
        actor, gold = actor_of(interaction), services_of(interaction).gold
        item_id = await item_id_of(interaction, task, item)
        await show(
            interaction, disputed(await gold.dispute(actor, task.id, item_id, claimed_answer, why, interaction.id))
        )
