"""The interval of a score, held against worked examples, laws and simulated truth."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bench.metrics.base import FloatArray
from bench.stats.intervals import Z_95, interval_of, wilson
from bench.stats.power import smallest_detectable_gap

SCORES = arrays.arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 1).map(lambda score: round(score, 6)))


def test_wilson_by_hand() -> None:
    """8 of 10: (8 + z^2/2 -+ z sqrt(8 * 2 / 10 + z^2/4)) / (10 + z^2), Newcombe 1998 gives .4902 to .9433."""
    low, high = wilson(0.8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    half = Z_95 * np.sqrt(8 * 2 / 10 + Z_95**2 / 4)
    assert low == pytest.approx((8 + Z_95**2 / 2 - half) / (10 + Z_95**2), abs=1e-15)


def test_all_right_reaches_1_and_is_not_certain() -> None:
    interval = interval_of(np.ones(10))
    assert (interval.high, interval.effective_items) == (1.0, 10.0)
    assert interval.low == pytest.approx(10 / (10 + Z_95**2))
    assert interval_of(np.zeros(10)).low == 0.0


def test_graded_scores_that_spread_less_are_worth_more_items() -> None:
    """Half .4 and half .6: variance .01, so n_eff = .25 / (.01 / 20) = 500."""
    interval = interval_of(np.array([0.4, 0.6] * 10))
    assert interval.effective_items == pytest.approx(500)
    assert (interval.low, interval.high) == pytest.approx(wilson(0.5, 500))


def test_equal_graded_scores_claim_no_more_than_their_number() -> None:
    assert interval_of(np.full(3, 0.5)).effective_items == 3.0


def test_without_items_everything_is_possible() -> None:
    interval = interval_of(np.array([]))
    assert (interval.low, interval.high, interval.effective_items) == (0.0, 1.0, 0.0)


@given(SCORES)
def test_the_interval_lies_in_0_to_1_around_the_mean(scores: FloatArray) -> None:
    interval = interval_of(scores)
    assert 0.0 <= interval.low <= scores.mean() + 1e-12
    assert scores.mean() - 1e-12 <= interval.high <= 1.0
    assert interval.effective_items >= len(scores)


@given(st.integers(1, 500), st.data())
def test_right_or_wrong_is_plain_wilson_and_mirrored_for_the_complement(items: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, items))
    scores = np.array([1.0] * right + [0.0] * (items - right))
    interval, mirrored = interval_of(scores), interval_of(1 - scores)
    assert interval.effective_items == items
    assert (interval.low, interval.high) == wilson(right / items, items)
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - interval.high, 1 - interval.low), abs=1e-12)


@given(st.integers(1, 200), st.data())
def test_more_items_of_the_same_kind_never_widen_it(items: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, items))
    once, twice = wilson(right / items, items), wilson(right / items, 2 * items)
    assert once[0] <= twice[0] <= twice[1] <= once[1]


def right_or_wrong(share: float) -> Callable[[np.random.Generator, int], FloatArray]:
    return lambda generator, items: (generator.random((2000, items)) < share).astype(float)


def mostly_perfect(worst: float, best: float) -> Callable[[np.random.Generator, int], FloatArray]:
    """Nine in ten items score 1, the others anything between the two."""

    def draw(generator: np.random.Generator, items: int) -> FloatArray:
        return np.where(generator.random((2000, items)) < 0.9, 1.0, generator.uniform(worst, best, (2000, items)))

    return draw


@pytest.mark.parametrize(
    ("draw", "truth", "items", "covered"),
    [
        (right_or_wrong(0.8), 0.8, 30, 0.964),
        (right_or_wrong(0.9), 0.9, 30, 0.974),
        (right_or_wrong(0.97), 0.97, 30, 0.939),
        (right_or_wrong(0.9), 0.9, 50, 0.971),
        (right_or_wrong(0.97), 0.97, 50, 0.938),
        (right_or_wrong(0.97), 0.97, 100, 0.970),
        (mostly_perfect(0, 0.5), 0.925, 30, 0.964),
        (mostly_perfect(0, 0.5), 0.925, 50, 0.953),
        (mostly_perfect(0, 0.5), 0.925, 100, 0.947),
        (mostly_perfect(0, 1), 0.95, 30, 0.894),  # its known weak spot: graded scores, near the ceiling, few items
        (mostly_perfect(0, 1), 0.95, 100, 0.947),
    ],
)
def test_the_interval_covers_the_truth_as_often_as_was_measured(
    draw: Callable[[np.random.Generator, int], FloatArray], truth: float, items: int, covered: float
) -> None:
    """2000 simulated boards: a standard error of half a point here, and of as much in the table."""
    intervals = [interval_of(scores) for scores in draw(np.random.default_rng(20), items)]
    found = np.mean([interval.low <= truth <= interval.high for interval in intervals])
    assert found == pytest.approx(covered, abs=0.028)


@pytest.mark.parametrize(("items", "points"), [(30, 23), (50, 18), (100, 13), (200, 9), (300, 8), (1000, 5)])
def test_the_smallest_detectable_gap_is_the_one_that_was_simulated(items: int, points: int) -> None:
    assert smallest_detectable_gap(items) * 100 == pytest.approx(points, abs=1)


@given(st.integers(0, 10**6))
def test_more_items_always_show_smaller_gaps(items: int) -> None:
    assert 0 < smallest_detectable_gap(items + 1) <= smallest_detectable_gap(items) <= 1
