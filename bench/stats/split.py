"""Which items stay private until a task closes. Light: no numpy."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Final

from bench.errors import BadInput
from bench.model import Task

FEWEST_TO_SPLIT: Final = 150
"""Below this, halving the items costs the board more than any attack does."""

OFFERED_FROM: Final = 200
LEAST_PRIVATE, USUAL_PRIVATE, MOST_PRIVATE = 0.3, 0.4, 0.5

_DRAWS_IN_ALL: Final = 50_000
_MOST_DRAWS: Final = 200


class SplitAdvice(Enum):
    """Whether a task of some size should hold items back."""

    NO = "no"
    CHOICE = "choice"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Split:
    """A drawn lot for every item, those of today and those to come: private with the chance `share`.

    Keep the seed secret until the close: who knows it knows which items to work on. Published then, it lets everyone
    check the lots.
    """

    seed: str = field(repr=False)
    share: float

    def is_private(self, item_id: str) -> bool:
        """Whether an item is private. No other item has a say in it, so that a living gold moves none."""
        # The length before the seed keeps two pairs of seed and id apart that read the same in a row.
        drawn = sha256(f"{len(self.seed)}:{self.seed}:{item_id}".encode()).digest()
        return int.from_bytes(drawn[:8]) < self.share * 2**64


def split_of(task: Task) -> Split | None:
    """The task's split, or None where all of its items are public."""
    return Split(task.split_seed, task.private_share) if task.private_share else None


def split_advice(items: int) -> SplitAdvice:
    """No split below 150 items, offered from 200, in between by choice."""
    if items < FEWEST_TO_SPLIT:
        return SplitAdvice.NO
    return SplitAdvice.OFFERED if items >= OFFERED_FROM else SplitAdvice.CHOICE


def drawn_split(
    secret: str, item_ids: Sequence[str], strata: Mapping[str, str] | None = None, *, share: float = USUAL_PRIVATE
) -> Split:
    """Of up to 200 splits that follow from the secret, the one that is most even over the items and over the strata.

    `strata` names the slice of an item where there are slices. An uneven split tells nothing of the systems and costs
    power, so it is drawn again (rerandomisation, Morgan & Rubin 2012, https://doi.org/10.1214/12-AOS1008); many items
    are even by themselves. Raises BadInput below 150 items, and for a share outside of 30 to 50%.
    """
    if len(item_ids) < FEWEST_TO_SPLIT:
        raise BadInput(
            f"The task has {len(item_ids)} items; holding some back needs at least {FEWEST_TO_SPLIT}, "
            f"better {OFFERED_FROM}. Leave them all public."
        )
    if not LEAST_PRIVATE <= share <= MOST_PRIVATE:
        raise BadInput(f"The private share is {share:.0%}; choose between {LEAST_PRIVATE:.0%} and {MOST_PRIVATE:.0%}.")
    groups = [strata.get(item_id, "") if strata else "" for item_id in item_ids]
    return min(_candidates(secret, share, len(item_ids)), key=lambda split: _unevenness(split, item_ids, groups))


def split_sentence(private: int, items: int) -> str:
    """What a split means, in one line."""
    return (
        f"{private:,} of {items:,} items stay private until the close; the board shows the other "
        f"{items - private:,}, and the final ranks are those of the private ones."
    )


def _candidates(secret: str, share: float, items: int) -> Iterator[Split]:
    for number in range(max(1, min(_MOST_DRAWS, _DRAWS_IN_ALL // items))):
        yield Split(sha256(f"{number}:{secret}".encode()).hexdigest(), share)


def _unevenness(split: Split, item_ids: Sequence[str], groups: Sequence[str]) -> float:
    """The squared distances from the share, in items: of the whole and of each stratum, in units of its variance."""
    sizes = Counter(groups)
    private = Counter(group for item_id, group in zip(item_ids, groups, strict=True) if split.is_private(item_id))
    of_strata = sum((private[group] - split.share * size) ** 2 / size for group, size in sizes.items())
    whole: float = (private.total() - split.share * len(item_ids)) ** 2
    return whole + of_strata
