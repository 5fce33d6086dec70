"""The published scripts as oracles, on fuzzed texts of many scripts."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import jiwer
import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef

from bench.language.specification import parse_toml
from bench.metrics.base import FloatArray, Metric, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import resampled_totals

WORDS = [
    *("the", "a", "cat", "Cat", "sat,", "on", "mat!", "perro", "año", "México", "Straße", "ὈΔΥΣΣΕΎΣ", "Москва", "東京"),
    *("は", "大きい", "हिन्दी", "กรุงเทพ", "العربية", "3.5", "1,000", "-5", "U.S.A.", "well-known", "it's", "“quoted”"),
    *("e.g.,", "$5", "50%", "a&b", "&amp;", "&quot;x&quot;", "<tag>", "x-y", "5-6", "..", "...", ",.", "1.a", "a.1"),
    *("😀", "e\u0301", "\u200b", "ß", "\u212a", "_", "|"),
]
Corpus = Sequence[tuple[str, ...]]
CHANCE = random.Random(1960)  # noqa: S311 - the same texts in every run


def sentence(longest: int = 14) -> str:
    between = CHANCE.choice([" ", " ", " ", "  ", "\t", "\n", "\u00a0", "-\n"])
    return between.join(CHANCE.choices(WORDS, k=CHANCE.randint(0, longest)))


def changed(text: str) -> str:
    words = text.split(" ")
    for _ in range(CHANCE.randint(0, 3)):
        words.insert(CHANCE.randint(0, len(words)), CHANCE.choice(WORDS))
        del words[CHANCE.randrange(len(words))]
    return " ".join(words)


def corpus(items: int) -> tuple[list[str], list[tuple[str, ...]]]:
    """Outputs, most of them like one of one to four references."""
    gold = [tuple(sentence() for _ in range(CHANCE.randint(1, 4))) for _ in range(items)]
    outputs = [changed(CHANCE.choice(answers)) if CHANCE.random() < 0.8 else sentence() for answers in gold]
    return outputs, gold


OUTPUTS, GOLD = corpus(400)


def metric_of(toml: str) -> Metric:
    return build_metric(parse_toml(toml))


def item_scores(metric: Metric, outputs: list[str], gold: Corpus) -> FloatArray:
    return metric.item_scores(metric.statistics(outputs, gold))


def corpus_score(metric: Metric, outputs: list[str], gold: Corpus) -> float:
    return metric.aggregate(total(metric.statistics(outputs, gold)))


def streams(gold: Corpus) -> list[Any]:
    """References as sacrebleu takes them: the first of every item, the second of every item, …"""
    most = max(map(len, gold))
    return [[answers[number] if number < len(answers) else None for answers in gold] for number in range(most)]


@pytest.mark.parametrize("tokenize", ["13a", "zh", "char", "none"])
def test_bleu_is_that_of_sacrebleu_for_each_sentence_and_for_the_corpus(tokenize: str) -> None:
    options = f'\n[options]\ntokenize = "{tokenize}"'
    oracle = BLEU(tokenize=tokenize, effective_order=True)
    expected = [
        oracle.sentence_score(output, list(answers)).score / 100 for output, answers in zip(OUTPUTS, GOLD, strict=True)
    ]
    for name in ("bleu", "sentence_bleu"):
        scores = item_scores(metric_of(f'metric = "{name}"{options}'), OUTPUTS, GOLD)
        assert np.abs(scores - expected).max() < 1e-9
    whole = BLEU(tokenize=tokenize).corpus_score(OUTPUTS, streams(GOLD)).score / 100
    assert corpus_score(metric_of(f'metric = "bleu"{options}'), OUTPUTS, GOLD) == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize("word_order", [0, 2])
def test_chrf_is_that_of_sacrebleu_for_each_sentence_and_for_the_corpus(word_order: int) -> None:
    options = f"\n[options]\nword_order = {word_order}"
    oracle = CHRF(word_order=word_order)
    expected = [
        oracle.sentence_score(output, list(answers)).score / 100 for output, answers in zip(OUTPUTS, GOLD, strict=True)
    ]
    for name in ("chrf", "sentence_chrf"):
        scores = item_scores(metric_of(f'metric = "{name}"{options}'), OUTPUTS, GOLD)
        assert np.abs(scores - expected).max() < 1e-9
    whole = oracle.corpus_score(OUTPUTS, streams(GOLD)).score / 100
    assert corpus_score(metric_of(f'metric = "chrf"{options}'), OUTPUTS, GOLD) == pytest.approx(whole, abs=1e-9)


def test_a_corpus_without_any_match_or_of_short_answers_only_has_the_bleu_of_sacrebleu() -> None:
    for output, answer in (("x y z w", "a b c d"), ("the cat", "the cat")):
        whole = BLEU().corpus_score([output], [[answer]]).score / 100
        assert corpus_score(metric_of('metric = "bleu"'), [output], [(answer,)]) == whole == 0.0


def test_rouge_l_in_its_english_mode_is_that_of_rouge_score() -> None:
    oracle = RougeScorer(["rougeL"], use_stemmer=False)
    expected = [
        max(oracle.score(answer, output)["rougeL"].fmeasure for answer in answers)
        for output, answers in zip(OUTPUTS, GOLD, strict=True)
    ]
    scores = item_scores(metric_of('metric = "rouge_l"\n[options]\ntokenize = "rouge-score"'), OUTPUTS, GOLD)
    assert np.abs(scores - expected).max() < 1e-9


def test_rouge_l_reads_every_script_by_default() -> None:
    metric = metric_of('metric = "rouge_l"')
    pairs = [("Cristóbal ÉL", "cristóbal él"), ("東京は", "東 京 は"), ("हिन्दी!", "हिन्दी"), ("e\u0301l", "él")]
    scores = item_scores(metric, [first for first, _ in pairs], [(second,) for _, second in pairs])
    assert scores.tolist() == [1.0, 1.0, 1.0, 1.0]


def test_error_rates_are_those_of_jiwer_with_the_best_reference_of_each_item() -> None:
    gold = [tuple(answer for answer in answers if answer.split()) or ("x",) for answers in GOLD]
    outputs = [" ".join(output.split()) for output in OUTPUTS]
    gold = [tuple(" ".join(answer.split()) for answer in answers) for answers in gold]
    oracles: dict[str, Callable[[Any, Any], float]] = {"wer": jiwer.wer, "cer": jiwer.cer}
    for name, oracle in oracles.items():
        rates = [[oracle(answer, output) for answer in answers] for output, answers in zip(outputs, gold, strict=True)]
        best = [answers[found.index(min(found))] for answers, found in zip(gold, rates, strict=True)]
        score = corpus_score(metric_of(f'metric = "{name}"\nnormalize = "raw"'), outputs, gold)
        assert score == pytest.approx(max(0.0, 1 - oracle(best, outputs)), abs=1e-12)


@pytest.mark.parametrize("labels", [["no", "yes"], ["a", "b", "c", "d", "e", "f", "g"]])
def test_labels_are_measured_as_scikit_learn_does(labels: list[str]) -> None:
    for skill in (0.0, 0.3, 0.9, 1.0):
        gold = CHANCE.choices(labels, range(1, len(labels) + 1), k=200)
        outputs = [label if CHANCE.random() < skill else CHANCE.choice([*labels, "no label"]) for label in gold]
        accepted = [(label,) for label in gold]
        options = f"\n[options]\nlabels = {labels}"
        found = {
            name: corpus_score(metric_of(f'metric = "{name}"{options}'), outputs, accepted)
            for name in ("accuracy", "macro_f1", "mcc")
        }
        assert found["accuracy"] == pytest.approx(accuracy_score(gold, outputs), abs=1e-12)
        expected = f1_score(gold, outputs, labels=labels, average="macro", zero_division=0.0)
        assert found["macro_f1"] == pytest.approx(expected, abs=1e-12)
        assert found["mcc"] == pytest.approx(matthews_corrcoef(gold, outputs), abs=1e-12)


def test_resampled_corpus_scores_spread_as_those_of_sacrebleu() -> None:
    metric = metric_of('metric = "bleu"')
    statistics = metric.statistics(OUTPUTS, GOLD)
    ours = metric.aggregates(resampled_totals(statistics)) * 100
    result = BLEU(references=streams(GOLD)).corpus_score(OUTPUTS, None, n_bootstrap=1000)
    # sacrebleu gives the mean of its resamples and half the width of the middle 95% of them.
    assert ours.mean() == pytest.approx(result._mean, abs=0.3)
    low, high = np.quantile(ours, (0.025, 0.975))
    assert (high - low) / 2 == pytest.approx(result._ci, rel=0.12)
