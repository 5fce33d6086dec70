"""What ballots decide becomes gold."""

import pytest

from bench.model import BallotKind, Gold, Item, ItemState
from bench.verdicts import Verdict, applied

GOLD = Gold((Item("a", "A?", ("1",)), Item("b", "B?", ("2",), contested=True), Item("c", "C?", ("3",), practice=True)))


@pytest.mark.parametrize("state", [ItemState.AMBIGUOUS, ItemState.WRONG, ItemState.DISPUTED])
def test_an_item_ruled_out_is_contested_and_no_longer_counts(state: ItemState) -> None:
    after = Gold(applied(GOLD, [Verdict("a", BallotKind.GOLD, state)]))
    assert [item.id for item in after.contested] == ["a", "b"]
    assert after.counted == ()


def test_an_item_that_settles_counts_again() -> None:
    after = Gold(applied(GOLD, [Verdict("b", BallotKind.GOLD, ItemState.SETTLED)]))
    assert [item.id for item in after.counted] == ["a", "b"]


def test_an_accepted_answer_joins_the_others_once() -> None:
    accepted = Verdict("a", BallotKind.ANSWER, ItemState.SETTLED, "one")
    assert applied(GOLD, [accepted, accepted])[0].answers == ("1", "one")
    assert applied(GOLD, [Verdict("a", BallotKind.ANSWER, ItemState.WRONG, "one")]) == GOLD.items


def test_verdicts_that_change_nothing_give_the_same_items() -> None:
    settled = [Verdict("a", BallotKind.GOLD, ItemState.SETTLED), Verdict("gone", BallotKind.GOLD, ItemState.WRONG)]
    assert applied(GOLD, settled) == GOLD.items


def test_a_verdict_shows_no_answer() -> None:
    assert "canary" not in repr(Verdict("a", BallotKind.ANSWER, ItemState.SETTLED, "canary"))
