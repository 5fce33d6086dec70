"""Two systems on the same items: who is better on how many, whether that is more than luck, and what would tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from bench.stats.intervals import Z_95, FloatArray, is_right_or_wrong, t_quantile
from bench.stats.pairs import compare, holm
from bench.stats.power import items_to_separate, smallest_gap_between
from bench.stats.ranking import ALPHA, FEWEST_ITEMS
from bench.stats.slices import FEWEST_COMPARED, Slice, is_shown
from bench.stats.words import about, counted, p_in_words, points

FEWEST_DIFFERING_TOLD = 5
"""On fewer differing items the counts would tell who sent both systems which of their answers are right."""

_MOST_ITEMS_TOLD = 100_000


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference of item scores, first less second, with its 95% interval and the p value of the test."""

    items: int
    mean: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class SliceDifference:
    """The difference on one slice; None below 10 items. `p` is corrected for the slices, None below 30 items."""

    key: str
    name: str
    items: int
    difference: Difference | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the items say of two systems, whose names stand as they were given. No item is named anywhere.

    For right and wrong, `only_first` counts the items that only the first has right, and so on; for graded scores those
    on which it scores more, while `both` and `neither` are those of equal scores above 0, and of 0. `smallest_gap` is
    what the items would have shown with 80% power, and `items_needed` how many in all would separate these two, None
    where they score the same. `ranked_apart` says whether the board, which compares all pairs, ranks one above the
    other; None where that is not known.
    """

    first: str
    second: str
    is_graded: bool
    only_first: int
    only_second: int
    both: int
    neither: int
    difference: Difference
    smallest_gap: float
    items_needed: int | None
    slices: tuple[SliceDifference, ...] = ()
    ranked_apart: bool | None = None

    @property
    def items(self) -> int:
        """How many items were compared."""
        return self.difference.items

    @property
    def better(self) -> str | None:
        """The system that is better beyond luck; None where it is too close to call, or below 20 items."""
        if self.items < FEWEST_ITEMS or self.difference.p > ALPHA:
            return None
        return self.first if self.difference.mean > 0 else self.second

    @property
    def more_items(self) -> int | None:
        """How many more items would probably separate them: 0 where they are separated, None where nothing would."""
        if self.better is not None:
            return 0
        return None if self.items_needed is None else max(1, self.items_needed - self.items)

    @property
    def counts_sentence(self) -> str:
        """On how many items each is ahead."""
        if self.only_first + self.only_second < FEWEST_DIFFERING_TOLD:
            return (
                f"{self.first} and {self.second} differ on fewer than {FEWEST_DIFFERING_TOLD} of {self.items:,} items."
            )
        if self.is_graded:
            return (
                f"{self.first} is ahead on {counted(self.only_first, 'item')}, {self.second} on {self.only_second:,}; "
                f"{self.both + self.neither:,} score the same."
            )
        return (
            f"{counted(self.only_first, 'item')} only {self.first}, {self.only_second:,} only {self.second}, "
            f"{self.both:,} both, {self.neither:,} neither."
        )

    @property
    def test_sentence(self) -> str:
        """The test in words."""
        if self.items < FEWEST_ITEMS:
            return f"With fewer than {FEWEST_ITEMS} items nothing is claimed."
        p = p_in_words(self.difference.p)
        if self.better is None:
            return f"Too close to call ({p})."
        if self.ranked_apart is False:
            return f"{self.better} is better ({p}), but among all pairs of the board so small a p may come by luck."
        return f"{self.better} is better ({p})."

    @property
    def gap_sentence(self) -> str:
        """The difference with its interval, and what these items could have shown."""
        mean, low, high = self.difference.mean, self.difference.low, self.difference.high
        ahead, behind, least, most = (
            (self.first, self.second, low, high) if mean >= 0 else (self.second, self.first, -high, -low)
        )
        lead = f"{ahead} leads {behind} by" if abs(mean) > 0 else f"{ahead} against {behind}:"
        spread = f"{round(100 * least):+d} to {round(100 * most):+d}"
        return (
            f"{lead} {points(mean)} ({spread}). With {counted(self.items, 'item')} gaps "
            f"under about {max(1, round(100 * self.smallest_gap))} points cannot be told apart."
        )

    @property
    def more_items_sentence(self) -> str:
        """How many more items would separate them."""
        more = self.more_items
        if more == 0:
            return "These items are enough to tell them apart."
        if more is None:
            return "They score the same: no number of such items would tell them apart."
        if more > _MOST_ITEMS_TOLD:
            return f"Even {_MOST_ITEMS_TOLD:,} more items would not tell them apart, if the gap stays as it is."
        return f"About {about(more)} more items would tell them apart, if the gap stays as it is."

    @property
    def sentences(self) -> tuple[str, ...]:
        """The comparison in words, line by line; the slices are not in it (see `slice_sentence`)."""
        return (self.counts_sentence, self.test_sentence, self.gap_sentence, self.more_items_sentence)

    def slice_sentence(self, piece: SliceDifference) -> str:
        """One of the slices in words."""
        found = piece.difference
        if found is None:
            return f"{piece.name}: {counted(piece.items, 'item')}, too few to show."
        ahead = self.first if found.mean > 0 else self.second
        lead = f"{ahead} leads by {points(found.mean)}" if found.mean else "both score the same"
        if piece.p is None:
            return f"{piece.name} ({piece.items:,} items): {lead}; not enough items to tell."
        verdict = "a real gap" if piece.p <= ALPHA else "too close to call"
        return f"{piece.name} ({piece.items:,} items): {lead}, {verdict} ({p_in_words(piece.p)} after correction)."


def compare_systems(
    first: str,
    second: str,
    first_scores: FloatArray,
    second_scores: FloatArray,
    *,
    slices: Sequence[Slice] = (),
    ranked_apart: bool | None = None,
) -> Comparison:
    """The comparison of two systems by their item scores in 0..1, shape (items,), of the same items in one order.

    Only for scores that the board shows: between two attempts of one person it would tell what the Ladder hides. Raises
    ValueError where there are no items, or not the same number of both.
    """
    if len(first_scores) != len(second_scores) or not len(first_scores):
        raise ValueError(f"Cannot compare {len(first_scores)} with {len(second_scores)} item scores.")
    differences = first_scores - second_scores
    difference = paired_difference(first_scores, second_scores)
    mean_square = float(np.mean(differences**2))
    same = differences == 0
    return Comparison(
        first=first,
        second=second,
        is_graded=not _are_right_or_wrong(first_scores, second_scores),
        only_first=int((differences > 0).sum()),
        only_second=int((differences < 0).sum()),
        both=int((same & (first_scores > 0)).sum()),
        neither=int((same & (first_scores <= 0)).sum()),
        difference=difference,
        smallest_gap=smallest_gap_between(len(differences), mean_square),
        items_needed=items_to_separate(difference.mean, mean_square),
        slices=slice_differences(first_scores, second_scores, slices),
        ranked_apart=ranked_apart,
    )


def paired_difference(first_scores: FloatArray, second_scores: FloatArray) -> Difference:
    """The difference of two systems with its 95% interval.

    Graded scores: the paired standard error of item differences (Miller 2024, https://arxiv.org/abs/2411.00640) with
    Student's t. Right or wrong: the same error after half an item is added to each of the four outcomes
    (Agresti & Min 2005, https://doi.org/10.1002/sim.1781), without which the interval of two systems that differ on
    few items covers the truth on 7 to 9 boards of 10 only.
    """
    differences = first_scores - second_scores
    items, mean = len(differences), float(differences.mean())
    if _are_right_or_wrong(first_scores, second_scores):
        centre = float(differences.sum()) / (items + 2)
        half = Z_95 * sqrt(((float((differences**2).sum()) + 1) / (items + 2) - centre**2) / (items + 2))
    elif items > 1:
        centre, half = mean, t_quantile(items - 1) * float(differences.std(ddof=1)) / sqrt(items)
    else:
        centre, half = mean, 2.0
    p = compare(first_scores, second_scores)
    return Difference(items, mean, max(-1.0, centre - half), min(1.0, centre + half), p)


def slice_differences(
    first_scores: FloatArray, second_scores: FloatArray, slices: Sequence[Slice]
) -> tuple[SliceDifference, ...]:
    """The differences by slice: shown from 10 items, tested from 30 with Holm's correction over those slices."""
    found = []
    for piece in slices:
        rows = piece.rows
        difference = paired_difference(first_scores[rows], second_scores[rows]) if is_shown(piece) else None
        found.append(SliceDifference(piece.key, piece.name, len(rows), difference))
    tested = [place for place, one in enumerate(found) if one.difference and one.items >= FEWEST_COMPARED]
    p_values = np.array([one.difference.p for one in found if one.difference and one.items >= FEWEST_COMPARED])
    for place, p in zip(tested, holm(p_values).tolist(), strict=True):
        found[place] = replace(found[place], p=p)
    return tuple(found)


def _are_right_or_wrong(first_scores: FloatArray, second_scores: FloatArray) -> bool:
    return is_right_or_wrong(first_scores) and is_right_or_wrong(second_scores)
