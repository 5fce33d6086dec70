"""Which of many systems are better than which, by the largest t over all pairs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bench.stats.intervals import FloatArray
from bench.stats.pairs import SEED

DRAWS = 2000

_BLOCK = 4_000_000
_ROUNDING = 1e-9

_BoolArray = npt.NDArray[np.bool_]


def better_by_max_t(item_scores: Sequence[FloatArray], alpha: float, *, draws: int = DRAWS) -> _BoolArray:
    """Whether the system of the row is better than that of the column, systems x systems.

    The chance of *any* false claim is kept near `alpha`: a pair is claimed where its paired |t| passes the (1 - alpha)
    quantile of the largest |t| of all pairs that are not claimed yet, again and again until none is added (Mogstad,
    Romano, Shaikh & Wilhelm 2024, https://doi.org/10.1093/restud/rdad006; the steps are those of Romano & Wolf 2005,
    https://doi.org/10.1198/016214504000000539). Unlike Holm's correction it gains from systems that err alike.

    The quantile comes from the Gaussian multiplier bootstrap of the items (Chernozhukov, Chetverikov & Kato 2013,
    https://doi.org/10.1214/13-AOS1161). Given the scores, its means are exactly normal with their covariance, so that
    is what is drawn, `draws` times from a fixed seed: the cost of drawing does not grow with the items.
    """
    scores = np.vstack([np.asarray(row, dtype=np.float64) for row in item_scores])
    # Best first, so that the draws, and with them the claims, do not depend on the order of the call.
    order = np.argsort(-scores.mean(axis=1), kind="stable")
    pairs = _Pairs(scores[order])
    normal = np.random.default_rng(SEED).standard_normal((draws, len(scores)))
    claimed = _step_down(pairs, normal @ factor(pairs.covariance).T, alpha)
    better = np.zeros((len(scores), len(scores)), dtype=np.bool_)
    better[order[pairs.firsts[claimed]], order[pairs.seconds[claimed]]] = True
    return better


def factor(covariance: FloatArray) -> FloatArray:
    """A lower triangular L with L L' = covariance, which may be singular, as it is where two systems answer alike.

    Cholesky's by outer products. No eigenvectors: their signs differ between machines, and with them every draw.
    """
    left = covariance.copy()
    lower = np.zeros_like(covariance)
    smallest = _ROUNDING * float(covariance.diagonal().max(initial=0.0))
    for column in range(len(covariance)):
        if left[column, column] > smallest:
            lower[:, column] = left[:, column] / np.sqrt(left[column, column])
            left -= np.outer(lower[:, column], lower[:, column])
    return lower


class _Pairs:
    """All pairs of systems that come best first, each with the t of its difference."""

    def __init__(self, scores: FloatArray) -> None:
        systems, items = scores.shape
        means = scores.mean(axis=1)
        centred = scores - means[:, None]
        self.covariance: FloatArray = centred @ centred.T / (items - 1)
        self.firsts, self.seconds = np.triu_indices(systems, 1)
        variances = self.covariance.diagonal()
        spread = variances[self.firsts] + variances[self.seconds] - 2 * self.covariance[self.firsts, self.seconds]
        differences = means[self.firsts] - means[self.seconds]
        self.deviations: FloatArray = np.sqrt(np.maximum(0.0, spread))
        # Where a difference is the same on every item nothing is left to chance, and the pair is drawn as 0.
        self.deviations[self.deviations < _ROUNDING] = np.inf
        self.t: FloatArray = np.where(
            np.isinf(self.deviations) & (differences > _ROUNDING),
            np.inf,
            differences * np.sqrt(items) / self.deviations,
        )

    def largest(self, draws: FloatArray, left: npt.NDArray[np.int64]) -> FloatArray:
        """The largest |t| over the pairs that are left, for each draw of the systems' means."""
        firsts, seconds, deviations = self.firsts[left], self.seconds[left], self.deviations[left]
        rows = max(1, _BLOCK // len(left))
        blocks = (draws[start : start + rows] for start in range(0, len(draws), rows))
        return np.concatenate(
            [(np.abs(block[:, firsts] - block[:, seconds]) / deviations).max(axis=1) for block in blocks]
        )


def _step_down(pairs: _Pairs, draws: FloatArray, alpha: float) -> npt.NDArray[np.int64]:
    claimed = np.zeros(len(pairs.t), dtype=np.bool_)
    while not claimed.all():
        left = np.flatnonzero(~claimed)
        critical = np.quantile(pairs.largest(draws, left), 1 - alpha, method="higher")
        added = left[pairs.t[left] > critical]
        if not len(added):
            break
        claimed[added] = True
    return np.flatnonzero(claimed)
