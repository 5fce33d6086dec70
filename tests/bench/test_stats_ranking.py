"""The board: order, ties, rank ranges, and how seldom it claims what is not so."""

import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.metrics.base import FloatArray
from bench.standing import Entry, Standings
from bench.stats.intervals import interval_of
from bench.stats.ranking import competition_ranks, rank_ranges, significantly_better, standings

START = datetime(2026, 1, 1, tzinfo=UTC)


def board(item_scores: list[FloatArray], minutes: list[int] | None = None) -> Standings:
    entries = [
        Entry(
            submission_id=number,
            user_id=number,
            user_name=f"member {number}",
            system=f"system {number}",
            score=float(scores.mean()),
            interval=interval_of(scores),
            answered=len(scores),
            items=len(scores),
            attempts=1,
            received_at=START + timedelta(minutes=minutes[number] if minutes else number),
        )
        for number, scores in enumerate(item_scores)
    ]
    return standings(1, 2, 3, "signature", entries, item_scores)


def right(count: int, items: int) -> FloatArray:
    return np.array([1.0] * count + [0.0] * (items - count))


def test_the_best_comes_first_and_ties_share_a_rank_in_order_of_arrival() -> None:
    found = board([right(10, 30), right(20, 30), right(10, 30), right(5, 30)], minutes=[9, 3, 1, 0])
    assert [ranked.entry.submission_id for ranked in found.ranked] == [1, 2, 0, 3]
    assert [ranked.rank for ranked in found.ranked] == [1, 2, 2, 4]
    assert (found.items, found.claims_ranks, found.gold_version, found.signature) == (30, True, 3, "signature")


def test_a_clear_winner_is_first_and_the_others_share_the_rest() -> None:
    """30 to 12 of 40: 18 items apart and none the other way, p = 2^-18; 12 to 10: p = 1/4."""
    found = board([right(10, 40), right(30, 40), right(12, 40)])
    assert [(ranked.rank_low, ranked.rank_high) for ranked in found.ranked] == [(1, 1), (2, 3), (2, 3)]
    assert [ranked.may_be_best for ranked in found.ranked] == [True, False, False]


def test_below_20_items_no_rank_is_claimed() -> None:
    found = board([right(0, 19), right(19, 19)])
    assert not found.claims_ranks
    assert [(ranked.rank, ranked.rank_low, ranked.rank_high) for ranked in found.ranked] == [(1, 1, 1), (2, 2, 2)]
    assert board([right(0, 20), right(20, 20)]).claims_ranks


def test_a_board_without_entries_is_a_board() -> None:
    found = standings(1, 2, 3, "signature", [], [], items=40)
    assert (found.ranked, found.items) == ((), 40)
    assert rank_ranges([]) == []


def test_a_board_with_one_entry_is_rank_1() -> None:
    (only,) = board([right(7, 25)]).ranked
    assert (only.rank, only.rank_low, only.rank_high) == (1, 1, 1)


def test_scores_that_differ_only_by_rounding_are_tied() -> None:
    scores = [np.array([0.1, 0.2, 0.3] * 10), np.array([0.3, 0.2, 0.1] * 10)]
    assert [ranked.rank for ranked in board(scores).ranked] == [1, 1]


@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4]), max_size=12))
def test_a_competition_rank_is_1_plus_the_number_of_better_ones(scores: list[float]) -> None:
    best_first = sorted(scores, reverse=True)
    assert competition_ranks(best_first) == [1 + sum(other > score for other in scores) for score in best_first]


@given(st.integers(2, 7), st.sampled_from([20, 60]), st.booleans(), st.integers(0, 2**32))
def test_a_rank_lies_in_its_range_and_better_systems_have_no_worse_ranges_ends(
    systems: int, items: int, is_graded: bool, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    skill = generator.random(systems)[:, None]
    scores = (generator.random((systems, items)) < skill) * (generator.random((systems, items)) if is_graded else 1.0)
    found = board(list(scores))
    assert found.ranked[0].may_be_best
    for ranked in found.ranked:
        assert 1 <= ranked.rank_low <= ranked.rank <= ranked.rank_high <= systems
    better = significantly_better(list(scores))
    assert not np.any(better & better.T)


def answers(generator: np.random.Generator, base: FloatArray, items: int) -> FloatArray:
    """Right-or-wrong scores whose mistakes fall on the same hard items: two systems at 75% differ on 24% of them."""
    difficulty = generator.normal(0, 2, items)
    return (generator.random((len(base), items)) < 1 / (1 + np.exp(-base[:, None] - difficulty))).astype(float)


def base_for(shares: list[float]) -> FloatArray:
    """The strength at which a system has each share of the items right."""
    difficulty = np.random.default_rng(0).normal(0, 2, 100_000)
    grid = np.linspace(-1, 5, 121)
    found = [float((1 / (1 + np.exp(-strength - difficulty))).mean()) for strength in grid]
    return np.interp(shares, found, grid)


@pytest.mark.parametrize(("items", "claimed"), [(30, 0.01), (50, 0.01), (100, 0.03)])
def test_ten_equal_systems_are_ranked_apart_on_few_boards(items: int, claimed: float) -> None:
    """400 boards; measured .01 to .03, never to pass Holm's .05 (one standard error is about one point)."""
    generator = np.random.default_rng(items)
    base = base_for([0.75] * 10)
    boards = [rank_ranges(list(answers(generator, base, items))) for _ in range(400)]
    false_claims = np.mean([any(found != (1, 10) for found in ranges) for ranges in boards])
    assert false_claims <= 0.05
    assert false_claims == pytest.approx(claimed, abs=0.03)


def test_ten_equal_graded_systems_are_ranked_apart_on_few_boards() -> None:
    generator = np.random.default_rng(4)
    boards = [rank_ranges(list(generator.random((10, 40)))) for _ in range(60)]
    assert np.mean([any(found != (1, 10) for found in ranges) for ranges in boards]) <= 0.15


@pytest.mark.parametrize(
    ("items", "width", "leaders"), [(30, 9.0, 7.6), (50, 7.7, 5.4), (100, 5.7, 3.5), (300, 3.3, 2.0)]
)
def test_ten_systems_from_50_to_90_percent_are_seen_as_sharply_as_was_measured(
    items: int, width: float, leaders: float
) -> None:
    """80 boards: the mean width of a rank range, and how many may be the best."""
    generator = np.random.default_rng(6)
    base = base_for(np.linspace(0.5, 0.9, 10).tolist())
    boards = [rank_ranges(list(answers(generator, base, items))) for _ in range(80)]
    assert np.mean([high - low + 1 for ranges in boards for low, high in ranges]) == pytest.approx(width, abs=0.5)
    assert np.mean([sum(low == 1 for low, _ in ranges) for ranges in boards]) == pytest.approx(leaders, abs=0.6)


def test_25_systems_on_1319_items_are_ranked_at_once() -> None:
    generator = np.random.default_rng(1)
    skills = np.linspace(0.2, 0.9, 25)[:, None]
    right_or_wrong = (generator.random((25, 1319)) < skills).astype(float)
    graded: FloatArray = right_or_wrong * np.round(generator.random((25, 1319)), 2)
    start = time.perf_counter()
    rank_ranges(list(right_or_wrong))
    middle = time.perf_counter()
    rank_ranges(list(graded))
    assert middle - start < 0.5
    assert time.perf_counter() - middle < 2


def test_a_large_board_of_graded_systems_can_still_be_ranked() -> None:
    """60 systems make 1770 pairs; Holm asks the first for p < 1 in 35,000, below what 10,000 flips can show."""
    generator = np.random.default_rng(1)
    means = np.linspace(0.1, 0.9, 60)[:, None]
    scores = np.clip(generator.normal(means, 0.1, (60, 200)), 0, 1)
    ranges = rank_ranges(list(scores))
    assert ranges[0][0] > 40
    assert ranges[-1][1] < 20
