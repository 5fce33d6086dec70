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


def many(specification: Specification) -> Gold:
    answers = ["B", "A", "B", "C"] if specification.metric == "choice" else ["2", "1", "2", "3"]
    return Gold(tuple(Item(str(place), f"What is number {place}?", (answers[place % 4],)) for place in range(40)))


@pytest.mark.parametrize(
    "specification", [parse_specification(metric.example) for metric in METRICS], ids=lambda one: one.metric
)
def test_what_each_entry_scores_under_every_metric(specification: Specification) -> None:
    gold = many(specification)
    scores = {
        kind: score(outputs, gold, specification).score for kind, outputs in baselines(gold, specification).items()
    }
    assert scores[BaselineKind.EMPTY] == 0
    assert scores[BaselineKind.CONSTANT] == 0.5
    assert scores[BaselineKind.COPY] < 0.2
    assert scores[BaselineKind.SHUFFLED] < 0.6
    assert scores[BaselineKind.GOLD] == 1


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
