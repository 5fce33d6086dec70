"""The interval of items that belong together: by hand, by law, and how often it covers a simulated truth."""

from math import erf, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.metrics.base import FloatArray
from bench.stats.clusters import clustered_interval_of, clusters_of, effect_sentence
from bench.stats.intervals import interval_of, t_quantile, wilson

BOARDS = 1000


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(1, 12.7062), (2, 4.3027), (4, 2.7764), (5, 2.5706), (9, 2.2622), (19, 2.0930)]
)
def test_the_quantiles_are_those_of_the_printed_tables(degrees: int, quantile: float) -> None:
    assert t_quantile(degrees) == pytest.approx(quantile, abs=0.004)


def test_with_many_degrees_t_is_normal() -> None:
    assert t_quantile(10**6) == pytest.approx(1.96, abs=1e-4)


def test_clusters_by_hand() -> None:
    """Five authors of four items have 4, 3, 2, 2 and 1 right: deviations 1.6, .6, -.4, -.4 and -1.4, squares 5.2.

    SE^2 = 5/4 * 5.2 / 400 = 13/800, so n_eff = .6 * .4 / (13/800) = 192/13, with t of 4 degrees.
    """
    scores = np.array([1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0], dtype=np.float64)
    found = clustered_interval_of(scores, clusters_of(np.repeat(list("abcde"), 4)))
    assert found.effective_items == pytest.approx(192 / 13)
    assert (found.low, found.high) == pytest.approx(wilson(0.6, 192 / 13, 2.7764451))


def test_items_of_one_author_are_worth_what_the_default_likeness_leaves_of_them() -> None:
    """The design effect of 26 items in one hand is 1 + 25 * .08 = 3."""
    scores = np.array([1.0, 0.0] * 13)
    found = clustered_interval_of(scores, clusters_of(["Ada"] * 26))
    assert found.effective_items == pytest.approx(26 / 3)
    assert (found.low, found.high) == pytest.approx(wilson(0.5, 26 / 3))


def test_items_without_an_author_stand_alone() -> None:
    scores = np.array([1.0, 0.0, 1.0, 1.0])
    assert clustered_interval_of(scores, clusters_of([None] * 4)) == interval_of(scores)
    assert clusters_of(["a", None, "a", None]).codes.tolist() == [0, 1, 0, 2]


def test_the_effect_on_the_interval_is_said_where_there_is_one() -> None:
    scores = np.array([1.0, 0.0] * 13)
    alone, one = interval_of(scores), clusters_of(["Ada"] * 26)
    assert effect_sentence(alone, clustered_interval_of(scores, one), one) == (
        "As the items are those of a single author, the interval is 22–78 instead of 32–68."  # noqa: RUF001
    )
    assert effect_sentence(alone, alone, clusters_of([None] * 26)) is None


def test_without_items_everything_is_possible() -> None:
    assert clustered_interval_of(np.array([]), clusters_of([])) == interval_of(np.array([]))


def test_scores_and_clusters_of_other_items_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="3 scores, but the clusters of 2 items"):
        clustered_interval_of(np.ones(3), clusters_of(["a", "b"]))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5)), min_size=1, max_size=60))
def test_clusters_never_narrow_an_interval(rows: list[tuple[float, int]]) -> None:
    scores = np.array([round(score, 6) for score, _ in rows])
    alone, clustered = interval_of(scores), clustered_interval_of(scores, clusters_of(label for _, label in rows))
    assert 0 <= clustered.low <= alone.low + 1e-12
    assert alone.high - 1e-12 <= clustered.high <= 1
    assert clustered.effective_items <= alone.effective_items


@given(st.permutations(range(12)))
def test_the_order_of_the_items_changes_nothing(order: list[int]) -> None:
    labels = [place % 5 for place in range(12)]
    scores = np.array([1.0, 0.0, 0.5, 1.0, 0.0, 0.25, 1.0, 1.0, 0.0, 0.5, 1.0, 0.0])
    first = clustered_interval_of(scores, clusters_of(labels))
    second = clustered_interval_of(scores[order], clusters_of(labels[place] for place in order))
    assert (first.low, first.high) == pytest.approx((second.low, second.high))


def latent(generator: np.random.Generator, sizes: list[int], likeness: float) -> FloatArray:
    """Boards x items, standard normal, with the intraclass correlation `likeness` within each cluster."""
    codes = np.repeat(np.arange(len(sizes)), sizes)
    of_cluster, own = generator.standard_normal((2, BOARDS, len(codes)))
    drawn: FloatArray = sqrt(likeness) * of_cluster[:, codes] + sqrt(1 - likeness) * own
    return drawn


def coverage(boards: FloatArray, truth: float, sizes: list[int]) -> tuple[float, float]:
    """How often the plain and the clustered interval hold the truth."""
    clusters = clusters_of(np.repeat(np.arange(len(sizes)), sizes).tolist())
    pairs = [(interval_of(scores), clustered_interval_of(scores, clusters)) for scores in boards]
    plain, clustered = np.mean([[one.low <= truth <= one.high for one in pair] for pair in pairs], axis=0)
    return float(plain), float(clustered)


@pytest.mark.parametrize(
    ("sizes", "share", "likeness", "plain", "clustered"),
    [
        ([6] * 10, 0.8, 0.15, 0.90, 0.97),
        ([12] * 5, 0.8, 0.4, 0.72, 0.96),
        ([5] * 20, 0.8, 0.4, 0.84, 0.95),
        ([3] * 10, 0.8, 0.15, 0.95, 0.98),
        ([5] * 10, 0.9, 0.15, 0.94, 0.97),
        ([10] * 10, 0.97, 0.15, 0.95, 0.97),
        ([30, *[3] * 10], 0.8, 0.15, 0.84, 0.98),
        ([42, *[2] * 9], 0.8, 0.15, 0.77, 0.97),
        ([30, 30], 0.8, 0.15, 0.78, 0.97),
        ([60], 0.8, 0.15, 0.62, 0.94),
        ([50, 50], 0.8, 0.4, 0.39, 0.88),  # a known weak spot: two authors who are very unlike each other
    ],
)
def test_the_clustered_interval_covers_the_truth_where_the_plain_one_does_not(
    sizes: list[int], share: float, likeness: float, plain: float, clustered: float
) -> None:
    """1000 boards a row, a standard error of .7 points at 95%; the first three rows are those of the specification."""
    boards = (latent(np.random.default_rng(7), sizes, likeness) < NormalDist().inv_cdf(share)).astype(float)
    found = coverage(boards, share, sizes)
    assert found == pytest.approx((plain, clustered), abs=0.04)


@pytest.mark.parametrize(("sizes", "clustered"), [([3] * 10, 0.96), ([5] * 10, 0.95), ([10] * 10, 0.945)])
def test_graded_scores_in_clusters_are_covered_too(sizes: list[int], clustered: float) -> None:
    """30, 50 and 100 items; the score of an item is the normal probability of 1.2 times its latent value plus .5."""
    normal = np.vectorize(lambda x: (1 + erf(x / sqrt(2))) / 2, otypes=[np.float64])
    boards: FloatArray = normal(1.2 * latent(np.random.default_rng(8), sizes, 0.2) + 0.5)
    found = coverage(boards, float(normal(0.5 / sqrt(1 + 1.2**2))), sizes)[1]
    assert found == pytest.approx(clustered, abs=0.025)
