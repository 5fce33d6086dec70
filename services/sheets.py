"""What a task's post shows, read in one transaction."""

from bench.gate import Check, launch_checklist
from bench.model import GuildSettings, Task
from services.guilds import needed
from services.values import TaskSheet
from storage import events, gold, guilds, submissions, tasks
from storage.database import Connection

SAMPLE_PROMPTS = 5
PROPOSED = "proposed"


def sheet_of(connection: Connection, guild_id: int, task_id: int) -> TaskSheet:
    """The task with its samples, approvals and checklist as they stand."""
    task = tasks.get_task(connection, guild_id, task_id)
    settings = needed(guilds.find_settings(connection, guild_id))
    return TaskSheet(
        task,
        gold.list_samples(connection, guild_id, task_id, SAMPLE_PROMPTS),
        tasks.list_approvals(connection, guild_id, task_id),
        settings.quorum,
        checklist_of(connection, task, settings),
        submissions.count_entries(connection, guild_id, task_id),
        tasks.list_links(connection, guild_id, task_id),
    )


def checklist_of(connection: Connection, task: Task, settings: GuildSettings) -> tuple[Check, ...]:
    """The launch gate of the task with its figures."""
    approvals = tasks.list_approvals(connection, task.guild_id, task.id)
    proposal = events.list_events(connection, task.guild_id, task_id=task.id, kind=PROPOSED)[0]
    return launch_checklist(
        counted_items=task.items,
        approvals=len(approvals),
        quorum=settings.quorum,
        curator_approved=any(as_curator for _, as_curator in approvals),
        gold_score=float(proposal.data["gold_score"]),
        empty_score=float(proposal.data["empty_score"]),
    )
