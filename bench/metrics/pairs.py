"""Pairs that a person pastes to try a specification, and what comes of each. Light: no numpy."""

from dataclasses import dataclass

from bench.errors import BadInput

MOST_PAIRS = 20
LONGEST_PAIRS = 4000

_ARROW, _OR = "=>", " | "
_LINE_BREAK = "\\n"
_SHAPE = "write each pair on a line of its own as: output => accepted answer | another accepted answer"


@dataclass(frozen=True, slots=True)
class Pair:
    """An output and its accepted answers. `line` counts from 1, as an editor does."""

    output: str
    answers: tuple[str, ...]
    line: int = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """An output beside its accepted answers, on its way to a score.

    `extracted` is None where nothing was found, `normalized` what is left of it; `accepted` is what normalisation
    leaves of each answer. `score` is None where the metric cannot use an accepted answer. `columns` are the parts of a
    composite by name, empty for any other metric.
    """

    output: str
    answers: tuple[str, ...]
    extracted: str | None
    normalized: str | None
    accepted: tuple[str, ...]
    score: float | None
    columns: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeCase:
    """One line of the table of edge cases: what it is about, and what comes out."""

    name: str
    trial: Trial


def read_pairs(text: str) -> tuple[Pair, ...]:
    """The pairs that a person pastes, one a line: ``output => accepted | accepted``; BadInput names the line."""
    if len(text) > LONGEST_PAIRS:
        raise BadInput(f"The pairs have {len(text):,} characters; paste {LONGEST_PAIRS:,} at most.")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise BadInput(f"There are no pairs; {_SHAPE}.")
    if len(lines) > MOST_PAIRS:
        raise BadInput(f"There are {len(lines)} pairs; paste {MOST_PAIRS} at most.")
    return tuple(_pair(number, line) for number, line in lines)


def written_pair(output: str, answers: tuple[str, ...]) -> str:
    """The line that `read_pairs` reads as this pair."""
    return f"{in_one_line(output)} {_ARROW} {_OR.join(map(in_one_line, answers))}"


def in_one_line(text: str) -> str:
    r"""The text with its line breaks written as ``\n``, since a line has no place for them."""
    return text.replace("\n", _LINE_BREAK)


def _pair(number: int, line: str) -> Pair:
    output, arrow, rest = line.rpartition(_ARROW)
    answers = tuple(_broken(answer) for answer in rest.split(_OR) if answer.strip())
    if not arrow or not answers:
        raise BadInput(f"Line {number} of the pairs has no {_ARROW} with an accepted answer after it; {_SHAPE}.")
    return Pair(_broken(output), answers, number)


def _broken(text: str) -> str:
    """A text whose line breaks are breaks again: extractions such as last_line look for them."""
    return text.strip().replace(_LINE_BREAK, "\n")
