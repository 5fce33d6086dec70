"""Two systems side by side: counts and sentences by hand, laws, and how often the interval covers the truth."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.metrics.base import FloatArray
from bench.stats.comparison import Comparison, Difference, compare_systems, paired_difference
from bench.stats.pairs import compare
from bench.stats.slices import slices_of

if TYPE_CHECKING:
    from bench.model import Tags


def two(only_first: int, only_second: int, both: int, neither: int) -> tuple[FloatArray, FloatArray]:
    """Right-or-wrong scores of two systems with these counts."""
    first = [1.0] * only_first + [0.0] * only_second + [1.0] * both + [0.0] * neither
    second = [0.0] * only_first + [1.0] * only_second + [1.0] * both + [0.0] * neither
    return np.array(first), np.array(second)


def compared(only_first: int, only_second: int, both: int, neither: int, *, apart: bool | None = None) -> Comparison:
    first, second = two(only_first, only_second, both, neither)
    return compare_systems("TeamX", "TeamY", first, second, ranked_apart=apart)


def test_nine_against_three_of_fifty_is_too_close_to_call() -> None:
    found = compared(9, 3, 30, 8)
    assert (found.items, found.only_first, found.only_second, found.both, found.neither) == (50, 9, 3, 30, 8)
    assert found.difference.p == float(Fraction(2 * (1 + 12 + 66 + 220) - 220, 4096))
    assert found.difference.mean == pytest.approx(0.12)
    assert (found.better, found.more_items) == (None, 79)
    assert found.sentences == (
        "9 items only TeamX, 3 only TeamY, 30 both, 8 neither.",
        "Too close to call (p = .09).",
        "TeamX leads TeamY by 12.0 points (-2 to +25). With 50 items gaps under about 19 points cannot be told apart.",
        "About 79 more items would tell them apart, if the gap stays as it is.",
    )


def test_a_clear_difference_names_the_better_one_whichever_comes_first() -> None:
    first, second = compared(20, 4, 20, 6), compared(4, 20, 20, 6)
    assert (first.better, second.better) == ("TeamX", "TeamY")
    assert first.test_sentence == "TeamX is better (p < .001)."
    assert first.more_items == 0
    assert first.more_items_sentence == "These items are enough to tell them apart."
    assert second.gap_sentence.startswith("TeamY leads TeamX by 32.0 points (+14 to +48).")


def test_the_interval_of_right_and_wrong_is_that_of_agresti_and_min() -> None:
    """Half an item more in each outcome: 9.5 and 3.5 of 52, so 6/52 with variance (13/52 - (6/52)^2) / 52."""
    found = paired_difference(*two(9, 3, 30, 8))
    error = np.sqrt((13 / 52 - (6 / 52) ** 2) / 52)
    assert (found.low, found.high) == pytest.approx((6 / 52 - 1.959964 * error, 6 / 52 + 1.959964 * error))


def test_the_interval_of_graded_scores_is_millers_with_t() -> None:
    """Differences .1, .3 and .2: mean .2, deviation .1, t of two degrees 4.3027."""
    found = paired_difference(np.array([0.5, 0.7, 0.9]), np.array([0.4, 0.4, 0.7]))
    assert (found.mean, found.low, found.high) == pytest.approx(
        (0.2, 0.2 - 4.302653 * 0.1 / np.sqrt(3), 0.2 + 4.302653 * 0.1 / np.sqrt(3))
    )


def test_what_the_board_does_not_claim_is_said() -> None:
    found = compared(14, 4, 20, 12, apart=False)
    assert found.difference.p < 0.05
    assert found.test_sentence == (
        "TeamX is better (p = .02), but among all pairs of the board so small a p may come by luck."
    )


def test_below_twenty_items_nothing_is_claimed() -> None:
    found = compared(12, 0, 4, 3)
    assert (found.difference.p < 0.05, found.better) == (True, None)
    assert found.test_sentence == "With fewer than 20 items nothing is claimed."
    assert found.more_items == 1


def test_equal_scores_are_not_told_apart_by_any_number_of_items() -> None:
    found = compared(6, 6, 20, 8)
    assert (found.items_needed, found.more_items, found.better) == (None, None, None)
    assert found.gap_sentence.startswith("TeamX against TeamY: 0.0 points (-17 to +17).")
    assert found.more_items_sentence == "They score the same: no number of such items would tell them apart."


def test_a_few_differing_items_are_not_counted_out() -> None:
    """One probe on one item would otherwise read off whether its answer is right."""
    assert compared(1, 0, 40, 9).counts_sentence == "TeamX and TeamY differ on fewer than 5 of 50 items."
    assert compared(3, 2, 40, 5).counts_sentence.startswith("3 items only TeamX, 2 only TeamY")


def test_a_tiny_gap_needs_more_items_than_anyone_writes() -> None:
    first, second = two(5001, 5000, 60_000, 30_000)
    found = compare_systems("TeamX", "TeamY", first, second)
    assert found.more_items_sentence == (
        "Even 100,000 more items would not tell them apart, if the gap stays as it is."
    )


def test_graded_scores_count_who_is_ahead() -> None:
    generator = np.random.default_rng(1)
    second: FloatArray = np.round(generator.random(60), 2)
    first = second.copy()
    first[:10] += 0.01
    first[10:14] -= 0.001
    found = compare_systems("TeamX", "TeamY", first, second)
    assert found.is_graded
    assert found.counts_sentence == "TeamX is ahead on 10 items, TeamY on 4; 46 score the same."


def test_differences_by_slice_are_shown_from_ten_items_and_tested_from_thirty() -> None:
    tags: list[Tags] = [(("dialect", name),) for name, size in (("a", 40), ("b", 12), ("c", 9)) for _ in range(size)]
    parts = [two(15, 1, 20, 4), two(1, 5, 6, 0), two(0, 9, 0, 0)]
    first, second = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    found = compare_systems("TeamX", "TeamY", first, second, slices=slices_of(tags))
    assert [found.slice_sentence(piece) for piece in found.slices] == [
        "a (40 items): TeamX leads by 35.0 points, a real gap (p < .001 after correction).",
        "b (12 items): TeamY leads by 33.3 points; not enough items to tell.",
        "c: 9 items, too few to show.",
    ]


def test_the_slices_that_are_tested_share_one_correction() -> None:
    """Three slices of forty: 7 to 0 is p = 1/128, times three; 6 to 1 is p = 9/128, times two; 3 to 2 stays below 1."""
    parts = [two(7, 0, 33, 0), two(6, 1, 33, 0), two(3, 2, 35, 0)]
    first, second = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    tags: list[Tags] = [(("dialect", name),) for name in "abc" for _ in range(40)]
    found = compare_systems("TeamX", "TeamY", first, second, slices=slices_of(tags))
    alone = [Fraction(1, 128), Fraction(2 * (1 + 7) - 7, 128), Fraction(2 * (1 + 5 + 10) - 10, 32)]
    assert [piece.difference.p for piece in found.slices if piece.difference] == [float(p) for p in alone]
    assert [piece.p for piece in found.slices] == pytest.approx([3 * alone[0], 2 * alone[1], alone[2]])


def test_scores_of_other_items_cannot_be_compared() -> None:
    for first, second in ((np.ones(3), np.ones(2)), (np.ones(0), np.ones(0))):
        with pytest.raises(ValueError, match="Cannot compare"):
            compare_systems("a", "b", first, second)


COUNTS = st.integers(0, 40)


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 40))
def test_the_comparison_is_the_same_seen_from_the_other_side(ahead: int, behind: int, both: int, neither: int) -> None:
    one, other = compared(ahead, behind, both, neither), compared(behind, ahead, both, neither)
    assert (one.difference.mean, one.difference.low) == pytest.approx((-other.difference.mean, -other.difference.high))
    assert (one.difference.p, one.items_needed, one.smallest_gap) == (
        other.difference.p,
        other.items_needed,
        other.smallest_gap,
    )
    assert one.difference.low <= one.difference.mean <= one.difference.high
    assert one.items == ahead + behind + both + neither
    assert one.more_items is None or one.more_items >= 0
    assert all(len(sentence) < 200 for sentence in one.sentences)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40))
def test_the_p_value_is_that_of_the_pair_and_the_interval_lies_in_its_range(pairs: list[tuple[float, float]]) -> None:
    first, second = np.array(pairs).T
    found = paired_difference(first, second)
    assert found.p == compare(first, second)
    assert -1 <= found.low <= found.high <= 1


@pytest.mark.parametrize(
    ("items", "gap", "differing", "covered"),
    [(30, 0.0, 0.23, 0.965), (30, 0.1, 0.23, 0.95), (50, 0.2, 0.23, 0.94), (100, 0.1, 0.23, 0.95), (30, 0.02, 0.06, 1)],
)
def test_the_interval_of_the_difference_covers_the_truth(
    items: int, gap: float, differing: float, covered: float
) -> None:
    """1000 boards, a standard error of .7 points; Miller's error alone with the normal quantile covers .84 to .95."""
    generator = np.random.default_rng(items)
    chances = [(differing + gap) / 2, (differing - gap) / 2, 0.6, 0.4 - differing]
    found = [paired_difference(*two(*counts)) for counts in generator.multinomial(items, chances, size=1000).tolist()]
    assert share_covering(found, gap) == pytest.approx(covered, abs=0.025)


def test_the_interval_of_graded_differences_covers_the_truth() -> None:
    generator = np.random.default_rng(2)
    first = generator.beta(2, 1, (400, 30))
    second = np.clip(first - generator.normal(0, 0.2, (400, 30)), 0, 1)
    drawn = generator.beta(2, 1, 400_000)
    truth = float((drawn - np.clip(drawn - generator.normal(0, 0.2, 400_000), 0, 1)).mean())
    found = [paired_difference(one, other) for one, other in zip(first, second, strict=True)]
    assert share_covering(found, truth) == pytest.approx(0.95, abs=0.03)


def share_covering(found: list[Difference], truth: float) -> float:
    return float(np.mean([one.low <= truth <= one.high for one in found]))
