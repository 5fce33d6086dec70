"""Whether a person does better on the items that they wrote themselves."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.model import Interval
from bench.stats.intervals import FloatArray, interval_of
from bench.stats.slices import FEWEST_SHOWN
from bench.stats.words import counted, percent_range, points


@dataclass(frozen=True, slots=True)
class HomeScore:
    """A system's score without the items of its owner, and its advantage on those.

    `advantage` is own less the others' mean on the owner's items, less the same on all other items; as a fraction, and
    None below 10 items of the owner or without others. It is a figure to look at and no test: on 60 items even a real
    advantage of a logit would be found one time in five.
    """

    own_items: int
    score: float
    interval: Interval
    advantage: float | None

    @property
    def sentence(self) -> str:
        """Both in one line."""
        spread = percent_range(self.interval.low, self.interval.high)
        without = f"Without the {counted(self.own_items, 'item')} of their own: {self.score:.0%} ({spread})."
        if self.advantage is None:
            return without
        side = "more" if self.advantage >= 0 else "less"
        return f"{without} On those, the lead over the others is {points(self.advantage)} {side} than elsewhere."


def home_score(
    item_scores: FloatArray, system: int, authors: Sequence[Hashable | None], owner: Hashable
) -> HomeScore | None:
    """The score of a system of `item_scores`, systems x items, without the items that its owner wrote.

    None where the owner wrote none of the items, or all. The advantage is a difference in differences (Card & Krueger
    1994, https://www.jstor.org/stable/2118030), so that items which are easy for everybody do not look like home.
    """
    is_own = np.array([author == owner for author in authors], dtype=np.bool_)
    own_items = int(is_own.sum())
    if not 0 < own_items < len(is_own):
        return None
    elsewhere = item_scores[system][~is_own]
    advantage = None
    if own_items >= FEWEST_SHOWN and len(item_scores) > 1:
        lead = item_scores[system] - np.delete(item_scores, system, axis=0).mean(axis=0)
        advantage = float(lead[is_own].mean() - lead[~is_own].mean())
    return HomeScore(own_items, float(elsewhere.mean()), interval_of(elsewhere), advantage)
