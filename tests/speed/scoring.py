"""How fast bytes become scores, beside the time that the mere reading of the same JSON takes."""

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter

import orjson

from bench.language.specification import parse_signature, parse_specification
from bench.metrics.columns import columns_of
from bench.parsing.outputs import read_outputs
from bench.scoring import score, unpack
from services.jobs import score_outputs
from services.values import Refusal
from tests.speed import peers
from tests.speed.data import Work, shuffled, work
from tests.speed.figures import Figure, ratios

EXACT = parse_specification('metric = "exact"').signature
TOKEN_F1 = parse_specification('metric = "token_f1"').signature
BOTH = parse_specification(
    'metric = "composite"\n[[parts]]\nmetric = "exact"\n[[parts]]\nmetric = "token_f1"'
).signature
GOALS = {30: 3.0, 300: 5.0, 3000: 12.0}
FLOOR_GOAL = 2.0
SHUFFLED_GOAL = 2.8


def measure(
    sizes: Sequence[int] = (30, 300, 3000), large: int = 100_000, sentences: int = 1000, rounds: int = 5
) -> list[Figure]:
    """All parts; the small pieces are measured ten times as often."""
    return [
        *scorecards(sizes, rounds * 10),
        *against_the_floor(large, rounds * 2),
        *peers.measure(interleaved, large, sentences, rounds),
    ]


def scorecards(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """From the bytes of a file to its scorecard, as a worker does it."""
    works = {items: work(items) for items in sizes}
    times = interleaved({f"{items:,} items": partial(_scorecard, one) for items, one in works.items()}, rounds)
    goals = {f"{items:,} items": GOALS.get(items) for items in sizes}
    return [Figure(f"{name}: bytes to scorecard", taken, goal=goals[name]) for name, taken in times.items()]


def against_the_floor(items: int, rounds: int) -> list[Figure]:
    """Reading, alignment, exact match and token F1 with both intervals, as a multiple of reading the JSON alone.

    The gold has been read before, as a worker keeps it; the file and all that comes of it are new in each round.
    """
    given = work(items)
    mixed = shuffled(given)
    times = interleaved(
        {"floor": lambda: _floor(given), "all": lambda: _all(given, given.file), "mixed": lambda: _all(given, mixed)},
        rounds,
    )
    name = f"{items:,} lines"
    return [
        Figure(f"{name}: orjson.loads of each", times["floor"]),
        Figure(f"{name}: read, align, exact, F1, intervals", times["all"]),
        ratios("… as a multiple of orjson.loads", times["all"], times["floor"], goal=FLOOR_GOAL),
        ratios("… with ids shuffled", times["mixed"], times["floor"], goal=SHUFFLED_GOAL),
    ]


def interleaved(pieces: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, ...]]:
    """The milliseconds of each piece in each round, after a round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in pieces}
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds + 1):
            for name, piece in pieces.items():
                began = perf_counter()
                piece()
                if number:
                    taken[name].append(1000 * (perf_counter() - began))
    finally:
        gc.enable()
    return {name: tuple(times) for name, times in taken.items()}


def _scorecard(given: Work) -> None:
    may_be_partial = False
    if isinstance(score_outputs(given.file, "outputs.jsonl", given.gold, TOKEN_F1, may_be_partial), Refusal):
        raise TypeError("the synthetic file was refused")


def _floor(given: Work) -> list[object]:
    """All rows, since whoever scores them needs them together."""
    return [orjson.loads(line) for line in given.file.splitlines()]


def _all(given: Work, file: bytes) -> None:
    outputs = read_outputs(file, "outputs.jsonl", given.expected)
    specification = parse_signature(BOTH)
    card = score(outputs, given.gold, specification)
    columns_of(specification, unpack(card.statistics))
