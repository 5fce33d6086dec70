"""What a worker computes of systems beside each other, and the pictures of it. Re-exported by `services.jobs`."""

from collections.abc import Sequence

from bench.language.specification import parse_signature
from bench.metrics.base import FloatArray, Metric, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import compared_values
from bench.rescoring import on_common_items
from bench.scoring import unpack
from bench.stats.comparison import compare_systems
from bench.stats.macro import macro_average, order_changes
from bench.stats.ranking import significantly_better
from bench.stats.score_rows import ScoreRow
from bench.stats.slices import ScoreOf, Slice, is_shown, slices_of
from charts.comparison import comparison_alternative_text, draw_comparison
from charts.slices import draw_slices, slices_alternative_text
from services.comparison_values import ComparedSystems, ItemScores, ScoresOfBoard, SlicesOfBoard

CHANGES_TOLD = 4


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


def slice_board(title: str, signature: str, board: ScoresOfBoard) -> SlicesOfBoard:
    """Score the entries of a board on each slice of the items that all of them were asked, and draw it."""
    metric = build_metric(parse_signature(signature))
    asked = [one.item_ids for one in board.scores]
    ids, statistics = on_common_items(asked, [unpack(one.statistics) for one in board.scores])
    slices = slices_of([board.tags[item_id] for item_id in ids])
    scores_of = [_score_of(metric, rows) for rows in statistics]
    averages = [ScoreRow("all items", len(ids), tuple(metric.aggregate(total(rows)) for rows in statistics))]
    changes: list[str] = []
    for key in dict.fromkeys(piece.key for piece in slices):
        macros = [
            macro_average(metric.item_scores(rows), slices, key, score_of=score_of)
            for rows, score_of in zip(statistics, scores_of, strict=True)
        ]
        told = [one for one in macros if one is not None]
        if told:
            averages.append(ScoreRow(f"by {key}", len(ids) - told[0].left_out, tuple(one.macro for one in told)))
            changes += [change.sentence for change in order_changes(board.names, told)]
    is_alone = len({piece.key for piece in slices}) == 1
    shown = tuple(_row(piece, scores_of, with_key=not is_alone) for piece in slices)
    left = max(0, len(changes) - CHANGES_TOLD)
    return SlicesOfBoard(
        names=board.names,
        averages=tuple(averages),
        slices=shown,
        changes=tuple(changes[:CHANGES_TOLD]),
        more_changes=left,
        picture=draw_slices(board.names, averages, shown, title),
        alternative_text=slices_alternative_text(board.names, averages, shown, title),
    )


def _row(piece: Slice, scores_of: Sequence[ScoreOf], *, with_key: bool) -> ScoreRow:
    name = piece.name if piece.value is None or not with_key else f"{piece.key}: {piece.value}"
    scores = tuple(score_of(piece.rows) for score_of in scores_of) if is_shown(piece) else None
    return ScoreRow(name, len(piece.rows), scores)


def _score_of(metric: Metric, statistics: FloatArray) -> ScoreOf:
    return lambda rows: metric.aggregate(total(statistics[rows]))


def _ranked_apart(metric: Metric, board: ScoresOfBoard, pair: tuple[int, int]) -> bool:
    """Whether one of the two is better than the other as the board tests it, with a correction for all pairs."""
    asked, statistics = [one.item_ids for one in board.scores], [unpack(one.statistics) for one in board.scores]
    _, common = on_common_items(asked, statistics)
    if not len(common[0]):
        return False
    better = significantly_better([compared_values(metric, rows) for rows in common])
    return bool(better[pair] or better[pair[::-1]])


def _item_scores(metric: Metric, scores: Sequence[ItemScores]) -> list[FloatArray]:
    return [metric.item_scores(unpack(one.statistics)) for one in scores]
