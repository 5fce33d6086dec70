"""The metrics: worked examples as exact fractions, laws, and an oracle."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.language.normalize import normalizer
from bench.language.specification import Specification, Step, parse_toml
from bench.metrics.base import Metric, total
from bench.metrics.catalogue import METRICS
from bench.metrics.registry import build_metric

VOCABULARY = ["the", "a", "cat", "Cat", "sat,", "on", "mat!", "perro", "año", "東京", "3.5", "-5", "B"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
ANSWERS = st.lists(WORDS, min_size=1, max_size=3).map(tuple)
OUTPUTS = st.none() | WORDS
EVERY_METRIC = st.sampled_from([parse_toml(metric.example) for metric in METRICS])


def metric_of(toml: str) -> Metric:
    return build_metric(parse_toml(toml))


def item_score(metric: Metric, output: str | None, *answers: str) -> float:
    return float(metric.item_scores(metric.statistics([output], [answers]))[0])


@pytest.mark.parametrize(
    ("output", "answers", "expected"),
    [
        ("the cat sat", ("cat sat",), Fraction(4, 5)),
        ("cat cat", ("cat",), Fraction(2, 3)),
        ("cat", ("dog", "cat sat on"), Fraction(1, 2)),
        ("dog", ("cat",), Fraction(0)),
        ("", ("cat",), Fraction(0)),
        ("!", ("?",), Fraction(1)),
        (None, ("cat",), Fraction(0)),
    ],
)
def test_token_f1_by_hand(output: str | None, answers: tuple[str, ...], expected: Fraction) -> None:
    assert item_score(metric_of('metric = "token_f1"'), output, *answers) == pytest.approx(float(expected), abs=1e-15)


def test_two_answers_without_words_share_nothing_in_squad_and_all_elsewhere() -> None:
    squad, multi = 'metric = "token_f1"\nnormalize = "squad-en"', 'metric = "token_f1"\nnormalize = "multi-v1:en"'
    assert item_score(metric_of(squad), "the", "a") == 0.0
    assert item_score(metric_of(multi), "the", "a") == 1.0
    assert item_score(metric_of(squad.replace("token_f1", "exact")), "the", "a") == 1.0
    assert item_score(metric_of(multi), "the", "cat") == item_score(metric_of(multi), "cat", "the") == 0.0


def squad_f1(output: str, gold: str) -> float:
    """SQuAD v1.1's F1 from its description: shared tokens by removing each from the gold once."""
    normalize = normalizer(Step("squad-en"))
    tokens, remaining = normalize(output).split(), normalize(gold).split()
    size, shared = len(remaining), 0
    for token in tokens:
        if token in remaining:
            remaining.remove(token)
            shared += 1
    if not shared:
        return 0.0
    precision, recall = 1.0 * shared / len(tokens), 1.0 * shared / size
    return (2 * precision * recall) / (precision + recall)


@given(st.one_of(WORDS, st.text()), st.lists(st.one_of(WORDS, st.text()), min_size=1, max_size=3))
def test_squad_scores_are_those_of_the_published_rule_to_the_last_bit(output: str, golds: list[str]) -> None:
    normalize = normalizer(Step("squad-en"))
    overlap = metric_of('metric = "token_f1"\nnormalize = "squad-en"')
    exact = metric_of('metric = "exact"\nnormalize = "squad-en"')
    assert item_score(overlap, output, *golds) == max(squad_f1(output, gold) for gold in golds)
    assert item_score(exact, output, *golds) == float(any(normalize(output) == normalize(gold) for gold in golds))


@pytest.mark.parametrize(
    ("output", "answers", "expected"),
    [
        ("B", ("B",), 1),
        ("b) Paris", ("B",), 1),
        ("C", ("(b)", "c."), 1),
        ("A", ("B",), 0),
        ("Paris", ("B",), 0),
        (None, ("B",), 0),
    ],
)
def test_multiple_choice_compares_letters(output: str | None, answers: tuple[str, ...], expected: int) -> None:
    assert item_score(metric_of('metric = "choice"'), output, *answers) == expected


@pytest.mark.parametrize(
    ("options", "output", "answers", "expected"),
    [
        ("", "18", ("18.00",), 1),
        ("", "$1,234.50", ("1234.5",), 1),
        ("", "18.0000000000000000000000000001", ("18",), 0),
        ("", "-5", ("5",), 0),
        ("", "5 or 6", ("5",), 0),
        ("absolute = 0.1", "0.3", ("0.2",), 1),
        ("absolute = 0.1", "0.30000000000000000001", ("0.2",), 0),
        ("absolute = 0.1", "0.1", ("0.2",), 1),
        ("relative = 0.01", "101", ("100",), 1),
        ("relative = 0.01", "101.000001", ("100",), 0),
        ("relative = 0.01", "-99", ("-100",), 1),
        ("relative = 0.01", "0.001", ("0",), 0),
        ("absolute = 1\nrelative = 0.001", "1001", ("1000",), 1),
        ('decimal = ","', "1.234,50", ("1234,5",), 1),
        ("", "7", ("5", "7"), 1),
        ("", None, ("5",), 0),
        ("", "1e300", ("1e-300",), 0),
    ],
)
def test_numbers_are_compared_without_rounding(
    options: str, output: str | None, answers: tuple[str, ...], expected: int
) -> None:
    assert item_score(metric_of(f'metric = "numeric"\n[options]\n{options}'), output, *answers) == expected


@given(st.decimals(-100, 100, places=3), st.decimals(-100, 100, places=3), st.sampled_from(["0", "0.1", "0.25", "7"]))
def test_a_tolerance_is_met_exactly_when_the_exact_difference_is_within_it(
    number: Decimal, gold: Decimal, tolerance: str
) -> None:
    metric = metric_of(f'metric = "numeric"\n[options]\nabsolute = {tolerance}')
    expected = abs(Fraction(number) - Fraction(gold)) <= Fraction(tolerance)
    assert item_score(metric, f"{number:f}", f"{gold:f}") == float(expected)


@given(EVERY_METRIC, st.lists(st.tuples(OUTPUTS, ANSWERS), max_size=8))
def test_every_metric_gives_rows_of_statistics_and_scores_from_0_to_1(
    specification: Specification, pairs: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    metric = build_metric(specification)
    statistics = metric.statistics([output for output, _ in pairs], [answers for _, answers in pairs])
    scores = metric.item_scores(statistics)
    assert statistics.shape == (len(pairs), metric.columns)
    assert scores.shape == (len(pairs),)
    assert np.all((scores >= 0) & (scores <= 1))
    if not pairs:
        return
    score = metric.aggregate(total(statistics))
    assert -1 <= score <= 1
    if metric.is_mean:
        assert score == pytest.approx(float(scores.mean()))


# BLEU reads all references as one, and each part of a composite takes the answer that is best for it.
TAKE_THE_BEST_ANSWER = EVERY_METRIC.filter(lambda one: one.metric not in ("bleu", "sentence_bleu", "composite"))


@given(TAKE_THE_BEST_ANSWER, OUTPUTS, ANSWERS, WORDS)
def test_another_accepted_answer_never_lowers_a_score(
    specification: Specification, output: str | None, answers: tuple[str, ...], another: str
) -> None:
    metric = build_metric(specification)
    alone = item_score(metric, output, *answers)
    assert item_score(metric, output, *answers, another) == max(alone, item_score(metric, output, another))


@given(EVERY_METRIC, ANSWERS)
def test_nothing_is_wrong_for_every_metric(specification: Specification, answers: tuple[str, ...]) -> None:
    assert item_score(build_metric(specification), None, *answers) == 0.0


@given(EVERY_METRIC, WORDS)
def test_an_answer_that_a_metric_serves_is_right_when_given_back(specification: Specification, answer: str) -> None:
    metric = build_metric(specification)
    assert not metric.serves(answer) or item_score(metric, answer, answer) == 1.0


@given(WORDS, WORDS)
def test_token_f1_is_symmetric_and_1_only_for_equal_bags(first: str, second: str) -> None:
    metric = metric_of('metric = "token_f1"\nnormalize = "raw"')
    overlap = item_score(metric, first, second)
    assert overlap == item_score(metric, second, first)
    assert (overlap == 1.0) == (Counter(first.split()) == Counter(second.split()))


def test_a_total_is_the_correctly_rounded_sum() -> None:
    assert total(np.array([[1e16], [1.0], [-1e16]])).tolist() == [1.0]
