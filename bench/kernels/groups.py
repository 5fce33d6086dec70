"""Reductions over neighbouring rows that belong together, such as the references of one item."""

import numpy as np
import numpy.typing as npt

from bench.kernels.sequences import IntArray

FloatArray = npt.NDArray[np.float64]


def maxima(values: FloatArray, counts: IntArray, *, empty: float = 0.0) -> FloatArray:
    """The largest value of each group, shape (groups,); group i has the next `counts[i]` values, and may have none."""
    largest = np.full(len(counts), empty)
    filled = np.flatnonzero(counts)
    if len(filled):
        starts = (np.cumsum(counts) - counts)[filled]
        largest[filled] = np.maximum.reduceat(values, starts)
    return largest


def first_best(values: FloatArray, counts: IntArray) -> IntArray:
    """The row of the first largest value of each group, shape (groups,), and -1 for a group without any."""
    groups = np.repeat(np.arange(len(counts)), counts)
    best = np.flatnonzero(values == maxima(values, counts)[groups])
    chosen = np.full(len(counts), -1)
    owners, places = np.unique(groups[best], return_index=True)
    chosen[owners] = best[places]
    return chosen
