"""Words beside and inside the pictures; no matplotlib here, so that a light process may use them."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from bench.baselines import BaselineKind, BaselineScore
from bench.model import Interval
from bench.standing import RankedEntry, Scope, Standings

NAME_LIMIT: Final = 40
TITLE_LIMIT: Final = 120
ALTERNATIVE_TEXT_LIMIT: Final = 1024
TOP: Final = 5
ITEMS_FOR_DECIMALS: Final = 300
MARKS_PER_LETTER: Final = 2
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
EN_DASH: Final = "\N{EN DASH}"
HELD_WORDS: Final = "held: not clearly above the same person's best system"


def plain(text: str, limit: int = NAME_LIMIT) -> str:
    """The text on one line, without control and direction characters or towers of accents, capped at `limit`."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text[: limit * 8]):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category[0] == "Z" or character in "\t\n\r":
            kept.append(" ")
        elif category[0] != "C" and marks <= MARKS_PER_LETTER and not is_variation_selector(character):
            kept.append(character)
    line = " ".join("".join(kept).split()) or "(no name)"
    return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS


def is_variation_selector(character: str) -> bool:
    """Whether the character only asks for another look of the one before it."""
    return "\ufe00" <= character <= "\ufe0f"


def percent(score: float) -> str:
    """A score as ``78.0%``."""
    return f"{100 * score:z.1f}%"


def percent_range(interval: Interval, items: int) -> str:
    """An interval as ``66-87`` with an en dash, or ``-12 to 30``; with a decimal where so many items make it narrow."""
    digits = 1 if items >= ITEMS_FOR_DECIMALS else 0
    between = EN_DASH if interval.low >= 0 else " to "
    return f"{100 * interval.low:z.{digits}f}{between}{100 * interval.high:z.{digits}f}"


def rank_range(ranked: RankedEntry) -> str:
    """The ranks that the evidence allows, as ``3`` or ``2-5`` with an en dash."""
    if ranked.rank_low == ranked.rank_high:
        return str(ranked.rank_low)
    return f"{ranked.rank_low}{EN_DASH}{ranked.rank_high}"


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun: ``1 system``, ``2 systems``."""
    return f"{count:,} {one if count == 1 else many}"


def items_of(standings: Standings) -> str:
    """How many items the scores rest on, and of a split which ones: ``120 public items``."""
    kind = "" if standings.scope is Scope.ALL else f"{standings.scope} "
    return counted(standings.items, f"{kind}item", f"{kind}items")


def best_baseline(baselines: Sequence[BaselineScore]) -> BaselineScore | None:
    """The best of the entries without skill, which excludes the gold itself."""
    trivial = [baseline for baseline in baselines if baseline.kind is not BaselineKind.GOLD]
    return max(trivial, key=lambda baseline: baseline.score, default=None)


def board_alternative_text(standings: Standings, title: str, baselines: Sequence[BaselineScore] = ()) -> str:
    """The board for those who do not see it: title, items, the top five with their intervals, who may be best.

    At most 1,024 characters, Discord's limit of an attachment's description.
    """
    head = f"Leaderboard of {plain(title, TITLE_LIMIT)}: {counted(len(standings.ranked), 'entry', 'entries')}"
    sentences = [f"{head} on {items_of(standings)}, scores with 95% intervals."]
    top = standings.ranked[:TOP]
    if top:
        sentences.append(f"{'; '.join(entry_words(ranked, standings) for ranked in top)}.")
    if len(standings.ranked) > TOP:
        sentences.append(f"And {len(standings.ranked) - TOP:,} more.")
    if any(ranked.entry.is_held for ranked in top):
        sentences.append(f"{HELD_WORDS.capitalize()}.")
    sentences.append(verdict_words(standings))
    baseline = best_baseline(baselines)
    if baseline:
        sentences.append(f"Best baseline: {baseline.kind.system}, {percent(baseline.score)}.")
    return " ".join(sentence for sentence in sentences if sentence)[:ALTERNATIVE_TEXT_LIMIT]


def entry_words(ranked: RankedEntry, standings: Standings) -> str:
    """One entry in words: ``Rank 1-2: atlas-7b 81.5% (70-89)``."""
    rank = f"Rank {rank_range(ranked)}: " if standings.claims_ranks else ""
    interval = percent_range(ranked.entry.interval, standings.items)
    held = ", held" if ranked.entry.is_held else ""
    return f"{rank}{plain(ranked.entry.system)} {percent(ranked.entry.score)} ({interval}){held}"


def verdict_words(standings: Standings) -> str:
    """Who may be the best, or why nobody is called so."""
    if not standings.ranked:
        return "No entries yet."
    if not standings.claims_ranks:
        return "Fewer than 20 items: no ranks are claimed."
    names = [plain(ranked.entry.system) for ranked in standings.ranked if ranked.may_be_best]
    shown = ", ".join(names[:TOP])
    more = f" and {len(names) - TOP:,} more" if len(names) > TOP else ""
    return f"May be the best: {shown}{more}."
