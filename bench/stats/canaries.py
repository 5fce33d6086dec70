"""Marked spellings: whether a submission matches the drawn ones more often than chance. Light: no numpy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from bench.model import Item
from bench.spellings import spellings_of
from bench.stats.chances import poisson_binomial_tail
from bench.stats.words import chance_in_words

ALPHA = 0.001
"""Five matches of five need four spellings each; six of six with three spellings cannot get there."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A marked item: its equally good spellings, and the one that was drawn for the stored gold. Keep both secret."""

    item_id: str
    spellings: tuple[str, ...] = field(repr=False)
    drawn: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MatchedSpellings:
    """A submission that matches too many marked spellings of the items that it has right; `p` is the chance of it."""

    name: str
    matched: int
    right: int
    p: float

    @property
    def sentence(self) -> str:
        """The flag in one line, for curators; it names no item."""
        those = f"all {self.right}" if self.matched == self.right else f"{self.matched} of {self.right}"
        return f"{self.name} matched {those} marked spellings ({chance_in_words(self.p)}). A curator will look."


def canaries_of(items: Iterable[Item]) -> tuple[Canary, ...]:
    """The marked ones of items whose spellings were drawn (`bench.spellings.drawn`)."""
    marked = ((item.id, [answer.strip() for answer in spellings_of(item)]) for item in items)
    return tuple(Canary(item_id, tuple(spellings), spellings[0]) for item_id, spellings in marked if spellings)


def chance_of_all(canaries: Iterable[Canary]) -> float:
    """The chance of matching every one of them; above `ALPHA`, they are too few to tell anything."""
    return prod(1 / len(canary.spellings) for canary in canaries)


def matched_spellings(
    name: str, answers: Mapping[str, str | None], canaries: Sequence[Canary]
) -> MatchedSpellings | None:
    """The flag for a submission, given its extracted answers by item id; None where chance explains the matches.

    Counted are the answers that are one of the spellings to the letter. The hits are then a sum of draws with the
    chance 1/v for v spellings, whose tail is exact; flagged at .001.
    """
    answered = [(canary, (answers.get(canary.item_id) or "").strip()) for canary in canaries]
    right = [(canary, answer) for canary, answer in answered if answer in canary.spellings]
    matched = sum(answer == canary.drawn for canary, answer in right)
    p = poisson_binomial_tail([1 / len(canary.spellings) for canary, _ in right], matched)
    return MatchedSpellings(name, matched, len(right), p) if matched and p <= ALPHA else None
