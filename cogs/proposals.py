"""`/task propose`: a form, a gold file, and nothing that was typed gets lost."""

from dataclasses import replace

from discord import TextStyle, ui

from bench.errors import TouchstoneError
from bench.metrics.catalogue import METRICS
from cogs.base import Interaction, actor_of, services_of, show, think
from cogs.files import Downloader
from cogs.forms import Form, FormValues, labelled
from cogs.router import Router
from cogs.screens.guides import proposed
from cogs.screens.troubles import refused_proposal
from services.values import TaskDraft

EXAMPLE_METRIC = f"# one of: {', '.join(metric.name for metric in METRICS)}\n{METRICS[0].example}"


class Proposals:
    """The way of a proposal from an empty form to the forum, or back into the form."""

    def __init__(self, router: Router, downloader: Downloader) -> None:
        self._downloader = downloader
        router.form("propose", self._send)
        router.control("draft", self._edit_again)

    async def begin(self, interaction: Interaction, licence: str, attempts_per_day: int, *, gold_is_open: bool) -> None:
        """Open the form; what the command said is kept as a draft, so that the form needs no memory of ours."""
        language = str(interaction.guild_locale or "en")
        draft = TaskDraft("", "", language, EXAMPLE_METRIC, licence, attempts_per_day, gold_is_open)
        await services_of(interaction).tasks.prepare(actor_of(interaction), draft, interaction.id)
        await interaction.response.send_modal(proposal_form(interaction.id, draft))

    async def _edit_again(self, interaction: Interaction, draft_id: int) -> None:
        draft = await services_of(interaction).tasks.draft(actor_of(interaction), draft_id)
        await interaction.response.send_modal(proposal_form(draft_id, draft))

    async def _send(self, interaction: Interaction, draft_id: int, values: FormValues) -> None:
        await think(interaction)
        actor, services = actor_of(interaction), services_of(interaction)
        draft = filled_in(await services.tasks.draft(actor, draft_id), values)
        await services.tasks.prepare(actor, draft, interaction.id)
        try:
            gold = await self._downloader.download(values.file("gold"))
            sheet = await services.tasks.propose(actor, draft, gold, interaction.id)
        except TouchstoneError as error:
            await show(interaction, refused_proposal(error, interaction.id))
        else:
            await show(interaction, proposed(sheet.task, await services.guilds.settings(actor.guild_id)))


def filled_in(draft: TaskDraft, values: FormValues) -> TaskDraft:
    """The draft with what was typed into the form."""
    return replace(
        draft,
        title=values.text("title"),
        statement=values.text("statement"),
        language=values.text("language"),
        specification=values.text("metric"),
    )


def proposal_form(draft_id: int, draft: TaskDraft) -> Form:
    """The form of a proposal, filled in with a draft."""
    return Form(
        "Propose a benchmark task",
        "propose",
        draft_id,
        labelled("Title", ui.TextInput(custom_id="title", default=draft.title or None, max_length=90)),
        labelled(
            "What is the model asked?",
            ui.TextInput(
                custom_id="statement", style=TextStyle.paragraph, default=draft.statement or None, max_length=2000
            ),
            "What to answer, in which shape, and what is hard about it",
        ),
        labelled(
            "Language",
            ui.TextInput(custom_id="language", default=draft.language or None, max_length=20),
            "A tag such as en, es or pt-BR",
        ),
        labelled(
            "How is it scored?",
            ui.TextInput(
                custom_id="metric", style=TextStyle.paragraph, default=draft.specification or None, max_length=4000
            ),
            "A metric specification in TOML; the example compares the last line of each output",
        ),
        labelled(
            "Gold file",
            ui.FileUpload(custom_id="gold", min_values=1, max_values=1),
            "CSV, TSV, JSONL or JSON with id, prompt and answer for each item; it may be gzipped",
        ),
    )
