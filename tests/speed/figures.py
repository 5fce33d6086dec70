"""What was measured, and how it is printed: least, median, most, and what was hoped for."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

NAME, NUMBER = 58, 10


@dataclass(frozen=True, slots=True)
class Figure:
    """Samples of one thing. `unit` is "ms" or "x" (a ratio inside one run).

    `goal` is what `share` of the samples (.5: the median, .99: p99) should stay below, or with `at_least` reach; it
    informs and fails nothing.
    """

    name: str
    samples: tuple[float, ...]
    unit: str = "ms"
    goal: float | None = None
    share: float = 0.5
    at_least: bool = False

    @property
    def reached(self) -> float:
        """The value that the goal is about."""
        return quantile(self.samples, self.share)


def quantile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that `share` of all do not exceed; the median is the middle of two where they are even."""
    if share == 0.5:
        return median(samples)
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def ratios(
    name: str, above: Sequence[float], below: Sequence[float], *, goal: float | None = None, at_least: bool = False
) -> Figure:
    """The ratio within each round, so that what slows the machine down slows both."""
    return Figure(name, tuple(a / b for a, b in zip(above, below, strict=True)), "x", goal, at_least=at_least)


def table(title: str, figures: Sequence[Figure]) -> list[str]:
    """The lines of one part."""
    head = f"{title:{NAME}}" + "".join(f"{name:>{NUMBER}}" for name in ("min", "median", "max", "p99"))
    return [head, "-" * len(head), *(_line(figure) for figure in figures), ""]


def machine() -> str:
    """What it was measured on."""
    load = os.getloadavg()[0]
    return f"{_cpu()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start"


def _line(figure: Figure) -> str:
    samples = figure.samples
    numbers = (min(samples), median(samples), max(samples))
    shown = "".join(f"{_number(number, figure.unit):>{NUMBER}}" for number in numbers)
    rare = _number(quantile(samples, 0.99), figure.unit) if len(samples) >= 50 else ""
    return f"{figure.name[:NAME]:{NAME}}{shown}{rare:>{NUMBER}}{_verdict(figure)}"


def _number(number: float, unit: str) -> str:
    digits = 2 if number < 10 else 1 if number < 100 else 0
    return f"{number:,.{digits}f} {unit}"


def _verdict(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    which = "median" if figure.share == 0.5 else f"p{figure.share * 100:.0f}"
    is_met = figure.reached >= figure.goal if figure.at_least else figure.reached <= figure.goal
    sign = "≥" if figure.at_least else "≤"
    return f"   goal: {which} {sign} {figure.goal:g} {figure.unit}, {'met' if is_met else 'not met'}"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
