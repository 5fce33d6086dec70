"""Marked spellings: exact chances, whatever a model prefers to write."""

from fractions import Fraction

import numpy as np
import pytest

from bench.model import Item
from bench.spellings import drawn
from bench.stats.canaries import ALPHA, Canary, canaries_of, chance_of_all, matched_spellings

SPELLINGS = ("co-operate", "cooperate", "co operate", "coöperate")


def canaries(number: int, spellings: int = 4, seed: int = 1) -> list[Canary]:
    """Marked items as they come into a gold, drawn by a seed."""
    pick = np.random.default_rng(seed).integers
    marked = (Item(f"q{place}", "?", SPELLINGS[:spellings], (("canary", "yes"),)) for place in range(number))
    return list(canaries_of(drawn(marked, pick)))


def answers(marked: list[Canary], hits: int) -> dict[str, str | None]:
    """The drawn spelling on so many items, and another one on the rest."""
    others = [next(spelling for spelling in canary.spellings if spelling != canary.drawn) for canary in marked]
    return {
        canary.item_id: f" {canary.drawn}" if place < hits else other
        for place, (canary, other) in enumerate(zip(marked, others, strict=True))
    }


def test_all_five_of_four_spellings_are_one_in_1024() -> None:
    marked = canaries(5)
    found = matched_spellings("TeamZ", answers(marked, 5), marked)
    assert found is not None
    assert found.p == float(Fraction(1, 1024))
    assert found.sentence == "TeamZ matched all 5 marked spellings (chance 1 in 1,024). A curator will look."


def test_seven_of_eight_are_flagged_and_six_of_six_of_three_spellings_are_not() -> None:
    marked = canaries(8)
    found = matched_spellings("TeamZ", answers(marked, 7), marked)
    assert found is not None
    assert found.p == pytest.approx(float(Fraction(8 * 3 + 1, 4**8)))
    assert found.sentence.startswith("TeamZ matched 7 of 8 marked spellings (chance 1 in 2,621)")
    assert matched_spellings("TeamZ", answers(marked, 5), marked) is None
    assert matched_spellings("TeamZ", answers(canaries(6, 3), 6), canaries(6, 3)) is None


def test_wrong_and_missing_answers_say_nothing_either_way() -> None:
    marked = canaries(9)
    given = answers(marked, 5)
    given.update({"q5": "collaborate", "q6": None, "q7": "", "q8": "CO-OPERATE"})
    found = matched_spellings("TeamZ", given, marked)
    assert found is not None
    assert (found.matched, found.right) == (5, 5)
    assert matched_spellings("TeamZ", {}, marked) is None


def test_what_is_not_marked_is_no_canary_and_what_was_accepted_later_no_spelling_of_one() -> None:
    marked = Item("q1", "?", (" b ", "a", "accepted later"), (("topic", "x"), ("canary", "2")))
    (found,) = canaries_of([Item("q0", "?", ("a", "b"), (("topic", "x"),)), marked])
    assert found == Canary("q1", ("b", "a"), "b")


def test_too_few_canaries_could_not_tell_if_all_were_matched() -> None:
    assert chance_of_all(canaries(2)) == float(Fraction(1, 16))
    assert chance_of_all(canaries(4)) > ALPHA > chance_of_all(canaries(5))


def test_neither_spellings_nor_items_are_in_what_is_said_or_printed() -> None:
    marked = canaries(5)
    found = matched_spellings("TeamZ", answers(marked, 5), marked)
    assert found is not None
    assert not any(spelling in repr(found) + found.sentence + repr(marked) for spelling in SPELLINGS)
    assert "q0" not in found.sentence


def test_a_model_that_always_prefers_one_spelling_is_flagged_as_seldom_as_chance_says() -> None:
    """Six canaries of four: the chance of 6 hits is 1/4096, of 5 or more 19/4096 = .0046, so only 6 are flagged."""
    draws = np.random.default_rng(1).integers(0, 2**31, 6000)
    habit: dict[str, str | None] = {f"q{place}": SPELLINGS[1] for place in range(6)}
    found = [matched_spellings("TeamZ", habit, canaries(6, seed=seed)) for seed in draws.tolist()]
    assert np.mean([one is not None for one in found]) <= 0.0013
