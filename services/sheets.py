"""What a task's post shows, read in one transaction."""

from collections.abc import Sequence

from bench.gate import OBJECTIONS, Check, launch_checklist, pilot_checklist
from bench.model import GuildSettings, ItemState, Task
from bench.stats.agreement import agreement
from bench.stats.concentration import concentration
from services.guilds import needed
from services.posts import BEFORE_LAUNCH
from services.values import TaskSheet
from storage import analysis, changes, events, gold, guilds, submissions, tasks, votes
from storage.database import Connection
from storage.votes import Tally

SAMPLE_PROMPTS = 5
PROPOSED = "proposed"


def sheet_of(connection: Connection, guild_id: int, task_id: int) -> TaskSheet:
    """The task with its samples, approvals and checklist as they stand; launched, it has no checklist any more."""
    task = tasks.get_task(connection, guild_id, task_id)
    settings = needed(guilds.find_settings(connection, guild_id))
    return TaskSheet(
        task,
        gold.list_samples(connection, guild_id, task_id, SAMPLE_PROMPTS),
        tasks.list_approvals(connection, guild_id, task_id),
        settings.quorum,
        checklist_of(connection, task, settings) if task.state in BEFORE_LAUNCH else (),
        submissions.count_entries(connection, guild_id, task_id),
        tasks.list_links(connection, guild_id, task_id),
        len(changes.list_proposed_items(connection, guild_id, task_id)),
    )


def checklist_of(connection: Connection, task: Task, settings: GuildSettings) -> tuple[Check, ...]:
    """The launch gate of the task with its figures: the proposal's lines, then those of its pilot."""
    approvals = tasks.list_approvals(connection, task.guild_id, task.id)
    proposal = events.list_events(connection, task.guild_id, task_id=task.id, kind=PROPOSED)[0]
    launch = launch_checklist(
        counted_items=task.items,
        approvals=len(approvals),
        quorum=settings.quorum,
        curator_approved=any(as_curator for _, as_curator in approvals),
        gold_score=float(proposal.data["gold_score"]),
        empty_score=float(proposal.data["empty_score"]),
    )
    return (*launch, *_pilot(connection, task))


def _pilot(connection: Connection, task: Task) -> tuple[Check, ...]:
    tallies = votes.list_tallies(connection, task.guild_id, task.id)
    settled = [tally for tally in tallies if tally.state is ItemState.SETTLED]
    return pilot_checklist(
        voters=votes.count_voters(connection, task.guild_id, task.id),
        objected=sum(_is_objected(tally) for tally in tallies),
        settled=len(settled),
        counted_items=task.items,
        agreement=agreement((tally.right, tally.ambiguous, tally.wrong) for tally in tallies),
        baselines=analysis.list_baselines(connection, task.guild_id, task.id, task.gold_version, task.signature),
        concentration=concentration(_authors(task, tallies)),
    )


def _is_objected(tally: Tally) -> bool:
    return tally.state is ItemState.OPEN and tally.ambiguous + tally.wrong >= OBJECTIONS


def _authors(task: Task, tallies: Sequence[Tally]) -> list[str | int | None]:
    """Who wrote each item: whom its file names, else who added it; the task's author may have collected the rest."""
    return [tally.author or (None if tally.author_id == task.author_id else tally.author_id) for tally in tallies]
