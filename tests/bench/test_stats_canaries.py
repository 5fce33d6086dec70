"""Marked spellings: exact chances, whatever a model prefers to write."""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from bench.stats.canaries import Canary, draw_spelling, matched_spellings

SPELLINGS = ("co-operate", "cooperate", "co operate", "coöperate")


def canaries(number: int, spellings: int = 4, seed: str = "secret") -> list[Canary]:
    return [draw_spelling(seed, f"q{place}", SPELLINGS[:spellings]) for place in range(number)]


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


def test_the_draw_is_repeatable_fair_and_blind_to_the_order() -> None:
    assert draw_spelling("s", "q1", SPELLINGS) == draw_spelling("s", "q1", SPELLINGS[::-1])
    drawn = Counter(draw_spelling("s", f"q{place}", SPELLINGS).drawn for place in range(4000))
    assert all(count == pytest.approx(1000, abs=150) for count in drawn.values())
    with pytest.raises(ValueError, match="Item q1 has one spelling"):
        draw_spelling("s", "q1", ["same", "same"])


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
    found = [matched_spellings("TeamZ", habit, canaries(6, seed=str(seed))) for seed in draws.tolist()]
    assert np.mean([one is not None for one in found]) <= 0.0013
