"""What votes make of an item: the table of decisions, laws, and the error rates of a simulated crowd."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.model import ItemState, VoteValue
from bench.stats.consensus import Decision, WeightedVote, decide, posterior_of
from bench.stats.trust import Voter
from tests.bench.crowds import HALF_CARELESS, NEW, USUAL, Chances, bad_among_settled, rates

RIGHT, AMBIGUOUS, WRONG = VoteValue
VOTES = st.lists(
    st.builds(
        WeightedVote, st.sampled_from(VoteValue), st.sampled_from([0.0, 0.1, 0.25, 0.7, 1.0, 1.5]), st.booleans()
    ),
    max_size=12,
)


def votes(right: int, ambiguous: int, wrong: int) -> list[WeightedVote]:
    return [
        WeightedVote(value)
        for value, times in zip(VoteValue, (right, ambiguous, wrong), strict=True)
        for _ in range(times)
    ]


def decided(right: int, ambiguous: int, wrong: int) -> Decision:
    return decide(votes(right, ambiguous, wrong))


def first_to_decide(right: int, ambiguous: int, wrong: int, growing: VoteValue, state: ItemState) -> int:
    """How many votes of the growing value it takes, whatever the limit on the number of votes."""
    counts = dict(zip(VoteValue, (right, ambiguous, wrong), strict=True))
    for number in range(30):
        counts[growing] = number
        # Votes of members who are not established do not make a dispute; three that are make the quorum.
        cast = [WeightedVote(vote.value, 1.0, place < 3) for place, vote in enumerate(votes(*counts.values()))]
        if decide(cast).state is state:
            return number
    raise AssertionError(counts)


def test_the_posterior_by_hand() -> None:
    """Three votes for right: .8 * .82^3 against .12 * .4^3 and .08 * .15^3."""
    terms = [
        Fraction(80, 100) * Fraction(82, 100) ** 3,
        Fraction(12, 100) * Fraction(40, 100) ** 3,
        Fraction(8, 100) * Fraction(15, 100) ** 3,
    ]
    found = posterior_of(3, 0, 0)
    shares = [float(term / sum(terms)) for term in terms]
    assert [found.good, found.ambiguous, found.wrong] == pytest.approx(shares, abs=1e-14)
    assert found.contest == pytest.approx(1 - shares[0], abs=1e-14)
    assert posterior_of(0, 0, 0).contest == pytest.approx(0.2)


@pytest.mark.parametrize(("objections", "needed"), [(0, {3}), (1, {5}), (2, {6}), (3, {8}), (4, {9, 10})])
def test_so_many_votes_for_right_settle_against_so_many_objections(objections: int, needed: set[int]) -> None:
    found = {
        first_to_decide(0, ambiguous, objections - ambiguous, RIGHT, ItemState.SETTLED)
        for ambiguous in range(objections + 1)
    }
    assert found == needed


@pytest.mark.parametrize("right", range(5))
def test_wrong_takes_three_more_than_right(right: int) -> None:
    assert first_to_decide(right, 0, 0, WRONG, ItemState.WRONG) == right + 3


@pytest.mark.parametrize(("right", "needed"), [(0, 3), (1, 3), (2, 4), (3, 4), (4, 5)])
def test_ambiguous_takes_three_votes_and_more_against_right_ones(right: int, needed: int) -> None:
    assert first_to_decide(right, 0, 0, AMBIGUOUS, ItemState.AMBIGUOUS) == needed


def test_three_against_three_stays_open_and_nine_without_a_decision_are_a_dispute() -> None:
    assert decided(3, 0, 3).state is ItemState.OPEN
    assert decided(5, 0, 3).state is ItemState.OPEN
    assert decided(5, 0, 4).state is ItemState.DISPUTED
    assert decided(4, 1, 4).state is ItemState.DISPUTED


@pytest.mark.parametrize(
    ("cast", "sentence"),
    [
        ((5, 1, 0), "Settled: 5 of 6 say right, trusted weight 6.0."),
        ((1, 0, 4), "Wrong: 4 of 5 say wrong, trusted weight 5.0; not counted."),
        ((1, 3, 0), "Ambiguous: 3 of 4 say ambiguous, trusted weight 4.0; not counted."),
        ((5, 0, 4), "Disputed after 9 votes (5 right, 4 not): not counted until the owner decides."),
        ((1, 0, 0), "Open: 1 vote (1 right, 0 not), trusted weight 1.0."),
        ((0, 0, 0), "Open: no votes yet."),
    ],
)
def test_a_decision_says_itself_in_one_sentence(cast: tuple[int, int, int], sentence: str) -> None:
    assert decided(*cast).sentence == sentence


@pytest.mark.parametrize(
    ("cast", "accepts", "sentence"),
    [
        ((3, 0, 0), True, "Accepted: 3 of 3 say right, trusted weight 3.0."),
        ((0, 3, 0), False, "Not accepted: 3 of 3 do not say right, trusted weight 3.0."),
        ((0, 0, 3), False, "Not accepted: 3 of 3 do not say right, trusted weight 3.0."),
        ((5, 0, 4), False, "Undecided after 9 votes (5 right, 4 not): not accepted unless the owner decides so."),
        ((2, 0, 0), False, "Open: 2 votes (2 right, 0 not), trusted weight 2.0."),
    ],
)
def test_a_suggested_answer_is_accepted_only_when_settled(
    cast: tuple[int, int, int], accepts: bool, sentence: str
) -> None:
    assert decided(*cast).accepts is accepts
    assert decided(*cast).suggestion_sentence == sentence


def test_nothing_is_decided_without_three_established_members_and_their_weight() -> None:
    heavy = WeightedVote(RIGHT, 1.5)
    assert decide([heavy] * 2).state is ItemState.OPEN
    assert decide([heavy] * 2 + [WeightedVote(RIGHT, 1.0, established=False)] * 5).state is ItemState.OPEN
    assert decide([heavy] * 2 + [WeightedVote(RIGHT, 0.0)] * 5).state is ItemState.OPEN
    assert decide([WeightedVote(WRONG, 0.8)] * 3).state is ItemState.OPEN
    assert decide([WeightedVote(WRONG, 2.5 / 3)] * 3).state is ItemState.WRONG
    assert decide([heavy] * 3).state is ItemState.SETTLED


@given(VOTES, st.randoms())
def test_the_order_of_the_votes_does_not_matter(cast: list[WeightedVote], generator: object) -> None:
    shuffled = list(cast)
    generator.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types its generator loosely
    assert decide(shuffled) == decide(cast)


def test_no_order_of_six_votes_makes_another_decision() -> None:
    assert len({decide(order) for order in permutations(votes(3, 1, 2))}) == 1


@given(VOTES)
def test_one_more_vote_speaks_for_what_it_says(cast: list[WeightedVote]) -> None:
    before = decide(cast).posterior
    assert decide([*cast, WeightedVote(RIGHT)]).posterior.good >= before.good - 1e-12
    assert decide([*cast, WeightedVote(WRONG)]).posterior.wrong >= before.wrong - 1e-12
    assert decide([*cast, WeightedVote(AMBIGUOUS)]).posterior.good <= before.good + 1e-12


@given(VOTES)
def test_a_vote_without_weight_changes_nothing(cast: list[WeightedVote]) -> None:
    weightless = [WeightedVote(value, 0.0) for value in VoteValue]
    assert decide([*cast, *weightless]) == decide(cast)


@given(VOTES)
def test_the_counts_and_shares_add_up(cast: list[WeightedVote]) -> None:
    found = decide(cast)
    assert found.votes == found.right + found.objections == sum(vote.weight > 0 for vote in cast)
    assert found.posterior.good + found.posterior.ambiguous + found.posterior.wrong == pytest.approx(1)


def test_the_error_rates_of_the_usual_crowd_are_those_of_the_table() -> None:
    """4000 items of each kind: a standard error of at most .8 points; the tolerances are three of them."""
    found, votes_on_good = rates(seed=11, items=4000)
    good, ambiguous, wrong = found.values()
    assert good[ItemState.SETTLED] == pytest.approx(0.87, abs=0.016)
    assert good[ItemState.DISPUTED] == pytest.approx(1 - 0.87 - 0.016, abs=0.016)
    assert good[ItemState.AMBIGUOUS] + good[ItemState.WRONG] == pytest.approx(0.016, abs=0.007)
    assert votes_on_good == pytest.approx(4.9, abs=0.12)
    assert ambiguous[ItemState.SETTLED] == pytest.approx(0.09, abs=0.014)
    assert wrong[ItemState.SETTLED] == pytest.approx(0.008, abs=0.005)
    assert wrong[ItemState.AMBIGUOUS] + wrong[ItemState.WRONG] == pytest.approx(0.86, abs=0.017)
    assert bad_among_settled(found) == pytest.approx(0.017, abs=0.004)


@pytest.mark.parametrize(
    ("mixture", "checks", "settled", "flagged", "bad"),
    [(USUAL, 6, 0.90, 0.015, 0.018), (HALF_CARELESS, 0, 0.73, 0.057, 0.027), (HALF_CARELESS, 6, 0.78, 0.026, 0.022)],
)
def test_hidden_checks_help_and_a_careless_crowd_settles_less(
    mixture: Chances, checks: int, settled: float, flagged: float, bad: float
) -> None:
    """The table does not say how its members vote, so besides chance there is the difference of the crowds."""
    found, _ = rates(seed=5, items=2000, mixture=mixture, checks=checks)
    good = found["good"]
    assert good[ItemState.SETTLED] == pytest.approx(settled, abs=0.035)
    assert good[ItemState.AMBIGUOUS] + good[ItemState.WRONG] == pytest.approx(flagged, abs=0.02)
    assert bad_among_settled(found) == pytest.approx(bad, abs=0.007)


@pytest.mark.parametrize("accounts", [3, 10, 30])
def test_new_accounts_that_vote_first_flip_at_most_one_item_in_fifty(accounts: int) -> None:
    """2000 items of each kind; measured are .006 and .011, so .02 lies some four standard errors above."""
    attack = {
        "good": [(WRONG, Voter(NEW))] * accounts,
        "wrong": [(RIGHT, Voter(NEW))] * accounts,
    }
    found, _ = rates(seed=accounts, items=2000, attack=attack)
    assert found["good"][ItemState.WRONG] <= 0.02
    assert found["wrong"][ItemState.SETTLED] <= 0.02


def test_without_the_common_cap_thirty_new_accounts_would_decide() -> None:
    uncapped = [WeightedVote(WRONG, 0.25, established=False)] * 30 + [WeightedVote(RIGHT)] * 3
    assert decide(uncapped).state is ItemState.WRONG
