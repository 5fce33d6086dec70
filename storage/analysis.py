"""What is computed about a gold beside the submissions' scores: what dummy entries score, and how the items did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bench.baselines import BaselineScore
from bench.model import Interval
from storage.rows import record, value_of
from storage.schema import baseline_score, item_analysis


@dataclass(frozen=True, slots=True)
class PackedAnalysis:
    """How the items of a gold version did under so many submissions; `content` is as the services packed it."""

    gold_version: int
    submissions: int
    content: bytes
    at: datetime


def record_baselines(
    connection: Connection,
    guild_id: int,
    task_id: int,
    gold_version: int,
    signature: str,
    scores: Sequence[BaselineScore],
) -> None:
    """Keep what the dummy entries score at a gold version and metric, in place of what is kept of it."""
    for one in scores:
        row = {
            "guild_id": guild_id,
            "task_id": task_id,
            "gold_version": gold_version,
            "signature": signature,
            "kind": one.kind,
            "score": one.score,
            "low": one.interval.low,
            "high": one.interval.high,
            "effective_items": one.interval.effective_items,
        }
        record(connection, baseline_score, row)


def list_baselines(
    connection: Connection, guild_id: int, task_id: int, gold_version: int, signature: str
) -> tuple[BaselineScore, ...]:
    """What the dummy entries score at a gold version and metric, best first; empty before they are scored."""
    of = baseline_score.c
    chosen = (
        select(baseline_score)
        .where(of.guild_id == guild_id, of.task_id == task_id)
        .where(of.gold_version == gold_version, of.signature == signature)
        .order_by(of.score.desc(), of.kind)
    )
    return tuple(
        BaselineScore(row["kind"], row["score"], Interval(row["low"], row["high"], row["effective_items"]))
        for row in connection.execute(chosen).mappings()
    )


def record_analysis(connection: Connection, guild_id: int, task_id: int, new: PackedAnalysis) -> None:
    """Keep the analysis of a task's items, in place of the one before."""
    row = {
        "guild_id": guild_id,
        "task_id": task_id,
        "gold_version": new.gold_version,
        "submissions": new.submissions,
        "content": new.content,
        "at": new.at,
    }
    record(connection, item_analysis, row)


def find_analysis(connection: Connection, guild_id: int, task_id: int) -> PackedAnalysis | None:
    """The last analysis of a task's items; None before the first."""
    chosen = select(item_analysis).where(item_analysis.c.guild_id == guild_id, item_analysis.c.task_id == task_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else value_of(PackedAnalysis, row)
