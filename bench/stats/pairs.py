"""Whether one system is better than another on the same items."""

from collections.abc import Sequence
from functools import lru_cache
from math import erfc, exp, lgamma, log, sqrt

import numpy as np
import numpy.typing as npt

from bench.stats.intervals import FloatArray, is_right_or_wrong

FLIPS = 10_000
SEED = 1319
"""Fixed, so that everyone who recomputes a board finds the same p values."""

EXACT_DIFFERENCES = 13
NORMAL_DIFFERENCES = 1000
_EXACT_DISCORDANT = 2000
_CHUNK = 4_000_000


@lru_cache(maxsize=4096)
def mid_p_mcnemar(only_first: int, only_second: int) -> float:
    """The two-sided mid-p value of McNemar's test: items that only the first, and only the second, has right.

    p = 2 P(X <= min) - P(X = min) with X ~ Binomial(n, 1/2), n the sum of both (Fagerland, Lydersen & Laake 2013,
    https://doi.org/10.1186/1471-2288-13-91). Exact in integers up to n = 2000, in floating point beyond. No item that
    differs gives 1.
    """
    discordant, smaller = only_first + only_second, min(only_first, only_second)
    if discordant > _EXACT_DISCORDANT:
        return _mid_p_of_many(discordant, smaller)
    term = below = 1
    for successes in range(smaller):
        term = term * (discordant - successes) // (successes + 1)
        below += term
    return (2 * below - term) / (1 << discordant)


def sign_flip(differences: FloatArray, *, flips: int = FLIPS, seed: int = SEED) -> float:
    """The two-sided p value of the paired randomisation test on the sum of differences, shape (items,).

    If both systems were alike, each difference could as well have the other sign (Fisher 1935; Noreen 1989). With up
    to 13 that are not zero all sign patterns are counted; else `flips` random ones, with 1 added above and below the
    line so that the value stays valid (Phipson & Smyth 2010, https://doi.org/10.2202/1544-6115.1585).
    """
    pair = np.vstack((differences, np.zeros_like(differences)))
    present = differences[differences != 0]
    if len(present) <= EXACT_DIFFERENCES:
        return _all_patterns(present)
    return float(_random_patterns(pair, np.array([[0, 1]]), flips, seed)[0])


def compare(first: FloatArray, second: FloatArray) -> float:
    """The p value of two systems' item scores, shape (items,), by the test that fits them (see `compare_all`)."""
    return float(compare_all([first, second])[0, 1])


def compare_all(item_scores: Sequence[FloatArray]) -> FloatArray:
    """The p values of all pairs, symmetric, systems x systems, 1 on the diagonal.

    Two systems with right-or-wrong scores: mid-p McNemar. Graded ones: sign flips, the same for every pair, so that a
    pair alone and within a board have the same p value; from 1000 differences on, the normal limit
    z = sum d / sqrt(sum d^2). The p value of sign flips is never put above 2 exp(-z^2 / 2), which bounds that of all
    sign patterns (Hoeffding 1963, https://doi.org/10.1080/01621459.1963.10500830): random flips alone cannot get below
    1 in 10,001, and so could rank no large board.
    """
    scores = np.vstack([np.asarray(row, dtype=np.float64) for row in item_scores])
    p_values = np.ones((len(scores), len(scores)))
    firsts, seconds = np.triu_indices(len(scores), 1)
    pairs = np.column_stack((firsts, seconds))
    binary = np.array([is_right_or_wrong(row) for row in scores])
    counted = binary[firsts] & binary[seconds]
    found = np.ones(len(pairs))
    found[counted] = _mcnemar_of_pairs(scores, pairs[counted])
    found[~counted] = _sign_flip_of_pairs(scores, pairs[~counted])
    p_values[firsts, seconds] = p_values[seconds, firsts] = found
    return p_values


def holm(p_values: FloatArray) -> FloatArray:
    """The p values adjusted for their number, so that comparing each with alpha keeps *any* false claim at alpha.

    Holm (1979, Scandinavian Journal of Statistics 6(2), 65-70): the k-th smallest of m is multiplied by m - k + 1, and
    none may be smaller than one before it.
    """
    order = np.argsort(p_values, kind="stable")
    factors = np.arange(len(p_values), 0, -1)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p_values[order] * factors))
    return adjusted


def _mcnemar_of_pairs(scores: FloatArray, pairs: npt.NDArray[np.int64]) -> FloatArray:
    only_first = np.rint(scores @ (1 - scores).T).astype(np.int64)
    return np.array([mid_p_mcnemar(int(only_first[a, b]), int(only_first[b, a])) for a, b in pairs])


def _sign_flip_of_pairs(scores: FloatArray, pairs: npt.NDArray[np.int64]) -> FloatArray:
    p_values = np.empty(len(pairs))
    undecided = []
    for index, (first, second) in enumerate(pairs):
        differences = scores[first] - scores[second]
        present = differences[differences != 0]
        if len(present) <= EXACT_DIFFERENCES:
            p_values[index] = _all_patterns(present)
        elif len(present) >= NORMAL_DIFFERENCES:
            p_values[index] = erfc(abs(_z(present)) / sqrt(2))
        else:
            p_values[index] = min(1.0, 2 * exp(-(_z(present) ** 2) / 2))
            undecided.append(index)
    if undecided:
        flipped = _random_patterns(scores, pairs[undecided], FLIPS, SEED)
        p_values[undecided] = np.minimum(p_values[undecided], flipped)
    return p_values


def _z(present: FloatArray) -> float:
    return float(present.sum() / np.sqrt((present**2).sum()))


def _all_patterns(present: FloatArray) -> float:
    patterns = np.arange(1 << len(present))[:, None] >> np.arange(len(present)) & 1
    sums = np.abs((1 - 2 * patterns) @ present)
    return float(np.mean(sums >= sums[0] - _rounding(present)))


def _random_patterns(scores: FloatArray, pairs: npt.NDArray[np.int64], flips: int, seed: int) -> FloatArray:
    """Because sums are linear, flipping d = a - b is flipping a and b alike: one product serves all pairs."""
    items = scores.shape[1]
    differing = np.flatnonzero((scores[pairs[:, 0]] != scores[pairs[:, 1]]).any(axis=0))
    columns = scores[:, differing].T
    differences = columns[:, pairs[:, 0]] - columns[:, pairs[:, 1]]
    observed = np.abs(differences.sum(axis=0)) - np.array([_rounding(column) for column in differences.T])
    generator = np.random.default_rng(seed)
    as_extreme = np.zeros(len(pairs), dtype=np.int64)
    rows = max(1, _CHUNK // max(1, items))
    for start in range(0, flips, rows):
        bits = generator.integers(0, 256, size=(min(rows, flips - start), (items + 7) // 8), dtype=np.uint8)
        signs = 1.0 - 2.0 * np.unpackbits(bits, axis=1, count=items)[:, differing]
        sums = signs @ columns
        as_extreme += (np.abs(sums[:, pairs[:, 0]] - sums[:, pairs[:, 1]]) >= observed).sum(axis=0)
    return (1 + as_extreme) / (1 + flips)


def _rounding(differences: FloatArray) -> float:
    """How far two equal sums may lie apart by rounding: counted as ties, they must not look less extreme."""
    return 1e-10 * float(np.abs(differences).sum())


def _mid_p_of_many(discordant: int, smaller: int) -> float:
    log_term = lgamma(discordant + 1) - lgamma(smaller + 1) - lgamma(discordant - smaller + 1) - discordant * log(2)
    tail, term, successes = 0.0, 1.0, smaller
    while successes >= 0 and term > tail * 1e-17:
        tail += term
        term *= successes / (discordant - successes + 1)
        successes -= 1
    return min(1.0, exp(log_term + log(2 * tail - 1)))
