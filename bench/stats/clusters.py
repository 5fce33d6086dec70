"""The interval of a score whose items belong together, by author, passage or template."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from math import fsum

import numpy as np
import numpy.typing as npt

from bench.model import Interval
from bench.stats.concentration import Concentration, concentration
from bench.stats.intervals import Z_95, FloatArray, effective_items, interval_of, t_quantile, wilson
from bench.stats.words import percent_range

MOST_OF_ONE = 0.25
"""Above this share of the items in one cluster, the clusters no longer show by themselves how unlike they are."""

_FEWEST_FOR_T = 5


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which items belong together: `codes`, shape (items,), numbers the cluster of each from 0."""

    codes: npt.NDArray[np.int64] = field(repr=False)
    spread: Concentration

    @property
    def number(self) -> int:
        """How many clusters there are."""
        return self.spread.authors

    @property
    def are_single(self) -> bool:
        """Whether no two items share a cluster."""
        return self.number == len(self.codes)


def clusters_of(labels: Iterable[Hashable | None]) -> Clusters:
    """The clusters of items, given the label of each; an item without one (None) is a cluster of its own."""
    numbers: dict[Hashable, int] = {}
    codes = [
        numbers.setdefault(("stated", label) if label is not None else ("alone", place), len(numbers))
        for place, label in enumerate(labels)
    ]
    return Clusters(np.array(codes, dtype=np.int64), concentration(codes))


def clustered_interval_of(item_scores: FloatArray, clusters: Clusters) -> Interval:
    """The 95% interval of the mean of item scores in 0..1, shape (items,), as `interval_of`, for items in clusters.

    SE^2 = G/(G-1) sum_c (sum of cluster c's deviations)^2 / n^2 over G clusters, never below that of independent items
    (Miller 2024, https://arxiv.org/abs/2411.00640, appendix A); then Wilson on n_eff = p(1-p) / SE^2 with the quantile
    of Student's t with G - 1 degrees of freedom. Where one cluster has more than a quarter of the items, the default
    design effect (see `Concentration.design_effect`) bounds n_eff as well, and below 5 such clusters the normal
    quantile stands, since t would leave nothing but 0..1. `effective_items` may thus be less than the number of items.
    """
    items = len(item_scores)
    if items != len(clusters.codes):
        raise ValueError(f"{items} scores, but the clusters of {len(clusters.codes)} items.")
    if clusters.are_single:
        return interval_of(item_scores)
    mean = fsum(item_scores.tolist()) / items
    alone = effective_items(item_scores, mean)
    effective = min(alone, _effective_by_clusters(item_scores, mean, clusters))
    is_concentrated = clusters.spread.top_share > MOST_OF_ONE
    if is_concentrated:
        effective = min(effective, alone / clusters.spread.design_effect)
    by_normal = is_concentrated and clusters.number < _FEWEST_FOR_T
    low, high = wilson(mean, effective, Z_95 if by_normal else t_quantile(clusters.number - 1))
    return Interval(low, high, effective)


def effect_sentence(plain: Interval, clustered: Interval, clusters: Clusters) -> str | None:
    """What the clusters, called authors here, do to an interval, in one line; None where they do nothing to it."""
    if (plain.low, plain.high) == (clustered.low, clustered.high):
        return None
    authors = "a single author" if clusters.number == 1 else f"{clusters.number} authors"
    return (
        f"As the items are those of {authors}, the interval is {percent_range(clustered.low, clustered.high)} "
        f"instead of {percent_range(plain.low, plain.high)}."
    )


def _effective_by_clusters(item_scores: FloatArray, mean: float, clusters: Clusters) -> float:
    """Where the clusters do not differ, or there is only one, they set no bound."""
    number, items = clusters.number, len(item_scores)
    deviations = np.bincount(clusters.codes, weights=item_scores - mean, minlength=number)
    squares = float((deviations**2).sum())
    if number < 2 or squares < 1e-18:
        return float("inf")
    return mean * (1 - mean) * items**2 * (number - 1) / (number * squares)
