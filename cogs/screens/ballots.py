"""Ballots on gold: the private one with the answers, the public one without, and what stands before and after them."""

from collections.abc import Sequence

from discord import ButtonStyle

from bench.ballots import Ballot
from bench.model import BallotKind, ItemState, Task, VoteValue
from cogs.screens.screen import (
    GOOD,
    NEUTRAL,
    WARNING,
    Attached,
    Part,
    Screen,
    attachment,
    button,
    channel_url,
    link,
    panel,
    row,
    rule,
    screen,
    text,
)
from cogs.screens.words import ELLIPSIS, code, moment, plural, safe, safe_lines, said
from services.gold_values import BallotSheet, Deal, Voted

VERBS = {VoteValue.RIGHT: "gright", VoteValue.AMBIGUOUS: "gambiguous", VoteValue.WRONG: "gwrong"}
CHOICES = {
    BallotKind.GOLD: {VoteValue.RIGHT: "Right", VoteValue.AMBIGUOUS: "Ambiguous", VoteValue.WRONG: "Wrong"},
    BallotKind.ANSWER: {VoteValue.RIGHT: "Accept", VoteValue.AMBIGUOUS: "Unclear", VoteValue.WRONG: "Do not accept"},
}
QUESTIONS = {
    BallotKind.GOLD: "Are the accepted answers right?",
    BallotKind.ANSWER: "Should the proposed answer be accepted too?",
}
PUBLIC_QUESTIONS = {
    BallotKind.GOLD: "Is the gold of this item right?",
    BallotKind.ANSWER: "Should one more answer to this item be accepted?",
}
WHOLE_ITEM = "item.txt"
LONGEST_PROMPT, LONGEST_PUBLIC_PROMPT = 1200, 2400
LONGEST_ANSWER, ROOM_FOR_ANSWERS = 200, 800
LONGEST_PROPOSAL, LONGEST_REASON = 500, 300


def notice(task: Task, verb: str, subject: int) -> Screen:
    """What seeing gold means, before it is seen; the button goes on to what was asked for."""
    return screen(
        panel(
            text(
                f"**Voting shows gold**: to judge an item of {safe(task.title, 200)}, you see its accepted answers.",
                "From then on you are a *reviewer* of this task: your entries are listed with a badge and not ranked. "
                "This cannot be undone.",
            ),
            row(
                button("Show me the gold and vote", verb, subject, ButtonStyle.primary),
                button("Not now", "keep", task.id),
            ),
            colour=WARNING,
        )
    )


def next_ballot(task: Task, deal: Deal | None, *before: str, back: int | None = None) -> Screen:
    """The ballot that was dealt, or a thank-you where none is left.

    `before` are lines about what just happened, `back` is the ballot whose vote may be changed.
    """
    return _nothing_left(task, before, back) if deal is None else private_ballot(deal, *before, back=back)


def private_ballot(deal: Deal, *before: str, back: int | None = None) -> Screen:
    """An item with its answers, for one voter's eyes, with the buttons to vote."""
    kind, subject = deal.ballot.kind, deal.ballot.id
    return _with_item(
        deal,
        [text(*before), rule()] if before else [],
        [
            text(f"**{QUESTIONS[kind]}**"),
            row(
                *(button(label, VERBS[value], subject) for value, label in CHOICES[kind].items()),
                button("Suggest an answer", "gsuggest", subject),
                button("Skip", "gskip", subject),
            ),
            *_way_back(back),
        ],
    )


def item_page(deal: Deal) -> Screen:
    """An item as a reviewer looks it up: with the buttons to vote while it is open, else with its decision."""
    ballot = deal.ballot
    small = f"-# item {code(ballot.item_id, 100)} · ballot {ballot.id}"
    if is_open(ballot):
        return private_ballot(deal, small)
    after = [text(_outcome(ballot), small), row(button("Suggest an answer", "gsuggest", ballot.id))]
    return _with_item(deal, [], after)


def recorded(voted: Voted) -> tuple[str, ...]:
    """What became of a vote, in a line, and the decision where the vote made one."""
    decision = () if voted.decision is None else (said(voted.decision, 400),)
    return (_vote_line(voted), *decision)


def suggested(task: Task) -> str:
    """What became of a suggested answer, in a line."""
    where = "" if task.thread_id is None else f" in <#{task.thread_id}>"
    return f"Recorded: your answer is on a ballot of its own{where}, and others vote on it."


def public_ballot(sheet: BallotSheet) -> Screen:
    """A ballot as it stands in the task's thread: its prompt and its counts, never an answer or a claim."""
    ballot, labels = sheet.ballot, CHOICES[sheet.ballot.kind]
    votes = sum(count for _, count in sheet.counts)
    counts = " · ".join(f"{labels[value]} **{count}**" for value, count in sheet.counts)
    parts: list[Part] = [
        text(f"**{PUBLIC_QUESTIONS[ballot.kind]}**", f"-# item {code(ballot.item_id, 100)} · ballot {ballot.id}"),
        text(safe_lines(sheet.prompt, LONGEST_PUBLIC_PROMPT)),
        text(f"{counts} · {plural(votes, 'vote')}"),
    ]
    if is_open(ballot):
        parts.append(
            text("-# The answers are shown to those who vote; please do not write any of them in this thread.")
        )
        parts.append(row(button("Vote on this", "gopen", ballot.id, ButtonStyle.primary)))
    else:
        parts.append(text(_outcome(ballot)))
    return screen(panel(*parts, colour=_colour(ballot)))


def disputed(sheet: BallotSheet) -> Screen:
    """The dispute is in the voters' hands."""
    task = sheet.task
    where = "the task's thread" if task.thread_id is None else f"<#{task.thread_id}>"
    return screen(
        panel(
            text(
                f"**Your dispute at {safe(task.title, 200)} is on the ballot.** It stands in {where}, and its "
                "outcome is told there.",
                "Those who vote see the answer that you claim; you were shown no gold, so your entries stay ranked.",
            ),
            colour=GOOD,
        )
    )


def is_open(ballot: Ballot) -> bool:
    """Whether votes can still decide it."""
    return ballot.state is ItemState.OPEN and ballot.withdrawn_at is None


def _with_item(deal: Deal, before: Sequence[Part], after: Sequence[Part]) -> Screen:
    """The item between other parts; what is too long for a message stands in full in a file."""
    task = deal.task
    prompt = safe_lines(deal.prompt, LONGEST_PROMPT)
    answers = _answer_lines(deal.answers)
    proposal = _proposal_lines(deal.ballot)
    tags = " · ".join(f"{name}={value}" for name, value in deal.tags)
    parts: list[Part] = [
        *before,
        text(f"**{safe(task.title, 120)}** · {deal.decided} of {plural(deal.items, 'item')} decided"),
        text("**Prompt**", prompt or ELLIPSIS, f"-# {safe(tags, 150)}" if tags else None),
        text("**Accepted answers**", *answers),
    ]
    if proposal:
        parts.append(text("**Proposed answer**", *proposal))
    files: list[Attached] = []
    if any(line.endswith(ELLIPSIS) for line in (prompt, *answers, *proposal)):
        files.append(Attached(WHOLE_ITEM, _whole(deal).encode("utf-8", "replace")))
        parts.append(attachment(WHOLE_ITEM))
    return screen(panel(*parts, *after), files=files)


def _answer_lines(answers: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for answer in answers:
        line = f"- {safe(answer, LONGEST_ANSWER)}"
        if sum(map(len, lines)) + len(line) > ROOM_FOR_ANSWERS:
            lines.append(f"- and {len(answers) - len(lines)} more{ELLIPSIS}")
            break
        lines.append(line)
    return lines or ["none"]


def _proposal_lines(ballot: Ballot) -> list[str]:
    if ballot.kind is not BallotKind.ANSWER:
        return []
    reason = safe(ballot.reason, LONGEST_REASON)
    return [f"- {safe(ballot.proposed_answer or '', LONGEST_PROPOSAL)}", *([f"Why: {reason}"] if reason else [])]


def _whole(deal: Deal) -> str:
    sections = [("Prompt", [deal.prompt]), ("Accepted answers", [f"- {answer}" for answer in deal.answers])]
    if deal.ballot.kind is BallotKind.ANSWER:
        sections.append(("Proposed answer", [f"- {deal.ballot.proposed_answer or ''}", f"Why: {deal.ballot.reason}"]))
    return "\n\n".join("\n".join((title, *lines)) for title, lines in sections) + "\n"


def _vote_line(voted: Voted) -> str:
    if voted.value is None:
        return "Skipped: it is not dealt to you again."
    labels = {value: label.lower() for value, label in CHOICES[voted.ballot.kind].items()}
    if voted.before is not None and voted.before is not voted.value:
        return f"Recorded: {labels[voted.value]}, instead of {labels[voted.before]}."
    return f"Recorded: {labels[voted.value]}."


def _outcome(ballot: Ballot) -> str:
    if ballot.withdrawn_at is not None:
        return "Withdrawn: the item was changed, so its votes begin anew."
    at = "" if ballot.decided_at is None else f"\n-# decided {moment(ballot.decided_at)}"
    version = "" if ballot.decided_version is None else f" · gold v{ballot.decided_version}"
    return f"{said(ballot.sentence or f'Decided: {ballot.state.value}.', 600)}{at}{version if at else ''}"


def _nothing_left(task: Task, before: Sequence[str], back: int | None) -> Screen:
    parts: list[Part] = [text(*before), rule()] if before else []
    parts.append(
        text(
            f"**Nothing is left for you to vote on at {safe(task.title, 200)}.** Thank you!",
            "Nobody votes twice, or on what they wrote. What helps next: `/gold disputes` shows the items that deserve "
            "a second look, and in the thread you can ask others to vote too.",
        )
    )
    parts += _way_back(back)
    if task.thread_id is not None:
        parts.append(row(link("Discuss", channel_url(task.guild_id, task.thread_id))))
    return screen(panel(*parts, colour=GOOD))


def _way_back(ballot_id: int | None) -> list[Part]:
    return [] if ballot_id is None else [row(button("Change my last vote", "gback", ballot_id))]


def _colour(ballot: Ballot) -> int:
    if is_open(ballot) or ballot.withdrawn_at is not None:
        return NEUTRAL
    return GOOD if ballot.state is ItemState.SETTLED else WARNING
