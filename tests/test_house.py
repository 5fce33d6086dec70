"""The house keeps its own rules: which room may import which, what only one room knows, how long a file may be."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
MAY_IMPORT: dict[str, set[str]] = {
    "bench": set(),
    "storage": {"bench"},
    "charts": {"bench"},
    "services": {"bench", "storage", "charts"},
    "cogs": {"bench", "services"},
    "sandbox": set(),
    "bot": {"bench", "storage", "charts", "services", "cogs", "sandbox"},
}
ONLY_THERE = {
    "matplotlib": {"charts"},
    "discord": {"cogs", "bot"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "pandas": {"bench"},
    "pebble": {"services"},
    "typer": {"bot"},
}
LONGEST_FILE = 300
LONGER = {"storage/migrations/versions/0001_first_tables.py"}  # all tables at one revision, written once
MOCKS = {"unittest.mock", "mock", "pytest_mock"}
HEAVY = ("numpy", "pandas", "matplotlib")

FILES = {room: sorted((PROJECT / room).rglob("*.py")) for room in MAY_IMPORT}
TESTS = sorted((PROJECT / "tests").rglob("*.py"))


def place(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


def imports_of(file: Path) -> set[str]:
    return set(imports(file.read_text(encoding="utf-8"), file.relative_to(PROJECT).parts[:-1]))


def imports(source: str, package: tuple[str, ...]) -> Iterator[str]:
    """Every module that the source names in an import anywhere, also inside functions and for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*parents, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and is_import_call(node.func) and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def is_import_call(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id in {"__import__", "import_module"}) or (
        isinstance(function, ast.Attribute) and function.attr == "import_module"
    )


def roots(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


def test_the_reader_of_imports_sees_the_hidden_ones() -> None:
    source = """
def late():
    from . import model
    from ..storage.schema import task
    importlib.import_module("discord.ext")
    if TYPE_CHECKING:
        import numpy.typing as npt
"""
    assert {"bench.stats.model", "bench.storage.schema.task", "discord.ext", "numpy.typing"} <= set(
        imports(source, ("bench", "stats"))
    )


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    strangers = {*MAY_IMPORT, "tests"} - MAY_IMPORT[room] - {room}
    assert FILES[room]
    wrong = {place(file): found for file in FILES[room] if (found := roots(imports_of(file)) & strangers)}
    assert wrong == {}


@pytest.mark.parametrize("library", ONLY_THERE)
def test_what_one_room_knows_stays_in_it(library: str) -> None:
    knowing = {room for room in FILES for file in FILES[room] if library in roots(imports_of(file))}
    assert knowing
    assert knowing <= ONLY_THERE[library]


def test_pyplot_is_nowhere_since_it_breaks_in_threads() -> None:
    assert [place(file) for file in every_file() if any("pyplot" in name.split(".") for name in imports_of(file))] == []


def test_no_test_speaks_to_a_mock() -> None:
    assert [place(file) for file in TESTS if MOCKS & imports_of(file)] == []


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    lengths = {place(file): len(file.read_text(encoding="utf-8").splitlines()) for file in every_file()}
    assert {file for file, lines in lengths.items() if lines > LONGEST_FILE} <= LONGER


@pytest.mark.parametrize("module", ["bot.app", "bot.cli", "bot.__main__"])
def test_the_bots_own_process_carries_no_scientific_library(module: str) -> None:
    program = f"import sys, {module}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def every_file() -> list[Path]:
    return [file for room in FILES for file in FILES[room]] + TESTS
