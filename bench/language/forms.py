"""The form of an answer in which those that a metric cannot tell apart are one text. Light: no numpy."""

from collections.abc import Callable
from decimal import Context

from bench.language.letters import leading_letter, read_letter
from bench.language.normalize import normalizer, tokenizer
from bench.language.patterns import sample_match
from bench.language.reading import number_reader
from bench.language.specification import Specification
from bench.language.structure import canonical_json, elements, read_json, step_lines
from bench.language.words import bleu_words, rouge_words
from bench.metrics.chosen import flag, names_option, number, text_option

CanonicalForm = Callable[[str], str | None]

_EXACT = Context(prec=5000)
_BETWEEN = "\x1f"


def canonical_form(specification: Specification) -> CanonicalForm:
    """The function from an answer to a text that is equal for answers that score fully against each other.

    It gives None for what the metric cannot read, and for what normalisation leaves nothing of. Metrics that look for
    a part of the output (`contains`, `regex`) also give the full score to longer ones.
    """
    if specification.parts:
        return _together([canonical_form(part.specification) for part in specification.parts if part.weight])
    return _FORMS.get(specification.metric, _normalized)(specification)


def answer_form(specification: Specification) -> CanonicalForm:
    """As `canonical_form` for accepted answers, which must be plain: a letter alone, a pattern that matches."""
    if specification.parts:
        return _together([answer_form(part.specification) for part in specification.parts])
    if specification.metric == "choice":
        return read_letter
    if specification.metric == "regex":
        return lambda text: text if sample_match(text) else None
    return canonical_form(specification)


def _together(forms: list[CanonicalForm]) -> CanonicalForm:
    def canonical(text: str) -> str | None:
        found = [form(text) for form in forms]
        return None if None in found else _BETWEEN.join(map(str, found))

    return canonical


def _normalized(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    return lambda text: _or_none(normalize(text))


def _words_in_a_row(specification: Specification) -> CanonicalForm:
    tokens = tokenizer(specification.normalizer, specification.trimmings)
    return lambda text: " ".join(tokens(text)) or None


def _bag_of_words(specification: Specification) -> CanonicalForm:
    tokens = tokenizer(specification.normalizer, specification.trimmings)
    return lambda text: " ".join(sorted(tokens(text))) or None


def _chrf(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    between = " " if number(specification, "word_order") else ""
    return lambda text: between.join(normalize(text).split()) or None


def _bleu(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    words = bleu_words(text_option(specification, "tokenize"))
    return lambda text: " ".join(words(normalize(text))) or None


def _collapsed(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    return lambda text: " ".join(normalize(text).split()) or None


def _rouge(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    words = rouge_words(text_option(specification, "tokenize"))
    return lambda text: " ".join(words(normalize(text))) or None


def _letter(_specification: Specification) -> CanonicalForm:
    return leading_letter


def _number(specification: Specification) -> CanonicalForm:
    read, trim = number_reader(specification), normalizer(specification.normalizer, specification.trimmings)

    def canonical(text: str) -> str | None:
        found = read(trim(text))
        if found is None:
            return None
        return str(_EXACT.normalize(found)) if found else "0"

    return canonical


def _label(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    labels = {normalize(label): label for label in names_option(specification, "labels")}
    return lambda text: labels.get(normalize(text))


def _json(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)

    def canonical(text: str) -> str | None:
        try:
            return canonical_json(read_json(text), normalize)
        except (ValueError, RecursionError):
            return None

    return canonical


def _elements(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)
    separator, repeats = text_option(specification, "separator"), flag(specification, "repeats")

    def canonical(text: str) -> str | None:
        forms = [form for one in elements(text, separator) if (form := normalize(one)).strip()]
        return _BETWEEN.join(sorted(forms if repeats else set(forms))) or None

    return canonical


def _steps(specification: Specification) -> CanonicalForm:
    normalize = normalizer(specification.normalizer, specification.trimmings)

    def canonical(text: str) -> str | None:
        steps = [normalize(step) for step in step_lines(text)]
        return "\n".join(steps) if steps and all(step.strip() for step in steps) else None

    return canonical


def _or_none(form: str) -> str | None:
    return form if form.strip() else None


_FORMS: dict[str, Callable[[Specification], CanonicalForm]] = {
    "token_f1": _bag_of_words,
    "choice": _letter,
    "numeric": _number,
    "contains": _words_in_a_row,
    "wer": _words_in_a_row,
    "cer": _collapsed,
    "bleu": _bleu,
    "sentence_bleu": _bleu,
    "chrf": _chrf,
    "sentence_chrf": _chrf,
    "rouge_l": _rouge,
    "accuracy": _label,
    "macro_f1": _label,
    "mcc": _label,
    "json": _json,
    "json_fields": _json,
    "set_f1": _elements,
    "steps": _steps,
}
