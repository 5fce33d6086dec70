"""Collecting what is wrong with a file, and showing a stranger's text safely."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from bench.errors import PROBLEMS_SHOWN, BadFile, Problem

QUOTED_CHARACTERS = 60
NAMES_SHOWN = 8

_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "`": r"\u0060"}
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Fault(NamedTuple):
    """What is wrong, without its place; the three parts read as `bench.errors.Problem` joins them."""

    found: str
    expected: str
    remedy: str


@dataclass(slots=True)
class _Group:
    """One fault in one column, where it first stands, and on how many further lines it stands again."""

    fault: Fault
    line: int | None
    column: str | None
    repeats: int = 0

    @property
    def problem(self) -> Problem:
        found = self.fault.found
        if self.repeats:
            found += f" (and in {count(self.repeats, 'more row')})"
        return Problem(found, self.fault.expected, self.fault.remedy, self.line, self.column)


@dataclass(slots=True)
class Problems:
    """The problems of one file in the order of its lines; the same fault on many lines is told once.

    Memory is bounded: what comes after the first twenty different faults of single lines is only counted. `rows_lost`
    are the rows whose item nobody can tell; after `stopped` the rest of the file was not read at all.
    """

    _groups: dict[tuple[Fault, str | None], _Group] = field(default_factory=dict)
    _unseen: int = 0
    rows_lost: int = 0
    stopped: bool = False

    def add(self, fault: Fault, *, line: int | None = None, column: str | None = None) -> None:
        """Note one fault; without a line it concerns the whole file and is always kept."""
        group = self._groups.get((fault, column))
        if group is not None:
            group.repeats += 1
        elif line is None or len(self._groups) < PROBLEMS_SHOWN:
            self._groups[fault, column] = _Group(fault, line, column)
        else:
            self._unseen += 1

    def lose_row(self, fault: Fault, *, line: int, column: str | None = None) -> None:
        """Note a fault for which a row cannot be told to belong to an item."""
        self.rows_lost += 1
        self.add(fault, line=line, column=column)

    def stop(self, fault: Fault, *, line: int | None = None, column: str | None = None) -> None:
        """Note a fault after which nothing more can be read."""
        self.stopped = True
        self.add(fault, line=line, column=column)

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self._groups)

    def refusal(self) -> BadFile:
        """The error that tells them all: first what concerns the whole file, then line by line."""
        groups = sorted(self._groups.values(), key=lambda group: group.line or 0)
        return BadFile([group.problem for group in groups], total=len(groups) + self._unseen)

    def check(self) -> None:
        """Raise `BadFile` when anything is wrong."""
        if self:
            raise self.refusal()


def refusal(fault: Fault, *, line: int | None = None, column: str | None = None) -> BadFile:
    """A refusal of one problem, for what makes further reading pointless."""
    problems = Problems()
    problems.add(fault, line=line, column=column)
    return problems.refusal()


def quote(text: str, limit: int = QUOTED_CHARACTERS) -> str:
    """The text in backticks, cut at `limit` characters, with every control, bidi and format character escaped."""
    shown = "".join(map(_visible, text[:limit]))
    return f"`{shown}…`" if len(text) > limit else f"`{shown}`"


def _visible(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if unicodedata.category(character) not in _UNSAFE_CATEGORIES:
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def listing(names: Iterable[str], limit: int = NAMES_SHOWN) -> str:
    """Quoted names with commas between them; after `limit` of them, how many more there are."""
    remaining: Iterator[str] = iter(names)
    shown = [quote(name, 30) for name in islice(remaining, limit)]
    more = sum(1 for _ in remaining)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def count(number: int, noun: str) -> str:
    """A number with its noun, for example ``1 row`` or ``1,319 rows``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
