"""Trying a specification: pairs that a person pastes, and the edge cases in which scoring surprises."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.answers import as_output
from bench.errors import BadInput
from bench.language.extract import extractor
from bench.language.normalize import normalizer
from bench.language.specification import Specification
from bench.metrics.catalogue import find_metric
from bench.metrics.chosen import names_option
from bench.metrics.columns import columns_of
from bench.metrics.registry import build_metric

MOST_PAIRS = 20
LONGEST_PAIR = 4000
LONG_OUTPUT_BYTES = 10_000

_ARROW, _OR = "=>", " | "
_SHAPE = "write each pair on a line of its own as: output => accepted answer | another accepted answer"


@dataclass(frozen=True, slots=True)
class Trial:
    """An output beside its accepted answers, on its way to a score.

    `extracted` is None where nothing was found, `normalized` what is left of it. `score` is None where the metric
    cannot use an accepted answer. `columns` are the parts of a composite by name, empty for any other metric.
    """

    output: str
    answers: tuple[str, ...]
    extracted: str | None
    normalized: str | None
    score: float | None
    columns: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeCase:
    """One line of the table of edge cases: what it is about, and what comes out."""

    name: str
    trial: Trial


def read_pairs(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The pairs that a person pastes, one a line: ``output => accepted | accepted``; BadInput names the line."""
    if len(text) > LONGEST_PAIR:
        raise BadInput(f"The pairs have {len(text):,} characters; paste {LONGEST_PAIR:,} at most.")
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise BadInput(f"There are no pairs; {_SHAPE}.")
    if len(lines) > MOST_PAIRS:
        raise BadInput(f"There are {len(lines)} pairs; paste {MOST_PAIRS} at most.")
    return tuple(_pair(number, line) for number, line in lines)


def try_pairs(specification: Specification, pairs: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[Trial, ...]:
    """What each output scores, with the steps that lead there."""
    return tuple(_tried(specification, output, answers) for output, answers in pairs)


def edge_cases(specification: Specification) -> tuple[EdgeCase, ...]:
    """The table of edge cases: those that any answer has, and of the known pairs the ones that the metric can use."""
    answer = _usual_answer(specification)
    always = (EdgeCase(name, _tried(specification, output, (answer,))) for name, output in _ways(answer, specification))
    metric = build_metric(specification)
    known = (
        EdgeCase(name, _tried(specification, as_output(output, specification), (answer,)))
        for name, output, answer in _KNOWN_PAIRS
        if metric.serves(answer)
    )
    return (*always, *known)


def _pair(number: int, line: str) -> tuple[str, tuple[str, ...]]:
    output, arrow, rest = line.rpartition(_ARROW)
    answers = tuple(answer.strip() for answer in rest.split(_OR) if answer.strip())
    if not arrow or not answers:
        raise BadInput(f"Line {number} of the pairs has no {_ARROW} with an accepted answer after it; {_SHAPE}.")
    # A line has no place for a line break, which extractions such as last_line look for.
    return output.strip().replace("\\n", "\n"), answers


def _tried(specification: Specification, output: str, answers: tuple[str, ...]) -> Trial:
    extracted = extractor(specification.extraction)(output) if output.strip() else None
    normalize = normalizer(specification.normalizer, specification.trimmings)
    normalized = None if extracted is None else normalize(extracted)
    metric = build_metric(specification)
    if not all(metric.serves(answer) for answer in answers):
        return Trial(output, answers, extracted, normalized, None)
    statistics = metric.statistics((extracted,), (answers,))
    columns = columns_of(specification, statistics) if specification.parts else ()
    return Trial(
        output,
        answers,
        extracted,
        normalized,
        float(metric.item_scores(statistics)[0]),
        tuple((column.name, column.score) for column in columns),
    )


def _usual_answer(specification: Specification) -> str:
    """An answer that the metric can use: its first label, or that of the catalogue's example."""
    if specification.parts:
        metric = build_metric(specification)
        usual = [_usual_answer(part.specification) for part in specification.parts]
        return next((answer for answer in usual if metric.serves(answer)), usual[0])
    description = find_metric(specification.metric)
    if description is None:
        raise LookupError(f"There is no metric {specification.metric}.")
    if any(option.name == "labels" for option in description.options):
        return names_option(specification, "labels")[0]
    answer = description.pair.answers[0]
    return answer if build_metric(specification).serves(answer) else "1"


def _ways(answer: str, specification: Specification) -> Iterator[tuple[str, str]]:
    """The answer in the ways in which systems give it, each as the extraction asks for it."""
    written = as_output(answer, specification)
    yield "the answer itself", written
    yield "empty", ""
    yield "only blanks", " \n\t\u00a0"
    yield "blanks around it", f"  {written} \n"
    yield "in capitals", as_output(answer.upper(), specification)
    yield "a full stop after it", f"{written}."
    yield "in quotes", as_output(f"“{answer}”", specification)
    yield "an emoji after it", f"{written} 😀"
    yield "as full-width characters", as_output(_full_width(answer), specification)
    yield "said twice", f"{written} {written}"
    yield "10 kB of words before it", f"{'word ' * (LONG_OUTPUT_BYTES // 5)}\n{written}"
    yield "10 kB of words", "word " * (LONG_OUTPUT_BYTES // 5)


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


_KNOWN_PAIRS = (
    ("accents composed and decomposed", unicodedata.normalize("NFD", "México"), "México"),
    ("accents left out", "ano", "año"),
    ("ß and ss", "STRASSE", "Straße"),
    ("CJK with a blank", "東 京", "東京"),
    ("CJK in part", "東京都", "東京"),
    ("emoji with a skin tone", "👍🏽", "👍"),
    ("number with groups", "1,234.50", "1234.5"),
    ("number with a decimal comma", "1234,5", "1234.5"),
    ("number with a currency sign", "$18", "18"),
    ("number in other digits", "١٨", "18"),
    ("number with a leading zero", "007", "7"),
    ("negative number", "\u22125", "-5"),
)
