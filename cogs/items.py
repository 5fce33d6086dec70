"""An item's page, and what its owner does there. Which item it is, a draft knows: a custom_id holds a number."""

from discord import TextStyle, ui

from bench.amendments import LONGEST_PROMPT
from bench.answers import LONGEST_REASON
from bench.model import Item, Task
from cogs.base import Interaction, actor_of, redraw, services_of, show
from cogs.forms import Form, FormValues, labelled
from cogs.router import Router
from cogs.screens.items import amended, curator_notice, initiated, item_page
from services.gold_values import ItemPage

LONGEST_ANSWERS = 4000


class Items:
    """Whatever is clicked on an item's page."""

    def __init__(self, router: Router) -> None:
        router.control("greviewer", self._initiate)
        router.control("gedit", self._ask_for_words)
        router.control("gout", self._ask_why_out)
        router.control("gbring", self._ask_why_back)
        router.form("gedit", self._edit)
        router.form("gout", self._take_out)
        router.form("gbring", self._bring_back)

    async def show(self, interaction: Interaction, task: Task, item_id: str) -> None:
        """Show an item to who has seen gold of the task before; a curator is told first what that means."""
        actor, services = actor_of(interaction), services_of(interaction)
        if await services.owners.must_be_told(actor, task.id):
            await show(interaction, curator_notice(task))
            return
        page = await services.owners.page(actor, task.id, item_id)
        await services.owners.remember(actor, page, interaction.id)
        await show(interaction, item_page(page, interaction.id))

    async def _initiate(self, interaction: Interaction, task_id: int) -> None:
        await redraw(
            interaction, initiated(await services_of(interaction).owners.initiate(actor_of(interaction), task_id))
        )

    async def _ask_for_words(self, interaction: Interaction, subject: int) -> None:
        await interaction.response.send_modal(edit_form(subject, (await _page(interaction, subject)).item))

    async def _ask_why_out(self, interaction: Interaction, subject: int) -> None:
        await interaction.response.send_modal(reason_form("Take the item out", "gout", subject))

    async def _ask_why_back(self, interaction: Interaction, subject: int) -> None:
        await interaction.response.send_modal(reason_form("Bring the item back", "gbring", subject))

    async def _edit(self, interaction: Interaction, subject: int, values: FormValues) -> None:
        page = await _page(interaction, subject)
        answers = page.item.answers if "answers" not in values.texts else lines_of(values.text("answers"))
        kept = await services_of(interaction).owners.edit(
            actor_of(interaction),
            page.task.id,
            page.item.id,
            values.text("prompt"),
            answers,
            values.text("reason"),
            interaction.id,
        )
        await show(interaction, amended(kept, page.task))

    async def _take_out(self, interaction: Interaction, subject: int, values: FormValues) -> None:
        page = await _page(interaction, subject)
        kept = await services_of(interaction).owners.take_out(
            actor_of(interaction), page.task.id, page.item.id, values.text("reason"), interaction.id
        )
        await show(interaction, amended(kept, page.task))

    async def _bring_back(self, interaction: Interaction, subject: int, values: FormValues) -> None:
        page = await _page(interaction, subject)
        kept = await services_of(interaction).owners.bring_back(
            actor_of(interaction), page.task.id, page.item.id, values.text("reason"), interaction.id
        )
        await show(interaction, amended(kept, page.task))


async def _page(interaction: Interaction, subject: int) -> ItemPage:
    return await services_of(interaction).owners.remembered(actor_of(interaction), subject)


def lines_of(text: str) -> tuple[str, ...]:
    """The answers that were typed, one on a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def fits_a_form(answers: tuple[str, ...]) -> bool:
    """Whether answers can be edited as lines: none has line breaks, blanks at its ends or too many characters."""
    return lines_of("\n".join(answers)) == answers and sum(map(len, answers)) + len(answers) <= LONGEST_ANSWERS


def edit_form(subject: int, item: Item) -> Form:
    """The form of an item's words and answers; answers that no form can hold stay as they are."""
    prompt: ui.TextInput[Form] = ui.TextInput(
        custom_id="prompt", style=TextStyle.paragraph, default=item.prompt[:LONGEST_PROMPT], max_length=LONGEST_PROMPT
    )
    fields = [labelled("Prompt", prompt, "Other words begin the item's votes anew")]
    if fits_a_form(item.answers):
        answers: ui.TextInput[Form] = ui.TextInput(
            custom_id="answers",
            style=TextStyle.paragraph,
            default="\n".join(item.answers),
            max_length=LONGEST_ANSWERS,
        )
        fields.append(labelled("Accepted answers", answers, "One on each line; the best one counts for a system"))
    return Form("Edit the item", "gedit", subject, *fields, _reason())


def reason_form(title: str, verb: str, subject: int) -> Form:
    """The form that asks why."""
    return Form(title, verb, subject, _reason())


def _reason() -> ui.Label[Form]:
    reason: ui.TextInput[Form] = ui.TextInput(custom_id="reason", style=TextStyle.paragraph, max_length=LONGEST_REASON)
    return labelled("Why", reason, "Everyone reads this beside the new gold version; write no answer here")
