"""Tables for people and programs: a task's kit, and its standings."""

import csv
import json
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import compress

import pandas as pd

from bench.model import Item
from bench.standing import RankedEntry, Standings

PLACEHOLDER = "the answer of your system"

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_NAME = 32


def kit_tables(items: Sequence[Item]) -> dict[str, bytes]:
    """The files of a task's kit by name: the prompts and a valid sample submission, each as CSV, TSV, JSONL and JSON.

    Prompts stand exactly as they were proposed, also where a spreadsheet would take one for a formula, so that every
    format asks a model the same. Of answers there are only those of practice items, which are public, as a gold file.
    """
    prompts = [{"id": item.id, "prompt": item.prompt} for item in items]
    sample = [{"id": item.id, "output": PLACEHOLDER} for item in items]
    files = _formats("prompts", prompts) | _formats("sample_submission", sample)
    practice = [
        {"id": item.id, "prompt": item.prompt, "answers": list(item.answers)} for item in items if item.practice
    ]
    return files | ({"practice_gold.jsonl": _jsonl(practice)} if practice else {})


def standings_table(standings: Standings) -> pd.DataFrame:
    """The standings, one row for each entry, best first, with all that pins and bounds each score."""
    columns = (
        *("rank", "rank_low", "rank_high", "system", "member", "score", "low", "high", "effective_items"),
        *("score_on_all", "answered", "items", "attempts", "received_at", "submission_id", "gold_version", "signature"),
    )
    return pd.DataFrame([_row(standings, ranked) for ranked in standings.ranked], columns=list(columns))


def standings_csv(standings: Standings) -> bytes:
    """The standings as CSV in UTF-8. A text cell that a spreadsheet would run as a formula gets an apostrophe."""
    table = standings_table(standings)
    for column in ("system", "member", "signature"):
        table[column] = [defused(text) for text in table[column]]
    return _delimited(table, ",")


def standings_text(standings: Standings) -> str:
    """The standings in columns of fixed width, for a terminal; a column in which nothing stands is left out."""
    header = ("rank", "system", "by", "score", "95% interval", "on all items", "answered")
    entries = [_cells(standings, ranked) for ranked in standings.ranked]
    filled = [any(row[column] for row in entries) for column in range(len(header))] if entries else [True] * len(header)
    rows = [tuple(compress(row, filled)) for row in (header, *entries)]
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def defused(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _formats(name: str, rows: list[dict[str, str]]) -> dict[str, bytes]:
    table = pd.DataFrame(rows, columns=list(rows[0]) if rows else None, dtype=str)
    return {
        f"{name}.csv": _delimited(table, ","),
        f"{name}.tsv": _delimited(table, "\t"),
        f"{name}.jsonl": _jsonl(rows),
        f"{name}.json": (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode(),
    }


def _delimited(table: pd.DataFrame, separator: str) -> bytes:
    # Every text is quoted: the writer's own judgement leaves a lone carriage return bare, which would end the row.
    written: str = table.to_csv(sep=separator, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return written.encode()


def _jsonl(rows: Sequence[Mapping[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _row(standings: Standings, ranked: RankedEntry) -> dict[str, object]:
    entry = ranked.entry
    return {
        "rank": ranked.rank,
        "rank_low": ranked.rank_low,
        "rank_high": ranked.rank_high,
        "system": entry.system,
        "member": entry.user_name,
        "score": entry.score,
        "low": entry.interval.low,
        "high": entry.interval.high,
        "effective_items": entry.interval.effective_items,
        "score_on_all": entry.score_on_all,
        "answered": entry.answered,
        "items": entry.items,
        "attempts": entry.attempts,
        "received_at": entry.received_at.isoformat(),
        "submission_id": str(entry.submission_id),
        "gold_version": standings.gold_version,
        "signature": standings.signature,
    }


def _cells(standings: Standings, ranked: RankedEntry) -> tuple[str, ...]:
    entry = ranked.entry
    return (
        _rank(ranked) if standings.claims_ranks else "-",
        _printable(entry.system),
        _printable(entry.user_name),
        f"{entry.score:.1%}",
        f"{entry.interval.low:.1%} to {entry.interval.high:.1%}",
        "" if entry.score_on_all is None else f"{entry.score_on_all:.1%}",
        f"{entry.answered}/{entry.items}",
    )


def _rank(ranked: RankedEntry) -> str:
    alone = ranked.rank_low == ranked.rank_high
    return str(ranked.rank_low) if alone else f"{ranked.rank_low}-{ranked.rank_high}"


def _printable(text: str) -> str:
    """A name on one line: what could move the cursor or turn the direction of writing is replaced, the rest cut."""
    safe = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return safe if len(safe) <= _LONGEST_NAME else safe[: _LONGEST_NAME - 1] + "…"


def _width(text: str) -> int:
    """Columns that a text takes in a terminal: two for wide characters, none for marks that combine."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
