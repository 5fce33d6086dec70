"""Shared mistakes: by hand, by law, how often honest boards are flagged, and how many copies are found."""

import time
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.language.specification import parse_specification
from bench.model import Item, Outputs
from bench.stats.chances import poisson_binomial_tail
from bench.stats.mistakes import IntArray, Mistakes
from bench.stats.shared_mistakes import SharedMistakes, shared_mistakes


def test_equal_chances_give_the_binomial_tail() -> None:
    expected = sum(Fraction(comb(8, hits) * 3 ** (8 - hits), 4**8) for hits in (7, 8))
    assert poisson_binomial_tail([0.25] * 8, 7) == pytest.approx(float(expected), rel=1e-12)
    assert poisson_binomial_tail([0.25] * 5, 5) == float(Fraction(1, 1024))


@given(st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), max_size=9))
def test_the_tail_is_that_of_all_outcomes_counted_one_by_one(chances: list[float]) -> None:
    exactly = {0: 1.0}
    for chance in chances:
        exactly = {
            hits: exactly.get(hits, 0) * (1 - chance) + exactly.get(hits - 1, 0) * chance
            for hits in range(len(exactly) + 1)
        }
    for least in range(len(chances) + 2):
        expected = sum(there for hits, there in exactly.items() if hits >= least)
        assert poisson_binomial_tail(chances, least) == pytest.approx(expected, abs=1e-12)


def test_tiny_tails_keep_their_digits() -> None:
    assert poisson_binomial_tail([0.01] * 20, 20) == pytest.approx(1e-40, rel=1e-9)


def board(generator: np.random.Generator, submissions: int, items: int, popular: float = 0.0) -> IntArray:
    """Mistakes as numbers, -1 where right: four to choose from, and the first one taken with the chance `popular`."""
    skill, difficulty = generator.normal(0.85, 1, submissions), generator.normal(0, 1, items)
    right = generator.random((submissions, items)) < 1 / (1 + np.exp(difficulty - skill[:, None]))
    mistakes = generator.integers(0, 4, (submissions, items))
    mistakes[generator.random((submissions, items)) < popular] = 0
    codes: IntArray = np.where(right, -1, mistakes)
    return codes


def flags(codes: IntArray) -> tuple[SharedMistakes, ...]:
    return shared_mistakes(codes, [f"Team{place}" for place in range(len(codes))])


def test_two_that_share_fourteen_of_nineteen_mistakes_are_worth_a_look() -> None:
    """Four others whose mistakes are all their own: the chance on each item is the least one, .01."""
    codes = np.full((6, 30), -1)
    codes[0, :19] = codes[1, :19] = 0
    codes[1, 14:19] = 1
    codes[2:, 5:25] = np.arange(2, 6)[:, None]
    (found,) = flags(codes)
    assert (found.places, found.shared, found.both_wrong) == ((0, 1), 14, 19)
    assert found.p == pytest.approx(15 * poisson_binomial_tail([0.01] * 19, 14))
    assert found.sentence == (
        "Team0 and Team1 share 14 of 19 mistakes word for word (chance below 1 in 10,000). "
        "Same model, or shared outputs? A curator will look."
    )


def test_mistakes_that_everyone_makes_are_no_sign() -> None:
    codes = np.full((6, 30), -1)
    codes[:, :20] = 0
    assert flags(codes) == ()


def test_four_shared_mistakes_or_three_submissions_are_too_few() -> None:
    codes = np.full((6, 30), -1)
    codes[:2, :4] = 0
    codes[2:, :20] = np.arange(2, 6)[:, None]
    assert flags(codes) == ()
    codes[:2, :10] = 0
    assert flags(codes) != ()
    assert flags(codes[:3]) == ()


def test_one_persons_systems_are_not_held_against_each_other() -> None:
    generator = np.random.default_rng(1)
    codes = board(generator, 6, 100)
    codes[1] = codes[0]
    owners = ["Ada", "Ada", "Ben", "Cem", "Dan", "Eve"]
    assert [found.places for found in flags(codes)] == [(0, 1)]
    assert shared_mistakes(codes, owners, owners) == ()


def test_mistakes_are_compared_as_the_metric_reads_them() -> None:
    """Case is nothing to the normaliser, and silence or a right answer is no mistake."""
    items = tuple(Item(f"q{place}", "?", ("yes",)) for place in range(3))
    outputs = [
        Outputs({"q0": "No", "q1": "yes", "q2": ""}),
        Outputs({"q0": " no", "q1": "never", "q2": "  "}),
        Outputs({"q0": "nope"}),
    ]
    scores = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    codes = Mistakes(items, scores, outputs, parse_specification("exact")).codes
    assert (codes >= 0).tolist() == [[True, False, False], [True, True, False], [True, False, False]]
    assert codes[0, 0] == codes[1, 0] != codes[2, 0]


@given(st.permutations(range(7)), st.integers(0, 2**32))
def test_the_order_of_the_submissions_changes_nothing(order: list[int], seed: int) -> None:
    codes = board(np.random.default_rng(seed), 7, 60, popular=0.6)
    codes[1, :40] = codes[0, :40]
    first = {(frozenset(found.places), round(found.p, 12)) for found in flags(codes)}
    second = {(frozenset(order[place] for place in found.places), round(found.p, 12)) for found in flags(codes[order])}
    assert first == second


@pytest.mark.parametrize(
    ("submissions", "items", "popular"), [(6, 50, 0.0), (12, 100, 0.0), (12, 300, 0.0), (6, 50, 0.6), (12, 100, 0.6)]
)
def test_honest_boards_are_seldom_flagged(submissions: int, items: int, popular: float) -> None:
    """200 boards; .00 to .033 was measured for the specification, .00 to .03 here."""
    generator = np.random.default_rng(items)
    assert np.mean([bool(flags(board(generator, submissions, items, popular))) for _ in range(200)]) <= 0.05


@pytest.mark.parametrize(
    ("items", "share", "popular", "caught"),
    [
        (50, 0.5, 0.0, 0.47),
        (50, 0.7, 0.0, 0.71),
        (50, 0.9, 0.0, 0.84),
        (100, 0.5, 0.0, 0.80),
        (100, 0.9, 0.0, 0.97),
        (100, 0.5, 0.6, 0.49),
        (100, 0.9, 0.6, 0.91),
    ],
)
def test_a_submission_that_takes_a_share_of_anothers_answers_is_found(
    items: int, share: float, popular: float, caught: float
) -> None:
    """150 boards of ten; the specification measured .42, .77, .97, .85, .98, .32 and .88 with models of its own."""
    generator = np.random.default_rng(2)
    found = 0
    for _ in range(150):
        codes = board(generator, 10, items, popular)
        taken = generator.random(items) < share
        codes[1, taken] = codes[0, taken]
        found += any(flag.places == (0, 1) for flag in flags(codes))
    assert found / 150 == pytest.approx(caught, abs=0.12)


def test_two_honest_systems_on_one_base_model_are_flagged_as_often_as_copies() -> None:
    """Both take 60% of their answers from the same model, which nobody copied from the other."""
    generator = np.random.default_rng(3)
    found = 0
    for _ in range(100):
        codes = board(generator, 11, 100)
        for one in (0, 1):
            shared = generator.random(100) < 0.8
            codes[one, shared] = codes[10, shared]
        found += any(flag.places == (0, 1) for flag in flags(codes[:10]))
    assert found / 100 > 0.6


def test_21_systems_on_630_items_are_searched_at_once() -> None:
    codes = board(np.random.default_rng(4), 21, 630, popular=0.6)
    codes[1] = codes[0]
    start = time.perf_counter()
    assert flags(codes)
    assert time.perf_counter() - start < 0.5
