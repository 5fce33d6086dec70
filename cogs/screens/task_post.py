"""The post of a task: what is asked, what it looks like, how far it is, and what one can do."""

from discord import ButtonStyle

from bench.model import Task, TaskState
from cogs.screens.checklists import short_checklist
from cogs.screens.screen import GOOD, NEUTRAL, Part, Screen, button, panel, row, rule, screen, text
from cogs.screens.words import code, listed, moment, plural, safe, safe_lines
from services.values import TaskSheet

STATES = {
    TaskState.PROPOSED: "Proposed: the community decides",
    TaskState.PILOT: "Approved: waiting to be launched",
    TaskState.OPEN: "Open for submissions",
    TaskState.CLOSED: "Closed: the ranks stand",
    TaskState.ARCHIVED: "Archived",
}
LONGEST_STATEMENT, BESIDE_A_CHECKLIST = 1600, 800
LONGEST_SAMPLE = 180


def task_post(sheet: TaskSheet) -> Screen:
    """The whole post, as the forum shows it and as `/task show` answers."""
    task = sheet.task
    parts: list[Part] = [
        text(f"## {safe(task.title, 200)}", f"**{STATES[task.state]}** · proposed by <@{task.author_id}>"),
        text(safe_lines(task.statement, BESIDE_A_CHECKLIST if sheet.checklist else LONGEST_STATEMENT)),
        text(_facts(task), _proposed(sheet), f"-# {code(task.signature, 180)} · gold v{task.gold_version}"),
    ]
    if sheet.samples:
        parts += [rule(), text("**Sample prompts**", *_samples(sheet.samples))]
    if sheet.checklist:
        parts += [rule(), text(*short_checklist(sheet.checklist))]
    if task.state is TaskState.PROPOSED or sheet.approvers:
        parts.append(text(_approvals(sheet)))
    parts.append(row(*_buttons(task)))
    return screen(panel(*parts, colour=GOOD if task.state is TaskState.OPEN else NEUTRAL))


def _facts(task: Task) -> str:
    practice = f" and {plural(task.practice_items, 'practice item')}" if task.practice_items else ""
    facts = [
        f"{plural(task.items, 'item')}{practice}",
        f"language {safe(task.language, 20)}",
        f"licence {safe(task.licence, 80)}",
        f"{plural(task.attempts_per_day, 'attempt')} a day",
    ]
    if task.gold_is_open:
        facts.append("gold is open: reviewers are ranked too")
    if task.opened_at is not None:
        facts.append(f"opened {moment(task.opened_at, 'D')}")
    if task.closed_at is not None:
        facts.append(f"closed {moment(task.closed_at, 'D')}")
    return " · ".join(facts)


def _samples(samples: tuple[str, ...]) -> list[str]:
    return [f"{number}. {safe(sample, LONGEST_SAMPLE)}" for number, sample in enumerate(samples[:5], start=1)]


def _proposed(sheet: TaskSheet) -> str | None:
    if not sheet.proposed_items:
        return None
    waits = "waits" if sheet.proposed_items == 1 else "wait"
    return f"{plural(sheet.proposed_items, 'proposed item')} {waits} for votes before coming into the gold."


def _approvals(sheet: TaskSheet) -> str:
    if not sheet.approvers:
        return f"**Approvals** none yet; {sheet.quorum} needed besides the author's, or a curator's."
    names = listed(f"<@{user}>{' (curator)' if curator else ''}" for user, curator in sheet.approvers[:10])
    return f"**Approvals** {len(sheet.approvers)} of {sheet.quorum}: {names}"


def _buttons(task: Task) -> list[Part]:
    kit = button("Get the kit", "kit", task.id)
    vote = button("Vote on gold", "goldvote", task.id)
    if task.state is TaskState.PROPOSED:
        return [
            button("Approve", "approve", task.id, ButtonStyle.success),
            button("Take back approval", "unapprove", task.id),
            vote,
            kit,
        ]
    if task.state is TaskState.OPEN:
        place = button("My place", "place", task.id)
        return [button("Submit", "submit", task.id, ButtonStyle.primary), place, vote, kit]
    if task.state is TaskState.PILOT:
        return [button("Launch", "launch", task.id, ButtonStyle.primary), vote, kit]
    return [kit]
