"""Tries, and what the best of several is worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stats.ladder import climb
from bench.stats.tries import Optimism, TriesLeft, climbed_by_luck, optimism, tries_in_all, tries_left


def test_more_items_allow_more_tries() -> None:
    assert [tries_in_all(items) for items in (20, 99, 100, 299, 300, 5000)] == [10, 10, 20, 20, 40, 40]


def test_what_is_left_is_said_for_today_and_in_all() -> None:
    assert tries_left(50, used_today=1, used_in_all=1).sentence == "2 tries left today, 9 in all."
    assert tries_left(50, used_today=3, used_in_all=3).sentence == "No tries left today, 7 in all."
    assert tries_left(50, used_today=0, used_in_all=9).sentence == "1 try left today, 1 in all."
    assert tries_left(50, used_today=4, used_in_all=12) == TriesLeft(0, 0)
    assert TriesLeft(0, 0).sentence == "No tries left at this task."


def test_the_best_of_nine_on_fifty_items_is_two_to_four_points_too_high() -> None:
    assert optimism(0.7, 50, 9).sentence == (
        "Best of 9 tries: the true score is probably 2–4 points lower."  # noqa: RUF001
    )
    assert optimism(0.7, 50, 1).sentence is None
    assert optimism(0.7, 10_000, 9).sentence is None
    assert Optimism(3, 0.004, 0.009).sentence == "Best of 3 tries: the true score is probably up to 1 point lower."
    assert Optimism(3, 0.017, 0.022).sentence == "Best of 3 tries: the true score is probably about 2 points lower."


def test_one_run_is_as_often_too_low_as_too_high() -> None:
    assert climbed_by_luck(1) == pytest.approx(0, abs=1e-5)


@given(st.integers(1, 60))
def test_every_further_try_climbs_a_little_and_less_than_the_one_before(tries: int) -> None:
    first, second, third = (climbed_by_luck(tries + more) for more in range(3))
    assert second - first > 0
    assert third - second < second - first + 1e-6


def test_the_height_of_the_ladder_is_the_simulated_one() -> None:
    generator = np.random.default_rng(1)
    runs = generator.standard_normal((20_000, 9))
    height = runs[:, 0].copy()
    for run in runs.T[1:]:
        height = np.where(run > height + 1.64 * np.sqrt(2), run, height)
    assert climbed_by_luck(9) == pytest.approx(height.mean(), abs=0.02)


@pytest.mark.parametrize("items", [50, 100])
@pytest.mark.parametrize("spread", [0.0, 1.0, 2.0])
def test_honest_runs_end_as_much_too_high_as_it_says(items: int, spread: float) -> None:
    """400 systems with items whose difficulty spreads by so many logits, which leaves less to luck."""
    generator = np.random.default_rng(items)
    excess = []
    for _ in range(400):
        chances = 1 / (1 + np.exp(-0.9 - generator.normal(0, spread, items)))
        runs = (generator.random((9, items)) < chances).astype(float)
        excess.append(runs[climb(runs)[-1]].mean() - chances.mean())
    expected = optimism(0.7, items, 9)
    assert expected.low <= np.mean(excess) <= expected.high + 0.005
