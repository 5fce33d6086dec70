"""Sums that no order of adding changes."""

from math import fsum

import numpy as np
import numpy.typing as npt

_BITS, _HALF = 60, 30
_BOUND = 4.0


def exact_sum(values: npt.NDArray[np.float64]) -> float:
    """The sum, correctly rounded, as `math.fsum` gives it, in a fifth of the time where all values are near 1 or 0.

    Doubles below 4 without a bit beyond the 60th binary place are whole numbers of 2^-60, and those add up exactly.
    """
    if not len(values):
        return 0.0
    if not np.abs(values).max() < _BOUND:
        return fsum(values.tolist())
    scaled = values * 2.0**_BITS
    whole = scaled.astype(np.int64)
    if not np.array_equal(whole, scaled):
        return fsum(values.tolist())
    high, low = whole >> _HALF, whole & ((1 << _HALF) - 1)
    return ((int(high.sum()) << _HALF) + int(low.sum())) / (1 << _BITS)
