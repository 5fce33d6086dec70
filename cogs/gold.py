"""`/gold`: vote on the accepted answers of a task, see what is in doubt and what changed, and count again."""

import re

from discord import app_commands
from discord.ext import commands

from bench.errors import BadInput, NotFound
from bench.model import Task, TaskState
from cogs.base import Interaction, actor_of, services_of, show, think
from cogs.items import Items
from cogs.pickers import TaskPicker, item_id_of, only_task, suggest_ballots, suggest_items
from cogs.router import LARGEST_ID
from cogs.screens.gold_lists import dispute_list, exported, history, recounted
from cogs.voting import Voting

VOTED_STATES = (TaskState.PROPOSED, TaskState.PILOT, TaskState.OPEN)
NOBODY = "nobody"
MOST_LEFT_OUT = 100
LONGEST_REASON, LONGEST_MENTIONS = 300, 3000

AnyTask = app_commands.Transform[Task, TaskPicker()]
VotedTask = app_commands.Transform[Task, TaskPicker(*VOTED_STATES)]


@app_commands.guild_only()
class Gold(commands.GroupCog, group_name="gold", group_description="Vote on gold, and see how it changes"):
    """Gold as those see it who may. Rights are the services' to check; this only asks and shows."""

    def __init__(self, voting: Voting, items: Items) -> None:
        self._voting = voting
        self._items = items

    @app_commands.command(description="Vote on the gold of a task, one item at a time")
    @app_commands.describe(task="Which task; in a task's thread it is that task unless you say otherwise")
    async def vote(self, interaction: Interaction, task: VotedTask | None = None) -> None:
        """Deal the item that a vote helps most."""
        chosen = task or await only_task(interaction, frozenset(VOTED_STATES))
        await self._voting.begin(interaction, chosen.id)

    @app_commands.command(description="Look an item up: answers, votes, how hard it is (reviewers, author, curators)")
    @app_commands.describe(task="Which task", item="Which item: type a part of its prompt, or its id")
    @app_commands.autocomplete(item=suggest_items)
    async def item(self, interaction: Interaction, task: AnyTask, item: str) -> None:
        """Show one item, which its owner may amend there."""
        await self._items.show(interaction, task, await item_id_of(interaction, task, item))

    @app_commands.command(description="List the items that deserve a second look (reviewers, author and curators)")
    @app_commands.describe(task="Which task")
    async def disputes(self, interaction: Interaction, task: AnyTask) -> None:
        """List the items in doubt, each with its reason."""
        lines = await services_of(interaction).records.disputes(actor_of(interaction), task.id)
        await show(interaction, dispute_list(task, lines))

    @app_commands.command(name="history", description="List the gold versions of a task, or get one as a file")
    @app_commands.describe(
        task="Which task",
        version="Only this version (the newest unless you say otherwise, for a file)",
        export="Get the gold as a file; it makes you a reviewer (all may once the task is closed)",
    )
    async def history_(
        self,
        interaction: Interaction,
        task: AnyTask,
        version: app_commands.Range[int, 1, 100_000] | None = None,
        export: bool = False,
    ) -> None:
        """Say how gold changed, or hand it out."""
        await think(interaction)
        records = services_of(interaction).records
        if export:
            await show(interaction, exported(task, await records.export(actor_of(interaction), task.id, version)))
            return
        told = await records.history(task.guild_id, task.id)
        wanted = [line for line in told if version in {None, line.number}]
        if not wanted:
            raise NotFound(
                f"Gold v{version} is not among the newest versions of “{task.title}”, which has v{task.gold_version} "
                "now; the option `export` hands out any version."
            )
        await show(interaction, history(task, wanted))

    @app_commands.command(description="Count a ballot again without some accounts; it is written down (curators)")
    @app_commands.describe(
        task="Which task",
        ballot="Which ballot: choose one, or type the number that stands on it",
        without="The accounts to leave out: mention them, or write nobody to count all votes again",
        reason="Why; it is kept with your name",
    )
    @app_commands.autocomplete(ballot=suggest_ballots)
    async def recount(
        self,
        interaction: Interaction,
        task: AnyTask,
        ballot: str,
        without: app_commands.Range[str, 1, LONGEST_MENTIONS],
        reason: app_commands.Range[str, 1, LONGEST_REASON],
    ) -> None:
        """Decide a ballot again."""
        del task
        actor, left_out = actor_of(interaction), accounts(without)
        sheet = await services_of(interaction).recounts.recount(actor, ballot_number(ballot), left_out, reason)
        await show(interaction, recounted(sheet, len(left_out)))


def accounts(text: str) -> frozenset[int]:
    """The accounts that are mentioned in a text (or given by their ids); none where it says ``nobody``."""
    if text.strip().casefold() == NOBODY:
        return frozenset()
    words = [re.fullmatch(r"<@!?([0-9]{1,19})>|([0-9]{15,19})", word) for word in re.split(r"[\s,;]+", text.strip())]
    ids = frozenset(int(match[1] or match[2]) for match in words if match is not None)
    if None in words or not all(0 < one <= LARGEST_ID for one in ids):
        raise BadInput("The accounts to leave out could not be read; mention them one after another, as @name @name.")
    if len(ids) > MOST_LEFT_OUT:
        raise BadInput(f"{len(ids)} accounts are more than can be left out at once; name {MOST_LEFT_OUT} at most.")
    return ids


def ballot_number(text: str) -> int:
    """The ballot that was chosen, or whose number was typed."""
    match = re.fullmatch(r"[0-9]{1,19}", text.strip())
    if match is None or int(match[0]) > LARGEST_ID:
        raise BadInput("This is no ballot; choose one from the list, or type the number that stands on it.")
    return int(match[0])
