"""Worked examples of the metrics, as exact fractions."""

from fractions import Fraction

import pytest

from bench.language.specification import parse_toml
from bench.metrics.base import Metric, total
from bench.metrics.catalogue import METRICS, MetricDescription
from bench.metrics.registry import build_metric
from bench.model import Gold, Item, Outputs
from bench.scoring import score


def metric_of(toml: str) -> Metric:
    return build_metric(parse_toml(toml))


def item_score(toml: str, output: str | None, *answers: str) -> float:
    metric = metric_of(toml)
    return float(metric.item_scores(metric.statistics([output], [answers]))[0])


@pytest.mark.parametrize("description", [one for one in METRICS if one.stands_alone], ids=lambda one: one.name)
def test_every_metric_scores_its_own_example_as_it_says(description: MetricDescription) -> None:
    pair = description.pair
    card = score(Outputs({"1": pair.output}), Gold((Item("1", "?", pair.answers),)), parse_toml(description.example))
    assert card.score == pytest.approx(pair.score, abs=1e-12)


@pytest.mark.parametrize(
    ("options", "output", "answer", "expected"),
    [
        ("", "it is the River Thames!", "river thames", 1),
        ("", "concatenate", "cat", 0),
        ("[options]\ninside_words = true", "concatenate", "cat", 1),
        ("", "答えは東京です", "東京", 1),
        ("", "Thames river", "river thames", 0),
        ("", "anything", "!", 0),
    ],
)
def test_an_output_contains_an_answer_word_for_word(options: str, output: str, answer: str, expected: int) -> None:
    assert item_score(f'metric = "contains"\n{options}', output, answer) == expected


def test_a_pattern_matches_somewhere_or_the_whole() -> None:
    assert item_score('metric = "regex"', "about 1592.", r"\b1592\b") == 1
    assert item_score('metric = "regex"\n[options]\nwhole = true', "about 1592.", r"\b1592\b") == 0
    assert item_score('metric = "regex"', "x", "(", "x") == 1
    assert not metric_of('metric = "regex"').serves("(")
    assert not metric_of('metric = "regex"').serves("a(?=b)")
    assert metric_of('metric = "regex"').serves(r"(?i)^galway|ga\p{L}{3}$")


@pytest.mark.parametrize(
    ("output", "answers", "expected"),
    [
        ("kitten", ("sitting",), Fraction(4, 7)),
        ("KITTEN", ("kitten",), Fraction(1)),
        ("abc", ("xyz", "abd"), Fraction(2, 3)),
        ("", ("abc",), Fraction(0)),
        (None, ("abc",), Fraction(0)),
    ],
)
def test_edit_similarity_is_one_less_the_edits_per_character(
    output: str | None, answers: tuple[str, ...], expected: Fraction
) -> None:
    assert item_score('metric = "edit_similarity"', output, *answers) == pytest.approx(float(expected), abs=1e-15)


def test_error_rates_are_of_the_sums_and_a_long_wrong_output_costs_more_than_its_item() -> None:
    metric = metric_of('metric = "wer"')
    statistics = metric.statistics(["one two", "a b c d e"], [("one two three four",), ("x y",)])
    assert statistics.tolist() == [[2, 4], [5, 2]]
    assert metric.aggregate(total(statistics)) == 0.0
    assert metric.item_scores(statistics).tolist() == [0.5, 0.0]
    assert metric.aggregate(total(statistics[:1])) == 0.5


def test_the_best_answer_for_an_error_rate_has_the_fewest_errors_for_its_length() -> None:
    metric = metric_of('metric = "wer"')
    assert metric.statistics(["a b c d"], [("x b", "a b c d e f g h")]).tolist() == [[4, 8]]


LABELS = '\n[options]\nlabels = ["no", "perhaps", "yes"]'


def test_macro_f1_weighs_rare_labels_as_frequent_ones_and_leaves_out_absent_ones() -> None:
    outputs, gold = ["yes", "yes", "no", "nothing of this"], [("yes",), ("no",), ("no",), ("yes",)]
    metric = metric_of(f'metric = "macro_f1"{LABELS}')
    assert metric.aggregate(total(metric.statistics(outputs, gold))) == pytest.approx(
        float(Fraction(1, 2) + Fraction(2, 3)) / 2
    )
    assert metric.item_scores(metric.statistics(outputs, gold)).tolist() == [1, 0, 1, 0]


def test_an_item_with_several_labels_has_the_one_that_it_was_given() -> None:
    metric = metric_of(f'metric = "mcc"{LABELS}')
    statistics = metric.statistics(["Yes.", "no", "perhaps"], [("no", "yes"), ("yes", "no"), ("no", "yes")])
    assert metric.item_scores(statistics).tolist() == [1, 1, 0]
    assert statistics.sum(axis=0).tolist() == [1, 0, 1, 1, 1, 1, 2, 0, 1]


def test_correlation_is_zero_where_it_would_be_nan_and_negative_below_chance() -> None:
    metric = metric_of(f'metric = "mcc"{LABELS}')
    one_class = metric.statistics(["yes", "yes"], [("yes",), ("yes",)])
    assert metric.aggregate(total(one_class)) == 0.0
    swapped = metric.statistics(["yes", "no"], [("no",), ("yes",)])
    assert metric.aggregate(total(swapped)) == -1.0


@pytest.mark.parametrize(
    ("language", "output", "answer", "expected"),
    [
        ("es", "1.234,5", "1234,5", 1),
        ("es", "2,5 millones", "2.500.000", 1),
        ("es", "3 mil", "3000", 1),
        ("es", "3 mil millones", "3000000000", 1),
        ("es-MX", "1,234.5", "1234.5", 1),
        ("en", "3.2 billion", "3,200,000,000", 1),
        ("en", "45k", "45000", 1),
        ("de", "2,5 Mio.", "2.500.000", 1),
        ("zh", "1.2万", "12000", 1),
        ("hi", "2 लाख", "200000", 1),
        ("fr", "1\u202f234,5", "1234,5", 1),
        ("en", "three thousand", "3000", 0),
        ("en", "3 thousandths", "3000", 0),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(language: str, output: str, answer: str, expected: int) -> None:
    toml = f'metric = "numeric"\nextract = "last_amount:{language}"\n[options]\nlanguage = "{language}"'
    gold = Gold((Item("1", "?", (answer,)),))
    assert score(Outputs({"1": f"it is {output}"}), gold, parse_toml(toml)).score == expected


@pytest.mark.parametrize(
    ("output", "answer", "expected"),
    [
        ('{"b": [1, 2.0], "a": "x"}', '{"a": "x", "b": [1.0, 2]}', 1),
        ('{"a": [2, 1]}', '{"a": [1, 2]}', 0),
        ('{"a": 1, "a": 2}', '{"a": 2}', 0),
        ('{"a": NaN}', '{"a": 1}', 0),
        ('{"a": true}', '{"a": 1}', 0),
        ('{"a": 0.1000000000000000000001}', '{"a": 0.1}', 0),
        ("[" * 100_000, "[]", 0),
        ('{"caf\\u00e9": 1}', '{"cafe\\u0301": 1}', 1),
    ],
)
def test_json_is_compared_by_value(output: str, answer: str, expected: int) -> None:
    assert item_score('metric = "json"', output, answer) == expected


def test_each_field_of_json_counts_once() -> None:
    gold = '{"name": "Ada", "born": 1815, "works": ["notes"]}'
    assert item_score(
        'metric = "json_fields"', '{"name": "Ada", "born": 1816, "works": ["notes"]}', gold
    ) == pytest.approx(2 / 3)
    assert item_score('metric = "json_fields"', '{"name": "Ada"}', gold) == 0.5
    assert item_score('metric = "json_fields"', "no json", gold) == 0
    assert item_score('metric = "json_fields"\nnormalize = "fold-v1"', '{"name": "ADA"}', '{"name": "Ada"}') == 1


def test_lists_are_compared_as_sets_or_with_repeats() -> None:
    assert item_score('metric = "set_f1"', "b, a; a", "a\nb") == 1
    assert item_score('metric = "set_f1"\n[options]\nrepeats = true', "b, a; a", "a\nb") == pytest.approx(4 / 5)
    assert item_score('metric = "set_f1"', '["a, b", "c"]', '["c", "A b"]') == 1
    assert item_score('metric = "set_f1"\n[options]\nseparator = "|"', "a, b | c", "c|a b") == 1


def test_steps_match_by_place_or_in_order() -> None:
    gold = "48 / 2 = 24\n48 + 24 = 72\n72 is even"
    extra = "Let us see\n1. 48 / 2 = 24\n2. 48 + 24 = 72\n3. 72 is even"
    fold = 'metric = "steps"\nnormalize = "fold-v1"'
    assert item_score(fold, extra, gold) == 0
    assert item_score(f'{fold}\n[options]\nalign = "order"', extra, gold) == 0.75
    assert item_score(fold, "- 48 / 2 = 24\n- 48 + 24 = 73\n- 72 is even", gold) == pytest.approx(2 / 3)
    assert item_score(fold, '["48 / 2 = 24"]', gold) == pytest.approx(1 / 3)
