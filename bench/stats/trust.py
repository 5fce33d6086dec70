"""How much a member's vote weighs, and when the votes on an item came suspiciously fast. Light: no numpy.

Weights are the logarithm of the odds of voting right, which is optimal for independent voters (Nitzan & Paroush 1982,
https://doi.org/10.2307/2526438; Grofman, Owen & Feld 1983, https://doi.org/10.1007/BF00125672).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum, log

from bench.model import VoteValue
from bench.stats.consensus import WeightedVote

FULL_AGE_DAYS = 14.0
"""From then on a member is established. Before, all such members together have a capped weight."""

BURST = timedelta(minutes=10)
FEWEST_IN_A_BURST = 3

_PRIOR_RIGHT, _PRIOR_WRONG = 4, 1
_ODDS_OF_GUESSING = 55 / 45
_MOST_WEIGHT = 1.5
_LEAST_FULL_AGE_DAYS = 1.0
_LEAST_CAP = 1.0
_CAP_OF_TRUSTED = 0.25


@dataclass(frozen=True, slots=True)
class Voter:
    """What is known of a member as a voter: the days in the server, and hidden checks answered rightly and wrongly."""

    days: float
    checks_right: int = 0
    checks_wrong: int = 0
    full_age_days: float = FULL_AGE_DAYS

    @property
    def odds(self) -> float:
        """The odds of a right vote: the checks beside a prior of four right and one wrong."""
        return (_PRIOR_RIGHT + self.checks_right) / (_PRIOR_WRONG + self.checks_wrong)

    @property
    def weight(self) -> float:
        """The weight of a vote before the common cap: 1 for an established member without checks, 1.5 at most.

        It is 0 for who does no better than guessing, and grows in proportion until the full age.
        """
        if self.odds <= _ODDS_OF_GUESSING:
            return 0.0
        return min(log(self.odds) / log(4), _MOST_WEIGHT) * min(1.0, max(0.0, self.days) / self.full_age_days)

    @property
    def is_established(self) -> bool:
        """Whether the vote is outside the cap of the new accounts."""
        return self.days >= self.full_age_days


def full_age_days(server_days: float) -> float:
    """After how many days a member is established in a server of this age: 14, in a young server half of its age.

    Otherwise nobody could decide anything in a server's first two weeks; its first half of members then can.
    """
    return min(FULL_AGE_DAYS, max(_LEAST_FULL_AGE_DAYS, server_days / 2))


@dataclass(frozen=True, slots=True)
class Burst:
    """An item's votes that came within ten minutes: so many of all, from that moment on."""

    votes: int
    of: int
    began_at: datetime

    @property
    def sentence(self) -> str:
        """The alarm in one line."""
        return f"{self.votes} of {self.of} votes came within 10 minutes. Look at who voted before you trust the result."


def weights(voters: Sequence[Voter]) -> tuple[float, ...]:
    """The weights of an item's voters, in their order: those of new accounts are scaled down to their common cap.

    All new accounts together weigh a quarter of what the established ones do at most, or 1 where that is more: thirty
    accounts made for one vote are as strong as one member, or as two among nine.
    """
    trusted = fsum(voter.weight for voter in voters if voter.is_established)
    untrusted = fsum(voter.weight for voter in voters if not voter.is_established)
    cap = max(_LEAST_CAP, _CAP_OF_TRUSTED * trusted)
    scale = min(1.0, cap / untrusted) if untrusted > 0 else 1.0
    return tuple(voter.weight if voter.is_established else scale * voter.weight for voter in voters)


def weighted(votes: Sequence[tuple[VoteValue, Voter]]) -> tuple[WeightedVote, ...]:
    """An item's votes, ready for `bench.stats.consensus.decide`."""
    shares = weights([voter for _, voter in votes])
    return tuple(
        WeightedVote(value, weight, voter.is_established) for (value, voter), weight in zip(votes, shares, strict=True)
    )


def find_burst(times: Iterable[datetime]) -> Burst | None:
    """The burst among the times of an item's votes, or None: at least three and more than half inside ten minutes."""
    ordered = sorted(times)
    fullest, began = 0, 0
    for first, moment in enumerate(ordered):
        inside = bisect_right(ordered, moment + BURST) - first
        if inside > fullest:
            fullest, began = inside, first
    if fullest < FEWEST_IN_A_BURST or 2 * fullest <= len(ordered):
        return None
    return Burst(fullest, len(ordered), ordered[began])
