"""Marked items: which of their spellings stands first in the gold is the bot's draw, and who may see the mark."""

import secrets
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from bench.amendments import edited
from bench.errors import BadFile
from bench.history import difference
from bench.language.specification import parse_specification
from bench.model import Gold, Item
from bench.parsing.gold import read_gold
from bench.spellings import drawn, is_marked, shown, spellings_of, without_mark
from bench.stats.slices import slices_of

FOUR = ("co-operate", "cooperate", "co operate", "coöperate")
MARKED = Item("q1", "?", FOUR, (("topic", "words"), ("canary", "yes")))
PLAIN = Item("q2", "?", ("b", "a"), (("topic", "words"),))
EXACT = parse_specification('metric = "exact"\nnormalize = "raw"')
FOLDED = parse_specification('metric = "exact"\nnormalize = "multi-v1:en"')


def test_a_drawn_spelling_stands_first_and_the_mark_counts_them() -> None:
    found, plain = drawn([MARKED, PLAIN], lambda below: below - 2)
    assert found == replace(
        MARKED,
        answers=("co operate", "co-operate", "cooperate", "coöperate"),
        tags=(("topic", "words"), ("canary", "4")),
    )
    assert plain is PLAIN


def test_every_spelling_is_drawn_as_often() -> None:
    generator = np.random.default_rng(1)
    firsts = Counter(drawn([MARKED], generator.integers)[0].answers[0] for _ in range(4000))
    assert set(firsts) == set(FOUR)
    assert all(count == pytest.approx(1000, abs=120) for count in firsts.values())


def test_an_exported_gold_is_drawn_anew_among_its_own_spellings_and_not_what_was_accepted_later() -> None:
    exported = replace(drawn([MARKED], secrets.randbelow)[0], contested=True)
    exported = replace(exported, answers=(*exported.answers, "work together"))
    assert set(spellings_of(exported)) == set(FOUR)
    for place in range(4):
        (again,) = drawn([exported], lambda _, place=place: place)  # type: ignore[misc]
        assert again.answers[4:] == ("work together",)
        assert set(spellings_of(again)) == set(FOUR)


@pytest.mark.parametrize("value", ["yes", "1", "0", "9", "four", "²", "-2"])
def test_any_word_marks_all_answers(value: str) -> None:
    assert spellings_of(replace(MARKED, tags=(("Canary", value),))) == FOUR


def test_the_mark_is_in_no_slice_and_not_in_what_is_shown() -> None:
    assert without_mark(MARKED.tags) == shown(MARKED).tags == (("topic", "words"),)
    assert without_mark((("CANARY", "4"),)) == ()
    assert not is_marked(shown(MARKED))
    assert {piece.key for piece in slices_of([MARKED.tags, PLAIN.tags])} == {"topic"}


def test_other_answers_end_the_mark_and_another_prompt_does_not() -> None:
    assert edited(MARKED, "How is it spelled?", FOUR, FOLDED).tags == MARKED.tags
    changed = edited(MARKED, "?", FOUR[:3], EXACT)
    assert changed.tags == (("topic", "words"),)
    assert edited(MARKED, "?", FOUR[::-1], EXACT).tags == (("topic", "words"),)
    (told,) = difference(Gold((MARKED,)), Gold((changed,))).changes
    assert told.public_sentence == "Item q1: 1 answer removed."


def test_a_mark_that_could_say_nothing_is_refused_with_its_place() -> None:
    rows = (
        "id,prompt,answer,answer2,tags,practice",
        "a,?,one,two,canary=yes,no",
        "b,?,secret,,canary=yes;topic=x,no",
        "c,?,secret,secret ,canary=2,no",
        "d,?,secret,other,canary=yes,yes",
    )
    with pytest.raises(BadFile) as refused:
        read_gold("\n".join(rows).encode(), "gold.csv")
    too_few, blanks, public = [problem.sentence for problem in refused.value.problems]
    assert too_few == (
        "Line 3, column tags: found item `b` marked `canary` with 1 spelling; expected two or more, none of them twice "
        "but for blanks. Give it more accepted answers that are equally good, or take the tag `canary` away."
    )
    assert blanks.startswith("Line 4, column tags: found item `c` marked `canary` with 1 spelling; expected two or")
    assert public == (
        "Line 5, column tags: found the practice item `d` marked `canary`; expected the mark on hidden items only. "
        "Practice items are public with their answers; take one of the two marks away."
    )
