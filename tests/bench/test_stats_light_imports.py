"""The rules that the bot's own process needs for its sentences import no numpy."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["canaries", "chances", "power", "split", "tries", "words"])
def test_a_rule_without_arrays_imports_no_heavy_library(module: str) -> None:
    program = (
        f"import sys, bench.stats.{module}; print(*sorted({{'numpy', 'pandas', 'matplotlib'}} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
