"""How fast bytes become scores, beside the time that the mere reading of the same JSON takes."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter

import orjson

from bench.language.specification import parse_signature, parse_specification
from bench.parsing.outputs import read_outputs
from bench.scoring import score
from services.jobs import score_outputs
from services.values import Refusal
from tests.speed.data import Work, work
from tests.speed.figures import Figure, ratios

EXACT = parse_specification('metric = "exact"').signature
TOKEN_F1 = parse_specification('metric = "token_f1"').signature
GOALS = {30: 3.0, 300: 5.0, 3000: 12.0}
FLOOR_GOAL = 2.0


def measure(sizes: Sequence[int] = (30, 300, 3000), large: int = 100_000, rounds: int = 3) -> list[Figure]:
    """Both halves; the small pieces are measured ten times as often."""
    return [*scorecards(sizes, rounds * 10), *against_the_floor(large, rounds)]


def scorecards(sizes: Sequence[int], rounds: int) -> list[Figure]:
    """From the bytes of a file to its scorecard, as a worker does it."""
    works = {items: work(items) for items in sizes}
    times = interleaved({f"{items:,} items": partial(_scorecard, one) for items, one in works.items()}, rounds)
    goals = {f"{items:,} items": GOALS.get(items) for items in sizes}
    return [Figure(f"{name}: bytes to scorecard", taken, goal=goals[name]) for name, taken in times.items()]


def against_the_floor(items: int, rounds: int) -> list[Figure]:
    """Reading, alignment, exact match and token F1 with both intervals, as a multiple of reading the JSON alone."""
    given = work(items)
    times = interleaved({"floor": lambda: _floor(given), "all": lambda: _all(given)}, rounds)
    return [
        Figure(f"{items:,} lines: orjson.loads of each", times["floor"]),
        Figure(f"{items:,} lines: read, align, exact, F1, intervals", times["all"]),
        ratios("… as a multiple of orjson.loads", times["all"], times["floor"], goal=FLOOR_GOAL),
    ]


def interleaved(pieces: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, ...]]:
    """The milliseconds of each piece in each round, after a round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in pieces}
    for number in range(rounds + 1):
        for name, piece in pieces.items():
            began = perf_counter()
            piece()
            if number:
                taken[name].append(1000 * (perf_counter() - began))
    return {name: tuple(times) for name, times in taken.items()}


def _scorecard(given: Work) -> None:
    may_be_partial = False
    if isinstance(score_outputs(given.file, "outputs.jsonl", given.gold, TOKEN_F1, may_be_partial), Refusal):
        raise TypeError("the synthetic file was refused")


def _floor(given: Work) -> None:
    for line in given.file.splitlines():
        orjson.loads(line)


def _all(given: Work) -> None:
    outputs = read_outputs(given.file, "outputs.jsonl", given.ids)
    for signature in (EXACT, TOKEN_F1):
        score(outputs, given.gold, parse_signature(signature))
