"""One item as reviewers look it up, and what its owner does to it; and items that are proposed."""

from discord import ButtonStyle

from bench.amendments import Amendment
from bench.ballots import Ballot
from bench.model import BallotKind, ItemState, Task
from cogs.screens.screen import (
    GOOD,
    WARNING,
    Attached,
    Part,
    Screen,
    attachment,
    button,
    panel,
    row,
    rule,
    screen,
    text,
)
from cogs.screens.words import ELLIPSIS, code, moment, percent, plural, safe, safe_lines, said
from services.additions import Added
from services.gold_values import ItemPage

WHOLE_ITEM = "item.txt"
LONGEST_PROMPT, LONGEST_ANSWER, ROOM_FOR_ANSWERS = 1200, 200, 800
BALLOTS_SHOWN = 4
BECOME = (
    "From then on you are a *reviewer* of this task: your entries are listed with a badge and not ranked. "
    "This cannot be undone."
)


def item_page(page: ItemPage, subject: int) -> Screen:
    """An item with its answers, how it did, what was asked about it, and what its owner may do; `subject` finds it."""
    item, task = page.item, page.task
    prompt = safe_lines(item.prompt, LONGEST_PROMPT)
    answers = _answers(page)
    tags = " · ".join(f"{name}={value}" for name, value in item.tags)
    parts: list[Part] = [
        text(f"**{safe(task.title, 200)}** · item {code(item.id, 100)}{_standing(page)}"),
        text("**Prompt**", prompt or ELLIPSIS, f"-# {safe(tags, 150)}" if tags else None),
        text("**Accepted answers**", *answers),
        text(_figures(page)),
    ]
    if page.ballots:
        parts += [rule(), text("**Asked about it**", *map(_asked, page.ballots[:BALLOTS_SHOWN]))]
    files: list[Attached] = []
    if any(line.endswith(ELLIPSIS) for line in (prompt, *answers)):
        files.append(Attached(WHOLE_ITEM, _whole(page).encode("utf-8", "replace")))
        parts.append(attachment(WHOLE_ITEM))
    buttons = _buttons(page, subject)
    if buttons:
        parts.append(row(*buttons))
    return screen(panel(*parts), files=files)


def curator_notice(task: Task) -> Screen:
    """What looking into the gold means for a curator, before it is looked into."""
    return screen(
        panel(
            text(f"**You are about to see gold of {safe(task.title, 200)}.**", BECOME),
            row(
                button("Make me a reviewer", "greviewer", task.id, ButtonStyle.primary),
                button("Not now", "keep", task.id),
            ),
            colour=WARNING,
        )
    )


def initiated(task: Task) -> Screen:
    """The curator is a reviewer now."""
    words = f"You are a reviewer of **{safe(task.title, 200)}** now. Use `/gold item` again to see the item."
    return screen(panel(text(words), colour=GOOD))


def amended(amendment: Amendment, task: Task) -> Screen:
    """An amendment is kept and becomes a version."""
    deed = "goes out of the gold" if amendment.after is None else "is changed, and its votes begin anew"
    return screen(
        panel(
            text(
                f"**Recorded**: item {code(amendment.item_id, 100)} of {safe(task.title, 200)} {deed}.",
                "It becomes a gold version within about a minute, together with what else is decided; every entry is "
                "scored anew then, and the task's thread is told.",
            ),
            colour=GOOD,
        )
    )


def added(added: Added) -> Screen:
    """Items are proposed."""
    task = added.task
    return screen(
        panel(
            text(
                f"**{plural(added.items, 'item')}** {'is' if added.items == 1 else 'are'} proposed for "
                f"{safe(task.title, 200)}; {plural(added.waiting, 'item')} of it wait for votes now.",
                "Each comes into the gold once it is settled. Who submitted before is not asked it until their next "
                "attempt, and ranks are those on the items that all were asked.",
            ),
            row(button("Vote on gold", "goldvote", task.id)),
            colour=GOOD,
        )
    )


def _standing(page: ItemPage) -> str:
    if page.is_proposed:
        return " · *proposed, not in the gold yet*"
    if page.is_out:
        return " · *taken out of the gold*"
    if page.item.practice:
        return " · *for practice, never counted*"
    return " · *contested: it does not count*" if page.item.contested else ""


def _answers(page: ItemPage) -> list[str]:
    lines: list[str] = []
    for answer in page.item.answers:
        line = f"- {safe(answer, LONGEST_ANSWER)}"
        if sum(map(len, lines)) + len(line) > ROOM_FOR_ANSWERS:
            lines.append(f"- and {len(page.item.answers) - len(lines)} more{ELLIPSIS}")
            break
        lines.append(line)
    return lines


def _figures(page: ItemPage) -> str:
    figures = page.figures
    if figures is None:
        return "-# How hard it is shows once two systems have answered it."
    hard = f"{percent(figures.difficulty)} right ({100 * figures.low:.0f} to {100 * figures.high:.0f}%)"
    told = f"**How it did**: {hard} over {plural(page.systems, 'system')}"
    if figures.correlation is None:
        return f"{told}; discrimination shows from 15 systems on."
    return f"{told}; discrimination {figures.correlation:+.2f} (how well it goes with the rest of the score)."


def _asked(ballot: Ballot) -> str:
    what = (
        "the gold" if ballot.kind is BallotKind.GOLD else f"one more answer, {code(ballot.proposed_answer or '', 60)}"
    )
    stands = "open" if ballot.state is ItemState.OPEN else said(ballot.sentence or ballot.state.value, 160)
    return f"- {what}: {stands} · {moment(ballot.opened_at, 'd')} · ballot {ballot.id}"


def _buttons(page: ItemPage, subject: int) -> list[Part]:
    open_gold = [one.id for one in page.ballots if one.state is ItemState.OPEN and one.kind is BallotKind.GOLD]
    buttons: list[Part] = [button("Vote on it", "gopen", open_gold[0], ButtonStyle.primary)] if open_gold else []
    if not page.may_change or page.is_proposed:
        return buttons
    if page.is_out:
        return [*buttons, button("Bring it back", "gbring", subject)]
    return [*buttons, button("Edit", "gedit", subject), button("Take it out", "gout", subject, ButtonStyle.danger)]


def _whole(page: ItemPage) -> str:
    answers = "\n".join(f"- {answer}" for answer in page.item.answers)
    return f"Prompt\n{page.item.prompt}\n\nAccepted answers\n{answers}\n"
