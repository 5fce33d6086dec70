"""The chapters of the submissions: by command and by form, a broken file explained, and each format scored alike."""

from typing import Final

from sandbox.actors import Actor, Reply, Upload
from sandbox.demo.data import DataFile, SystemOutputs
from sandbox.demo.formats import in_every_format
from sandbox.demo.narration import SHOWN_LINES
from sandbox.demo.proposal import task_post
from sandbox.demo.telling import StoryBrokenError, Telling, read_score

REFUSED: Final = "cannot be scored"
SHORT: Final = 2
LONG: Final = 40


async def submit_all_but_last(telling: Telling) -> None:
    """Every system but one is submitted; two receipts are shown whole, the second went by the button's form."""
    systems = [system for system in telling.story.systems if system != last_system(telling)]
    telling.narrator.chapter(f"{len(systems)} of {len(telling.story.systems)} systems are submitted")
    for number, one in enumerate(systems):
        await submit_system(telling, one, by_form=number == 1, lines=SHOWN_LINES if number < 2 else SHORT)


async def submit_last(telling: Telling) -> None:
    """The last system is submitted: where the story has a broken file of it, that one first."""
    story, one = telling.story, last_system(telling)
    if story.broken is None:
        telling.narrator.chapter("The last system is submitted")
    else:
        telling.narrator.chapter("A broken file is explained, costs nothing, and is mended")
        refused = await send(telling, submitter_of(telling, one), one.system, story.broken, lines=LONG)
        if REFUSED not in refused.text:
            raise StoryBrokenError(f"The broken file was not refused: {refused.text}")
    await submit_system(telling, one, by_form=False, lines=SHOWN_LINES)
    if story.every_format:
        compare_formats(telling)


def last_system(telling: Telling) -> SystemOutputs:
    """The system that is held back: the one with a broken file, else the last."""
    systems = telling.story.systems
    return next((one for one in systems if one.system == telling.story.broken_system), systems[-1])


async def submit_system(telling: Telling, one: SystemOutputs, *, by_form: bool, lines: int) -> None:
    """Send all files of a system; after the first, the receipts are shown in short."""
    for number, file in enumerate(files_of(telling, one)):
        shown = lines if number == 0 else SHORT
        await submit(telling, submitter_of(telling, one), one.system, file, by_form=by_form, lines=shown)


async def submit(telling: Telling, actor: Actor, system: str, file: DataFile, *, by_form: bool, lines: int) -> None:
    """Send a file and keep the score that its receipt shows."""
    way = send_by_form if by_form else send
    receipt = await way(telling, actor, system, file, lines=lines)
    score = read_score(receipt.text)
    if score is None:
        raise StoryBrokenError(f"{file.name} was not scored: {receipt.text}")
    telling.outcome.scores.setdefault(system, {})[file.name] = score


async def send(telling: Telling, actor: Actor, system: str, file: DataFile, *, lines: int) -> Reply:
    """Send a file by the command."""
    task = telling.story.title
    telling.deed(actor, "/submit", ("task", task), ("system", system), ("file", file.name))
    act = actor.slash("submit", task=task, system=system, file=Upload(file.name, file.content))
    return await telling.receipt(actor, act, lines=lines)


async def send_by_form(telling: Telling, actor: Actor, system: str, file: DataFile, *, lines: int) -> Reply:
    """Send a file by the button of the task's post."""
    post = await task_post(telling, "Submit")
    telling.deed(actor, "clicks [Submit] and fills in the form", ("system", system), ("file", file.name))
    form = (await actor.click(post, "Submit")).form
    act = form.submit(system=system, file=Upload(file.name, file.content))
    return await telling.receipt(actor, act, lines=lines)


def submitter_of(telling: Telling, one: SystemOutputs) -> Actor:
    """Who sends a system."""
    submitters = telling.stage.submitters
    return submitters[telling.story.systems.index(one) % len(submitters)]


def files_of(telling: Telling, one: SystemOutputs) -> tuple[DataFile, ...]:
    """The files to send of a system; one that cannot be converted is sent as it is, and the bot says what it lacks."""
    if not telling.story.every_format:
        return (one.file,)
    try:
        return in_every_format(one.file)
    except (KeyError, TypeError, ValueError):
        return (one.file,)


def compare_formats(telling: Telling) -> None:
    """Show the scores of every format side by side; StoryBrokenError where they differ."""
    scores = telling.outcome.scores
    telling.narrator.table(
        ("system", "CSV", "JSONL", "JSON"),
        [(system, *map(str, by_file.values())) for system, by_file in scores.items()],
    )
    for system, by_file in scores.items():
        if len(set(by_file.values())) != 1:
            raise StoryBrokenError(f"{system} scores differently by format: {by_file}")
