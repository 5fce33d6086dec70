"""`/submit` and the Submit button: a file in, a receipt out; and `/submissions`, to look back and to withdraw."""

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bench.errors import WrongState
from bench.model import SubmissionState, Task, TaskState
from cogs.base import Interaction, actor_of, redraw, services_of, show, think
from cogs.files import Downloader, SentFile, check_size
from cogs.forms import Form, FormValues, labelled
from cogs.pickers import TaskPicker
from cogs.router import Router, chosen
from cogs.screens.lists import confirm_withdrawal, submission_list, withdrawn
from cogs.screens.receipts import receipt
from services.values import ReplyAddress

TOKEN_LIFE = timedelta(minutes=15)
SAFETY = timedelta(seconds=20)
LONGEST_SYSTEM, LONGEST_NOTE = 60, 200

AnyTask = app_commands.Transform[Task, TaskPicker()]
OpenTask = app_commands.Transform[Task, TaskPicker(TaskState.OPEN)]


class Submit(commands.Cog):
    """The way of a file to its score."""

    def __init__(self, router: Router, downloader: Downloader) -> None:
        self._downloader = downloader
        router.control("submit", self._open_form)
        router.form("submit", self._send_form)
        router.control("withdraw", self._ask)
        router.control("withdrawn", self._withdraw)

    @app_commands.command(description="Submit a file of model outputs and get its score")
    @app_commands.describe(
        task="Which task",
        file="The outputs: CSV, TSV, JSONL or JSON with id and output; it may be gzipped",
        system="The name of the model or system, as the board shall show it",
        note="What others should know about this run",
        partial="Count missing items as wrong instead of refusing the file",
    )
    @app_commands.guild_only()
    async def submit(
        self,
        interaction: Interaction,
        task: OpenTask,
        file: discord.Attachment,
        system: app_commands.Range[str, 1, 60],
        note: app_commands.Range[str, 0, 200] = "",
        partial: bool = False,
    ) -> None:
        """Take a submission from the command line."""
        await self._send(interaction, task.id, system, note, SentFile.from_attachment(file), partial=partial)

    @app_commands.command(description="List your submissions, and withdraw one")
    @app_commands.describe(task="Only those to this task")
    @app_commands.guild_only()
    async def submissions(self, interaction: Interaction, task: AnyTask | None = None) -> None:
        """List one's own submissions."""
        actor, services = actor_of(interaction), services_of(interaction)
        own = await services.submissions.own(actor, None if task is None else task.id)
        titles = {
            task_id: (await services.tasks.get(actor.guild_id, task_id)).title
            for task_id in {submission.task_id for submission, _ in own}
        }
        await show(interaction, submission_list(own, titles))

    async def _open_form(self, interaction: Interaction, task_id: int) -> None:
        task = await services_of(interaction).tasks.get(actor_of(interaction).guild_id, task_id)
        if task.state is not TaskState.OPEN:
            raise WrongState(f"“{task.title}” takes no submissions now: it is {task.state.value}.")
        await interaction.response.send_modal(submission_form(task))

    async def _send_form(self, interaction: Interaction, task_id: int, values: FormValues) -> None:
        await self._send(
            interaction,
            task_id,
            values.text("system"),
            values.text("note"),
            values.file("file"),
            partial=values.ticks.get("partial", False),
        )

    async def _send(
        self, interaction: Interaction, task_id: int, system: str, note: str, file: SentFile, *, partial: bool
    ) -> None:
        await think(interaction)
        check_size(file)
        content = await self._downloader.download(file)
        address = ReplyAddress(
            interaction.application_id, interaction.token, interaction.created_at + TOKEN_LIFE - SAFETY
        )
        taken = await services_of(interaction).submissions.receive(
            actor_of(interaction), task_id, system, note, content, interaction.id, address, partial=partial
        )
        if taken.same_as is not None or taken.submission.state is not SubmissionState.QUEUED:
            await show(interaction, receipt(taken))

    async def _ask(self, interaction: Interaction, subject: int) -> None:
        del subject
        actor, services = actor_of(interaction), services_of(interaction)
        submission_id = chosen(interaction)
        own = {submission.id: submission for submission, _ in await services.submissions.own(actor)}
        if submission_id not in own or own[submission_id].withdrawn_at is not None:
            raise WrongState("That submission is not there to withdraw; open /submissions again.")
        submission = own[submission_id]
        task = await services.tasks.get(actor.guild_id, submission.task_id)
        await redraw(interaction, confirm_withdrawal(submission, task))

    async def _withdraw(self, interaction: Interaction, submission_id: int) -> None:
        submission = await services_of(interaction).submissions.withdraw(actor_of(interaction), submission_id)
        await redraw(interaction, withdrawn(submission))


def submission_form(task: Task) -> Form:
    """The form of a submission."""
    system: ui.TextInput[Any] = ui.TextInput(custom_id="system", max_length=LONGEST_SYSTEM)
    note: ui.TextInput[Any] = ui.TextInput(custom_id="note", required=False, max_length=LONGEST_NOTE)
    return Form(
        f"Submit to {task.title}",
        "submit",
        task.id,
        labelled("System", system, "The name of the model or system, as the board shall show it"),
        labelled(
            "File of outputs",
            ui.FileUpload(custom_id="file", min_values=1, max_values=1),
            "CSV, TSV, JSONL or JSON with id and output; it may be gzipped",
        ),
        labelled("Note", note, "What others should know about this run"),
        labelled(
            "Partial", ui.Checkbox(custom_id="partial"), "Count missing items as wrong instead of refusing the file"
        ),
    )
