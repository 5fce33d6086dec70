"""How fast a board is ranked and drawn."""

from datetime import UTC, datetime, timedelta

import numpy as np

from bench.model import Interval
from bench.scoring import pack
from bench.standing import Entry
from bench.stats.intervals import interval_of
from services.jobs import draw, rank
from tests.speed.data import SEED
from tests.speed.figures import Figure
from tests.speed.scoring import EXACT, TOKEN_F1, interleaved

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD_GOAL = 1000.0


def measure(systems: int = 21, items: int = 630, rounds: int = 7) -> list[Figure]:
    """Ranking of right-or-wrong and of graded scores, and the picture."""
    graded, counted = _entries(systems, items, graded=True), _entries(systems, items, graded=False)
    standings = rank(1, 2, 1, TOKEN_F1, *graded, items)
    pieces = {
        "rank (exact)": lambda: rank(1, 2, 1, EXACT, *counted, items),
        "rank (F1)": lambda: rank(1, 2, 1, TOKEN_F1, *graded, items),
        "draw": lambda: draw(standings, "A board of many systems"),
    }
    times = interleaved(pieces, rounds)
    together = tuple(a + b for a, b in zip(times["rank (F1)"], times["draw"], strict=True))
    name = f"{systems} systems x {items} items"
    return [
        *(Figure(f"{name}: {piece}", times[piece]) for piece in pieces),
        Figure(f"{name}: rank (F1) and draw", together, goal=BOARD_GOAL),
    ]


def _entries(systems: int, items: int, *, graded: bool) -> tuple[tuple[Entry, ...], tuple[bytes, ...]]:
    chance = np.random.default_rng(SEED)
    difficulty = chance.uniform(0, 1, items)
    entries, packed = [], []
    for number in range(systems):
        skill = 0.4 + 0.5 * number / systems
        scores = np.clip(skill + 0.5 - difficulty + chance.normal(0, 0.2, items), 0, 1)
        scores = np.round(scores * 4) / 4 if graded else (scores > 0.5).astype(float)
        packed.append(pack(np.column_stack((scores, np.ones(items)))))
        entries.append(_entry(number, float(scores.mean()), interval_of(scores), items))
    best_first = sorted(range(systems), key=lambda number: -entries[number].score)
    return tuple(entries[number] for number in best_first), tuple(packed[number] for number in best_first)


def _entry(number: int, score: float, interval: Interval, items: int) -> Entry:
    return Entry(
        number + 1,
        100 + number,
        f"Member {number}",
        f"system-{number}",
        score,
        interval,
        items,
        items,
        1,
        NOON + timedelta(minutes=number),
    )
