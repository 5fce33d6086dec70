"""What `python -m bot score` prints: a table for people, JSON for machines, and why a file was not scored."""

import json

from bench.errors import BadFile, BadInput
from bench.model import Scorecard
from bench.standing import Column, RankedEntry
from bench.stats.ranking import FEWEST_ITEMS
from bench.tables import standings_text
from services.offline import Comparison, Details, RefusedFile, SliceFigures


def as_table(comparison: Comparison) -> str:
    """The comparison for people: one line for each system, best first, and the signature that makes it checkable."""
    board = comparison.standings
    lines = [standings_text(board)]
    if board.ranked and not board.claims_ranks:
        lines.append(f"Fewer than {FEWEST_ITEMS} items: no ranks are claimed.\n")
    return "\n".join([*lines, board.signature])


def as_json(comparison: Comparison) -> str:
    """The comparison for machines: scores are fractions from 0 to 1 in full precision."""
    board = comparison.standings
    systems = [
        _system(
            ranked, comparison.scorecards[ranked.entry.submission_id], comparison.details[ranked.entry.submission_id]
        )
        for ranked in board.ranked
    ]
    refused = [{"file": str(bad.file), "problems": _problems(bad.error)} for bad in comparison.refused]
    report = {"signature": board.signature, "claims_ranks": board.claims_ranks, "systems": systems, "refused": refused}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _system(ranked: RankedEntry, card: Scorecard, details: Details) -> dict[str, object]:
    return {
        "system": ranked.entry.system,
        "score": card.score,
        "low": card.interval.low,
        "high": card.interval.high,
        "n": card.coverage.items,
        "coverage": card.coverage.answered / card.coverage.items,
        "rank": ranked.rank,
        "rank_low": ranked.rank_low,
        "rank_high": ranked.rank_high,
        "signature": card.signature,
        "slices": [_slice(figures) for figures in details.slices],
        "columns": [_column(column) for column in details.columns],
    }


def _slice(figures: SliceFigures) -> dict[str, object]:
    interval = figures.interval
    return {
        "tag": figures.key,
        "value": figures.value,
        "items": figures.items,
        "score": figures.score,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "share": column.share,
        "score": column.score,
        "low": column.interval.low,
        "high": column.interval.high,
    }


def refusals(comparison: Comparison) -> str:
    """The files that were not scored, each with all its problems."""
    return "\n".join(_refusal(bad) for bad in comparison.refused)


def _refusal(bad: RefusedFile) -> str:
    problems = _problems(bad.error)
    if isinstance(bad.error, BadFile) and bad.error.total > len(problems):
        problems.append(f"… and {bad.error.total - len(problems)} more")
    return "\n".join([f"{bad.file} is not scored:", *(f"  {problem}" for problem in problems)])


def _problems(error: BadInput) -> list[str]:
    return [problem.sentence for problem in error.problems] if isinstance(error, BadFile) else [str(error)]
