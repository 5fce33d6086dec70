"""When two answers are the same to a metric, and what a suggested answer must be. Light: no numpy."""

import json
from collections.abc import Callable, Iterable

from bench.errors import BadInput
from bench.language.extract import extractor
from bench.language.forms import CanonicalForm, answer_form, canonical_form
from bench.language.patterns import sample_match
from bench.language.specification import Specification
from bench.metrics.catalogue import find_metric
from bench.parsing.limits import MAX_ANSWERS
from bench.text import member_text

__all__ = [
    "LONGEST_REASON",
    "LONGEST_SUGGESTION",
    "CanonicalForm",
    "as_output",
    "canonical_form",
    "checked_answer",
    "checked_reason",
    "checked_suggestion",
    "given_answer",
    "is_known",
]

LONGEST_SUGGESTION = 500
LONGEST_REASON = 300


def given_answer(specification: Specification) -> CanonicalForm:
    """The function from an output as it stands in a file to the canonical form of its extracted answer, or None."""
    extract, canonical = extractor(specification.extraction), canonical_form(specification)

    def given(output: str) -> str | None:
        answer = extract(output) if output.strip() else None
        return None if answer is None else canonical(answer)

    return given


def as_output(answer: str, specification: Specification) -> str:
    """The answer as a model that does as it is told would write it; a pattern to extract by gives no way to know how.

    Where the answer is itself a pattern to match, it is a text that matches.
    """
    if specification.parts:
        return _for_extraction(_for_parts(answer, specification), specification)
    written = (sample_match(answer) or answer) if specification.metric == "regex" else answer
    return _for_extraction(written, specification)


def is_known(text: str, answers: Iterable[str], specification: Specification) -> bool:
    """Whether the accepted answers hold this one already after normalisation.

    For reviewers only: told to a competitor, this would let the hidden gold be guessed one answer at a time.
    """
    canonical = canonical_form(specification)
    wanted = canonical(text)
    return any(text == answer or (wanted is not None and wanted == canonical(answer)) for answer in answers)


def checked_answer(text: str, specification: Specification) -> str:
    """A claimed answer fit to be voted on, without a look at the gold; BadInput says what is wrong with it."""
    answer = member_text("suggested answer", text, LONGEST_SUGGESTION)
    wanted = answer_form(specification)(answer)
    if wanted is None:
        name = specification.metric
        metric = find_metric(name)
        expected = "" if metric is None else f"; write {metric.answers}"
        raise BadInput(f"The metric {name} cannot use this suggested answer{expected}.")
    if specification.metric == "regex" or specification.parts:
        return answer
    found = given_answer(specification)(as_output(answer, specification))
    if specification.extraction.name != "regex" and found != canonical_form(specification)(answer):
        step = specification.extraction.colon_form
        raise BadInput(f"No output could give this answer: the extraction {step} would cut it. Write a shorter one.")
    return answer


def checked_suggestion(text: str, answers: Iterable[str], specification: Specification) -> str:
    """A reviewer's suggestion beside the accepted answers; BadInput where it is one of them or there are too many."""
    answer, known = checked_answer(text, specification), tuple(answers)
    if is_known(answer, known, specification):
        raise BadInput("This answer is accepted already: after normalisation it equals one of the item's answers.")
    if len(known) >= MAX_ANSWERS:
        raise BadInput(f"The item has {MAX_ANSWERS} accepted answers, which is the most; no other can be added.")
    return answer


def checked_reason(text: str) -> str:
    """Why a member suggests or disputes an answer."""
    return member_text("reason", text, LONGEST_REASON)


def _for_parts(answer: str, specification: Specification) -> str:
    """What the first part would read; where parts read differently, no output may please them all."""
    return as_output(answer, specification.parts[0].specification)


def _for_extraction(answer: str, specification: Specification) -> str:
    step = specification.extraction
    writers: dict[str, Callable[[str, str], str]] = {"after": _after, "boxed": _boxed, "json": _at_json_path}
    write = writers.get(step.name)
    return answer if write is None else write(answer, step.argument or "")


def _after(answer: str, text: str) -> str:
    return f"{text} {answer}"


def _boxed(answer: str, _argument: str) -> str:
    return f"\\boxed{{{answer}}}"


def _at_json_path(answer: str, path: str) -> str:
    if path == "$":
        return answer
    value: object = answer
    for key in reversed(path.split(".")):
        value = {key: value} if not key.isdecimal() else [None] * min(int(key), 100) + [value]
    return json.dumps(value, ensure_ascii=False)
