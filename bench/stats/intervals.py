"""The interval of a score."""

from math import fsum, sqrt

import numpy as np
import numpy.typing as npt

from bench.model import Interval

FloatArray = npt.NDArray[np.float64]

Z_95 = 1.959963984540054
"""The 97.5% quantile of the standard normal distribution."""

_T_OF_FEW = (12.706204736432095, 4.302652729696142, 3.182446305284263, 2.7764451051977987)


def interval_of(item_scores: FloatArray) -> Interval:
    """The 95% interval of the mean of item scores in 0..1, shape (items,): Wilson on the effective number of items.

    Wilson (1927, https://doi.org/10.1080/01621459.1927.10502953) is for right and wrong; a graded score spreads less,
    which is worth more items: n_eff = p(1-p) / SE^2 with SE^2 = variance / n (Korn & Graubard 1998, Survey Methodology
    24(2), 193-201). For scores of 0 and 1, n_eff is n. Where all items score the same the spread tells nothing, and n
    stands. Without items the interval is all of 0..1.
    """
    items = len(item_scores)
    if items == 0:
        return Interval(0.0, 1.0, 0.0)
    mean = fsum(item_scores.tolist()) / items
    low, high = wilson(mean, effective_items(item_scores, mean))
    return Interval(low, high, effective_items(item_scores, mean))


def t_quantile(degrees: int) -> float:
    """The 97.5% quantile of Student's t with so many degrees of freedom, 1 at least; off by less than .004.

    Up to 4 degrees it stands in a table, above it is the expansion around the normal quantile, to the third term
    (Abramowitz & Stegun 1964, Handbook of Mathematical Functions, 26.7.5).
    """
    if degrees <= len(_T_OF_FEW):
        return _T_OF_FEW[degrees - 1]
    z = Z_95
    first = (z**3 + z) / (4 * degrees)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * degrees**3)
    return z + first + second + third


def effective_items(item_scores: FloatArray, mean: float) -> float:
    """How many right-or-wrong items would give the mean its standard error; never less than there are."""
    items = len(item_scores)
    spread = float(np.mean((item_scores - mean) ** 2))
    if is_right_or_wrong(item_scores) or spread < 1e-18:
        return float(items)
    return max(float(items), mean * (1 - mean) * items / spread)


def wilson(share: float, items: float, quantile: float = Z_95) -> tuple[float, float]:
    """Low and high end of the 95% Wilson score interval of a share of `items`, which need not be whole."""
    squared = quantile * quantile
    centre = (share + squared / (2 * items)) / (1 + squared / items)
    half = quantile * sqrt(share * (1 - share) / items + squared / (4 * items * items)) / (1 + squared / items)
    low = 0.0 if share <= 0 else max(0.0, centre - half)
    high = 1.0 if share >= 1 else min(1.0, centre + half)
    return low, high


def is_right_or_wrong(item_scores: FloatArray) -> bool:
    """Whether every score is 0 or 1."""
    return bool(np.all((item_scores == 0.0) | (item_scores == 1.0)))
