"""The launch gate: short in a task's post, explained line by line on demand, and before a curator goes past it."""

from collections.abc import Sequence

from discord import ButtonStyle

from bench.gate import Check, Verdict
from bench.model import Task, TaskState
from cogs.screens.screen import GOOD, WARNING, Screen, button, panel, row, rule, screen, text
from cogs.screens.words import safe, said

MARKS = {Verdict.MET: "✅", Verdict.NOTE: "\N{HEAVY MINUS SIGN}", Verdict.UNMET: "❌"}
WORDS = {Verdict.MET: "met", Verdict.NOTE: "note", Verdict.UNMET: "not yet"}
LONGEST_FIGURE = 140


def short_checklist(checks: Sequence[Check]) -> list[str]:
    """The gate for a post: what is not met first, then what is worth a note, and what is met by its name alone."""
    unmet, notes, met = ([one for one in checks if one.verdict is verdict] for verdict in _ORDER)
    lines = [f"**Checklist** · {len(met)} of {len(checks) - len(notes)} met; `/task check` explains each line"]
    lines += [f"{_mark(one)}: {safe(one.name, 80)} · {safe(one.figure, 90)}" for one in unmet]
    lines += [f"{_mark(one)}: {safe(one.name, 80)} · {safe(one.figure, 110)}" for one in notes]
    if met:
        lines.append(f"{MARKS[Verdict.MET]} met: {' · '.join(safe(one.name, 60) for one in met)}")
    return lines


def explained_checklist(task: Task, checks: Sequence[Check]) -> Screen:
    """Every line of the gate with its figure and why it is asked."""
    unmet = sum(one.verdict is Verdict.UNMET for one in checks)
    heading = f"**The launch gate of {safe(task.title, 200)}**"
    return screen(
        panel(
            text(heading, *map(_explained, checks)),
            rule(),
            text(_standing(task, unmet)),
            colour=WARNING if unmet else GOOD,
        )
    )


def red_lines(task: Task, checks: Sequence[Check]) -> Screen:
    """What a curator would launch past, before it happens."""
    return screen(
        panel(
            text(
                f"**Launch {safe(task.title, 200)} all the same?** These lines of its checklist are not met:",
                *map(_explained, checks),
                "As a curator you may launch past them. The board then says so, for everyone to see.",
            ),
            row(
                button("Launch all the same", "launchpast", task.id, ButtonStyle.danger),
                button("Not now", "keep", task.id),
            ),
            colour=WARNING,
        )
    )


def waived_line(task: Task) -> str | None:
    """What the board says of a task that was launched past red lines."""
    if not task.waived:
        return None
    return f"-# Launched by a curator although not met: {'; '.join(safe(name, 80) for name in task.waived[:8])}."


_ORDER = (Verdict.UNMET, Verdict.NOTE, Verdict.MET)


def _mark(check: Check) -> str:
    return f"{MARKS[check.verdict]} {WORDS[check.verdict]}"


def _explained(check: Check) -> str:
    figure = safe(check.figure, LONGEST_FIGURE)
    return f"{_mark(check)}: **{safe(check.name, 80)}** · {figure}\n-# {said(check.meaning, 300)}"


def _standing(task: Task, unmet: int) -> str:
    if task.state not in {TaskState.PROPOSED, TaskState.PILOT}:
        return f"The task is {task.state.value}; so it would stand today."
    if unmet:
        return "While a line is not met, only a curator can launch the task, and the board then says so."
    return "Everything is met: its author or a curator can launch it with `/task launch`."
