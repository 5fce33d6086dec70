"""Lists: the tasks of a guild, one's own submissions, and what to do with one of them."""

from collections.abc import Mapping, Sequence

import discord
from discord import ButtonStyle

from bench.model import Scorecard, Submission, SubmissionState, Task, TaskState
from cogs.screens.screen import NEUTRAL, WARNING, Part, Screen, button, menu, panel, row, screen, text
from cogs.screens.words import code, interval, moment, percent, plain, plural, safe

SHOWN = 15
STATE_WORDS = {
    SubmissionState.QUEUED: "waiting for its score",
    SubmissionState.REFUSED: "refused, no attempt used",
    SubmissionState.FAILED: "scoring failed, no attempt used",
}


def task_list(tasks: Sequence[Task], state: TaskState | None) -> Screen:
    """The guild's tasks, newest first."""
    kind = "" if state is None else f"{state.value} "
    if not tasks:
        return screen(panel(text(f"There are no {kind}tasks yet. Anyone can propose one with `/task propose`.")))
    heading = f"**The newest {kind}tasks**" if len(tasks) > SHOWN else f"**{plural(len(tasks), f'{kind}task')}**"
    return screen(panel(text(heading, *map(_task, tasks[:SHOWN]))))


def submission_list(own: Sequence[tuple[Submission, Scorecard | None]], titles: Mapping[int, str]) -> Screen:
    """One's own submissions, newest first, with a menu to withdraw one."""
    if not own:
        return screen(panel(text("You have no submissions here yet. `/submit` sends one.")))
    shown = own[:SHOWN]
    heading = "**Your submissions**" + (f" (the newest {SHOWN})" if len(own) > SHOWN else "")
    lines = [_submission(submission, scorecard, titles[submission.task_id]) for submission, scorecard in shown]
    parts: list[Part] = [text(heading, *lines)]
    options = [
        discord.SelectOption(
            label=plain(f"{submission.system} · {'' if card is None else percent(card.score)}".rstrip(" ·"), 100),
            description=plain(f"{titles[submission.task_id]} · {submission.filename}", 100),
            value=str(submission.id),
        )
        for submission, card in shown
        if submission.withdrawn_at is None and submission.state in {SubmissionState.QUEUED, SubmissionState.SCORED}
    ]
    if options:
        parts.append(row(menu("Withdraw one…", "withdraw", 0, options)))
    return screen(panel(*parts))


def confirm_withdrawal(submission: Submission, task: Task) -> Screen:
    """The question before a submission leaves the board."""
    question = f"Withdraw **{safe(submission.system)}** ({safe(submission.filename)}) from {safe(task.title, 200)}?"
    return _confirm(
        f"{question}\nIt leaves the board. The attempt stays used, and this cannot be undone.",
        button("Withdraw", "withdrawn", submission.id, ButtonStyle.danger),
        submission.id,
    )


def withdrawn(submission: Submission) -> Screen:
    """The submission is off the board."""
    return screen(panel(text(f"**{safe(submission.system)}** is withdrawn; the board follows in a moment.")))


def confirm_close(task: Task) -> Screen:
    """The question before a task ends."""
    return _confirm(
        f"Close **{safe(task.title, 200)}**?\nIt takes no more submissions, and its ranks stand. There is no way back.",
        button("Close the task", "close", task.id, ButtonStyle.danger),
        task.id,
    )


def note(sentence: str, *, colour: int = NEUTRAL) -> Screen:
    """One sentence of ours."""
    return screen(panel(text(sentence), colour=colour))


def _confirm(question: str, deed: Part, subject: int) -> Screen:
    return screen(panel(text(question), row(deed, button("Leave it as it is", "keep", subject)), colour=WARNING))


def _task(task: Task) -> str:
    where = f" · <#{task.thread_id}>" if task.thread_id is not None else ""
    return f"- **{safe(task.title, 120)}** · {task.state.value} · {plural(task.items, 'item')}{where}"


def _submission(submission: Submission, scorecard: Scorecard | None, title: str) -> str:
    if submission.withdrawn_at is not None:
        state = "withdrawn"
    elif scorecard is not None:
        state = f"{percent(scorecard.score)} ({interval(scorecard.interval)})"
    else:
        state = STATE_WORDS.get(submission.state, "being scored anew")
    file = code(submission.filename, 30)
    return (
        f"- **{safe(submission.system, 70)}** at {safe(title, 70)}: {state} · {file} · {moment(submission.received_at)}"
    )
