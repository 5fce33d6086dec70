"""When two answers are the same to a metric, and what a suggested answer must be. Light: no numpy."""

from collections.abc import Callable, Iterable
from decimal import Context

from bench.errors import BadInput
from bench.language.extract import extractor
from bench.language.letters import leading_letter, read_letter
from bench.language.normalize import normalizer, tokenizer
from bench.language.numbers import read_number
from bench.language.options import option_value
from bench.language.specification import Specification
from bench.metrics.catalogue import find_metric
from bench.parsing.limits import MAX_ANSWERS
from bench.text import member_text

LONGEST_SUGGESTION = 500
LONGEST_REASON = 300

CanonicalForm = Callable[[str], str | None]

_EXACT = Context(prec=5000)


def canonical_form(specification: Specification) -> CanonicalForm:
    """The function from an answer to a text that is equal for answers which the metric cannot tell apart.

    It gives None for what the metric cannot read, and for what normalisation leaves nothing of.
    """
    if specification.metric == "choice":
        return leading_letter
    if specification.metric == "numeric":
        return _number(specification)
    if specification.metric == "token_f1":
        tokens = tokenizer(specification.normalizer)
        return lambda text: " ".join(sorted(tokens(text))) or None
    normalize = normalizer(specification.normalizer)

    def normalized(text: str) -> str | None:
        form = normalize(text)
        return form if form.strip() else None

    return normalized


def given_answer(specification: Specification) -> CanonicalForm:
    """The function from an output as it stands in a file to the canonical form of its extracted answer, or None."""
    extract, canonical = extractor(specification.extraction), canonical_form(specification)

    def given(output: str) -> str | None:
        answer = extract(output) if output.strip() else None
        return None if answer is None else canonical(answer)

    return given


def as_output(answer: str, specification: Specification) -> str:
    """The answer as a model that does as it is told would write it; a pattern gives no way to know how."""
    extraction = specification.extraction
    return f"{extraction.argument} {answer}" if extraction.name == "after" else answer


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
    wanted = _gold_form(answer, specification)
    if wanted is None:
        metric = specification.metric
        raise BadInput(f"The metric {metric} cannot use this suggested answer; write {_WANTED[metric]}.")
    found = given_answer(specification)(as_output(answer, specification))
    if specification.extraction.name != "regex" and found != wanted:
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


def _gold_form(answer: str, specification: Specification) -> str | None:
    """As `canonical_form`, but an accepted letter must stand alone."""
    return read_letter(answer) if specification.metric == "choice" else canonical_form(specification)(answer)


def _number(specification: Specification) -> CanonicalForm:
    metric = find_metric("numeric")
    assert metric is not None  # noqa: S101 - the catalogue has it, and a test reads a number by it
    decimal = str(option_value(metric, specification.options, "decimal"))

    def canonical(text: str) -> str | None:
        number = read_number(text, decimal)
        if number is None:
            return None
        return str(_EXACT.normalize(number)) if number else "0"

    return canonical


_WANTED = {
    "exact": "one of which something is left after normalisation",
    "token_f1": "one of which a word is left after normalisation",
    "choice": "one letter from A to J",
    "numeric": "a number alone, such as 18 or 1234.5",
}
