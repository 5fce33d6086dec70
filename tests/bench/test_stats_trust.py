"""What a vote weighs, by hand and by law, and when votes come too fast."""

from datetime import UTC, datetime, timedelta
from math import fsum, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.model import VoteValue
from bench.stats.trust import Voter, find_burst, full_age_days, weighted, weights

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
VOTERS = st.lists(st.builds(Voter, st.floats(0, 400), st.integers(0, 30), st.integers(0, 30)), max_size=40)
MINUTES = st.lists(st.integers(0, 200), max_size=20)


def at(minutes: list[int]) -> list[datetime]:
    return [NOON + timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("voter", "weight"),
    [
        (Voter(14), 1.0),
        (Voter(400), 1.0),
        (Voter(3.5), 0.25),
        (Voter(0), 0.0),
        (Voter(-1), 0.0),
        (Voter(400, 4, 0), 1.5),
        (Voter(400, 1, 0), log(5) / log(4)),
        (Voter(400, 4, 2), log(8 / 3) / log(4)),
        (Voter(7, 4, 2), log(8 / 3) / log(4) / 2),
        (Voter(400, 0, 2), log(4 / 3) / log(4)),
        (Voter(400, 0, 3), 0.0),
        (Voter(400, 2, 4), 0.0),
        (Voter(400, 7, 8), 0.0),
    ],
)
def test_a_weight_by_hand(voter: Voter, weight: float) -> None:
    """The odds are (4 + right) to (1 + wrong): 4 to 1 weighs 1, and 55% or less nothing."""
    assert voter.weight == pytest.approx(weight, abs=1e-12)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0, 400))
def test_a_right_check_never_costs_weight_and_a_wrong_one_never_adds_any(right: int, wrong: int, days: float) -> None:
    weight = Voter(days, right, wrong).weight
    assert 0 <= weight <= 1.5
    assert Voter(days, right + 1, wrong).weight >= weight
    assert Voter(days, right, wrong + 1).weight <= weight
    assert Voter(days + 1, right, wrong).weight >= weight


def test_new_accounts_share_one_vote_or_a_quarter_of_the_established_weight() -> None:
    thirty = [Voter(3.5)] * 30
    assert fsum(weights(thirty)) == pytest.approx(1)
    assert fsum(weights([*thirty, *[Voter(400)] * 4])) == pytest.approx(4 + 1)
    assert fsum(weights([*thirty, *[Voter(400)] * 9])) == pytest.approx(9 + 9 / 4)
    assert weights([Voter(3.5)] * 3) == (0.25,) * 3


@given(VOTERS)
def test_the_cap_touches_new_accounts_alone_and_holds(voters: list[Voter]) -> None:
    found = weights(voters)
    established = [weight for voter, weight in zip(voters, found, strict=True) if voter.is_established]
    new = [weight for voter, weight in zip(voters, found, strict=True) if not voter.is_established]
    assert established == [voter.weight for voter in voters if voter.is_established]
    assert fsum(new) <= max(1.0, fsum(established) / 4) + 1e-9
    assert all(weight <= voter.weight for voter, weight in zip(voters, found, strict=True))


def test_a_vote_is_handed_on_with_its_weight() -> None:
    first, second = weighted([(VoteValue.WRONG, Voter(400, 4, 0)), (VoteValue.RIGHT, Voter(7))])
    assert (first.value, first.weight, first.established) == (VoteValue.WRONG, 1.5, True)
    assert (second.value, second.weight, second.established) == (VoteValue.RIGHT, 0.5, False)
    assert weighted([]) == ()


def test_in_a_young_server_its_first_half_of_members_is_established() -> None:
    assert [full_age_days(days) for days in (0, 1, 4, 28, 900)] == [1, 1, 2, 14, 14]
    assert Voter(3, full_age_days=full_age_days(4)).is_established
    assert not Voter(3, full_age_days=full_age_days(400)).is_established
    assert Voter(3, full_age_days=6).weight == 0.5


@pytest.mark.parametrize(
    ("minutes", "votes"),
    [
        ([], None),
        ([0, 1], None),
        ([0, 5, 10], 3),
        ([0, 5, 11], None),
        ([0, 5, 10, 60], 3),
        ([0, 5, 10, 60, 120], 3),
        ([0, 5, 10, 60, 120, 180], None),
        ([90, 60, 61, 62, 63, 0], 4),
    ],
)
def test_a_burst_is_three_votes_and_more_than_half_inside_ten_minutes(minutes: list[int], votes: int | None) -> None:
    found = find_burst(at(minutes))
    assert (None if found is None else found.votes) == votes


def test_a_burst_says_itself() -> None:
    found = find_burst(at([60, 61, 62, 0]))
    assert found is not None
    assert found.began_at == NOON + timedelta(minutes=60)
    assert found.sentence.startswith("3 of 4 votes came within 10 minutes.")


@given(MINUTES)
def test_a_burst_is_what_counting_every_window_finds(minutes: list[int]) -> None:
    fullest = max((sum(start <= other <= start + 10 for other in minutes) for start in minutes), default=0)
    found = find_burst(at(minutes))
    assert (found is not None) == (fullest >= 3 and 2 * fullest > len(minutes))
    assert found is None or found.votes == fullest
