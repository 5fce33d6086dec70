"""`/metric`: what metrics there are, and a form in which a specification is tried."""

from discord import TextStyle, app_commands, ui
from discord.ext import commands

from bench.errors import NotFound, TouchstoneError
from bench.language.specification import LONGEST_SPECIFICATION, parse_signature
from bench.metrics.catalogue import METRICS
from bench.metrics.pairs import LONGEST_PAIRS, MOST_PAIRS, written_pair
from bench.model import Task
from cogs.base import Interaction, actor_of, redraw, services_of, show, think
from cogs.forms import Form, FormValues, labelled
from cogs.pickers import TaskPicker
from cogs.router import Router, chosen
from cogs.screens.metrics import metric_list, metric_page, refused_trial, trial

AnyTask = app_commands.Transform[Task, TaskPicker()]


@app_commands.guild_only()
class Metrics(commands.GroupCog, group_name="metric", group_description="See how outputs can be scored, and try it"):
    """For whoever writes a specification, or wonders about one. No gold is looked at."""

    def __init__(self, router: Router) -> None:
        router.control("metric", self._explain)
        router.control("trymetric", self._try_example)
        router.form("trymetric", self._send)

    @app_commands.command(name="list", description="List the metrics; each has its options and an example")
    async def list_(self, interaction: Interaction) -> None:
        """List the metrics."""
        await show(interaction, metric_list())

    @app_commands.command(name="try", description="Try a metric specification on pairs that you paste")
    @app_commands.describe(task="Begin with the specification of this task")
    async def try_(self, interaction: Interaction, task: AnyTask | None = None) -> None:
        """Open the form, with a task's specification or with an example."""
        await interaction.response.send_modal(example_form(0) if task is None else task_form(task))

    async def _explain(self, interaction: Interaction, _subject: int) -> None:
        await redraw(interaction, metric_page(_known(chosen(interaction))))

    async def _try_example(self, interaction: Interaction, number: int) -> None:
        await interaction.response.send_modal(example_form(_known(number)))

    async def _send(self, interaction: Interaction, _subject: int, values: FormValues) -> None:
        await think(interaction)
        actor_of(interaction)
        specification, pairs = values.text("metric"), values.text("pairs")
        try:
            tried = await services_of(interaction).metrics.try_out(specification, pairs)
        except TouchstoneError as error:
            await show(interaction, refused_trial(error, specification, pairs))
        else:
            await show(interaction, trial(tried))


def example_form(number: int) -> Form:
    """The form with the example of a metric, ready to be sent."""
    metric = METRICS[number]
    return trial_form("Try a metric", metric.example, written_pair(metric.pair.output, metric.pair.answers))


def task_form(task: Task) -> Form:
    """The form with the specification of a task, in its one-line form where the other would be too long."""
    toml = parse_signature(task.signature).to_toml()
    return trial_form(f"Try: {task.title}", toml if len(toml) <= LONGEST_SPECIFICATION else task.signature)


def trial_form(title: str, specification: str, pairs: str | None = None) -> Form:
    """A form for a specification and pairs."""
    return Form(
        title,
        "trymetric",
        0,
        labelled(
            "Metric specification",
            ui.TextInput(
                custom_id="metric",
                style=TextStyle.paragraph,
                default=specification,
                max_length=LONGEST_SPECIFICATION,
            ),
            "In TOML; the name of a metric or a signature will do as well",
        ),
        labelled(
            "Pairs",
            ui.TextInput(
                custom_id="pairs",
                style=TextStyle.paragraph,
                default=pairs,
                placeholder="The Thames! => Thames | river Thames",
                max_length=LONGEST_PAIRS,
            ),
            f"At most {MOST_PAIRS}, one on a line: output => accepted answer | another one. \\n is a line break",
        ),
    )


def _known(number: int) -> int:
    if number >= len(METRICS):
        raise NotFound("There is no such metric; `/metric list` shows what there is.")
    return number
