"""What a worker computes of systems beside each other, and the pictures of it. Re-exported by `services.jobs`."""

from collections.abc import Sequence

from bench.language.specification import parse_signature
from bench.metrics.base import FloatArray, Metric
from bench.metrics.registry import build_metric
from bench.rescoring import on_common_items
from bench.scoring import unpack
from bench.stats.comparison import compare_systems
from bench.stats.ranking import significantly_better
from bench.stats.slices import slices_of
from charts.comparison import comparison_alternative_text, draw_comparison
from services.comparison_values import ComparedSystems, ItemScores, ScoresOfBoard


def compare_pair(title: str, signature: str, board: ScoresOfBoard, pair: tuple[int, int]) -> ComparedSystems:
    """Compare two entries of a board on the items that both were asked, and draw the differences by slice."""
    metric = build_metric(parse_signature(signature))
    chosen = [board.scores[place] for place in pair]
    ids, (first, second) = on_common_items([one.item_ids for one in chosen], _item_scores(metric, chosen))
    found = compare_systems(
        board.names[pair[0]],
        board.names[pair[1]],
        first,
        second,
        slices=slices_of([board.tags[item_id] for item_id in ids]),
        ranked_apart=_ranked_apart(metric, board, pair),
    )
    return ComparedSystems(
        items=found.items,
        sentences=found.sentences,
        slices=tuple(found.slice_sentence(piece) for piece in found.slices),
        is_mean=metric.is_mean,
        picture=draw_comparison(found, title),
        alternative_text=comparison_alternative_text(found, title),
    )


def _ranked_apart(metric: Metric, board: ScoresOfBoard, pair: tuple[int, int]) -> bool:
    """Whether one of the two is better than the other as the board tests it, with a correction for all pairs."""
    _, common = on_common_items([one.item_ids for one in board.scores], _item_scores(metric, board.scores))
    if not len(common[0]):
        return False
    better = significantly_better(common)
    return bool(better[pair] or better[pair[::-1]])


def _item_scores(metric: Metric, scores: Sequence[ItemScores]) -> list[FloatArray]:
    return [metric.item_scores(unpack(one.statistics)) for one in scores]
