"""Trying a specification: pairs that a person pastes, and the edge cases in which scoring surprises."""

import unicodedata
from collections.abc import Iterator, Sequence

from bench.answers import as_output
from bench.errors import BadInput
from bench.language.extract import extractor
from bench.language.normalize import normalizer
from bench.language.refusals import shown
from bench.language.specification import Specification
from bench.metrics.catalogue import MetricDescription, find_metric
from bench.metrics.chosen import names_option
from bench.metrics.columns import columns_of
from bench.metrics.pairs import EdgeCase, Pair, Trial
from bench.metrics.registry import build_metric

LONG_OUTPUT_BYTES = 10_000


def try_pairs(specification: Specification, pairs: Sequence[Pair]) -> tuple[Trial, ...]:
    """What each output scores, with the steps that lead there; BadInput names the line of an answer of no use."""
    for pair in pairs:
        _check(specification, pair)
    return tuple(_tried(specification, pair.output, pair.answers) for pair in pairs)


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


def _check(specification: Specification, pair: Pair) -> None:
    for answer in pair.answers:
        metric = _refusing(specification, answer)
        if metric is not None:
            found = f"{metric.name} cannot use the accepted answer {shown(answer)}"
            raise BadInput(f"Line {pair.line} of the pairs: {found}; expected {metric.answers}. {metric.remedy}")


def _refusing(specification: Specification, answer: str) -> MetricDescription | None:
    """The metric, of a composite that of the first part, which cannot use the answer."""
    refusing = (_refusing(part.specification, answer) for part in specification.parts)
    if specification.parts:
        return next((metric for metric in refusing if metric is not None), None)
    return None if build_metric(specification).serves(answer) else find_metric(specification.metric)


def _tried(specification: Specification, output: str, answers: tuple[str, ...]) -> Trial:
    extracted = extractor(specification.extraction)(output) if output.strip() else None
    normalize = normalizer(specification.normalizer, specification.trimmings)
    normalized = None if extracted is None else normalize(extracted)
    accepted = tuple(map(normalize, answers))
    metric = build_metric(specification)
    if not all(metric.serves(answer) for answer in answers):
        return Trial(output, answers, extracted, normalized, accepted, None)
    statistics = metric.statistics((extracted,), (answers,))
    columns = columns_of(specification, statistics) if specification.parts else ()
    return Trial(
        output,
        answers,
        extracted,
        normalized,
        accepted,
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
