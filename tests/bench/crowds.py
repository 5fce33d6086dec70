"""A crowd with a known truth: experts, regulars and careless members vote on good, ambiguous and wrong items.

Their chances are such that the whole crowd votes as was simulated for the rule's table of error rates.
"""

import random

from bench.model import ItemState, VoteValue
from bench.stats.consensus import decide
from bench.stats.trust import Voter, weighted

Chances = tuple[float, float, float]
KINDS = ("good", "ambiguous", "wrong")
SHARE_OF_ITEMS = {"good": 0.80, "ambiguous": 0.12, "wrong": 0.08}
EXPERTS: dict[str, Chances] = {"good": (0.95, 0.03, 0.02), "ambiguous": (0.30, 0.50, 0.20), "wrong": (0.05, 0.07, 0.88)}
REGULARS: dict[str, Chances] = {
    "good": (0.837, 0.093, 0.070),
    "ambiguous": (0.390, 0.347, 0.263),
    "wrong": (0.143, 0.187, 0.670),
}
CARELESS: dict[str, Chances] = {
    "good": (0.64, 0.19, 0.17),
    "ambiguous": (0.48, 0.26, 0.26),
    "wrong": (0.42, 0.22, 0.36),
}
MEMBERS = (EXPERTS, REGULARS, CARELESS)
USUAL = (0.2, 0.6, 0.2)
HALF_CARELESS = (0.125, 0.375, 0.5)
OLD, NEW = 400.0, 3.5

Cast = list[tuple[VoteValue, Voter]]
Rates = dict[str, dict[ItemState, float]]


def final_state(
    generator: random.Random, kind: str, mixture: Chances, checks: int, first: Cast
) -> tuple[ItemState, int]:
    """The first decision on an item, and after how many votes; `first` are votes that stand before the crowd's."""
    cast = list(first)
    state = decide(weighted(cast)).state
    while state is ItemState.OPEN:
        member = generator.choices(MEMBERS, mixture)[0]
        right = sum(generator.random() < member["good"][0] for _ in range(checks))
        value = generator.choices(list(VoteValue), member[kind])[0]
        cast.append((value, Voter(OLD, right, checks - right)))
        state = decide(weighted(cast)).state
    return state, len(cast)


def rates(
    seed: int, items: int, mixture: Chances = USUAL, checks: int = 0, attack: dict[str, Cast] | None = None
) -> tuple[Rates, float]:
    """How often items of each kind (or of those attacked) end in each state, and the mean votes on good ones."""
    generator = random.Random(seed)  # noqa: S311 - a simulation, no secret
    found: Rates = {}
    votes = 0
    for kind in attack or KINDS:
        counts = dict.fromkeys(ItemState, 0)
        for _ in range(items):
            state, cast = final_state(generator, kind, mixture, checks, (attack or {}).get(kind, []))
            counts[state] += 1
            votes += cast if kind == "good" else 0
        found[kind] = {state: count / items for state, count in counts.items()}
    return found, votes / items


def bad_among_settled(found: Rates) -> float:
    """The share of settled items that are not good."""
    settled = {kind: SHARE_OF_ITEMS[kind] * found[kind][ItemState.SETTLED] for kind in KINDS}
    return 1 - settled["good"] / sum(settled.values())
