"""`/task`: propose, add, list, show, check, launch, close, kit, link, anomalies, and the buttons of a task's post."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bench.model import Task, TaskState
from cogs.additions import Additions
from cogs.base import Interaction, actor_of, redraw, services_of, show, think
from cogs.pickers import TaskPicker, suggest_licences
from cogs.proposals import Proposals
from cogs.rights import missing_for_posts
from cogs.router import Router
from cogs.screens.anomalies import anomalies
from cogs.screens.checklists import explained_checklist, red_lines
from cogs.screens.guides import kit, linked
from cogs.screens.lists import confirm_close, note, task_list
from cogs.screens.screen import Screen
from cogs.screens.task_post import task_post
from cogs.screens.words import safe
from services.steps import RedLines

StateName = Literal["proposed", "pilot", "open", "closed", "archived"]
AnyTask = app_commands.Transform[Task, TaskPicker()]
UnlaunchedTask = app_commands.Transform[Task, TaskPicker(TaskState.PROPOSED, TaskState.PILOT)]
OpenTask = app_commands.Transform[Task, TaskPicker(TaskState.OPEN)]
LivingTask = app_commands.Transform[Task, TaskPicker(TaskState.PROPOSED, TaskState.PILOT, TaskState.OPEN)]
GoldRule = Literal["hidden", "open"]


@app_commands.guild_only()
class Tasks(commands.GroupCog, group_name="task", group_description="Propose benchmark tasks and follow them"):
    """Everything around one task. Rights are the services' to check; this only asks and shows."""

    def __init__(self, router: Router, proposals: Proposals, additions: Additions) -> None:
        self._proposals = proposals
        self._additions = additions
        router.control("approve", self._approve)
        router.control("unapprove", self._take_back)
        router.control("launch", self._launch)
        router.control("launchpast", self._launch_past)
        router.control("close", self._close)
        router.control("kit", self._kit)
        router.control("keep", self._keep)

    @app_commands.command(description="Propose a task: a form with its statement, its metric and its gold file")
    @app_commands.describe(
        licence="The licence of your data (CC-BY-4.0 unless you say otherwise)",
        attempts_per_day="How many submissions each member may send in a day (5 unless you say otherwise)",
        gold="Hidden: who has seen gold is not ranked. Open: all are, for groups that trust each other",
    )
    @app_commands.autocomplete(licence=suggest_licences)
    async def propose(
        self,
        interaction: Interaction,
        licence: app_commands.Range[str, 1, 60] = "CC-BY-4.0",
        attempts_per_day: app_commands.Range[int, 1, 50] = 5,
        gold: GoldRule = "hidden",
    ) -> None:
        """Open the form of a proposal."""
        await self._proposals.begin(interaction, licence, attempts_per_day, gold_is_open=gold == "open")

    @app_commands.command(description="Propose items for a task; others vote on them before they count")
    @app_commands.describe(task="Which task")
    async def add(self, interaction: Interaction, task: LivingTask) -> None:
        """Open the form of new items."""
        await self._additions.begin(interaction, task)

    @app_commands.command(description="Explain a task's launch gate line by line, with its figures")
    @app_commands.describe(task="Which task")
    async def check(self, interaction: Interaction, task: AnyTask) -> None:
        """Explain the launch gate."""
        await show(
            interaction, explained_checklist(*await services_of(interaction).tasks.checklist(task.guild_id, task.id))
        )

    @app_commands.command(name="list", description="List the newest tasks of this server")
    @app_commands.describe(state="Only tasks in this state")
    async def list_(self, interaction: Interaction, state: StateName | None = None) -> None:
        """List the tasks."""
        wanted = None if state is None else TaskState(state)
        states = None if wanted is None else frozenset({wanted})
        found = await services_of(interaction).tasks.search(actor_of(interaction).guild_id, "", states)
        await show(interaction, task_list(found, wanted))

    @app_commands.command(name="show", description="Show a task: statement, sample prompts, checklist and buttons")
    @app_commands.describe(task="Which task")
    async def show_(self, interaction: Interaction, task: AnyTask) -> None:
        """Show one task."""
        sheet = await services_of(interaction).tasks.sheet(task.guild_id, task.id)
        await show(interaction, task_post(sheet))

    @app_commands.command(description="Open an approved task for submissions (its author or a curator)")
    @app_commands.describe(task="Which task")
    async def launch(self, interaction: Interaction, task: UnlaunchedTask) -> None:
        """Open a task for submissions."""
        try:
            sheet = await services_of(interaction).tasks.launch(actor_of(interaction), task.id)
        except RedLines as decision:
            await show(interaction, red_lines(decision.task, decision.checks))
        else:
            await show(interaction, launched(sheet.task))

    @app_commands.command(description="Close an open task: no more submissions, the ranks stand")
    @app_commands.describe(task="Which task")
    async def close(self, interaction: Interaction, task: OpenTask) -> None:
        """Ask whether the task shall end."""
        await show(interaction, confirm_close(task))

    @app_commands.command(
        name="kit", description="Get a task's kit: prompts, a valid sample submission, and a local scorer"
    )
    @app_commands.describe(task="Which task")
    async def kit_(self, interaction: Interaction, task: AnyTask) -> None:
        """Hand out the kit."""
        await self._kit(interaction, task.id)

    @app_commands.command(description="Tell a task's news in one more channel, or stop telling them there")
    @app_commands.describe(task="Which task", channel="Which channel", remove="Stop instead of beginning")
    async def link(
        self, interaction: Interaction, task: AnyTask, channel: discord.TextChannel, remove: bool = False
    ) -> None:
        """Mirror the task's news into a channel, or end that."""
        tasks = services_of(interaction).tasks
        change = tasks.unlink if remove else tasks.link
        sheet = await change(actor_of(interaction), task.id, channel.id)
        await show(interaction, linked(sheet.task, channel.id, missing_for_posts(channel), removed=remove))

    @app_commands.command(name="anomalies", description="See what deserves a look among the submissions (curators)")
    @app_commands.describe(task="Which task")
    async def anomalies_(self, interaction: Interaction, task: AnyTask) -> None:
        """Show a curator what deserves a look."""
        await think(interaction)
        await show(
            interaction, anomalies(await services_of(interaction).anomalies.page(actor_of(interaction), task.id))
        )

    async def _approve(self, interaction: Interaction, task_id: int) -> None:
        sheet = await services_of(interaction).tasks.approve(actor_of(interaction), task_id)
        await redraw(interaction, task_post(sheet))

    async def _take_back(self, interaction: Interaction, task_id: int) -> None:
        sheet = await services_of(interaction).tasks.take_back(actor_of(interaction), task_id)
        await redraw(interaction, task_post(sheet))

    async def _launch(self, interaction: Interaction, task_id: int) -> None:
        try:
            sheet = await services_of(interaction).tasks.launch(actor_of(interaction), task_id)
        except RedLines as decision:
            await show(interaction, red_lines(decision.task, decision.checks))
        else:
            await redraw(interaction, task_post(sheet))

    async def _launch_past(self, interaction: Interaction, task_id: int) -> None:
        sheet = await services_of(interaction).tasks.launch(actor_of(interaction), task_id, waive=True)
        await redraw(interaction, launched(sheet.task))

    async def _close(self, interaction: Interaction, task_id: int) -> None:
        sheet = await services_of(interaction).tasks.close(actor_of(interaction), task_id)
        await redraw(interaction, note(f"**{safe(sheet.task.title, 200)}** is closed; its board stays."))

    async def _keep(self, interaction: Interaction, subject: int) -> None:
        del subject
        await redraw(interaction, note("Nothing was changed."))

    async def _kit(self, interaction: Interaction, task_id: int) -> None:
        await think(interaction)
        actor, services = actor_of(interaction), services_of(interaction)
        task = await services.tasks.get(actor.guild_id, task_id)
        await show(interaction, kit(task, await services.tasks.kit(actor, task_id)))


def launched(task: Task) -> Screen:
    """The task is open."""
    return note(f"**{safe(task.title, 200)}** is open for submissions; its board appears in a moment.")
