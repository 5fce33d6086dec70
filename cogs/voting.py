"""The private ballot: from the notice before the first one, vote by vote, to the last; its state is its custom_ids."""

from functools import partial

from discord import TextStyle, ui

from bench.answers import LONGEST_REASON, LONGEST_SUGGESTION
from bench.errors import WrongState
from bench.model import VoteValue
from cogs.base import Interaction, actor_of, redraw, services_of, show
from cogs.forms import Form, FormValues, labelled
from cogs.router import Router, chosen
from cogs.screens.ballots import VERBS, next_ballot, notice, private_ballot, recorded, suggested
from cogs.screens.words import said

AGAIN = "What you say now replaces your last vote on this item."


class Voting:
    """Whatever is clicked on a ballot. No gold is shown before the notice was read, once for each task."""

    def __init__(self, router: Router) -> None:
        router.control("goldvote", self.begin)
        router.control("gnotice", self._begin_after_notice)
        router.control("gopen", self.open)
        router.control("gshow", self._open_after_notice)
        router.control("gpick", self._open_chosen)
        router.control("gback", self._go_back)
        for value, verb in VERBS.items():
            router.control(verb, partial(self._vote, value))
        router.control("gskip", partial(self._vote, None))
        router.control("gsuggest", self._ask_for_answer)
        router.form("gsuggest", self._suggest)

    async def begin(self, interaction: Interaction, task_id: int) -> None:
        """Deal the first ballot, or show the notice that comes before it."""
        actor, services = actor_of(interaction), services_of(interaction)
        task = await services.tasks.get(actor.guild_id, task_id)
        if await services.gold.is_reviewer(actor, task_id):
            deal = await services.gold.deal(actor, task_id, interaction.id)
            await show(interaction, next_ballot(task, deal))
        else:
            await show(interaction, notice(task, "gnotice", task_id))

    async def open(self, interaction: Interaction, ballot_id: int) -> None:
        """Show the ballot that stands in the thread, or the notice that comes before it."""
        actor, gold = actor_of(interaction), services_of(interaction).gold
        task = (await gold.ballot_sheet(actor.guild_id, ballot_id)).task
        if await gold.is_reviewer(actor, task.id):
            await show(interaction, private_ballot(await gold.open_ballot(actor, ballot_id)))
        else:
            await show(interaction, notice(task, "gshow", ballot_id))

    async def _begin_after_notice(self, interaction: Interaction, task_id: int) -> None:
        await self._redraw_next(interaction, task_id)

    async def _open_after_notice(self, interaction: Interaction, ballot_id: int) -> None:
        deal = await services_of(interaction).gold.open_ballot(actor_of(interaction), ballot_id)
        await redraw(interaction, private_ballot(deal))

    async def _open_chosen(self, interaction: Interaction, subject: int) -> None:
        del subject
        await self.open(interaction, chosen(interaction))

    async def _go_back(self, interaction: Interaction, ballot_id: int) -> None:
        deal = await services_of(interaction).gold.open_ballot(actor_of(interaction), ballot_id)
        await redraw(interaction, private_ballot(deal, AGAIN))

    async def _vote(self, value: VoteValue | None, interaction: Interaction, ballot_id: int) -> None:
        actor, services = actor_of(interaction), services_of(interaction)
        try:
            voted = await services.gold.vote(actor, ballot_id, value, interaction.id)
        except WrongState as late:
            task_id = (await services.gold.ballot_sheet(actor.guild_id, ballot_id)).task.id
            await self._redraw_next(interaction, task_id, said(str(late), 400))
            return
        back = None if value is None or voted.decision is not None else ballot_id
        await redraw(interaction, next_ballot(voted.task, voted.next, *recorded(voted), back=back))

    async def _ask_for_answer(self, interaction: Interaction, ballot_id: int) -> None:
        await interaction.response.send_modal(suggestion_form(ballot_id))

    async def _suggest(self, interaction: Interaction, ballot_id: int, values: FormValues) -> None:
        actor, services = actor_of(interaction), services_of(interaction)
        voted = await services.gold.suggest(
            actor, ballot_id, values.text("answer"), values.text("reason"), interaction.id
        )
        await redraw(interaction, next_ballot(voted.task, voted.next, suggested(voted.task)))

    async def _redraw_next(self, interaction: Interaction, task_id: int, *before: str) -> None:
        actor, services = actor_of(interaction), services_of(interaction)
        task = await services.tasks.get(actor.guild_id, task_id)
        deal = await services.gold.deal(actor, task_id, interaction.id)
        await redraw(interaction, next_ballot(task, deal, *before))


def suggestion_form(ballot_id: int) -> Form:
    """The form of one more answer."""
    answer: ui.TextInput[Form] = ui.TextInput(
        custom_id="answer", style=TextStyle.paragraph, max_length=LONGEST_SUGGESTION
    )
    reason: ui.TextInput[Form] = ui.TextInput(custom_id="reason", style=TextStyle.paragraph, max_length=LONGEST_REASON)
    return Form(
        "Suggest an answer",
        "gsuggest",
        ballot_id,
        labelled("Answer", answer, "One answer that should be accepted too, as a model would give it"),
        labelled("Reason", reason, "Why it is right; those who vote on it read this"),
    )
