"""What so many items could tell apart, and how many more would: by hand, by law, and in simulated boards."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stats.pairs import compare
from bench.stats.power import items_to_separate, smallest_detectable_gap, smallest_gap_between

GAPS = st.floats(0.01, 0.5)


def test_items_by_hand() -> None:
    """A gap of .1 where a fifth of the items differ: (1.96 sqrt(.2) + .8416 sqrt(.19))^2 / .01 = 154.6, so 155."""
    assert (1.959964 * sqrt(0.2) + 0.841621 * sqrt(0.19)) ** 2 / 0.01 == pytest.approx(154.6, abs=0.1)
    assert items_to_separate(0.1, 0.2) == items_to_separate(-0.1, 0.2) == 155


def test_no_number_of_items_shows_a_gap_of_nothing() -> None:
    assert items_to_separate(0.0, 0.2) is None


def test_the_gap_between_typical_systems_is_the_one_that_the_launch_gate_shows() -> None:
    for items in (50, 100, 1000):
        assert smallest_gap_between(items, 0.23) == pytest.approx(smallest_detectable_gap(items))
    assert smallest_gap_between(0, 0.23) == 1.0


@given(st.integers(30, 5000), GAPS)
def test_the_smallest_gap_is_the_one_for_which_these_items_are_just_enough(items: int, mean_square: float) -> None:
    gap = smallest_gap_between(items, mean_square)
    needed = items_to_separate(gap, max(gap, mean_square))
    assert needed is not None
    assert needed == pytest.approx(items, abs=1)


@given(GAPS, GAPS, st.floats(1.05, 2))
def test_a_wider_gap_needs_fewer_items(gap: float, mean_square: float, times: float) -> None:
    narrow, wide = items_to_separate(gap, mean_square), items_to_separate(gap * times, mean_square)
    assert narrow is not None
    assert wide is not None
    assert wide <= narrow


@pytest.mark.parametrize(("gap", "differing"), [(0.1, 0.23), (0.05, 0.1), (0.2, 0.25)])
def test_with_the_items_it_asks_for_four_of_five_boards_tell_the_systems_apart(gap: float, differing: float) -> None:
    """800 boards, a standard error of 1.4 points."""
    items = items_to_separate(gap, differing)
    assert items is not None
    generator = np.random.default_rng(items)
    ahead, behind = (differing + gap) / 2, (differing - gap) / 2
    outcomes = generator.choice(4, p=[ahead, behind, 0.5, 0.5 - differing], size=(800, items))
    first, second = np.isin(outcomes, (0, 2)).astype(float), np.isin(outcomes, (1, 2)).astype(float)
    found = np.mean([compare(one, other) <= 0.05 for one, other in zip(first, second, strict=True)])
    assert found == pytest.approx(0.8, abs=0.05)


def test_graded_systems_are_told_apart_with_the_items_it_asks_for() -> None:
    """Differences with mean .03 and deviation .12, so a mean square of .0153; 200 boards."""
    items = items_to_separate(0.03, 0.03**2 + 0.12**2)
    assert items is not None
    generator = np.random.default_rng(3)
    first = generator.uniform(0.3, 0.6, (200, items))
    second = first - generator.normal(0.03, 0.12, (200, items))
    found = np.mean([compare(one, other) <= 0.05 for one, other in zip(first, second, strict=True)])
    assert found == pytest.approx(0.8, abs=0.08)
