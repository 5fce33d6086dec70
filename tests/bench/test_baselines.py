"""Entries without skill, and the gold as an entry."""

import pytest

from bench.baselines import BaselineKind, baselines, shuffled
from bench.language.specification import Specification, parse_specification
from bench.metrics.catalogue import METRICS
from bench.model import Gold, Item
from bench.scoring import score

EXACT = parse_specification("exact")
CAPITALS = Gold(
    (
        Item("1", "Dublin is in Ireland or Peru?", ("Ireland", "Éire")),
        Item("2", "Lima is in Ireland or Peru?", ("Peru", "Perú")),
        Item("3", "Cork is in Ireland or Peru?", ("the island", "IRELAND")),
        Item("4", "Rome?", ("Italy",)),
        Item("p", "Cusco?", ("Peru",), practice=True),
    )
)


ANSWERS = {
    "choice": ["B", "A", "B", "C"],
    "regex": [r"^2$", r"^1$", r"^2$", r"^3$"],
    "json": ['{"n": 2}', '{"n": 1}', '{"n": 2.0}', '{"n": 3}'],
    "json_fields": ['{"n": 2}', '{"n": 1}', '{"n": 2.0}', '{"n": 3}'],
}
SENTENCES = [
    "la lluvia cae sobre Galway",
    "un gato duerme al sol",
    "la lluvia cae sobre Galway",
    "todos bailan hoy en Lima",
]
GENERATED = ("bleu", "sentence_bleu", "chrf", "sentence_chrf", "rouge_l", "edit_similarity", "wer", "cer")
LABELLED = ("accuracy", "macro_f1", "mcc")
STAND_ALONE = [parse_specification(metric.example) for metric in METRICS if metric.stands_alone]


def many(specification: Specification) -> Gold:
    answers = ANSWERS.get(specification.metric, ["2", "1", "2", "3"])
    if specification.metric in GENERATED:
        answers = SENTENCES
    if specification.metric in LABELLED:
        answers = ["yes", "no", "yes", "no"]
    return Gold(tuple(Item(str(place), f"What is number {place}?", (answers[place % 4],)) for place in range(40)))


@pytest.mark.parametrize("specification", STAND_ALONE, ids=lambda one: one.metric)
def test_what_each_entry_scores_under_every_metric(specification: Specification) -> None:
    gold = many(specification)
    scores = {
        kind: score(outputs, gold, specification).score for kind, outputs in baselines(gold, specification).items()
    }
    assert scores[BaselineKind.EMPTY] == 0
    assert scores[BaselineKind.COPY] < 0.3
    assert scores[BaselineKind.SHUFFLED] < 0.7
    assert scores[BaselineKind.GOLD] == 1
    if specification.metric not in GENERATED + LABELLED + ("contains",):
        assert scores[BaselineKind.CONSTANT] == 0.5


def test_always_the_same_label_is_worth_nothing_to_the_correlation_and_little_to_macro_f1() -> None:
    labels = "\n[options]\nlabels = ['no', 'yes']"
    constant = {}
    for name in LABELLED:
        specification = parse_specification(f'metric = "{name}"{labels}')
        gold = many(specification)
        outputs = baselines(gold, specification)[BaselineKind.CONSTANT]
        constant[name] = score(outputs, gold, specification).score
    assert constant == {"accuracy": 0.5, "macro_f1": pytest.approx(1 / 3), "mcc": 0.0}


def test_every_entry_answers_every_item_and_has_a_name() -> None:
    found = baselines(CAPITALS, EXACT)
    assert set(found) == set(BaselineKind)
    assert all(list(outputs.by_id) == ["1", "2", "3", "4", "p"] for outputs in found.values())
    assert len({kind.system for kind in found}) == 5


def test_the_most_frequent_answer_is_counted_however_it_is_spelled_and_on_counted_items_only() -> None:
    assert set(baselines(CAPITALS, EXACT)[BaselineKind.CONSTANT].by_id.values()) == {"Ireland"}


def test_the_prompt_is_copied_and_the_gold_told_by_its_first_answer() -> None:
    found = baselines(CAPITALS, EXACT)
    assert found[BaselineKind.COPY].by_id["4"] == "Rome?"
    assert found[BaselineKind.GOLD].by_id["2"] == "Peru"


def test_shuffling_keeps_the_answers_and_repeats_with_its_seed() -> None:
    gold = many(EXACT)
    first, again, other = (shuffled(gold, EXACT, seed=seed).by_id for seed in (1, 1, 2))
    assert first == again != other
    assert sorted(map(str, first.values())) == sorted(item.answers[0] for item in gold.items)


def test_two_hundred_shuffles_score_at_chance() -> None:
    """With half of the answers alike and two quarters, chance is 1/4 + 1/16 + 1/16 = .375, and .8 points of error."""
    gold = many(EXACT)
    mean = sum(score(shuffled(gold, EXACT, seed=seed), gold, EXACT).score for seed in range(200)) / 200
    assert mean == pytest.approx(0.375, abs=0.025)


def test_answers_are_written_where_the_extraction_looks() -> None:
    specification = parse_specification('metric = "numeric"\nextract = "after:A:"')
    assert baselines(many(specification), specification)[BaselineKind.GOLD].by_id["0"] == "A: 2"
