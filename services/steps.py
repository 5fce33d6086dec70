"""The steps of a task's life, each written as one transaction; the actor's right is checked in the same transaction."""

from datetime import datetime

from bench.errors import NotAllowed, WrongState
from bench.gate import Check, unmet
from bench.model import Actor, GuildSettings, Task, TaskState
from services.guilds import is_curator, needed
from services.posts import Details, Happening, board_due, news_due, task_post_due
from services.sheets import checklist_of
from services.values import NewsKind
from storage import guilds, tasks
from storage.database import Connection


class RedLines(WrongState):
    """A curator would launch past lines that are not met: the decision is theirs, with all the lines before them."""

    def __init__(self, task: Task, checks: tuple[Check, ...]) -> None:
        super().__init__(f"“{task.title}” has {len(checks)} lines that are not met.")
        self.task = task
        self.checks = checks


def approve(connection: Connection, actor: Actor, task_id: int, now: datetime) -> None:
    """Approve a proposal; a curator's word or the quorum of members besides the author makes it a pilot."""
    task, settings = _locked(connection, actor, task_id)
    _still_proposed(task)
    if actor.user_id == task.author_id:
        raise NotAllowed("You wrote this proposal, so others decide on it.")
    curator = is_curator(actor, settings)
    guilds.record_member(connection, actor.guild_id, actor.user_id, actor.name, actor.joined_at, now)
    tasks.record_approval(connection, task.guild_id, task.id, actor.user_id, curator, now)
    approvals = tasks.list_approvals(connection, task.guild_id, task.id)
    if curator or len(approvals) >= settings.quorum:
        tasks.change_state(connection, task.guild_id, task.id, TaskState.PROPOSED, TaskState.PILOT, now)
        details: Details = {"approvals": len(approvals), "curator": int(curator)}
        news_due(connection, task, Happening(NewsKind.APPROVED, actor.user_id, now, details))
    task_post_due(connection, task, settings, now)


def take_back(connection: Connection, actor: Actor, task_id: int, now: datetime) -> None:
    """Take one's own approval back while the proposal waits."""
    task, settings = _locked(connection, actor, task_id)
    _still_proposed(task)
    if not tasks.remove_approval(connection, task.guild_id, task.id, actor.user_id):
        raise WrongState("You have not approved this proposal, so there is nothing to take back.")
    task_post_due(connection, task, settings, now)


def launch(connection: Connection, actor: Actor, task_id: int, now: datetime, *, waive: bool = False) -> None:
    """Open an approved task for submissions, once every line of its checklist is met.

    A curator may `waive` the lines of the pilot that are not met; they are then written on the board. Without it such
    a curator gets a RedLines to decide on, and everyone else a WrongState.
    """
    task, settings = _led(connection, actor, task_id, "launch it")
    if task.state not in {TaskState.PROPOSED, TaskState.PILOT}:
        raise WrongState(f"“{task.title}” cannot be launched: it is {task.state.value}.")
    open_lines = unmet(checklist_of(connection, task, settings))
    lines = "\n".join(f"• {check.name}: {check.figure}" for check in open_lines)
    if task.state is TaskState.PROPOSED or (open_lines and not is_curator(actor, settings)):
        raise WrongState(
            f"“{task.title}” is not ready to launch:\n{lines}\n/task check explains each line; "
            "once it is approved, a curator may launch it all the same."
        )
    if open_lines and not waive:
        raise RedLines(task, open_lines)
    if not tasks.change_state(connection, task.guild_id, task.id, TaskState.PILOT, TaskState.OPEN, now):
        raise WrongState(f"“{task.title}” was launched meanwhile.")
    tasks.record_waived(connection, task.guild_id, task.id, [check.name for check in open_lines])
    details: Details = {"items": task.items, "waived": len(open_lines)}
    news_due(connection, task, Happening(NewsKind.LAUNCHED, actor.user_id, now, details))
    task_post_due(connection, task, settings, now)
    board_due(connection, tasks.get_task(connection, task.guild_id, task.id), settings, now)


def close(connection: Connection, actor: Actor, task_id: int, now: datetime) -> None:
    """End an open task; its board stays."""
    task, settings = _led(connection, actor, task_id, "close it")
    if not tasks.change_state(connection, task.guild_id, task.id, TaskState.OPEN, TaskState.CLOSED, now):
        raise WrongState(f"Only an open task can be closed; “{task.title}” is {task.state.value}.")
    news_due(connection, task, Happening(NewsKind.CLOSED, actor.user_id, now, {}))
    task_post_due(connection, task, settings, now)
    board_due(connection, task, settings, now)


def link(connection: Connection, actor: Actor, task_id: int, channel_id: int, now: datetime) -> None:
    """Mirror the task's news into one more channel."""
    task, settings = _led(connection, actor, task_id, "link a channel to it")
    tasks.record_link(connection, task.guild_id, task.id, channel_id, actor.user_id, now)
    task_post_due(connection, task, settings, now)


def unlink(connection: Connection, actor: Actor, task_id: int, channel_id: int, now: datetime) -> None:
    """End the mirroring into a channel."""
    task, settings = _led(connection, actor, task_id, "unlink a channel from it")
    if not tasks.remove_link(connection, task.guild_id, task.id, channel_id):
        raise WrongState(f"That channel is not linked to “{task.title}”.")
    task_post_due(connection, task, settings, now)


def _locked(connection: Connection, actor: Actor, task_id: int) -> tuple[Task, GuildSettings]:
    """The task and the settings, with the task held against other writers until the transaction ends."""
    tasks.lock_task(connection, actor.guild_id, task_id)
    task = tasks.get_task(connection, actor.guild_id, task_id)
    return task, needed(guilds.find_settings(connection, actor.guild_id))


def _led(connection: Connection, actor: Actor, task_id: int, deed: str) -> tuple[Task, GuildSettings]:
    task, settings = _locked(connection, actor, task_id)
    if actor.user_id != task.author_id and not is_curator(actor, settings):
        raise NotAllowed(f"Only the author of “{task.title}” or a curator can {deed}.")
    return task, settings


def _still_proposed(task: Task) -> None:
    if task.state is not TaskState.PROPOSED:
        raise WrongState(f"“{task.title}” was approved already; it is {task.state.value} now.")
