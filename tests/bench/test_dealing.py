"""Which item a member is asked about."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.dealing import Candidate, deal
from bench.model import ItemState, VoteValue

ME, SOMEBODY = 1, 2
OPEN, SETTLED = ItemState.OPEN, ItemState.SETTLED
DRAWS = st.floats(0, 1, exclude_max=True)
STATES = st.sampled_from(ItemState)


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    ids = draw(st.lists(st.text("abcdefgh", min_size=1, max_size=3), unique=True, max_size=15))
    return [
        Candidate(
            item_id,
            state := draw(STATES),
            draw(st.sampled_from([None, ME, SOMEBODY])),
            draw(st.integers(0, 9)),
            draw(st.sampled_from([0.0, 0.3, 0.6])),
            draw(st.booleans()),
            VoteValue.RIGHT if state is SETTLED else None,
        )
        for item_id in ids
    ]


def check(item_id: str, known: VoteValue = VoteValue.RIGHT) -> Candidate:
    return Candidate(item_id, SETTLED, SOMEBODY, votes=5, known=known)


def test_suspects_come_first_then_few_votes_then_what_is_contested() -> None:
    queue = [
        Candidate("suspect", OPEN, SOMEBODY, votes=5, is_suspect=True),
        Candidate("new", OPEN, SOMEBODY, votes=0),
        Candidate("contested", OPEN, SOMEBODY, votes=2, contest=0.6),
        Candidate("clear", OPEN, SOMEBODY, votes=2, contest=0.1),
    ]
    dealt: list[str] = []
    for _ in queue:
        dealt.append(deal(queue[::-1], ME, dealt, 0.5) or "nothing")
    assert dealt == ["suspect", "new", "contested", "clear"]
    assert deal(queue, ME, dealt, 0.5) is None


def test_ones_own_item_and_what_was_dealt_before_are_passed_over() -> None:
    queue = [Candidate("mine", OPEN, ME), Candidate("seen", OPEN, SOMEBODY), Candidate("left", OPEN, None, votes=7)]
    assert deal(queue, ME, {"seen"}, 0.0) == "left"
    assert deal(queue, SOMEBODY, {"left"}, 0.0) == "mine"


def test_what_is_decided_needs_no_vote() -> None:
    decided = [Candidate(state.value, state, SOMEBODY) for state in ItemState if state is not OPEN]
    assert deal(decided, ME, (), 0.9) is None
    assert deal([check("settled")], ME, (), 0.0) is None


def test_one_deal_in_five_is_a_hidden_check_once_there_are_any() -> None:
    queue = [Candidate("open", OPEN, SOMEBODY), check("first"), check("second")]
    draws = [number / 1000 for number in range(1000)]
    assert Counter(deal(queue, ME, (), draw) for draw in draws) == {"open": 800, "first": 100, "second": 100}
    assert {deal(queue[:1], ME, (), draw) for draw in draws} == {"open"}
    assert {deal(queue, ME, {"first", "second"}, draw) for draw in draws} == {"open"}


def test_where_wrong_ones_are_planted_half_of_the_checks_are_wrong() -> None:
    queue = [Candidate("open", OPEN, SOMEBODY), *(check(f"good{i}") for i in range(9)), check("bad", VoteValue.WRONG)]
    dealt = Counter(deal(queue, ME, (), number / 9000) for number in range(9000))
    assert dealt["bad"] == 900
    assert sum(number for item_id, number in dealt.items() if item_id and item_id.startswith("good")) == 900


def test_equals_are_drawn_evenly() -> None:
    queue = [Candidate(name, OPEN, SOMEBODY) for name in "abcd"]
    assert Counter(deal(queue, ME, (), number / 400) for number in range(400)) == dict.fromkeys("abcd", 100)


@given(candidates(), st.sets(st.text("abcdefgh", min_size=1, max_size=3)), DRAWS)
def test_nobody_is_dealt_an_own_item_one_twice_or_one_that_is_decided_but_for_a_check(
    queue: list[Candidate], dealt: set[str], draw: float
) -> None:
    found = deal(queue, ME, dealt, draw)
    useful = [one for one in queue if one.state is OPEN and one.author_id != ME and one.item_id not in dealt]
    assert (found is None) == (not useful)
    if found is not None:
        one = next(one for one in queue if one.item_id == found)
        assert one.author_id != ME
        assert found not in dealt
        assert one in useful or (one.known is not None and draw < 0.2)
        assert deal(queue, ME, dealt, draw) == found


@given(candidates(), DRAWS)
def test_a_member_who_votes_on_and_on_comes_to_an_end(queue: list[Candidate], draw: float) -> None:
    dealt: set[str] = set()
    while (found := deal(queue, ME, dealt, draw)) is not None:
        dealt.add(found)
    open_to_me = {one.item_id for one in queue if one.state is OPEN and one.author_id != ME}
    assert open_to_me <= dealt


@pytest.mark.parametrize("draw", [0.0, 0.1999999999999999, 0.2, 0.9999999999999999])
def test_the_ends_of_the_draw_deal_something(draw: float) -> None:
    assert deal([Candidate("open", OPEN, None), check("known")], ME, (), draw) in {"open", "known"}


def test_who_may_join_a_pilot_is_shown_what_others_decided() -> None:
    assert deal([check("a")], ME, frozenset(), 0.5) is None
    assert deal([check("a")], ME, frozenset(), 0.5, may_join=True) == "a"
    assert deal([check("a")], ME, frozenset({"a"}), 0.5, may_join=True) is None
    assert deal([check("a")], SOMEBODY, frozenset(), 0.5, may_join=True) is None
