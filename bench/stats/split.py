"""Which items stay private until a task closes. Light: no numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from bench.errors import BadInput

FEWEST_TO_SPLIT = 150
"""Below this, halving the items costs the board more than any attack does."""

OFFERED_FROM = 200
LEAST_PRIVATE, USUAL_PRIVATE, MOST_PRIVATE = 0.3, 0.4, 0.5


class SplitAdvice(Enum):
    """Whether a task of some size should hold items back."""

    NO = "no"
    CHOICE = "choice"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts of a task's items, by id and in the order of the task."""

    public_ids: tuple[str, ...]
    private_ids: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The split in one line."""
        private, items = len(self.private_ids), len(self.private_ids) + len(self.public_ids)
        return (
            f"{private:,} of {items:,} items stay private until the close; the board shows the other "
            f"{items - private:,}, and the final ranks are those of the private ones."
        )


def split_advice(items: int) -> SplitAdvice:
    """No split below 150 items, offered from 200, in between by choice."""
    if items < FEWEST_TO_SPLIT:
        return SplitAdvice.NO
    return SplitAdvice.OFFERED if items >= OFFERED_FROM else SplitAdvice.CHOICE


def split_items(
    seed: str, item_ids: Sequence[str], strata: Mapping[str, str] | None = None, *, share: float = USUAL_PRIVATE
) -> Split:
    """The split that the seed gives: of each stratum the share of its items with the smallest SHA-256 of seed and id.

    `strata` names the slice of an item where there are slices; every slice is then split alike, as far as whole items
    allow, and the sum is right to the item. The order of the ids does not matter, and one item more or less moves at
    most a few others. Keep the seed secret until the close: who knows it knows which items to work on; published then,
    it lets anyone check that nobody chose. Raises BadInput below 150 items, and for a share outside of 30 to 50%.
    """
    if len(item_ids) < FEWEST_TO_SPLIT:
        raise BadInput(
            f"The task has {len(item_ids)} items; holding some back needs at least {FEWEST_TO_SPLIT}, "
            f"better {OFFERED_FROM}. Leave them all public."
        )
    if not LEAST_PRIVATE <= share <= MOST_PRIVATE:
        raise BadInput(f"The private share is {share:.0%}; choose between {LEAST_PRIVATE:.0%} and {MOST_PRIVATE:.0%}.")
    groups: dict[str, list[str]] = {}
    for item_id in item_ids:
        groups.setdefault((strata or {}).get(item_id, ""), []).append(item_id)
    sizes = _apportioned({name: len(members) for name, members in groups.items()}, share)
    private = {
        item_id
        for name, members in groups.items()
        for item_id in sorted(members, key=lambda item_id: _drawn(seed, item_id))[: sizes[name]]
    }
    return Split(
        public_ids=tuple(item_id for item_id in item_ids if item_id not in private),
        private_ids=tuple(item_id for item_id in item_ids if item_id in private),
    )


def _drawn(seed: str, item_id: str) -> bytes:
    """The length before the seed keeps two pairs of seed and id apart that read the same in a row."""
    return sha256(f"{len(seed)}:{seed}:{item_id}".encode()).digest()


def _apportioned(sizes: Mapping[str, int], share: float) -> dict[str, int]:
    """The share of each stratum in whole items, by largest remainders, of equal ones the first by name."""
    exact = {name: share * size for name, size in sizes.items()}
    whole = {name: int(value + 1e-9) for name, value in exact.items()}
    missing = round(share * sum(sizes.values())) - sum(whole.values())
    for name in sorted(exact, key=lambda name: (-(exact[name] - whole[name]), name))[:missing]:
        whole[name] += 1
    return whole
