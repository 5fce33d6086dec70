"""What the bot's own process imports of this room stays light."""

import subprocess
import sys

import pytest

LIGHT = (
    "bench.answers",
    "bench.baselines",
    "bench.dealing",
    "bench.history",
    "bench.spellings",
    "bench.stats.agreement",
    "bench.stats.canaries",
    "bench.stats.concentration",
    "bench.stats.consensus",
    "bench.stats.trust",
    "bench.errors",
    "bench.model",
    "bench.gate",
    "bench.metrics.catalogue",
    "bench.language.specification",
    "bench.language.extract",
    "bench.language.forms",
    "bench.language.normalize",
    "bench.metrics.chosen",
    "bench.metrics.pairs",
    "bench.stats.power",
)


@pytest.mark.parametrize("module", LIGHT)
def test_a_light_module_imports_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*sorted({{'numpy', 'pandas', 'matplotlib'}} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
