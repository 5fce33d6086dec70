"""The interval of a score that is no mean of items: by resampling the items' sufficient statistics."""

from functools import lru_cache

import numpy as np

from bench.metrics.base import FloatArray, Metric, total
from bench.model import Interval
from bench.stats.intervals import interval_of

RESAMPLES = 1000
MOST_UNITS = 1000
"""Items beyond this number are resampled in as many random blocks, whose sums spread as their items do."""

SEED = 20_040_625
"""Fixed, so that everyone who recomputes a board finds the same interval, and systems share their resamples."""

_LOW, _HIGH = 0.025, 0.975


def headline_interval(metric: Metric, statistics: FloatArray) -> Interval:
    """The 95% interval of the score of statistics, items x k.

    For a mean of items it is that of `bench.stats.intervals.interval_of`; for corpus BLEU and chrF, error rates,
    macro-F1, MCC and what is composed of them it is the bootstrap's.
    """
    if metric.is_mean:
        return interval_of(metric.item_scores(statistics))
    return bootstrap_interval(metric, statistics)


def compared_values(metric: Metric, statistics: FloatArray) -> FloatArray:
    """What each item makes of the score, shape (items,): values whose mean is the score, for the tests of the ranks.

    For a mean of items they are the items' scores. For any other score they are the jackknife's pseudo-values
    n T - (n - 1) T_without (Tukey 1958; Efron 1982, https://doi.org/10.1137/1.9781611970319, chapter 3), moved so that
    their mean is the score itself: a test of their differences is then one of the scores that the board shows.
    """
    items = len(statistics)
    if metric.is_mean or items < 2:
        return metric.item_scores(statistics)
    whole = total(statistics)
    score = metric.aggregate(whole)
    pseudo = items * score - (items - 1) * metric.aggregates(whole - statistics)
    values: FloatArray = pseudo + (score - pseudo.mean())
    return values


def bootstrap_interval(metric: Metric, statistics: FloatArray) -> Interval:
    """The 95% percentile interval of a seeded bootstrap (Efron & Tibshirani 1993, chapter 13; Koehn 2004 for BLEU).

    https://aclanthology.org/W04-3250. It always holds the score. Its n is that of right-or-wrong items with the same
    standard error. Up to three items, where resamples hardly differ, and where all of them score the same, it is what
    it would be for a mean: too little is known for less.
    """
    items = len(statistics)
    score = metric.aggregate(total(statistics)) if items else 0.0
    resampled = metric.aggregates(resampled_totals(statistics)) if items > 3 else np.full(1, score)
    error = float(resampled.std())
    if error < 1e-12:
        return interval_of(np.clip(np.full(items, score), 0.0, 1.0))
    low, high = (float(end) for end in np.quantile(resampled, (_LOW, _HIGH)))
    return Interval(min(low, score), max(high, score), max(0.0, score * (1 - score)) / error**2)


def resampled_totals(statistics: FloatArray) -> FloatArray:
    """The summed statistics of 1,000 resamples of the items, resamples x k."""
    units = _unit_sums(statistics)
    counts = _counts(len(units))
    # Column by column: a narrow matrix product waits for threads longer than it computes.
    return np.column_stack([counts @ np.ascontiguousarray(column) for column in units.T])


def _unit_sums(statistics: FloatArray) -> FloatArray:
    items = len(statistics)
    if items <= MOST_UNITS:
        return np.ascontiguousarray(statistics)
    blocks = _blocks(items)
    return np.column_stack([np.bincount(blocks, column, MOST_UNITS) for column in statistics.T])


@lru_cache(maxsize=4)
def _blocks(items: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The block of each item, of nearly equal sizes."""
    return np.random.default_rng(SEED).permutation(items) % MOST_UNITS


@lru_cache(maxsize=4)
def _counts(units: int) -> FloatArray:
    """How often each unit stands in each resample, resamples x units."""
    drawn = np.random.default_rng(SEED + 1).integers(0, units, (RESAMPLES, units))
    drawn += np.arange(RESAMPLES)[:, np.newaxis] * units
    return np.bincount(drawn.ravel(), minlength=RESAMPLES * units).reshape(RESAMPLES, units).astype(np.float64)
