"""Words cut in bulk are those cut one by one, whatever the text."""

import random
from collections import Counter

import numpy as np
import pytest

from bench.kernels.marks import english_sequences, mteval_sequences
from bench.kernels.sequences import Sequences, words
from bench.kernels.tokens import BulkTokenizer, sequence_keys
from bench.language.normalize import normalizer, tokenizer
from bench.language.specification import Specification
from bench.language.steps import Step
from bench.language.words import Words, mteval_words, rouge_words
from bench.metrics.registry import build_metric

SIGNS = [
    *("a", "an", "the", "The", "un", "la", "l", "d", "z", "B", "I", "i", "é", "e\u0301", "\u0301", "ñ", "ß", "ẞ", "Σ"),
    *("ς", "İ", "\u0131", "ﬁ", "Å", "\u212b", "\u212a", "ǆ", "ΐ", "Ж", "ж", "ת", "ال", "\u064e", "मि", "के", "กิ"),
    *("東", "京", "か\u3099", "ガ", "한", "\u1112\u1161", "😀", "1", "2", "٣", "²", "½", ".", ",", "-", "!", "'"),
    *("\u2019", "\u02bc", "“", "”", "¿", "…", "—", "_", "$", "+", "<", "€", "°", "\u00d7", " ", " ", " ", "\t", "\n"),
    *("\r", "\u00a0", "\u2003", "\u3000", "\u2028", "\x85", "\x1e", "\x1c", "\x1f", "\0", "\x07", "\x7f", "\u200b"),
    *("\u200d", "\ufeff", "\U00020001", "\U0001e900", "\ud800", "&", "&amp;", "<skipped>", "-\n", "3.5", "1,000"),
    *("..", "a.b", "x-y", "5-6"),
]
STEPS = [
    *(Step("raw"), Step("squad-en"), Step("fold-v1")),
    *(Step("multi-v1", language) for language in ("und", "en", "es", "fr", "it", "el", "tr", "ar", "zh", "hi")),
]


def nasty(chance: random.Random, count: int) -> list[str]:
    """Texts of which half use a few signs only, so that equal and plain ones occur."""
    few = chance.sample(SIGNS, 8)
    return [
        "".join(chance.choices(few if chance.random() < 0.5 else SIGNS, k=chance.randint(0, 9))) for _ in range(count)
    ]


def same(found: Sequences, expected: Sequences) -> bool:
    return bool(np.array_equal(found.lengths, expected.lengths) and np.array_equal(found.symbols, expected.symbols))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.colon_form)
def test_tokens_in_bulk_are_those_of_the_tokenizer(step: Step) -> None:
    chance = random.Random(step.colon_form)  # noqa: S311 - the same texts in every run
    bulk, one_by_one = BulkTokenizer(step), tokenizer(step)
    for _ in range(40):
        texts = nasty(chance, 100)
        assert same(bulk(texts), words(list(map(one_by_one, texts))))


@pytest.mark.parametrize("trimmings", [(Step("trim", "*'"),), (Step("final_period"), Step("trim", "1a"))], ids=len)
def test_trimming_comes_before_the_tokens_in_bulk_too(trimmings: tuple[Step, ...]) -> None:
    chance = random.Random(7)  # noqa: S311 - the same texts in every run
    step = Step("multi-v1", "en")
    texts = nasty(chance, 300)
    assert same(BulkTokenizer(step, trimmings)(texts), words(list(map(tokenizer(step, trimmings), texts))))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.colon_form)
def test_exact_matches_in_bulk_are_equal_normalised_texts(step: Step) -> None:
    chance = random.Random(step.colon_form)  # noqa: S311 - the same texts in every run
    normalize, metric = normalizer(step), build_metric(Specification("exact", Step("whole"), step))
    for _ in range(20):
        texts = nasty(chance, 100)
        gold = [(chance.choice(texts), text.swapcase(), text + chance.choice(" .x")) for text in texts]
        found = metric.item_scores(metric.statistics(texts, gold))
        expected = [normalize(text) in set(map(normalize, answers)) for text, answers in zip(texts, gold, strict=True)]
        assert found.tolist() == [float(right) for right in expected]


def test_squad_scores_in_bulk_are_those_of_the_published_rule_on_every_item() -> None:
    chance = random.Random(1)  # noqa: S311 - the same texts in every run
    step = Step("squad-en")
    tokens, metric = tokenizer(step), build_metric(Specification("token_f1", Step("whole"), step))
    texts = nasty(chance, 4000)
    gold = [tuple(chance.sample(texts, 2)) if chance.random() < 0.5 else (f"the {text}", text[1:]) for text in texts]

    def f1(output: str, answer: str) -> float:
        first, second = tokens(output), tokens(answer)
        shared = (Counter(first) & Counter(second)).total()
        if not shared:
            return 0.0
        precision, recall = 1.0 * shared / len(first), 1.0 * shared / len(second)
        return (2 * precision * recall) / (precision + recall)

    found = metric.item_scores(metric.statistics(texts, gold))
    assert found.tolist() == [
        max(f1(text, answer) for answer in answers) for text, answers in zip(texts, gold, strict=True)
    ]


@pytest.mark.parametrize(
    ("bulk", "one_by_one"), [(mteval_sequences, mteval_words), (english_sequences, rouge_words("rouge-score"))]
)
def test_words_of_generated_text_in_bulk_are_those_cut_one_by_one(bulk: object, one_by_one: Words) -> None:
    chance = random.Random(13)  # noqa: S311 - the same texts in every run
    assert callable(bulk)
    for _ in range(60):
        texts = nasty(chance, 100)
        assert same(bulk(texts), words(list(map(one_by_one, texts))))


def test_sequences_have_one_key_where_they_are_equal_in_order() -> None:
    keys = sequence_keys(words([["a", "b"], ["b", "a"], ["a", "b"], ["ab"], [], [], ["a"], ["a", "a"]])).tolist()
    assert keys[0] == keys[2]
    assert keys[4] == keys[5]
    assert len(set(keys)) == 6


def test_the_same_tuple_of_texts_is_read_once_and_a_list_each_time() -> None:
    bulk = BulkTokenizer(Step("raw"))
    texts = ("a b", None, "c")
    assert bulk(texts) is bulk(texts)
    changing: list[str | None] = list(texts)
    first = bulk(changing)
    changing[0] = "a"
    assert bulk(changing).lengths.tolist() != first.lengths.tolist()
