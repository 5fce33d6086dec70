"""`python -m tests.speed`: every figure in one run, with the machine that it was measured on."""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.speed import boards, gold, scoring, wire
from tests.speed.figures import machine, table


def main() -> None:
    """Measure and print; no figure fails the run."""
    say([machine(), "Medians of interleaved rounds. Goals inform; p99 stands where there are 50 samples or more.", ""])
    with tempfile.TemporaryDirectory(prefix="touchstone-speed-") as folder:
        say(table("Over the wire", asyncio.run(wire.measure(Path(folder), wire.Scale()))))
    say(table("Changes of gold", asyncio.run(gold.measure())))
    say(table("Boards", boards.measure()))
    say(table("Scoring", scoring.measure()))


def say(lines: Iterable[str]) -> None:
    """Print at once, since the next part takes a while."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
