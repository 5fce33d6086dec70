"""Parameters that arrive as objects: the client offers names, the command gets the thing itself."""

import contextlib
import logging

from discord import app_commands

from bench.errors import BadInput, NotFound, TouchstoneError, WrongState
from bench.model import Task, TaskState
from cogs.base import Interaction, actor_of, services_of
from cogs.router import LARGEST_ID
from cogs.screens.words import listed, plain, plural, safe

log = logging.getLogger(__name__)

CHOICES = 25
LONGEST_CHOICE = 100
TASKS_NAMED = 5
LICENCES = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC0-1.0",
    "Apache-2.0",
    "MIT",
    "Private: for this server only",
)


class TaskPicker(app_commands.Transformer):
    """A task of this guild by its title; the choices offered are those in certain states."""

    def __init__(self, *states: TaskState) -> None:
        self._states = frozenset(states) or None

    async def transform(self, interaction: Interaction, value: str, /) -> Task:  # type: ignore[override]  # as our client
        """The task that was chosen, or whose title was typed in full."""
        services, guild_id = services_of(interaction), interaction.guild_id or 0
        if value.isascii() and value.isdigit() and int(value) <= LARGEST_ID:
            with contextlib.suppress(NotFound):
                return await services.tasks.get(guild_id, int(value))
        wanted = value.strip().casefold()
        for task in await services.tasks.search(guild_id, value.strip()):
            if task.title.casefold() == wanted:
                return task
        raise NotFound(f"There is no task called “{safe(value, 80)}”; choose one from the list while you type.")

    async def autocomplete(  # type: ignore[override]  # the same
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        """The tasks that match what was typed so far, newest first."""
        try:
            found = await services_of(interaction).tasks.search(interaction.guild_id or 0, value.strip(), self._states)
        except Exception:
            log.exception("No choices could be offered in guild %s", interaction.guild_id)
            return []
        return [app_commands.Choice(name=choice_name(task), value=str(task.id)) for task in found[:CHOICES]]


def choice_name(task: Task) -> str:
    """How a task is called in a list of choices: at most 100 characters, the title first."""
    tail = f" · {task.state.value} · {plural(task.items, 'item')}"
    return plain(task.title, LONGEST_CHOICE - len(tail)) + tail


async def only_task(interaction: Interaction, states: frozenset[TaskState]) -> Task:
    """The task that is meant where none was named: that of this thread, or the only one in these states."""
    found = await services_of(interaction).tasks.search(interaction.guild_id or 0, "", states)
    here = [task for task in found if task.thread_id is not None and task.thread_id == interaction.channel_id]
    if len(here or found) == 1:
        return (here or found)[0]
    if not found:
        raise WrongState("No task takes votes now; `/task list` shows what there is.")
    names = listed((f"“{task.title}”" for task in found[:TASKS_NAMED]), "or")
    raise BadInput(f"Which task is it? Choose one with the option `task`: {names}.")


async def suggest_items(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The items of the chosen task whose prompt holds what was typed so far; prompts are public."""
    try:
        task = await _chosen_task(interaction)
        found = await services_of(interaction).gold.find_items(actor_of(interaction), task.id, typed.strip())
    except Exception as error:  # noqa: BLE001 - without choices one can still type
        return _nothing_offered(interaction, error)
    return [
        app_commands.Choice(name=plain(prompt, LONGEST_CHOICE) or plain(item_id), value=item_id[:LONGEST_CHOICE])
        for item_id, prompt in found[:CHOICES]
    ]


async def suggest_ballots(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The ballots on items in doubt of the chosen task, for those who may see them."""
    wanted = typed.strip().casefold()
    try:
        task = await _chosen_task(interaction)
        lines = await services_of(interaction).records.disputes(actor_of(interaction), task.id)
    except Exception as error:  # noqa: BLE001 - the same
        return _nothing_offered(interaction, error)
    named = [
        (f"{plain(line.prompt, LONGEST_CHOICE - 12)} · {line.state.value}", str(line.ballot_id))
        for line in lines
        if line.ballot_id is not None
    ]
    found = [(name, value) for name, value in named if wanted in name.casefold() or value.startswith(wanted)]
    return [app_commands.Choice(name=name, value=value) for name, value in found[:CHOICES]]


async def suggest_systems(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The systems that are ranked at the chosen task, best first."""
    wanted = typed.strip().casefold()
    try:
        task = await _chosen_task(interaction)
        systems = await services_of(interaction).comparisons.systems(task.guild_id, task.id)
    except Exception as error:  # noqa: BLE001 - the same
        return _nothing_offered(interaction, error)
    return [
        app_commands.Choice(name=plain(name, LONGEST_CHOICE), value=key[:LONGEST_CHOICE])
        for key, name in systems
        if wanted in name.casefold()
    ][:CHOICES]


async def item_id_of(interaction: Interaction, task: Task, typed: str) -> str:
    """The id of the item that was chosen, or the only one that holds what was typed.

    Anything else is given back as it is: the id of an item, or one that the services know nothing of.
    """
    wanted = typed.strip()
    found = await services_of(interaction).gold.find_items(actor_of(interaction), task.id, wanted)
    exact = [item_id for item_id, prompt in found if wanted in {item_id, prompt.strip()}]
    if len(exact) == 1:
        return exact[0]
    return found[0][0] if len(found) == 1 else wanted


async def suggest_licences(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Licences that people choose for data; any other text is taken as well."""
    del interaction
    wanted = typed.casefold()
    return [app_commands.Choice(name=one, value=one) for one in LICENCES if wanted in one.casefold()]


async def _chosen_task(interaction: Interaction) -> Task:
    """The task that the command's other option names, while the command is still being typed."""
    return await TaskPicker().transform(interaction, str(interaction.namespace.task or ""))


def _nothing_offered(interaction: Interaction, error: Exception) -> list[app_commands.Choice[str]]:
    if not isinstance(error, TouchstoneError):
        log.error("No choices could be offered in guild %s", interaction.guild_id, exc_info=error)
    return []
