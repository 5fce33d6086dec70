"""From outputs to a scorecard."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bench.errors import BadInput
from bench.fitness import gold_problems, self_test
from bench.language.specification import Specification, parse_specification, parse_toml
from bench.metrics.base import FloatArray
from bench.metrics.catalogue import METRICS
from bench.model import Gold, Item, Outputs
from bench.scoring import item_scores_of, pack, score, unpack
from bench.stats.intervals import wilson

EXACT = parse_specification("exact")
CAPITALS = Gold(
    (
        Item("fr", "France?", ("Paris",)),
        Item("it", "Italy?", ("Rome", "Roma")),
        Item("es", "Spain?", ("Madrid",)),
        Item("ie", "Ireland?", ("Dublin", "Baile Átha Cliath")),
        Item("p1", "Portugal?", ("Lisbon",), practice=True),
        Item("p2", "Austria?", ("Vienna",), practice=True),
    ),
    version=3,
)


def test_a_scorecard_counts_what_is_missing_as_wrong_and_names_it() -> None:
    outputs = Outputs({"fr": "paris", "it": "ROMA", "es": " ", "p1": "Lisbon", "xx": "?"})
    card = score(outputs, CAPITALS, EXACT)
    assert card.score == 0.5
    assert (card.signature, card.gold_version) == (EXACT.signature, 3)
    assert (card.coverage.answered, card.coverage.items) == (2, 4)
    assert card.coverage.missing_ids == ("ie",)
    assert card.coverage.unknown_ids == ("xx",)
    assert card.practice == (1.0, 2)
    assert (card.interval.low, card.interval.high) == wilson(0.5, 4)
    assert item_scores_of(card, EXACT).tolist() == [1, 1, 0, 0]


def test_an_empty_submission_scores_0_and_null_is_a_missing_answer() -> None:
    for outputs in (Outputs({}), Outputs(dict.fromkeys(["fr", "it", "es", "ie"])), Outputs({"fr": ""})):
        card = score(outputs, CAPITALS, EXACT)
        assert card.score == 0.0
        assert card.coverage.answered == 0


def test_without_practice_items_there_is_no_practice_score() -> None:
    assert score(Outputs({}), Gold(CAPITALS.counted), EXACT).practice is None


def test_gold_with_practice_items_only_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="no item that counts"):
        score(Outputs({}), Gold(CAPITALS.practice), EXACT)


def test_extraction_applies_to_outputs_and_never_to_gold() -> None:
    gold = Gold((Item("1", "?", ("18",)),))
    specification = parse_toml('metric = "exact"\nextract = "after:A:"')
    assert score(Outputs({"1": "some\nA: 18"}), gold, specification).score == 1.0
    assert score(Outputs({"1": "18"}), gold, specification).score == 0.0


@given(st.permutations(range(6)), st.sets(st.integers(0, 3)))
def test_the_order_of_the_outputs_does_not_matter(order: list[int], right: set[int]) -> None:
    answers = [(item.id, item.answers[0] if i in right else "no") for i, item in enumerate(CAPITALS.items)]
    first = score(Outputs(dict(answers)), CAPITALS, EXACT)
    second = score(Outputs(dict(answers[i] for i in order)), CAPITALS, EXACT)
    assert first == second
    assert first.score == len(right) / 4


@given(
    arrays.arrays(
        np.float64,
        arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=9),
        elements=st.floats(width=64, allow_nan=True, allow_infinity=True),
    )
)
def test_packing_keeps_shape_and_every_bit(array: FloatArray) -> None:
    unpacked = unpack(pack(array))
    assert unpacked.shape == array.shape
    assert unpacked.tobytes() == array.tobytes()


def test_damaged_statistics_are_an_error_that_says_so() -> None:
    blob = pack(np.ones((5, 2)))
    for damaged in (b"", blob[:-3], b"x" + blob, pack(np.ones((5, 2)))[::-1]):
        with pytest.raises(ValueError, match="damaged"):
            unpack(damaged)


@pytest.mark.parametrize(
    ("toml", "answers"),
    [
        ('metric = "exact"', ("El gato", "un gato negro")),
        ('metric = "token_f1"\nextract = "last_line"\nnormalize = "multi-v1:es"', ("El gato",)),
        ('metric = "choice"', ("B", "(c)")),
        ('metric = "numeric"', ("1,234.5", "-7")),
        ('metric = "numeric"\nextract = "after:A:"', ("18",)),
        ('metric = "numeric"\nextract = "regex:answer (.*)"', ("18",)),
    ],
)
def test_gold_against_itself_is_1_by_every_accepted_answer_and_empty_is_0(toml: str, answers: tuple[str, ...]) -> None:
    gold = Gold(tuple(Item(str(i), "?", answers) for i in range(3)))
    specification = parse_toml(toml)
    result = self_test(gold, specification)
    assert (result.gold_score, result.empty_score) == (1.0, 0.0)
    assert gold_problems(gold.items, specification) == ()


@pytest.mark.parametrize(
    ("toml", "answer", "words"),
    [
        ('metric = "numeric"', "secretword", "numeric cannot use; expected a number"),
        ('metric = "choice"', "secretword", "choice cannot use; expected one letter"),
        ('metric = "exact"', "¿?", "exact cannot use"),
        ('metric = "token_f1"\nnormalize = "squad-en"', "The", "token_f1 cannot use"),
        ('metric = "exact"\nextract = "choice"', "secretword", "extraction would cut it; expected answers that choice"),
        ('metric = "exact"\nextract = "last_line"', "secretword\ntwo", "extraction would cut it"),
    ],
)
def test_gold_that_a_metric_cannot_serve_is_named_by_item_and_not_shown(toml: str, answer: str, words: str) -> None:
    items = (Item("q1", "?", ("B",) if "choice" in toml else ("7",)), Item("q2", "?", ("7", answer)))
    problems = [problem.sentence for problem in gold_problems(items, parse_toml(toml))]
    named = [sentence for sentence in problems if '"q2"' in sentence]
    assert len(named) == 1
    assert words in named[0]
    assert "secretword" not in "".join(problems)
    assert self_test(Gold(items), parse_toml(toml)).gold_score < 1.0


def test_an_item_without_answers_is_a_problem() -> None:
    (problem,) = gold_problems((Item("q1", "?", ()),), EXACT)
    assert "none in the accepted answers" in problem.found
    assert self_test(Gold((Item("q1", "?", ()),)), EXACT).gold_score == 0.0


WHOLE_ANSWERS = [one for one in METRICS if one.name in ("exact", "token_f1", "choice", "numeric", "contains", "set_f1")]


@pytest.mark.parametrize("specification", [parse_toml(one.example) for one in WHOLE_ANSWERS], ids=lambda s: s.metric)
def test_shuffled_gold_scores_at_chance_and_not_higher(specification: Specification) -> None:
    generator = random.Random(3)  # noqa: S311 - a simulation, no secret
    answers = [generator.choice("ABCD") if specification.metric == "choice" else str(i % 4) for i in range(400)]
    gold = Gold(tuple(Item(str(i), "?", (answer,)) for i, answer in enumerate(answers)))
    shuffled = generator.sample(answers, len(answers))
    outputs = Outputs({str(i): f"A: {answer}\n{answer}" for i, answer in enumerate(shuffled)})
    if specification.metric in ("choice", "token_f1", "contains", "set_f1"):
        outputs = Outputs({str(i): answer for i, answer in enumerate(shuffled)})
    assert score(outputs, gold, specification).score == pytest.approx(0.25, abs=0.08)
