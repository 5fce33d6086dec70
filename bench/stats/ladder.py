"""The Ladder: a score on the board rises only when the gain is too large for luck."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from bench.stats.intervals import FloatArray
from bench.stats.tries import SIGMA

_LEAST_STEP = 1e-9
_SHARE_CHANGED = 0.2
_FEWEST_GAINED = 3


@dataclass(frozen=True, slots=True)
class ShownRun:
    """Which run of a system the board shows, and with what score; `is_held` if the run itself scored more."""

    place: int
    score: float
    is_held: bool

    @property
    def sentence(self) -> str | None:
        """Why the score is held; None where it is not."""
        if not self.is_held:
            return None
        return f"Not clearly above your best system, so it stands at the same {self.score:.1%} for now."


def is_clear_gain(best: FloatArray, new: FloatArray) -> bool:
    """Whether a run beats the best one by more than luck, from the item scores of both, shape (items,).

    mean(new) > mean(best) + 1.64 sd(new - best) / sqrt(n) (Blum & Hardt 2015, https://arxiv.org/abs/1502.04585, have 1
    instead of 1.64, which is a test at 16%). The deviation is that of a sample (ddof = 1): with the other one and one
    sigma, a single item gained makes a step below 1/n, and a probe of each item reads off all gold.
    """
    differences = new - best
    items = len(differences)
    if items < 2:
        return False
    step = SIGMA * float(differences.std(ddof=1)) / sqrt(items)
    return float(differences.mean()) > step + _LEAST_STEP


def climb(runs: Iterable[FloatArray]) -> tuple[int, ...]:
    """After each of one system's runs at a task, in their order, which one is shown: its place from 0.

    The first is shown as it is. Where a person has several systems, `climb_with_systems` holds them together.
    """
    shown: list[int] = []
    best: FloatArray | None = None
    for place, run in enumerate(runs):
        if best is None or is_clear_gain(best, run):
            best = run
            shown.append(place)
        else:
            shown.append(shown[-1])
    return tuple(shown)


def climb_with_systems(runs: Iterable[tuple[str, FloatArray]]) -> dict[str, ShownRun]:
    """What is shown of each of a person's systems, given all the person's runs in their order with their system.

    Every system has its own Ladder, but a further name is no second chance at luck: a run above the best of the
    person's other systems that does not beat it clearly stands no higher than that one. Lower ones stand as they are.
    """
    shown: dict[str, ShownRun] = {}
    scores: dict[str, FloatArray] = {}
    best: FloatArray | None = None
    for place, (system, run) in enumerate(runs):
        if system in scores and not is_clear_gain(scores[system], run):
            continue
        leads = best is None or is_clear_gain(best, run)
        height = shown_score(run) if best is None or leads else min(shown_score(run), shown_score(best))
        shown[system] = ShownRun(place, height, is_held=height < shown_score(run))
        scores[system] = run
        best = run if leads else best
    return shown


def shown_score(best: FloatArray) -> float:
    """The score of a run as the Ladder shows it: rounded to whole items, which right-or-wrong scores are already."""
    items = len(best)
    return float(np.floor(best.sum() + 0.5)) / items if items else 0.0


def items_to_rise(items: int) -> int:
    """About how many items more than the best a run needs, net, before it is shown: 5 of 50, 7 of 100, 13 of 300.

    For a fifth of the answers changed; a figure of the run itself would tell how many of its changes hit the gold. Less
    than three gained and none lost are never enough.
    """
    return max(_FEWEST_GAINED, round(SIGMA * sqrt(_SHARE_CHANGED * items)))


def no_gain_sentence(best_score: float, items: int) -> str:
    """What a person reads whose run did not rise, which is the same for a run far below the best."""
    return (
        f"No clear gain: this run scored within the noise of your best ({best_score:.1%}), or below it. "
        f"You need about +{items_to_rise(items)} items of {items:,}."
    )


EXPLANATION = "A score is only raised when the gain is too large for luck."
"""Said once where the rule first matters."""
