"""What the submissions say about the items: how hard each is, and which gold deserves another look by the voters.

Nothing here changes gold: a suspect goes back to the voters with the other answer proposed. Real models agree on some
60% of their common errors (Kim et al. 2025, https://arxiv.org/abs/2506.07962), so half of the suspects may be popular
mistakes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.language.specification import Specification
from bench.model import Item, Outputs
from bench.stats.intervals import FloatArray, interval_of
from bench.stats.mistakes import Mistakes, family_sizes

FEWEST_INDEPENDENT = 5
"""Independent submissions without which no gold is suspected."""

FEWEST_ON_THE_ANSWER = 3
LEAST_SUPPORT = 0.40
MOST_CORRELATION = 0.1
FEWEST_FOR_CORRELATION = 15
"""Submissions below which the correlation of a clean item is below 0 by noise too often to be shown."""

_LEAST_WEIGHT = 0.05
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """How an item did: the share of its score that the submissions got, with Wilson's interval, and its discrimination.

    `correlation` is that of the item with the score on all other items; None below 15 submissions, and where all
    submissions score the same.
    """

    item_id: str
    difficulty: float
    low: float
    high: float
    correlation: float | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """An item on which the submissions agree against the gold.

    `answer` is the commonest spelling of what `systems` of `of` submissions answer; the gold is in no sentence.
    `support` is its share of the trust, `correlation` the item's, None where the item does not vary.
    """

    item_id: str
    answer: str = field(repr=False)
    systems: int
    of: int
    support: float
    correlation: float | None

    @property
    def sentence(self) -> str:
        """The reason in one line, for those who may see the gold."""
        return (
            f"Item {self.item_id}: {self.systems} of {self.of} submissions agree on “{self.answer}” against the gold. "
            "Please vote again."
        )

    @property
    def public_sentence(self) -> str:
        """The reason in one line that holds no answer."""
        return f"Item {self.item_id}: {self.systems} of {self.of} submissions agree on another answer than the gold."


def analyse_items(item_ids: Sequence[str], item_scores: Sequence[FloatArray]) -> tuple[ItemAnalysis, ...]:
    """The analysis of each item; `item_scores` has one array of shape (items,) for each submission."""
    if not item_scores:
        return ()
    scores = np.vstack([np.asarray(row, dtype=np.float64) for row in item_scores])
    correlations = item_rest_correlations(scores, np.ones(len(scores)))
    return tuple(
        _analysis(item_id, column, correlation)
        for item_id, column, correlation in zip(item_ids, scores.T, correlations.tolist(), strict=True)
    )


def find_suspects(
    items: Sequence[Item],
    item_scores: Sequence[FloatArray],
    outputs: Sequence[Outputs],
    specification: Specification,
) -> tuple[Suspect, ...]:
    """The items whose gold may be wrong, the strongest support first; one submission of each system, in one order.

    Suspect is an item where at least three independent submissions give the same answer against the gold, with 40% of
    the trust at least, and where the correlation with the other items is at most .1: the strong ones fail. The trust in
    a submission is the log-odds of its score on the other items plus 1 (.05 at least), divided by the number of
    submissions that make the same mistakes. At least five must be independent.
    """
    if not items or len(item_scores) < FEWEST_INDEPENDENT:
        return ()
    scores = np.vstack([np.asarray(row, dtype=np.float64) for row in item_scores])
    answers = Mistakes(items, scores, outputs, specification)
    shares = 1.0 / family_sizes(answers.codes)
    if shares.sum() < FEWEST_INDEPENDENT - _ROUNDING:
        return ()
    weights = _weights(scores, shares)
    correlations = item_rest_correlations(scores, shares)
    found = [
        suspect
        for place in np.flatnonzero(~(correlations > MOST_CORRELATION)).tolist()
        if (suspect := _suspect(place, answers, weights, shares, correlations)) is not None
    ]
    return tuple(sorted(found, key=lambda suspect: -suspect.support))


def item_rest_correlations(scores: FloatArray, shares: FloatArray) -> FloatArray:
    """Each item's correlation with the score on the other items, from submissions x items and each one's share.

    The corrected point-biserial of item analysis; nan where the item or the rest does not vary.
    """
    shares = shares / shares.sum()
    rest = scores.sum(axis=1, keepdims=True) - scores
    item_part, rest_part = scores - shares @ scores, rest - shares @ rest
    covariance = shares @ (item_part * rest_part)
    spread = np.sqrt((shares @ item_part**2) * (shares @ rest_part**2))
    correlations: FloatArray = np.full(scores.shape[1], np.nan)
    np.divide(covariance, spread, out=correlations, where=spread > _ROUNDING)
    return correlations


def _weights(scores: FloatArray, shares: FloatArray) -> FloatArray:
    """The trust in each submission for each item, submissions x items, from its score on the other items."""
    rest = scores.sum(axis=1, keepdims=True) - scores
    others = scores.shape[1] - 1
    log_odds = np.log((rest + 1.0) / (others - rest + 1.0))
    trust: FloatArray = np.maximum(_LEAST_WEIGHT, log_odds + 1.0) * shares[:, None]
    return trust


def _suspect(
    place: int, answers: Mistakes, weights: FloatArray, shares: FloatArray, correlations: FloatArray
) -> Suspect | None:
    codes, trust = answers.codes[:, place], weights[:, place]
    given = codes >= 0
    if given.sum() < FEWEST_ON_THE_ANSWER:
        return None
    support = np.bincount(codes[given], weights=trust[given]) / trust.sum()
    best = int(support.argmax())
    on_it = codes == best
    if support[best] < LEAST_SUPPORT or shares[on_it].sum() < FEWEST_ON_THE_ANSWER - _ROUNDING:
        return None
    return Suspect(
        item_id=answers.items[place].id,
        answer=answers.spelling(place, best),
        systems=int(on_it.sum()),
        of=len(codes),
        support=float(support[best]),
        correlation=None if np.isnan(correlations[place]) else float(correlations[place]),
    )


def _analysis(item_id: str, scores: FloatArray, correlation: float) -> ItemAnalysis:
    interval = interval_of(scores)
    shown = len(scores) >= FEWEST_FOR_CORRELATION and not np.isnan(correlation)
    return ItemAnalysis(item_id, float(scores.mean()), interval.low, interval.high, correlation if shown else None)
