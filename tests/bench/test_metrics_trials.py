"""Trying a specification before a task is proposed with it."""

import pytest

from bench.errors import BadInput
from bench.language.specification import Specification, parse_specification
from bench.metrics.catalogue import METRICS
from bench.metrics.pairs import Pair, in_one_line, read_pairs, written_pair
from bench.metrics.trials import edge_cases, try_pairs

EXACT = parse_specification('metric = "exact"\nnormalize = "multi-v1:en"')
AS_NUMBER_TOO = 'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "numeric"'
EVERY = [parse_specification(metric.example) for metric in METRICS]


def table(specification: Specification) -> dict[str, float | None]:
    return {case.name: case.trial.score for case in edge_cases(specification)}


def test_pasted_pairs_are_read_line_by_line() -> None:
    assert read_pairs("The Thames! => Thames | river Thames\n\nso\\nA: 5 => 5") == (
        Pair("The Thames!", ("Thames", "river Thames")),
        Pair("so\nA: 5", ("5",), line=3),
    )


def test_the_examples_of_all_metrics_can_be_pasted() -> None:
    for metric in METRICS:
        (pair,) = read_pairs(written_pair(metric.pair.output, metric.pair.answers))
        assert (pair.output, pair.answers) == (metric.pair.output, metric.pair.answers)
        assert "\n" not in in_one_line(metric.pair.output)


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
    right, lost = try_pairs(specification, [Pair("so\nA: The Thames!", ("Thames",)), Pair("Thames", ("x",))])
    assert (right.extracted, right.normalized, right.score) == ("The Thames!", "thames", 1.0)
    assert (right.answers, right.accepted) == (("Thames",), ("thames",))
    assert (lost.extracted, lost.normalized, lost.score) == (None, None, 0.0)


def test_an_accepted_answer_that_the_metric_cannot_use_is_refused_with_its_line() -> None:
    pairs = read_pairs("5 => 5\n\n5 => 5 | five")
    with pytest.raises(BadInput, match=r'Line 3 .*numeric cannot use the accepted answer "five"; expected a number'):
        try_pairs(parse_specification("numeric"), pairs)
    with pytest.raises(BadInput, match=r"Line 3 .*numeric cannot use"):
        try_pairs(parse_specification(AS_NUMBER_TOO), pairs)


def test_the_columns_of_a_composite_are_tried_too() -> None:
    toml = 'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "token_f1"'
    (trial,) = try_pairs(parse_specification(toml), [Pair("black cat", ("cat",))])
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
