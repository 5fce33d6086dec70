"""Scoring anew only the items whose gold changed: to the last bit what scoring everything would give."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bench.errors import BadInput
from bench.language.specification import Specification
from bench.metrics.base import FloatArray, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import headline_interval
from bench.model import Coverage, Gold, Interval, Item, Outputs, Scorecard
from bench.scoring import is_answered, pack, practice_score, statistics_of, unpack


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


def plan_rescoring(before: Gold, after: Gold) -> RescoringPlan:
    """The plan between two versions; the only step whose cost follows the size of the task.

    Raises BadInput when nothing is counted any more.
    """
    if not after.counted:
        raise BadInput("The gold has no item that counts, so there is nothing to score. Keep at least one.")
    was = {item.id: (row, item.answers) for row, item in enumerate(before.counted)}
    counted = after.counted
    stays = [item.id in was and was[item.id][1] == item.answers for item in counted]
    rows = [was[item.id][0] if stay else -1 for item, stay in zip(counted, stays, strict=True)]
    fresh = tuple(item for item, stay in zip(counted, stays, strict=True) if not stay)
    all_before, all_after = ({item.id for item in gold.items} for gold in (before, after))
    left = was.keys() - {item.id for item in counted}
    practice = None if _same_practice(before, after) else after.practice
    gone, arrived = all_before - all_after, all_after - all_before
    return RescoringPlan(
        from_version=before.version,
        to_version=after.version,
        rows_before=len(was),
        rows=np.array(rows, dtype=np.int64),
        fresh=fresh,
        joined_ids=frozenset(item.id for item in fresh if item.id not in was),
        left_ids=frozenset(left),
        arrived_ids=frozenset(arrived),
        gone_ids=frozenset(gone),
        practice=practice,
        needed_ids=frozenset((*(item.id for item in (*fresh, *(practice or ()))), *left, *gone)),
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


def _same_practice(before: Gold, after: Gold) -> bool:
    first, second = ([(item.id, item.answers) for item in gold.practice] for gold in (before, after))
    return first == second
