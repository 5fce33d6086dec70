"""Trying a specification before a task is proposed with it."""

import pytest

from bench.errors import BadInput
from bench.language.specification import Specification, parse_specification
from bench.metrics.catalogue import METRICS
from bench.metrics.trials import edge_cases, read_pairs, try_pairs

EXACT = parse_specification('metric = "exact"\nnormalize = "multi-v1:en"')
EVERY = [parse_specification(metric.example) for metric in METRICS]


def table(specification: Specification) -> dict[str, float | None]:
    return {case.name: case.trial.score for case in edge_cases(specification)}


def test_pasted_pairs_are_read_line_by_line() -> None:
    assert read_pairs("The Thames! => Thames | river Thames\n\nso\\nA: 5 => 5") == (
        ("The Thames!", ("Thames", "river Thames")),
        ("so\nA: 5", ("5",)),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no pairs; write each pair"),
        ("a => b\nc", "Line 2 of the pairs has no =>"),
        ("a =>", "Line 1"),
        ("a => b\n" * 21, "21 pairs; paste 20"),
        ("x" * 4001, "4,001 characters"),
    ],
)
def test_what_is_no_pair_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_pairs(text)


def test_a_trial_shows_each_step_to_the_score() -> None:
    specification = parse_specification('metric = "exact"\nextract = "after:A:"\nnormalize = "multi-v1:en"')
    right, lost = try_pairs(specification, [("so\nA: The Thames!", ("thames",)), ("Thames", ("thames",))])
    assert (right.extracted, right.normalized, right.score) == ("The Thames!", "thames", 1.0)
    assert (lost.extracted, lost.normalized, lost.score) == (None, None, 0.0)


def test_an_accepted_answer_that_the_metric_cannot_use_has_no_score() -> None:
    (trial,) = try_pairs(parse_specification("numeric"), [("5", ("five",))])
    assert trial.score is None


def test_the_columns_of_a_composite_are_tried_too() -> None:
    toml = 'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "token_f1"'
    (trial,) = try_pairs(parse_specification(toml), [("black cat", ("cat",))])
    assert dict(trial.columns) == pytest.approx({"exact": 0.0, "token_f1": 2 / 3})
    assert trial.score == pytest.approx(1 / 3)


@pytest.mark.parametrize("specification", EVERY, ids=lambda one: one.metric)
def test_every_metric_has_its_table_in_which_nothing_scores_nothing(specification: Specification) -> None:
    scores = table(specification)
    assert scores["the answer itself"] == pytest.approx(1.0)
    assert scores["empty"] == scores["only blanks"] == 0.0
    assert all(score is not None and 0 <= score <= 1 for score in scores.values())
    assert len(scores) >= 12


def test_the_table_says_what_a_normaliser_forgives() -> None:
    strict, lenient = table(parse_specification('metric = "exact"\nnormalize = "raw"')), table(EXACT)
    forgiven = {"in capitals", "a full stop after it", "in quotes", "accents composed and decomposed", "ß and ss"}
    assert {name for name in lenient if lenient[name] == 1.0 and strict[name] == 0.0} == forgiven | {"blanks around it"}
    assert lenient["accents left out"] == lenient["as full-width characters"] == lenient["CJK with a blank"] == 0.0


def test_numbers_in_the_table_are_read_by_the_metric_for_numbers() -> None:
    scores = table(parse_specification("numeric"))
    assert scores["number with groups"] == scores["number with a currency sign"] == scores["negative number"] == 1.0
    assert scores["number with a decimal comma"] == 0.0
