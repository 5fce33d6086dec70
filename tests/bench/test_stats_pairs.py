"""Is A better than B: exact fractions, laws, and error rates."""

from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bench.metrics.base import FloatArray
from bench.stats.pairs import compare, compare_all, holm, mid_p_mcnemar, sign_flip

COUNTS = st.integers(0, 300)
DIFFERENCES = arrays.arrays(np.float64, st.integers(1, 10), elements=st.sampled_from([-1, -0.5, -0.1, 0, 0.2, 0.3, 1]))
P_VALUES = arrays.arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1))


@pytest.mark.parametrize(
    ("only_first", "only_second", "expected"),
    [
        (0, 0, Fraction(1)),
        (1, 0, Fraction(1, 2)),
        (2, 0, Fraction(1, 4)),
        (5, 0, Fraction(1, 32)),
        (3, 1, Fraction(2 * (1 + 4) - 4, 16)),
        (9, 3, Fraction(2 * (1 + 12 + 66 + 220) - 220, 4096)),
        (4, 4, Fraction(1)),
    ],
)
def test_mid_p_mcnemar_by_hand(only_first: int, only_second: int, expected: Fraction) -> None:
    assert mid_p_mcnemar(only_first, only_second) == float(expected)


@given(COUNTS, COUNTS)
def test_mid_p_is_a_symmetric_probability(first: int, second: int) -> None:
    assert mid_p_mcnemar(first, second) == mid_p_mcnemar(second, first)
    assert 0 < mid_p_mcnemar(first, second) <= 1
    assert mid_p_mcnemar(first, first) == 1.0


@given(st.integers(1, 200), st.data())
def test_a_more_uneven_split_of_the_same_items_is_stronger_evidence(discordant: int, data: st.DataObject) -> None:
    smaller = data.draw(st.integers(0, (discordant - 1) // 2))
    next_smaller = min(smaller + 1, discordant // 2)
    assert mid_p_mcnemar(smaller, discordant - smaller) <= mid_p_mcnemar(next_smaller, discordant - next_smaller)


@pytest.mark.parametrize(("first", "second"), [(1001, 1000), (1100, 950), (1500, 1000), (5000, 4800), (50000, 49000)])
def test_many_items_in_floating_point_agree_with_integers(first: int, second: int) -> None:
    discordant, smaller = first + second, min(first, second)
    term = below = comb(discordant, 0)
    for successes in range(smaller):
        term = term * (discordant - successes) // (successes + 1)
        below += term
    expected = (2 * below - term) / (1 << discordant)
    assert mid_p_mcnemar(first, second) == pytest.approx(expected, rel=1e-8)


@given(DIFFERENCES)
def test_few_differences_are_counted_exactly(differences: FloatArray) -> None:
    tenths = [round(10 * difference) for difference in differences.tolist()]
    sums = [sum(s * d for s, d in zip(signs, tenths, strict=True)) for signs in product((1, -1), repeat=len(tenths))]
    expected = Fraction(sum(abs(found) >= abs(sum(tenths)) for found in sums), len(sums))
    assert sign_flip(differences) == pytest.approx(float(expected), abs=1e-12)


def test_thirteen_equal_differences_are_one_of_4096() -> None:
    assert sign_flip(np.full(13, 0.1)) == float(Fraction(2, 2**13))
    assert sign_flip(np.zeros(50)) == 1.0


def test_random_flips_come_near_the_exact_value_and_are_never_0() -> None:
    differences = np.array([1.0] * 20 + [-1.0] * 8)
    at_least = sum(comb(28, successes) for successes in range(9))
    assert sign_flip(differences) == pytest.approx(float(Fraction(2 * at_least, 2**28)), abs=0.006)
    assert sign_flip(np.full(40, 0.3)) == float(Fraction(1, 10_001))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_right_or_wrong_scores_are_compared_by_mcnemar(pairs: list[tuple[bool, bool]]) -> None:
    first, second = np.array(pairs, dtype=np.float64).T
    expected = mid_p_mcnemar(int(((first == 1) & (second == 0)).sum()), int(((first == 0) & (second == 1)).sum()))
    assert compare(first, second) == expected


def graded(generator: np.random.Generator, systems: int, items: int) -> FloatArray:
    return np.round(generator.random((systems, items)), 2)


@pytest.mark.parametrize("items", [10, 120, 1500])
def test_a_pair_alone_has_the_same_p_value_as_within_a_board(items: int) -> None:
    scores = graded(np.random.default_rng(5), 5, items)
    scores[3] = scores[4] > 0.5
    scores[2] = np.where(np.arange(items) % 3 == 0, scores[1] * 0.9, scores[1])
    p_values = compare_all(list(scores))
    assert np.array_equal(p_values, p_values.T)
    assert np.all(np.diag(p_values) == 1)
    for first, second in ((0, 1), (1, 2), (2, 4), (3, 4)):
        assert compare(scores[first], scores[second]) == pytest.approx(p_values[first, second], abs=1e-12)
        assert compare(scores[second], scores[first]) == pytest.approx(p_values[first, second], abs=1e-12)


def test_clear_differences_are_not_held_back_by_the_number_of_flips() -> None:
    assert compare(np.full(200, 0.9), np.full(200, 0.1)) < 1e-40


def test_the_normal_limit_agrees_with_random_flips_where_it_begins() -> None:
    generator = np.random.default_rng(2)
    differences = generator.normal(0.06, 1, 1200)
    limit = compare(differences, np.zeros(1200))
    assert sign_flip(differences) == pytest.approx(limit, abs=0.01)


def test_holm_by_hand() -> None:
    """Holm's steps for m = 4: the smallest times 4, the next times 3, and never below one before."""
    adjusted = holm(np.array([0.01, 0.04, 0.03, 0.005]))
    assert adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(P_VALUES)
def test_holm_lies_between_no_correction_and_bonferroni_and_keeps_the_order(p_values: FloatArray) -> None:
    adjusted = holm(p_values)
    assert np.all(adjusted >= p_values)
    assert np.all(adjusted <= np.minimum(1, p_values * len(p_values)) + 1e-15)
    assert np.all(np.diff(adjusted[np.argsort(p_values, kind="stable")]) >= 0)


@pytest.mark.parametrize(("items", "false_alarms"), [(30, 0.035), (50, 0.049), (100, 0.047)])
def test_equal_systems_are_told_apart_as_rarely_as_was_measured(items: int, false_alarms: float) -> None:
    """3000 pairs at 75% each whose answers agree on 77% of the items: a standard error of .4 points."""
    generator = np.random.default_rng(items)
    solved = generator.random((3000, 1, items)) < 0.75
    chance = np.where(solved, 1 - 0.23 / 2 / 0.75, 0.23 / 2 / 0.25)
    scores = (generator.random((3000, 2, items)) < chance).astype(float)
    found = np.mean([compare(first, second) <= 0.05 for first, second in scores])
    assert found <= 0.05 + 0.012
    assert found == pytest.approx(false_alarms, abs=0.025)


def test_equal_graded_systems_are_told_apart_at_the_nominal_rate() -> None:
    generator = np.random.default_rng(8)
    scores = graded(generator, 400, 40).reshape(200, 2, 40)
    assert np.mean([compare(first, second) <= 0.05 for first, second in scores]) == pytest.approx(0.05, abs=0.045)
