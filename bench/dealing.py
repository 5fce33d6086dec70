"""Which item a member is asked about next. Light: no numpy."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bench.model import ItemState, VoteValue

CHECK_SHARE = 0.2
"""One deal in five is a hidden check, once there are any."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that could be dealt.

    `votes` counts what it has, `contest` is that of its posterior. `is_suspect` says that the submissions speak against
    its gold. `known` is the right vote on a hidden check: set for a settled item (which is right) and for one planted
    to be wrong, else None.
    """

    item_id: str
    state: ItemState
    author_id: int | None
    votes: int = 0
    contest: float = 0.0
    is_suspect: bool = False
    known: VoteValue | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether votes can still decide it."""
        return self.state is ItemState.OPEN and self.known is None


def deal(
    candidates: Sequence[Candidate], user_id: int, dealt: Collection[str], draw: float, *, may_join: bool = False
) -> str | None:
    """The id of the item on which this member's vote helps most, or None when nothing is left to decide.

    Who `may_join` a pilot in which others have decided everything is dealt hidden checks then: their eyes count too.

    Never one that the member wrote, nor one of `dealt`: the ids that the member voted on or skipped, as a set. First
    what the submissions suspect, then what has the fewest votes, then what is most contested; which one of equals, and
    whether it is a hidden check instead, says `draw`, a random number in [0, 1): the same draw deals the same item.
    """
    free = [one for one in candidates if one.author_id != user_id and one.item_id not in dealt]
    undecided = [one for one in free if one.is_undecided]
    checks = [one for one in free if one.known is not None]
    if not undecided:
        return _check(checks, draw).item_id if may_join and checks else None
    if checks and draw < CHECK_SHARE:
        return _check(checks, draw / CHECK_SHARE).item_id
    rest = (draw - CHECK_SHARE) / (1 - CHECK_SHARE) if checks else draw
    foremost = min(map(_urgency, undecided))
    return _pick([one for one in undecided if _urgency(one) == foremost], rest).item_id


def _urgency(candidate: Candidate) -> tuple[bool, int, float]:
    return (not candidate.is_suspect, candidate.votes, -candidate.contest)


def _check(checks: Sequence[Candidate], draw: float) -> Candidate:
    """First the right vote is drawn, then the item: where wrong ones are planted, always saying right fails half."""
    answers = sorted({check.known for check in checks if check.known is not None})
    place = draw * len(answers)
    known = answers[int(place)]
    return _pick([check for check in checks if check.known is known], place - int(place))


def _pick(candidates: Sequence[Candidate], draw: float) -> Candidate:
    return candidates[min(int(draw * len(candidates)), len(candidates) - 1)]
