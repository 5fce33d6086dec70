"""A score of several metrics: its columns, its interval, and what is refused."""

import numpy as np
import pytest

from bench.errors import BadInput, BadSpecification
from bench.fitness import gold_problems, self_test
from bench.language.specification import parse_signature, parse_specification, parse_toml
from bench.metrics.columns import columns_of
from bench.metrics.registry import build_metric
from bench.metrics.resampling import bootstrap_interval, headline_interval
from bench.metrics.semantic import SemanticSimilarity
from bench.model import Gold, Item, Outputs
from bench.scoring import item_scores_of, score, unpack
from bench.stats.intervals import interval_of

MIXED = """
metric = "composite"

[[parts]]
metric = "exact"
weight = 3
extract = "after:A:"

[[parts]]
metric = "numeric"
name = "close"
extract = "after:A:"
options = { absolute = 1, decimal = "," }

[[parts]]
metric = "chrf"
weight = 0
"""
GOLD = Gold(tuple(Item(str(number), "?", (f"{number},5",)) for number in range(40)))
OUTPUTS = Outputs({str(number): f"A: {number},{'5' if number % 4 else '9'}" for number in range(40)})


def test_a_composite_is_the_weighted_mean_of_its_columns() -> None:
    specification = parse_toml(MIXED)
    card = score(OUTPUTS, GOLD, specification)
    columns = columns_of(specification, unpack(card.statistics))
    assert [column.name for column in columns] == ["exact", "close", "chrf"]
    assert [column.share for column in columns] == [0.75, 0.25, 0.0]
    assert [column.score for column in columns[:2]] == [0.75, 1.0]
    assert card.score == (3 * 0.75 + 1) / 4
    assert item_scores_of(card, specification)[:5].tolist() == [0.25, 1, 1, 1, 0.25]
    assert card.interval == interval_of(item_scores_of(card, specification))
    assert columns[0].interval.low < 0.75 < columns[0].interval.high


def test_any_other_metric_is_one_column() -> None:
    specification = parse_specification("exact")
    (column,) = columns_of(specification, unpack(score(OUTPUTS, GOLD, specification).statistics))
    assert (column.name, column.share, column.score) == ("exact", 1.0, 0.0)


def test_both_written_forms_of_a_composite_are_read_back() -> None:
    specification = parse_toml(MIXED)
    assert specification.signature == (
        'composite(parts=["3 exact|extract:after(\\"A:\\")|norm:multi-v1:und|agg:mean",'
        '"1 close=numeric(absolute=1,decimal=\\",\\")|extract:after(\\"A:\\")|norm:raw|agg:mean",'
        '"0 chrf|extract:whole|norm:raw|agg:corpus"])|extract:whole|norm:raw|agg:weighted_mean|touchstone:0.1'
    )
    assert parse_signature(specification.signature) == specification
    assert parse_toml(specification.to_toml()) == specification


def test_the_gold_answered_with_itself_is_fully_right_though_parts_read_differently() -> None:
    toml = 'metric = "composite"\n[[parts]]\nmetric = "choice"\n[[parts]]\nmetric = "exact"\nextract = "after:A:"'
    gold = Gold((Item("1", "?", ("B",)),))
    assert self_test(gold, parse_toml(toml)).gold_score == 1.0
    assert gold_problems(gold.items, parse_toml(toml)) == ()


def test_gold_that_one_part_cannot_use_is_refused_with_item_and_part() -> None:
    problems = gold_problems((Item("q7", "?", ("seven",)),), parse_toml(MIXED))
    assert [("q7" in problem.sentence, "numeric cannot use" in problem.sentence) for problem in problems] == [
        (True, True)
    ]


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('metric = "composite"', ["parts", "composite of nothing", "What exists: exact, token_f1"]),
        ('metric = "composite"\nparts = 3', ["parts", "[[parts]]"]),
        ('metric = "composite"\n[[parts]]\nmetric = "exct"', ["part 1, metric", "Did you mean exact?"]),
        (
            'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "bleu"\nnormalize = "multi-v1:en"',
            ["part 2, normalize"],
        ),
        ('metric = "composite"\n[[parts]]\nmetric = "exact"\nweight = 0', ["parts.weight", "sum to zero"]),
        ('metric = "composite"\n[[parts]]\nmetric = "exact"\nweight = -1', ["part 1, parts.weight", "from 0"]),
        ('metric = "composite"\n[[parts]]\nmetric = "exact"\nweight = "1"', ["part 1, weight", "without quotes"]),
        ('metric = "composite"\n[[parts]]\nmetric = "exact"\nweight = nan', ["part 1, parts.weight"]),
        (
            'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "exact"',
            ["parts.name", "called exact"],
        ),
        ('metric = "composite"\n[[parts]]\nmetric = "exact"\nname = "No!"', ["part 1, parts.name"]),
        ('metric = "composite"\n[[parts]]\nmetric = "composite"', ["part 1, parts", "composite of nothing"]),
        ('metric = "composite"\n[[parts]]\nmetric = "semantic"', ["parts", "cannot be the whole score"]),
        ('metric = "exact"\n[[parts]]\nmetric = "exact"', ["parts", "exact has none"]),
        ('metric = "semantic"', ["metric", "semantic cannot be the whole score", "[[parts]]"]),
        ('metric = "macro_f1"', ["options.labels", "missing", 'labels = ["yes", "no"]']),
        ('metric = "mcc"\n[options]\nlabels = ["yes"]', ["options.labels", "1 texts", "2 to 40"]),
        ('metric = "mcc"\n[options]\nlabels = ["yes", "Yes!"]', ["options.labels", "after normalisation"]),
        ('metric = "mcc"\n[options]\nlabels = ["yes", "!"]', ["options.labels", "leaves nothing"]),
        ('metric = "mcc"\n[options]\nlabels = "yes"', ["options.labels", "a list of texts"]),
        ('metric = "contains"\n[options]\ninside_words = 1', ["options.inside_words", "true or false"]),
        ('metric = "chrf"\n[options]\nword_order = 1', ["options.word_order", "0 or 2"]),
        ('metric = "numeric"\n[options]\nlanguage = "es"\ndecimal = ","', ["options.decimal", "language"]),
        ('metric = "exact"\nnormalize = ["trim:", "raw"]', ["normalize", "trim needs 1 to 60"]),
        ('metric = "exact"\nnormalize = ["trm:x", "raw"]', ["normalize, trimming", "trim:CHARACTERS, final_period"]),
        ('metric = "exact"\nnormalize = ["final_period:x", "raw"]', ["normalize", "takes nothing"]),
        ('metric = "numeric"\nextract = "last_amount:xx"', ["language of last_amount"]),
    ],
)
def test_a_refusal_names_the_place_and_what_exists(toml: str, words: list[str]) -> None:
    with pytest.raises(BadSpecification) as refusal:
        parse_specification(toml)
    for word in words:
        assert word in str(refusal.value)


def test_a_corpus_score_is_inside_its_resampled_interval_which_everyone_finds_again() -> None:
    metric = build_metric(parse_specification("chrf"))
    chance = np.random.default_rng(5)
    gold = [(" ".join(map(str, chance.integers(0, 50, 12))),) for _ in range(1500)]
    outputs = [
        answers[0] if chance.random() < 0.5 else " ".join(map(str, chance.integers(0, 50, 12))) for answers in gold
    ]
    statistics = metric.statistics(outputs, gold)
    interval = headline_interval(metric, statistics)
    assert interval == headline_interval(metric, statistics)
    assert interval.low < metric.aggregates(statistics.sum(axis=0)[np.newaxis])[0] < interval.high
    assert interval.high - interval.low < 0.06


def test_the_resampled_interval_of_a_mean_is_as_wide_as_that_of_wilson() -> None:
    metric = build_metric(parse_specification("exact"))
    for items in (60, 5000):
        right = (np.arange(items) % 10 < 7).astype(float)
        statistics = np.column_stack((right, np.ones(items)))
        resampled, wilson = bootstrap_interval(metric, statistics), interval_of(right)
        assert resampled.high - resampled.low == pytest.approx(wilson.high - wilson.low, rel=0.1)
        assert resampled.effective_items == pytest.approx(items, rel=0.12)


def test_an_interval_of_few_or_equal_items_claims_little() -> None:
    metric = build_metric(parse_specification("bleu"))
    perfect = metric.statistics(["a b c d e"] * 3, [("a b c d e",)] * 3)
    assert headline_interval(metric, perfect).low < 0.5
    assert headline_interval(metric, perfect[:0]).high == 1.0


def test_meaning_is_a_cosine_by_the_embedding_in_the_wheel_and_bilingual() -> None:
    metric = build_metric(
        parse_toml('metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "semantic"')
    )
    gold = [("The cat sleeps on the sofa.", "unrelated words about tax law")] * 4
    outputs = ["The cat sleeps on the sofa.", "El gato duerme en el sofá.", "The stock market fell sharply.", None]
    same, spanish, other, none = metric.statistics(outputs, gold)[:, 2].tolist()
    assert same == 1.0 > spanish > 0.6 > other > none == 0.0


def test_without_the_extra_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.metrics.semantic._MODULE", "not_there")
    monkeypatch.setattr(
        "bench.metrics.semantic._shipped_embedding",
        SemanticSimilarity.__init__.__globals__["_shipped_embedding"].__wrapped__,
    )
    with pytest.raises(BadInput, match=r"touchstone\[semantic\]"):
        SemanticSimilarity()
