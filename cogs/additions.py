"""`/task add`: items for a living task, from a file or typed into the form."""

from discord import TextStyle, ui

from bench.errors import BadInput
from bench.model import Task
from cogs.base import Interaction, actor_of, services_of, show, think
from cogs.files import Downloader
from cogs.forms import Form, FormValues, labelled
from cogs.items import LONGEST_ANSWERS, lines_of
from cogs.router import Router
from cogs.screens.items import BECOME, added

LONGEST_PROMPT = 4000


class Additions:
    """The way of new items to the voters."""

    def __init__(self, router: Router, downloader: Downloader) -> None:
        self._downloader = downloader
        router.form("add", self._send)

    async def begin(self, interaction: Interaction, task: Task) -> None:
        """Open the form; it says first what proposing gold means."""
        await interaction.response.send_modal(addition_form(task))

    async def _send(self, interaction: Interaction, task_id: int, values: FormValues) -> None:
        await think(interaction)
        actor, additions = actor_of(interaction), services_of(interaction).additions
        has_file = bool(values.files.get("file"))
        typed = values.text("prompt").strip() or values.text("answers").strip()
        if has_file and typed:
            raise BadInput("The form came with a file and with a typed item; send one of the two.")
        if has_file:
            file = await self._downloader.download(values.file("file"))
            await show(interaction, added(await additions.propose(actor, task_id, file)))
            return
        if not typed:
            raise BadInput("The form came empty; choose a file of items, or type a prompt and its answers.")
        answers = lines_of(values.text("answers"))
        await show(
            interaction,
            added(await additions.propose_one(actor, task_id, values.text("prompt"), answers, values.text("tags"))),
        )


def addition_form(task: Task) -> Form:
    """The form of new items."""
    prompt: ui.TextInput[Form] = ui.TextInput(
        custom_id="prompt", style=TextStyle.paragraph, required=False, max_length=LONGEST_PROMPT
    )
    answers: ui.TextInput[Form] = ui.TextInput(
        custom_id="answers", style=TextStyle.paragraph, required=False, max_length=LONGEST_ANSWERS
    )
    tags: ui.TextInput[Form] = ui.TextInput(custom_id="tags", required=False, max_length=200)
    return Form(
        f"Propose items: {task.title}",
        "add",
        task.id,
        ui.TextDisplay(f"Others vote on what you propose. {BECOME}"),
        labelled(
            "File of items",
            ui.FileUpload(custom_id="file", min_values=0, max_values=1, required=False),
            "CSV, TSV, JSONL or JSON with id, prompt and answer; or type one item below",
        ),
        labelled("Prompt", prompt, "What the model is asked, as it stands in the other items"),
        labelled("Accepted answers", answers, "One on each line"),
        labelled("Tags", tags, "Such as dialect=chile; topic=food"),
    )
