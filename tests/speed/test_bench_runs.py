"""Every part of `make bench` runs, in tiny; no time is judged."""

from pathlib import Path

from tests.speed import boards, gold, scoring, wire
from tests.speed.figures import Figure, machine, quantile, table


async def test_the_wire_is_measured(tmp_path: Path) -> None:
    scale = wire.Scale(
        sizes=(24,), rounds=1, burst_items=24, burst_files=2, bursts=1, votes=2, voted_items=(24,), gold_votes=20
    )
    check(await wire.measure(tmp_path, scale), expected=8)


async def test_changes_of_gold_are_measured() -> None:
    check(await gold.measure(sizes=(30, 40), systems=3, changed=5, rounds=1), expected=7)


def test_boards_are_measured() -> None:
    check(boards.measure(systems=3, items=25, rounds=1), expected=4)


def test_scoring_is_measured() -> None:
    check(scoring.measure(sizes=(5,), large=100, sentences=20, rounds=1), expected=11)


def test_p99_is_a_sample_and_the_median_the_middle() -> None:
    assert quantile(range(1, 201), 0.99) == 198
    assert quantile([4.0], 0.99) == 4.0
    assert quantile([1.0, 2.0, 3.0, 10.0], 0.5) == 2.5


def test_a_goal_is_said_with_whether_it_was_met() -> None:
    (*_, slow, fast, _) = table("Part", [Figure("slow", (3.0,), goal=2.0), Figure("fast", (1.0,), goal=2.0)])
    (*_, times, _) = table("Part", [Figure("times", (3.0,), "x", goal=2.0, at_least=True)])
    assert times.endswith("goal: median ≥ 2 x, met")
    assert slow.endswith("goal: median ≤ 2 ms, not met")
    assert fast.endswith("goal: median ≤ 2 ms, met")
    assert "cores, Python 3." in machine()


def check(figures: list[Figure], expected: int) -> None:
    """All figures are there, each with samples above zero."""
    assert len(figures) == expected
    assert all(figure.samples and min(figure.samples) > 0 for figure in figures)
