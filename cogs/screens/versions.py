"""The announcement of a gold version: what changed, why, and who moved by it."""

from collections.abc import Sequence

from cogs.screens.screen import (
    Attached,
    Part,
    Screen,
    button,
    channel_url,
    link,
    panel,
    picture,
    row,
    screen,
    text,
)
from cogs.screens.words import TO, cell, moment, percent, plural, safe, said
from services.gold_values import Move, VersionNews
from services.names import told_apart

PICTURE = "ranks.png"
ROWS = 10
RANK, SYSTEM, SCORE = 5, 14, 6
CHANGES_SHOWN = 8


def version_news(news: VersionNews) -> Screen:
    """One message for one gold version, however many decisions made it."""
    task, version = news.task, news.version
    left = len(version.changes) - CHANGES_SHOWN
    parts: list[Part] = [
        text(
            f"### Gold v{version.number} of {safe(task.title, 200)}",
            *(f"- {safe(change, 160)}" for change in version.changes[:CHANGES_SHOWN]),
            f"- … and {left} more; `/gold history` lists them" if left > 0 else None,
            f"**Why**: {said(version.reason, 700)}" if version.reason else None,
            f"-# {moment(version.at, 'f')} · all entries are scored anew; earlier scores stay at their version",
        )
    ]
    files: list[Attached] = []
    if news.moves:
        parts.append(text(moved_line(news.moves), table(news.moves)))
    if news.picture is not None:
        parts.append(picture(PICTURE, news.alternative_text))
        files.append(Attached(PICTURE, news.picture, news.alternative_text[:1024]))
    buttons: list[Part] = [button("Board", "board", task.id)]
    if task.thread_id is not None:
        buttons.append(link("Discuss", channel_url(task.guild_id, task.thread_id)))
    parts.append(row(*buttons))
    return screen(panel(*parts), files=files)


def moved_line(moves: Sequence[Move]) -> str:
    """How many systems changed ranks, in a sentence."""
    moved = sum(map(has_moved, moves))
    changed = "changes its rank" if moved == 1 else "change ranks"
    sentence = f"**{moved} of {plural(len(moves), 'system')}** {changed}." if moved else "No ranks changed."
    return f"{sentence} Rank and score, before and now:"


def table(moves: Sequence[Move]) -> str:
    """Ranks and scores before and after, in a code block of forty columns; where not all fit, those that moved."""
    names = told_apart([(move.system, move.user_name) for move in moves])
    movers_first = sorted(range(len(moves)), key=lambda place: not has_moved(moves[place]))
    lines = [_line(moves[place], names[place]) for place in sorted(movers_first[:ROWS])]
    head = _cells("rank", "now", "system", "score", "now")
    left = f"… and {len(moves) - ROWS} more on the board" if len(moves) > ROWS else None
    return "\n".join(line for line in ("```", head, *lines, "```", left) if line)


def has_moved(move: Move) -> bool:
    """Whether the claimed ranks are others now."""
    return move.before_rank != move.after_rank


def _line(move: Move, name: str) -> str:
    return _cells(
        _range(move.before_rank),
        _range(move.after_rank),
        name,
        percent(move.before_score),
        percent(move.after_score),
    )


def _cells(before: str, after: str, system: str, before_score: str, after_score: str) -> str:
    return " ".join(
        (
            cell(before, RANK),
            cell(after, RANK),
            cell(system, SYSTEM),
            cell(before_score, SCORE, right=True),
            cell(after_score, SCORE, right=True),
        )
    )


def _range(ranks: tuple[int, int]) -> str:
    low, high = ranks
    return str(low) if low == high else f"{low}{TO}{high}"
