"""Lists about gold: what deserves a second look, the versions, and what a curator's or an author's step did."""

from collections.abc import Sequence

import discord

from bench.model import ItemState, Task
from cogs.screens.screen import (
    GOOD,
    Attached,
    Part,
    Screen,
    attachment,
    button,
    menu,
    panel,
    row,
    screen,
    text,
)
from cogs.screens.words import code, moment, plain, plural, safe, said
from services.gold_values import BallotSheet, DisputeLine, VersionLine
from services.values import UploadedFile

SHOWN = 10
CHANGES_SHOWN = 6
LONGEST_LINE, LONGEST_HISTORY = 340, 3400


def dispute_list(task: Task, lines: Sequence[DisputeLine]) -> Screen:
    """The items that deserve a second look, each with its reason; a menu leads to the ballot of one of them."""
    title = safe(task.title, 200)
    if not lines:
        nothing = f"**Nothing is disputed at {title}.** Votes, disputes and scores bring items here by themselves."
        return screen(panel(text(nothing), row(button("Vote on gold", "goldvote", task.id)), colour=GOOD))
    shown = lines[:SHOWN]
    left = f"… and {len(lines) - SHOWN} more." if len(lines) > SHOWN else None
    heading = (
        f"**{plural(len(lines), 'item')} of {title} {'deserves' if len(lines) == 1 else 'deserve'} a second look**"
    )
    parts: list[Part] = [text(heading, *map(_dispute, shown), left)]
    options = [
        discord.SelectOption(
            label=plain(line.prompt) or line.item_id[:100],
            description=plain(line.state.value),
            value=str(line.ballot_id),
        )
        for line in shown
        if line.ballot_id is not None and line.state is ItemState.OPEN
    ]
    if options:
        parts.append(row(menu("Vote on one of them…", "gpick", task.id, options)))
    return screen(panel(*parts))


def history(task: Task, versions: Sequence[VersionLine]) -> Screen:
    """The gold versions, newest first, as far as one message holds them."""
    newest = sorted(versions, key=lambda version: version.number, reverse=True)
    shown: list[str] = []
    for version in newest:
        block = _version(version, 2 if len(newest) > 1 else CHANGES_SHOWN)
        if sum(map(len, shown)) + len(block) > LONGEST_HISTORY:
            break
        shown.append(block)
    left = len(newest) - len(shown)
    rest = f"… and {plural(left, 'earlier version')}; the option `version` shows any of them." if left else None
    heading = f"**The gold of {safe(task.title, 200)}** · v{task.gold_version} holds now"
    return screen(panel(text(heading, *shown, rest)))


def exported(task: Task, file: UploadedFile) -> Screen:
    """A gold version to download."""
    words = f"The gold of **{safe(task.title, 200)}**. It is the secret of this benchmark: please keep it to yourself."
    return screen(panel(text(words), attachment(file.name)), files=[Attached(file.name, file.content)])


def recounted(sheet: BallotSheet, without: int) -> Screen:
    """What a recount came to."""
    ballot = sheet.ballot
    stands = said(ballot.sentence, 600) if ballot.sentence else "It is open: the votes that count decide nothing yet."
    counted = f"without {plural(without, 'account')}" if without else "with all votes"
    heading = f"**Recounted {counted}**; it is written down with your name and your reason."
    return screen(panel(text(heading, f"Item {code(ballot.item_id, 100)}: {stands}")))


def _dispute(line: DisputeLine) -> str:
    state = "" if line.state is ItemState.OPEN else f" · {line.state.value}"
    return f"- **{safe(line.prompt, 100)}**: {safe(line.reason, 180)}{state}"


def _version(version: VersionLine, most: int) -> str:
    changes = [f"- {safe(change, 140)}" for change in version.changes[:most]]
    left = len(version.changes) - most
    lines = [
        f"**v{version.number}** · {moment(version.at, 'f')} · by <@{version.actor_id}>",
        said(version.reason, LONGEST_LINE) or None,
        *changes,
        f"- … and {left} more" if left > 0 else None,
    ]
    return "\n".join(line for line in lines if line)
