"""What the picture of scores over time shows, and its words; no matplotlib here."""

from datetime import UTC, datetime
from typing import Final

from bench.score_history import ScoreHistory, SystemHistory
from charts.words import ALTERNATIVE_TEXT_LIMIT, ELLIPSIS, TITLE_LIMIT, counted, percent, plain

NAMED: Final = 8


def shown_and_rest(history: ScoreHistory) -> tuple[tuple[SystemHistory, ...], tuple[SystemHistory, ...]]:
    """The best systems, which get a name, and all others."""
    return history.systems[:NAMED], history.systems[NAMED:]


def history_alternative_text(history: ScoreHistory, title: str) -> str:
    """The history for those who do not see it, at most 1,024 characters: from where to where each system rose."""
    shown, rest = shown_and_rest(history)
    head = f"Scores over time on {plain(title, TITLE_LIMIT)}"
    if not shown:
        return f"{head}: no runs yet."
    tail = f" And {counted(len(rest), 'system', 'systems')} more." if rest else ""
    if history.versions:
        tail += f" {versions_words(history)}"
    told = "; ".join(map(system_words, shown))
    head = f"{head}, until {day(history.until)}, all at the present gold: "
    room = ALTERNATIVE_TEXT_LIMIT - len(head) - len(tail) - 1
    return f"{head}{told if len(told) <= room else told[: room - 1] + ELLIPSIS}.{tail}"


def system_words(system: SystemHistory) -> str:
    """One system in words: ``atlas-7b 81.5% since 2025-06-01, first 41.0% on 2025-03-03, 4 rises``."""
    (first_at, first), (last_at, last) = system.rises[0], system.rises[-1]
    head = f"{plain(system.name)} {percent(last)} since {day(last_at)}"
    rises = len(system.rises) - 1
    if not rises:
        return head
    return f"{head}, first {percent(first)} on {day(first_at)}, {counted(rises, 'rise', 'rises')}"


def versions_words(history: ScoreHistory) -> str:
    """When gold versions were published: the first and the last of them."""
    first, last = history.versions[0], history.versions[-1]
    if first is last:
        return f"Gold v{first.number} was published on {day(first.at)}."
    return f"Gold v{first.number} to v{last.number} were published from {day(first.at)} to {day(last.at)}."


def day(at: datetime) -> str:
    """The day in UTC."""
    return at.astimezone(UTC).date().isoformat()
