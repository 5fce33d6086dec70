"""A gold is read once, and not kept longer than memory allows."""

import json

import pytest

from bench import reading
from bench.kernels.texts import TextsById
from bench.language.specification import parse_specification
from bench.model import Gold, Item, Outputs
from bench.parsing import read_outputs
from bench.reading import not_blank, read_gold_once
from bench.scoring import score

TOKEN_F1 = parse_specification("token_f1")


def gold(items: int, answer: str = "yes") -> Gold:
    return Gold(tuple(Item(str(number), "?", (answer,)) for number in range(items)))


def test_the_same_value_is_read_once_and_an_equal_one_anew() -> None:
    first, equal = gold(3), gold(3)
    assert read_gold_once(first) is read_gold_once(first)
    assert read_gold_once(first) is not read_gold_once(equal)
    assert read_gold_once(first).scorer(TOKEN_F1) is read_gold_once(first).scorer(TOKEN_F1)


def test_a_gold_whose_answers_changed_is_never_scored_by_what_was_read_before() -> None:
    outputs = Outputs({"0": "yes"})
    for answer, expected in (("yes", 1.0), ("no", 0.0)) * 3:
        assert score(outputs, gold(1, answer), TOKEN_F1).score == expected


def test_few_golds_and_few_items_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ITEMS_KEPT", 50)
    golds = [gold(items) for items in (5, 5, 5, 5, 5, 5)]
    assert all(read_gold_once(one).gold is one for one in golds)
    assert len(reading._KEPT) == reading.GOLDS_KEPT
    read_gold_once(gold(60))
    assert len(reading._KEPT) == 1


@pytest.mark.parametrize("specification", ["exact", "token_f1", "chrf", "rouge_l"])
def test_texts_that_stay_in_a_buffer_score_as_strings_do(specification: str) -> None:
    metric = parse_specification(specification)
    items = [
        Item(f"q{n}", "?", (f"Is it {n}?", f"été «{n}»"), practice=n % 7 == 0, contested=n % 11 == 0)
        for n in range(200)
    ]
    texts = [("it is\t{}", "", "ÉTÉ {}", ' "Is" it {}', " \u2003", "été {} \\ 東")[n % 6] for n in range(200)]
    rows = {item.id: text.format(n) for n, (item, text) in enumerate(zip(items, texts, strict=True))}
    content = "\n".join(json.dumps({"id": name, "output": text}) for name, text in reversed(rows.items()))
    outputs = read_outputs(content.encode(), "a.jsonl", rows)
    assert isinstance(outputs.by_id, TextsById)
    for known in (Gold(tuple(items)), Gold(tuple(items[::-1])), Gold(tuple(items[:100]))):
        assert score(outputs, known, metric) == score(Outputs(rows), known, metric)


def test_texts_of_blanks_alone_are_none() -> None:
    texts = ("a", " b ")
    assert not_blank(texts) is texts
    assert not_blank(("a", "", " \n", None)) == ("a", None, None, None)
