"""What the demo's story is told with: a benchmark of Spanish idioms that comes along, or a folder of real input.

A folder holds `gold.jsonl` and beside it one file of outputs for each system, named after it.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
OUTPUT_SUFFIXES: Final = (".csv", ".tsv", ".jsonl", ".json")
GOLD_NAME: Final = "gold.jsonl"
LONGEST_TITLE: Final = 80
IN_ORDER: Final = ("literal-baseline", "tiny-1b", "basalt-3b", "atlas-7b", "cumulus-13b")
NUMBER_AFTER_A: Final = 'metric = "numeric"\nextract = "after:A:"\n'


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as it would be attached."""

    name: str
    content: bytes = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> "DataFile":
        """The file at a path."""
        return cls(path.name, path.read_bytes())


@dataclass(frozen=True, slots=True)
class SystemOutputs:
    """The outputs of one system."""

    system: str
    file: DataFile


@dataclass(frozen=True, slots=True)
class Claim:
    """What the submitter of a system claims about an item, in whose prompt `item` stands."""

    system: str
    item: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class StoryData:
    """A benchmark and what was submitted to it.

    `broken` is a file that the bot refuses, of the system named by `broken_system`; the story mends it by sending
    that system's own file. With `every_format`, each system is sent as CSV, JSONL and JSON, which must score alike.
    What `is_voted_on` has a pilot before its launch; a `dispute` changes its gold at the end.
    """

    title: str
    statement: str
    language: str
    specification: str
    gold: DataFile
    systems: tuple[SystemOutputs, ...]
    broken: DataFile | None = None
    broken_system: str | None = None
    every_format: bool = False
    is_voted_on: bool = False
    dispute: Claim | None = None


def slang() -> StoryData:
    """Forty Spanish idioms and five for practice, with the outputs of five invented systems."""
    return StoryData(
        title="Spanish slang",
        statement=(
            "What does the idiom mean? Answer with its meaning in plain English, in a few words and without a subject: "
            "“crazy”, not “he is crazy”. The idioms come from eight countries; "
            "where a region uses one differently, the region of the tag counts."
        ),
        language="es",
        specification=(HERE / "specification.toml").read_text(encoding="utf-8"),
        gold=DataFile.read(HERE / "slang.jsonl"),
        systems=tuple(sorted(systems_in(HERE / "systems"), key=lambda one: IN_ORDER.index(one.system))),
        broken=DataFile.read(HERE / "broken.csv"),
        broken_system="atlas-7b",
        is_voted_on=True,
        dispute=Claim(
            "atlas-7b", "Eso es la leche", "the best", "In Spain “es la leche” is said of what is the best there is."
        ),
    )


def folder(path: Path, specification: str = NUMBER_AFTER_A) -> StoryData:
    """A folder of real input. Raises FileNotFoundError where its gold or every output is missing."""
    gold = path / GOLD_NAME
    if not gold.is_file():
        raise FileNotFoundError(f"{path} holds no {GOLD_NAME}; it needs that file and one file of outputs per system.")
    systems = systems_in(path)
    if not systems:
        raise FileNotFoundError(
            f"{path} holds no outputs beside {GOLD_NAME}; put one .csv, .jsonl or .json in for each system."
        )
    return StoryData(
        title=path.resolve().name[:LONGEST_TITLE],
        statement=f"The benchmark in the folder {path.resolve().name}, with the outputs that lie beside it.",
        language="en",
        specification=specification,
        gold=DataFile.read(gold),
        systems=systems,
        every_format=True,
    )


def systems_in(path: Path) -> tuple[SystemOutputs, ...]:
    """The systems of a folder by name; the gold and whatever is no file of outputs are left out."""
    files = sorted(file for file in path.iterdir() if file.suffix in OUTPUT_SUFFIXES and file.name != GOLD_NAME)
    return tuple(SystemOutputs(file.stem, DataFile.read(file)) for file in files)
