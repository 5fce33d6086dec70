"""How far voters agree: by hand, by law, and where the usual measure would mislead."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stats.agreement import agreement

COUNTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)), max_size=60)


def test_agreement_by_hand() -> None:
    """Of 20 items ten have 3:0:0, five 2:1:0 and five 2:0:1: pairs agree on 1 and on 1/3."""
    found = agreement([(3, 0, 0)] * 10 + [(2, 1, 0)] * 5 + [(2, 0, 1)] * 5)
    raw = (10 + 10 * Fraction(1, 3)) / 20
    shares = (10 + 10 * Fraction(2, 3)) / 20, Fraction(5, 3) / 20, Fraction(5, 3) / 20
    chance = sum(share * (1 - share) for share in shares) / 2
    assert found.items == 20
    assert found.raw == pytest.approx(float(raw))
    assert found.ac1 == pytest.approx(float((raw - chance) / (1 - chance)))
    assert found.sentence == "Voters agree 67% of the time (chance-corrected 0.61)."


def test_the_corrected_figure_waits_for_twenty_items_with_two_votes() -> None:
    few = agreement([(2, 0, 0)] * 19 + [(1, 0, 0)] * 50)
    assert (few.items, few.raw, few.ac1) == (19, 1.0, None)
    assert few.sentence == "Voters agree 100% of the time, on 19 items with two votes or more."
    assert agreement([(2, 0, 0)] * 20).ac1 == 1.0


def test_without_two_votes_on_an_item_there_is_nothing_to_say() -> None:
    found = agreement([(1, 0, 0), (0, 0, 0)])
    assert (found.items, found.raw, found.ac1) == (0, None, None)
    assert found.sentence == "No item has two votes yet."


@given(COUNTS, st.randoms())
def test_neither_the_order_of_items_nor_the_name_of_a_value_matters(
    counts: list[tuple[int, int, int]], generator: random.Random
) -> None:
    found = agreement(counts)
    shuffled = list(counts)
    generator.shuffle(shuffled)
    assert agreement(shuffled) == found
    renamed = agreement([(wrong, right, ambiguous) for right, ambiguous, wrong in counts])
    assert renamed.raw == found.raw
    assert renamed.ac1 == pytest.approx(found.ac1)
    assert found.raw is None or 0 <= found.raw <= 1
    assert found.ac1 is None or found.ac1 <= 1


def test_voters_of_92_percent_agree_as_was_simulated() -> None:
    """4000 items of four votes, 90% of them right: raw .85 and AC1 .80, where alpha would say .46."""
    generator = random.Random(4)  # noqa: S311 - a simulation, no secret
    counts = []
    for _ in range(4000):
        truth = generator.choices(range(3), (0.90, 0.06, 0.04))[0]
        cast = [truth if generator.random() < 0.92 else (truth + generator.choice((1, 2))) % 3 for _ in range(4)]
        counts.append((cast.count(0), cast.count(1), cast.count(2)))
    found = agreement(counts)
    assert found.raw == pytest.approx(0.85, abs=0.01)
    assert found.ac1 == pytest.approx(0.82, abs=0.03)
