"""From scores to a board that claims no more than the evidence allows."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bench.standing import Entry, RankedEntry, Standings
from bench.stats.intervals import FloatArray
from bench.stats.max_t import better_by_max_t
from bench.stats.pairs import compare_all, holm

ALPHA = 0.05
FEWEST_ITEMS = 20
"""Below this an interval is some 17 points wide on either side: no rank is claimed."""

MOST_BY_PAIRS = 15
"""With more systems than this the largest t over all pairs replaces Holm's correction, if there are enough items."""

FEWEST_ITEMS_FOR_MAX_T = 100
COMPARED_DIGITS = 9


def standings(
    guild_id: int,
    task_id: int,
    gold_version: int,
    signature: str,
    entries: Sequence[Entry],
    item_scores: Sequence[FloatArray],
    *,
    items: int = 0,
) -> Standings:
    """The board: entries best first, each with its rank and the range of ranks that the evidence allows.

    `item_scores` has one array of shape (items,) for each entry, all in the same order of items. `items` is what an
    empty board says. Equal scores share a rank, and stand in the order in which they arrived.
    """
    order = sorted(range(len(entries)), key=lambda i: (-shown(entries[i]), entries[i].received_at, i))
    best_first = [entries[i] for i in order]
    ranks = competition_ranks([shown(entry) for entry in best_first])
    counted = len(item_scores[0]) if item_scores else items
    claims = counted >= FEWEST_ITEMS
    ranges = rank_ranges([item_scores[i] for i in order]) if claims else [(rank, rank) for rank in ranks]
    ranked = tuple(
        RankedEntry(entry, rank, low, high) for entry, rank, (low, high) in zip(best_first, ranks, ranges, strict=True)
    )
    return Standings(guild_id, task_id, gold_version, signature, counted, ranked, claims_ranks=claims)


def competition_ranks(best_first: Sequence[float]) -> list[int]:
    """Ranks of scores that descend, where equal ones share the better rank: 1, 2, 2, 4."""
    ranks: list[int] = []
    for position, score in enumerate(best_first):
        tied = position > 0 and score == best_first[position - 1]
        ranks.append(ranks[-1] if tied else position + 1)
    return ranks


def rank_ranges(item_scores: Sequence[FloatArray]) -> list[tuple[int, int]]:
    """For each system the best and the worst rank that the data do not contradict.

    Best is 1 + the number of systems significantly better, worst the number of systems less those significantly worse
    (Mogstad, Romano, Shaikh & Wilhelm 2024, https://doi.org/10.1093/restud/rdad006), with at most .05 for any false
    claim. A range of 1 to something means: may be the best.
    """
    systems = len(item_scores)
    if systems == 0:
        return []
    better = significantly_better(item_scores)
    return [(1 + int(better[:, i].sum()), systems - int(better[i].sum())) for i in range(systems)]


def significantly_better(item_scores: Sequence[FloatArray]) -> npt.NDArray[np.bool_]:
    """Whether the system of the row is better than that of the column, systems x systems, at .05 for any false claim.

    By all paired tests with Holm's correction; with more than 15 systems on at least 100 items by `better_by_max_t`,
    which is sharper there, but too liberal on few items.
    """
    systems = len(item_scores)
    if systems > MOST_BY_PAIRS and len(item_scores[0]) >= FEWEST_ITEMS_FOR_MAX_T:
        return better_by_max_t(item_scores, ALPHA)
    above = np.triu_indices(systems, 1)
    adjusted = np.ones((systems, systems))
    adjusted[above] = holm(compare_all(item_scores)[above])
    adjusted = np.minimum(adjusted, adjusted.T)
    means = np.array([scores.mean() for scores in item_scores])
    return (adjusted <= ALPHA) & (means[:, None] > means[None, :])


def shown(entry: Entry) -> float:
    """The score as it is compared: beyond nine digits two scores are the same."""
    return round(entry.score, COMPARED_DIGITS)
