"""Ranks among many systems: laws, how seldom equal ones are told apart, and how fast."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bench.metrics.base import FloatArray
from bench.stats.max_t import better_by_max_t, factor
from bench.stats.pairs import compare_all, holm
from bench.stats.ranking import rank_ranges, significantly_better

ALPHA = 0.05


def right_or_wrong(generator: np.random.Generator, shares: FloatArray, items: int) -> FloatArray:
    """Systems whose mistakes fall on the same hard items, as those of real models do."""
    difficulty = generator.normal(0, 2, items)
    strength = 2.2 * np.log(shares / (1 - shares))
    return (generator.random((len(shares), items)) < 1 / (1 + np.exp(-strength[:, None] - difficulty))).astype(float)


def claims_of_holm(scores: FloatArray) -> int:
    above = np.triu_indices(len(scores), 1)
    return int((holm(compare_all(list(scores))[above]) <= ALPHA).sum())


def test_a_clear_winner_of_sixteen_is_the_only_one_that_may_be_best() -> None:
    generator = np.random.default_rng(1)
    scores = right_or_wrong(generator, np.array([0.95, *[0.5] * 15]), 200)
    ranges = rank_ranges(list(scores))
    assert ranges[0] == (1, 1)
    assert {low for low, _ in ranges[1:]} == {2}


def test_systems_that_answer_alike_are_never_told_apart() -> None:
    generator = np.random.default_rng(2)
    one = (generator.random(150) < 0.6).astype(float)
    assert not better_by_max_t([one] * 16, ALPHA).any()
    assert not better_by_max_t([np.ones(150)] * 16, ALPHA).any()


def test_a_difference_that_is_the_same_on_every_item_is_certain() -> None:
    scores = [np.full(120, level) for level in (0.2, 0.5, 0.9)]
    assert better_by_max_t(scores, ALPHA).tolist() == [[False, False, False], [True, False, False], [True, True, False]]


def test_fewer_items_or_systems_keep_the_paired_tests() -> None:
    generator = np.random.default_rng(3)
    for systems, items in ((15, 400), (16, 99)):
        scores = right_or_wrong(generator, np.linspace(0.3, 0.9, systems), items)
        assert significantly_better(list(scores)).sum() == claims_of_holm(scores)


@settings(max_examples=30)
@given(st.permutations(range(18)), st.integers(0, 2**32))
def test_the_order_of_the_systems_changes_no_claim(order: list[int], seed: int) -> None:
    scores = np.random.default_rng(seed).random((18, 110)) * np.linspace(0.4, 1, 18)[:, None]
    first = better_by_max_t(list(scores), ALPHA)
    second = better_by_max_t(list(scores[order]), ALPHA)
    assert np.array_equal(first[np.ix_(order, order)], second)


@given(arrays.arrays(np.float64, (5, 3), elements=st.integers(-4, 4).map(float)))
def test_the_factor_of_a_singular_covariance_gives_it_back(rows: FloatArray) -> None:
    """Five systems that vary in three ways only."""
    covariance = rows @ rows.T
    assert factor(covariance) @ factor(covariance).T == pytest.approx(covariance, abs=1e-6)


@pytest.mark.parametrize(("systems", "items", "claimed"), [(10, 100, 0.053), (20, 100, 0.073), (20, 300, 0.044)])
def test_equal_systems_are_told_apart_on_about_five_boards_of_a_hundred(
    systems: int, items: int, claimed: float
) -> None:
    """400 boards, a standard error of 1.1 points; the specification measured .05 to .07 from 100 items on."""
    generator = np.random.default_rng(items + systems)
    boards = [right_or_wrong(generator, np.full(systems, 0.7), items) for _ in range(400)]
    found = np.mean([better_by_max_t(list(scores), ALPHA).any() for scores in boards])
    assert found <= 0.10
    assert found == pytest.approx(claimed, abs=0.035)


def test_equal_graded_systems_are_told_apart_no_more_often() -> None:
    generator = np.random.default_rng(6)
    boards = [generator.random((16, 120)) for _ in range(300)]
    assert np.mean([better_by_max_t(list(scores), ALPHA).any() for scores in boards]) <= 0.09


def test_no_true_tie_is_broken_more_often_where_other_differences_are_real() -> None:
    """Three groups of seven equals: only claims within a group are false, and the steps let no more of them in."""
    generator = np.random.default_rng(7)
    shares, groups = np.repeat([0.55, 0.7, 0.85], 7), np.repeat([0, 1, 2], 7)
    same = groups[:, None] == groups[None, :]
    boards = [better_by_max_t(list(right_or_wrong(generator, shares, 200)), ALPHA) for _ in range(200)]
    assert np.mean([(better & same).any() for better in boards]) <= 0.11


def test_it_sees_more_than_the_paired_tests_of_many_systems() -> None:
    generator = np.random.default_rng(8)
    boards = [right_or_wrong(generator, np.linspace(0.5, 0.8, 25), 300) for _ in range(20)]
    by_max_t = np.mean([better_by_max_t(list(scores), ALPHA).sum() for scores in boards])
    assert by_max_t > np.mean([claims_of_holm(scores) for scores in boards])


@pytest.mark.parametrize("is_graded", [False, True])
def test_21_systems_on_630_items_are_ranked_at_once(is_graded: bool) -> None:
    generator = np.random.default_rng(9)
    scores = right_or_wrong(generator, np.linspace(0.3, 0.9, 21), 630)
    graded: FloatArray = scores * generator.random(scores.shape)
    start = time.perf_counter()
    rank_ranges(list(graded if is_graded else scores))
    assert time.perf_counter() - start < 0.3
