"""What a version of the gold changed, told with and without its answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.history import Movement, difference, joins
from bench.model import Gold, Item

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST = Gold(tuple(Item(f"q{number}", f"prompt {number}", (f"secret {number}",)) for number in range(1, 5)), 1)
ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from([f"q{number}" for number in range(6)]),
        st.sampled_from(["prompt", "other prompt"]),
        st.lists(st.sampled_from(["secret one", "secret two", "secret three"]), min_size=1, unique=True).map(tuple),
        practice=st.booleans(),
        author=st.sampled_from([None, "7"]),
        contested=st.booleans(),
    ),
    unique_by=lambda item: item.id,
).map(tuple)


def changed(**changes: object) -> Gold:
    """The gold with its second item changed."""
    one, two, *rest = FIRST.items
    return Gold((one, replace(two, **changes), *rest), 2)  # type: ignore[arg-type]  # the fields differ in type


@pytest.mark.parametrize(
    ("after", "public", "whole"),
    [
        (changed(answers=("secret 2", "Sláinte")), "1 answer added", "“Sláinte” added"),
        (
            changed(answers=("Sláinte", "x")),
            "2 answers added, 1 answer removed",
            "“Sláinte” added, “x” added, “secret 2” removed",
        ),
        (changed(prompt="new"), "reworded", "reworded"),
        (changed(contested=True), "out", "out"),
        (changed(contested=True, prompt="new"), "out, reworded", "out, reworded"),
        (changed(practice=True), "public for practice now", "public for practice now"),
        (changed(author="7"), "described anew", "described anew"),
    ],
)
def test_a_change_of_an_item_in_one_line(after: Gold, public: str, whole: str) -> None:
    (change,) = difference(FIRST, after).changes
    assert change.public_sentence == f"Item q2: {public}."
    assert change.sentence == f"Item q2: {whole}."


def test_items_that_come_and_go() -> None:
    new, old = Item("q9", "?", ("secret 9",)), Item("q0", "?", ("secret 0",))
    found = difference(FIRST, Gold((*FIRST.items[1:], new, old), 2), earlier_ids={"q0", "q1"})
    assert [(change.item_id, change.movement) for change in found.changes] == [
        ("q9", Movement.ADDED),
        ("q0", Movement.BACK),
        ("q1", Movement.OUT),
    ]
    assert [change.sentence for change in found.changes] == ["Item q9: added.", "Item q0: back.", "Item q1: out."]
    assert (found.from_version, found.to_version) == (1, 2)
    assert found.public_sentence == "1 item out, 1 item back, 1 item added."


def test_an_item_that_is_contested_no_more_is_back() -> None:
    out = changed(contested=True)
    assert difference(out, FIRST).public_sentence == "1 item back."
    assert difference(FIRST, out).public_sentence == "1 item out."


def test_a_version_in_one_line() -> None:
    one, two, three, four = FIRST.items
    after = Gold((replace(one, answers=("secret 1", "a", "b")), replace(two, prompt="new"), three), 2)
    assert difference(FIRST, after).public_sentence == "2 answers added, 1 item reworded, 1 item out."
    assert difference(FIRST, Gold(FIRST.items, 2)).public_sentence == "Nothing changed."
    assert difference(FIRST, Gold((two, one, three, four), 2)).is_reordered
    assert difference(FIRST, changed(author="7")).public_sentence == "Nothing changed that is scored."


@given(ITEMS, ITEMS)
def test_the_difference_is_exact(before: tuple[Item, ...], after: tuple[Item, ...]) -> None:
    """Undoing the changes on the later items gives the earlier ones; nothing else is among the changes."""
    found = difference(Gold(before, 1), Gold(after, 2))
    undone = {item.id: item for item in after}
    for change in found.changes:
        assert change.before != change.after
        undone.pop(change.item_id, None)
        if change.before is not None:
            undone[change.item_id] = change.before
    assert undone == {item.id: item for item in before}
    assert found.is_empty == (before == after)


@given(ITEMS, ITEMS)
def test_no_public_sentence_and_no_representation_holds_an_answer(
    before: tuple[Item, ...], after: tuple[Item, ...]
) -> None:
    found = difference(Gold(before, 1), Gold(after, 2), earlier_ids={"q1"})
    public = [found.public_sentence, *(change.public_sentence for change in found.changes), repr(found)]
    assert "secret" not in " ".join(public)


@pytest.mark.parametrize(("seconds", "same"), [(0, True), (59.9, True), (60, False), (3600, False), (-1, False)])
def test_decisions_within_a_minute_of_the_first_are_one_version(seconds: float, same: bool) -> None:
    assert joins(NOON, NOON + timedelta(seconds=seconds)) is same
