"""What the votes on an item amount to. Light: no numpy, since the bot's own process decides at each click.

The rule is that of Dawid & Skene (1979, https://doi.org/10.2307/2346806) with one confusion matrix for all voters,
stopped as a sequential test of several hypotheses (Baum & Veeravalli 1994, https://doi.org/10.1109/18.340472).
Suggested answers go through the same rule, each as an item of its own, and are accepted only when settled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, fsum, log

from bench.model import ItemState, VoteValue

QUORUM = 3
"""Established members whose votes weigh something; without so many nothing is decided."""

LEAST_WEIGHT = 2.5
MOST_VOTES = 9
"""So many votes of established members without a decision are a dispute."""

_ENOUGH_SETTLED = 0.975
_ENOUGH_WRONG = 0.85
_ENOUGH_AMBIGUOUS = 0.70
_ROUNDING = 1e-9

_PRIOR = (0.80, 0.12, 0.08)
_VOTES_GIVEN_GOOD = (0.82, 0.10, 0.08)
_VOTES_GIVEN_AMBIGUOUS = (0.40, 0.35, 0.25)
_VOTES_GIVEN_WRONG = (0.15, 0.15, 0.70)
_LIKELIHOODS = (_VOTES_GIVEN_GOOD, _VOTES_GIVEN_AMBIGUOUS, _VOTES_GIVEN_WRONG)
"""For a good, an ambiguous and a wrong item: the chances of the votes right, ambiguous, wrong. Guesses until some 300
real votes with hidden checks exist to fit them."""


@dataclass(frozen=True, slots=True)
class WeightedVote:
    """One member's present vote and what it weighs (see `bench.stats.trust`); `established` is false in the first days.

    Without weight a vote is kept but says nothing: it is in no count.
    """

    value: VoteValue
    weight: float = 1.0
    established: bool = True


@dataclass(frozen=True, slots=True)
class Posterior:
    """How probable it is that an item is good, ambiguous or wrong; the three sum to 1."""

    good: float
    ambiguous: float
    wrong: float

    @property
    def contest(self) -> float:
        """How far the votes are from pointing one way: 0 when all is certain, 2/3 when nothing is known."""
        return 1.0 - max(self.good, self.ambiguous, self.wrong)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the votes so far make of an item. The counts are of members whose vote weighs something."""

    state: ItemState
    posterior: Posterior
    right: int
    ambiguous: int
    wrong: int
    weight: float

    @property
    def votes(self) -> int:
        """How many members' votes count."""
        return self.right + self.ambiguous + self.wrong

    @property
    def objections(self) -> int:
        """How many of them do not say right."""
        return self.ambiguous + self.wrong

    @property
    def accepts(self) -> bool:
        """Whether a suggested answer with these votes joins the accepted ones."""
        return self.state is ItemState.SETTLED

    @property
    def sentence(self) -> str:
        """The decision on an item in one line."""
        trust = f"trusted weight {self.weight:.1f}"
        match self.state:
            case ItemState.SETTLED:
                return f"Settled: {self.right} of {self.votes} say right, {trust}."
            case ItemState.WRONG:
                return f"Wrong: {self.wrong} of {self.votes} say wrong, {trust}; not counted."
            case ItemState.AMBIGUOUS:
                return f"Ambiguous: {self.ambiguous} of {self.votes} say ambiguous, {trust}; not counted."
            case ItemState.DISPUTED:
                return f"Disputed after {self._split}: not counted until the owner decides."
            case ItemState.OPEN:
                return f"Open: {self._split}, {trust}." if self.votes else "Open: no votes yet."

    @property
    def suggestion_sentence(self) -> str:
        """The decision on a suggested answer in one line."""
        trust = f"trusted weight {self.weight:.1f}"
        match self.state:
            case ItemState.SETTLED:
                return f"Accepted: {self.right} of {self.votes} say right, {trust}."
            case ItemState.DISPUTED:
                return f"Undecided after {self._split}: not accepted unless the owner decides so."
            case ItemState.OPEN:
                return self.sentence
            case _:
                return f"Not accepted: {self.objections} of {self.votes} do not say right, {trust}."

    @property
    def _split(self) -> str:
        votes = "1 vote" if self.votes == 1 else f"{self.votes} votes"
        return f"{votes} ({self.right} right, {self.objections} not)"


def decide(votes: Iterable[WeightedVote]) -> Decision:
    """The decision that the votes support, to be asked after every vote; their order does not matter.

    Settled at a posterior of .975, wrong at .85, ambiguous at .70, each with three established members and a weight of
    2.5 at least; disputed after nine votes of established members without any of these. The first decision stands: the
    caller asks no more until an appeal or a new wording starts the votes again.
    """
    counted = [vote for vote in votes if vote.weight > 0]
    right, ambiguous, wrong = ([vote.weight for vote in counted if vote.value is value] for value in VoteValue)
    posterior = posterior_of(fsum(right), fsum(ambiguous), fsum(wrong))
    weight = fsum(vote.weight for vote in counted)
    established = sum(vote.established for vote in counted)
    may_decide = established >= QUORUM and weight >= LEAST_WEIGHT - _ROUNDING
    return Decision(
        _state(posterior, may_decide=may_decide, is_last=established >= MOST_VOTES),
        posterior,
        len(right),
        len(ambiguous),
        len(wrong),
        weight,
    )


def posterior_of(right: float, ambiguous: float, wrong: float) -> Posterior:
    """The posterior of an item from the weights of the votes for each value."""
    weights = (right, ambiguous, wrong)
    logs = [
        log(prior) + fsum(weight * log(chance) for weight, chance in zip(weights, chances, strict=True))
        for prior, chances in zip(_PRIOR, _LIKELIHOODS, strict=True)
    ]
    largest = max(logs)
    terms = [exp(value - largest) for value in logs]
    whole = fsum(terms)
    return Posterior(*(term / whole for term in terms))


def _state(posterior: Posterior, *, may_decide: bool, is_last: bool) -> ItemState:
    if may_decide and posterior.good >= _ENOUGH_SETTLED:
        return ItemState.SETTLED
    if may_decide and posterior.wrong >= _ENOUGH_WRONG:
        return ItemState.WRONG
    if may_decide and posterior.ambiguous >= _ENOUGH_AMBIGUOUS:
        return ItemState.AMBIGUOUS
    return ItemState.DISPUTED if is_last else ItemState.OPEN
