"""Scoring anew only the items whose gold changed: to the last bit what scoring everything would give."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bench.gold_steps import GoldStep, ItemMove
from bench.language.specification import Specification
from bench.metrics.base import FloatArray, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import headline_interval
from bench.model import Coverage, Gold, Interval, Item, Outputs, Scorecard
from bench.scoring import is_answered, pack, practice_score, statistics_of, unpack

_GONE = -2


@dataclass(frozen=True, slots=True)
class RescoringPlan:
    """What takes scorecards from one gold version to another, made once for all submissions of a task.

    `rows` says for each counted item of the later version which row of the earlier one it keeps, or -1; `fresh` are
    the items of those -1, in order. An item *joins* or *leaves* what is counted, and *arrives* in the gold or is *gone*
    from it, practice included. `practice` is None where nothing of it changed. `needed_ids` are the items whose outputs
    a submission must bring along.
    """

    from_version: int
    to_version: int
    rows_before: int
    rows: npt.NDArray[np.int64]
    fresh: tuple[Item, ...]
    joined_ids: frozenset[str]
    left_ids: frozenset[str]
    arrived_ids: frozenset[str]
    gone_ids: frozenset[str]
    practice: tuple[Item, ...] | None
    needed_ids: frozenset[str]


def plan_of(step: GoldStep) -> RescoringPlan:
    """The plan of a step, made once for all submissions that were asked the same."""
    joined = [move for move in step.moves if not _counts(move.before) and _counts(move.after)]
    left = [move for move in step.moves if _counts(move.before) and not _counts(move.after)]
    stayed = [move for move in step.moves if _counts(move.before) and _counts(move.after)]
    changed = [move for move in stayed if _answers(move.before) != _answers(move.after)]
    rows = np.arange(step.counted, dtype=np.int64)
    rows[[move.place for move in changed]] = -1
    rows[[move.place for move in left]] = _GONE
    joined.sort(key=lambda move: (move.place, move.position))
    rows = np.insert(rows, [move.place for move in joined], -1)
    # What joins stands before what stood at its place.
    fresh = sorted([*((move, 0) for move in joined), *((move, 1) for move in changed)], key=_by_place)
    arrived = frozenset(move.item_id for move in step.moves if move.before is None)
    gone = frozenset(move.item_id for move in step.moves if move.after is None)
    left_ids = frozenset(move.item_id for move in left)
    practice = step.practice if any(map(_touches_practice, step.moves)) else None
    needed = [*(move.item_id for move, _ in fresh), *(item.id for item in practice or ()), *left_ids, *gone]
    return RescoringPlan(
        from_version=step.from_version,
        to_version=step.to_version,
        rows_before=step.counted,
        rows=rows[rows != _GONE],
        fresh=tuple(move.after for move, _ in fresh if move.after is not None),
        joined_ids=frozenset(move.item_id for move in joined),
        left_ids=left_ids,
        arrived_ids=arrived,
        gone_ids=gone,
        practice=practice,
        needed_ids=frozenset(needed),
    )


def rescore(scorecard: Scorecard, outputs: Outputs, plan: RescoringPlan, specification: Specification) -> Scorecard:
    """The scorecard at the plan's later version, equal to `bench.scoring.score` on all outputs there.

    `outputs` must hold what the submission has for `plan.needed_ids`, and may hold more; an id that it lacks is one
    that the submission lacks. Beyond these items the cost is that of unpacking, summing and packing the statistics.
    Raises ValueError for a scorecard of another version, specification or size.
    """
    before = _statistics(scorecard, plan, specification)
    metric = build_metric(specification)
    statistics = before[plan.rows]
    if plan.fresh:
        statistics[plan.rows < 0] = statistics_of(metric, outputs, plan.fresh, specification.extraction)
    practice = scorecard.practice
    if plan.practice is not None:
        practice = practice_score(metric, outputs, plan.practice, specification.extraction)
    return replace(
        scorecard,
        gold_version=plan.to_version,
        score=metric.aggregate(total(statistics)),
        interval=headline_interval(metric, statistics),
        coverage=_coverage(scorecard.coverage, outputs, plan),
        statistics=pack(statistics),
        practice=practice,
        score_on_all=None,
    )


def score_of_rows(
    scorecard: Scorecard, rows: Sequence[int], specification: Specification
) -> tuple[float, Interval] | None:
    """The score on some of the counted items alone, such as the agreed ones, by their rows; None without rows."""
    if not rows:
        return None
    metric = build_metric(specification)
    statistics = unpack(scorecard.statistics)[np.asarray(rows, dtype=np.int64)]
    return metric.aggregate(total(statistics)), headline_interval(metric, statistics)


def asked_of(gold: Gold, absent_ids: frozenset[str]) -> Gold:
    """The gold as a submission was asked it: less the items that were not there when it was sent."""
    if not absent_ids:
        return gold
    return Gold(tuple(item for item in gold.items if item.id not in absent_ids), gold.version)


def on_common_items(
    item_ids: Sequence[Sequence[str]], item_scores: Sequence[FloatArray]
) -> tuple[tuple[str, ...], list[FloatArray]]:
    """The ids that all entries share, in the order of the first one, and each entry's scores of these items."""
    if not item_ids:
        return (), []
    if all(ids == item_ids[0] for ids in item_ids):
        return tuple(item_ids[0]), list(item_scores)
    places = [{item_id: row for row, item_id in enumerate(ids)} for ids in item_ids]
    common = tuple(item_id for item_id in item_ids[0] if all(item_id in rows for rows in places))
    chosen = [np.array([rows[item_id] for item_id in common], dtype=np.int64) for rows in places]
    return common, [scores[rows] for scores, rows in zip(item_scores, chosen, strict=True)]


def _statistics(scorecard: Scorecard, plan: RescoringPlan, specification: Specification) -> FloatArray:
    statistics = unpack(scorecard.statistics)
    found = (scorecard.gold_version, scorecard.signature, len(statistics))
    expected = (plan.from_version, specification.signature, plan.rows_before)
    if found != expected:
        raise ValueError(f"The scorecard is of (version, signature, items) {found}, the plan of {expected}.")
    return statistics


def _coverage(before: Coverage, outputs: Outputs, plan: RescoringPlan) -> Coverage:
    gained = sum(is_answered(outputs, item_id) for item_id in plan.joined_ids)
    lost = sum(is_answered(outputs, item_id) for item_id in plan.left_ids)
    missing = set(before.missing_ids) - plan.left_ids | {name for name in plan.joined_ids if name not in outputs.by_id}
    unknown = set(before.unknown_ids) - plan.arrived_ids | {name for name in plan.gone_ids if name in outputs.by_id}
    return Coverage(before.answered + gained - lost, len(plan.rows), tuple(sorted(missing)), tuple(sorted(unknown)))


def _counts(item: Item | None) -> bool:
    return item is not None and not item.practice and not item.contested


def _answers(item: Item | None) -> tuple[str, ...]:
    return () if item is None else item.answers


def _by_place(fresh: tuple[ItemMove, int]) -> tuple[int, int, int]:
    move, stayed = fresh
    return move.place, stayed, move.position


def _touches_practice(move: ItemMove) -> bool:
    """Whether the practice figure may be another one: an item comes to practice, goes, or has other answers there."""
    was = move.before is not None and move.before.practice
    now = move.after is not None and move.after.practice
    return was != now or (was and now and _answers(move.before) != _answers(move.after))
