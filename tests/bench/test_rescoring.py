"""Scoring only what changed gives what scoring everything gives, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.gold_steps import GoldStep, ItemMove
from bench.language.specification import Specification, parse_specification
from bench.model import Gold, Item, Outputs
from bench.rescoring import (
    RescoringPlan,
    asked_of,
    on_common_items,
    plan_of,
    rescore,
    score_of_rows,
)
from bench.scoring import item_scores_of, score
from bench.stats.intervals import wilson

SPECIFICATIONS = tuple(
    map(parse_specification, ("exact", "token_f1", "choice", 'metric = "numeric"\nextract = "after:A:"'))
)
EXACT, GRADED = SPECIFICATIONS[:2]
IDS = [f"q{number}" for number in range(9)]
ANSWERS = st.lists(st.sampled_from(["a b", "b", "B", "18", "c d e"]), min_size=1, max_size=3, unique=True).map(tuple)
ITEMS = st.lists(
    st.builds(Item, st.sampled_from(IDS), st.just("?"), ANSWERS, practice=st.booleans(), contested=st.booleans()),
    min_size=1,
    unique_by=lambda item: item.id,
).map(tuple)
OUTPUTS = st.dictionaries(
    st.sampled_from([*IDS, "unknown", "another"]), st.sampled_from([None, "", " ", "a b", "b", "B", "A: 18", "c a"])
).map(Outputs)


def gold_of(answers: dict[str, str], version: int = 1) -> Gold:
    return Gold(tuple(Item(item_id, "?", (answer,)) for item_id, answer in answers.items()), version)


def step_between(before: Gold, after: Gold) -> GoldStep:
    """The step between two golds, found by comparing them whole. What is in both must stand in one order."""
    was, now = ({item.id: item for item in gold.items} for gold in (before, after))
    order = [item.id for item in after.items]
    moves = []
    for item_id in dict.fromkeys((*was, *now)):
        if was.get(item_id) != now.get(item_id):
            position = order.index(item_id) if item_id in now else 0
            earlier = ids_before(before if item_id in was else after, item_id)
            moves.append(ItemMove(item_id, was.get(item_id), now.get(item_id), place_in(before, earlier), position))
    return GoldStep(before.version, after.version, len(before.counted), tuple(moves), after.practice, after.contested)


def place_in(gold: Gold, ids: list[str]) -> int:
    """The first place behind every counted item of a gold that stands no later than one of these does."""
    rows = np.cumsum([item in gold.counted for item in gold.items])
    known = {item.id: int(row) for item, row in zip(gold.items, rows, strict=True)}
    return max((known[item_id] for item_id in ids if item_id in known), default=0)


def ids_before(gold: Gold, item_id: str) -> list[str]:
    """What stands before an item of a gold."""
    ids = [item.id for item in gold.items]
    return ids[: ids.index(item_id)]


def plan_between(before: Gold, after: Gold) -> RescoringPlan:
    return plan_of(step_between(before, after))


def in_one_order(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """The later items, those that stay in the order of the earlier ones, before those that come."""
    now = {item.id: item for item in after}
    ids = [item.id for item in before if item.id in now]
    return tuple(now[item_id] for item_id in dict.fromkeys((*ids, *now)))


@given(st.sampled_from(SPECIFICATIONS), ITEMS, ITEMS, OUTPUTS)
def test_rescoring_equals_scoring_anew(
    specification: Specification, before: tuple[Item, ...], after: tuple[Item, ...], outputs: Outputs
) -> None:
    earlier = Gold((Item("always", "?", ("b",)), *before), 4)
    later = Gold((Item("always", "?", ("b",)), *in_one_order(before, after)), 7)
    plan = plan_between(earlier, later)
    needed = Outputs({item_id: text for item_id, text in outputs.by_id.items() if item_id in plan.needed_ids})
    old = replace(score(outputs, earlier, specification), score_on_all=0.5)
    assert rescore(old, needed, plan, specification) == score(outputs, later, specification)


@given(ITEMS, OUTPUTS)
def test_there_and_back_is_where_it_was(items: tuple[Item, ...], outputs: Outputs) -> None:
    first = Gold((*items, Item("always", "?", ("b",))), 1)
    second = Gold((*first.items[1:], Item("always too", "?", ("a b",)), Item("new", "?", ("b",))), 2)
    card = score(outputs, first, GRADED)
    there = rescore(card, outputs, plan_between(first, second), GRADED)
    assert rescore(there, outputs, plan_between(second, first), GRADED) == card


def test_only_the_outputs_of_what_changed_are_needed() -> None:
    before = gold_of({"changed": "b", "kept": "a", "out": "c"})
    after = gold_of({"changed": "B2", "kept": "a", "new": "d"}, 2)
    plan = plan_between(before, after)
    assert plan.needed_ids == {"changed", "out", "new"}
    assert [item.id for item in plan.fresh] == ["changed", "new"]
    assert plan.rows.tolist() == [-1, 1, -1]
    card = score(Outputs({"kept": "a", "changed": "b", "out": "c"}), before, EXACT)
    moved = rescore(card, Outputs({"changed": "b", "out": "c"}), plan, EXACT)
    assert (card.score, moved.score, moved.gold_version) == (1.0, 1 / 3, 2)
    assert (moved.coverage.answered, moved.coverage.missing_ids, moved.coverage.unknown_ids) == (2, ("new",), ("out",))


def test_a_change_of_words_that_are_not_scored_needs_no_output() -> None:
    before = gold_of({"one": "a", "two": "b"})
    after = Gold(tuple(replace(item, prompt="anew", author="7") for item in before.items), 2)
    assert not plan_between(before, after).needed_ids


def test_a_scorecard_that_the_plan_is_not_for_is_refused() -> None:
    before, after = gold_of({"one": "a", "two": "b"}), gold_of({"one": "x", "two": "b"}, 2)
    plan, outputs = plan_between(before, after), Outputs({"one": "x", "two": "b"})
    for card in (
        score(outputs, after, EXACT),
        score(outputs, before, GRADED),
        score(outputs, gold_of({"one": "a"}), EXACT),
    ):
        with pytest.raises(ValueError, match="the plan of"):
            rescore(card, outputs, plan, EXACT)


@given(st.sampled_from(SPECIFICATIONS[:2]), ITEMS, ITEMS, OUTPUTS, st.sets(st.sampled_from(IDS)))
def test_what_a_submission_was_not_asked_stays_out_of_its_rescoring(
    specification: Specification, before: tuple[Item, ...], after: tuple[Item, ...], outputs: Outputs, absent: set[str]
) -> None:
    always = Item("always", "?", ("b",))
    earlier, later = Gold((always, *before), 1), Gold((always, *in_one_order(before, after)), 2)
    places = {item.id: place for place, item in enumerate(earlier.counted)}
    step = step_between(earlier, later).without({item_id: places.get(item_id) for item_id in absent})
    hidden = frozenset(absent)
    old = score(outputs, asked_of(earlier, hidden), specification)
    expected = score(outputs, asked_of(later, hidden), specification)
    assert rescore(old, outputs, plan_of(step), specification) == expected


def test_what_joined_after_a_submission_does_not_count_against_it() -> None:
    now = gold_of({"one": "a", "new": "c", "two": "b"}, 4)
    common = asked_of(now, frozenset({"new"}))
    assert asked_of(now, frozenset()) is now
    card = score(Outputs({"one": "a", "two": "b"}), common, EXACT)
    assert (card.score, card.coverage.answered, card.coverage.items, card.gold_version) == (1.0, 2, 2, 4)


def test_entries_of_different_age_are_compared_on_the_items_that_they_share() -> None:
    scores = [np.array([1.0, 0.0, 0.5]), np.array([0.2, 1.0])]
    ids, common = on_common_items([("a", "b", "c"), ("c", "a")], scores)
    assert ids == ("a", "c")
    assert [row.tolist() for row in common] == [[1.0, 0.5], [1.0, 0.2]]
    same_ids, same = on_common_items([("c", "a"), ("c", "a")], [scores[1], scores[1]])
    assert same_ids == ("c", "a")
    assert same[0].tolist() == [0.2, 1.0]
    assert on_common_items([], []) == ((), [])


def test_a_part_of_the_items_has_its_own_score_and_interval() -> None:
    card = score(Outputs({"a": "x", "b": "no", "c": "x"}), gold_of({"a": "x", "b": "x", "c": "x"}), EXACT)
    assert item_scores_of(card, EXACT).tolist() == [1, 0, 1]
    part = score_of_rows(card, [1, 2], EXACT)
    assert part is not None
    assert part[0] == 0.5
    assert (part[1].low, part[1].high) == wilson(0.5, 2)
    assert score_of_rows(card, [], EXACT) is None
