"""What each item makes of a score that is no mean: the ranks are then those of the scores that the board shows."""

import numpy as np
import pytest

from bench.language.specification import parse_specification
from bench.metrics.base import FloatArray, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import compared_values
from bench.stats.ranking import significantly_better

MCC = parse_specification('metric = "mcc"\n[options]\nlabels = ["yes", "no"]\n')
EXACT = parse_specification('metric = "exact"\n')


def answered(generator: np.random.Generator, gold: list[str], right: float) -> FloatArray:
    """The statistics of a system that gives the right one of two labels with this chance."""
    other = {"yes": "no", "no": "yes"}
    outputs = [label if generator.random() < right else other[label] for label in gold]
    return build_metric(MCC).statistics(outputs, [(label,) for label in gold])


def labels(generator: np.random.Generator, items: int) -> list[str]:
    return ["yes" if generator.random() < 0.3 else "no" for _ in range(items)]


def test_of_a_mean_they_are_the_items_scores() -> None:
    metric = build_metric(EXACT)
    statistics = metric.statistics(["a", "b", None], [("a",), ("a",), ("a",)])
    assert compared_values(metric, statistics).tolist() == [1.0, 0.0, 0.0]


def test_their_mean_is_the_score_and_their_spread_its_standard_error() -> None:
    """The spread of 400 scores of one system on fresh items, and what a single set of items says of it."""
    generator, metric = np.random.default_rng(1), build_metric(MCC)
    sets = [answered(generator, labels(generator, 200), 0.8) for _ in range(400)]
    scores = np.array([metric.aggregate(total(one)) for one in sets])
    values = [compared_values(metric, one) for one in sets]
    assert [float(one.mean()) for one in values] == pytest.approx(scores.tolist())
    errors = np.array([one.std(ddof=1) / np.sqrt(200) for one in values])
    assert errors.mean() == pytest.approx(scores.std(ddof=1), rel=0.1)


def test_of_five_equal_systems_hardly_one_board_in_twenty_ranks_any_above_another() -> None:
    generator, metric = np.random.default_rng(2), build_metric(MCC)
    wrong = 0
    for _ in range(100):
        gold = labels(generator, 100)
        board = [compared_values(metric, answered(generator, gold, 0.75)) for _ in range(5)]
        wrong += bool(significantly_better(board).any())
    assert wrong <= 10


def test_a_system_that_is_better_by_mcc_is_ranked_above_one_that_always_says_no() -> None:
    """By accuracy the two are alike, for seven in ten labels are no."""
    generator, metric = np.random.default_rng(3), build_metric(MCC)
    gold = labels(generator, 300)
    able = compared_values(metric, answered(generator, gold, 0.72))
    lazy = compared_values(metric, metric.statistics(["no"] * 300, [(label,) for label in gold]))
    assert significantly_better([able, lazy]).tolist() == [[False, True], [False, False]]
