"""Extraction: from what a model wrote to the answer in it. It applies to outputs only, never to gold."""

from collections.abc import Callable
from functools import lru_cache

import re2

from bench.language.letters import find_letter
from bench.language.numbers import last_number
from bench.language.refusals import refused, unknown
from bench.language.steps import Step, StepDescription

Extractor = Callable[[str], str | None]

LONGEST_ARGUMENT = 300

EXTRACTIONS = (
    StepDescription("whole", "the whole output as it stands"),
    StepDescription(
        "after", "the first line that is not blank after the last occurrence of TEXT, without blanks around it", "TEXT"
    ),
    StepDescription("last_number", "the last number in the output, as it is written there"),
    StepDescription("last_line", "the last line that is not blank, without blanks around it"),
    StepDescription("choice", "the letter (A to J) that the output answers with; in its clearest shape the last one"),
    StepDescription("regex", "the last match of an RE2 pattern: its first group, or all of it without one", "PATTERN"),
)


def checked_extraction(step: Step) -> Step:
    """The step itself if it can be built; else BadSpecification that says why."""
    description = next((known for known in EXTRACTIONS if known.name == step.name), None)
    if description is None:
        raise unknown("extract", step.name, [_written(known) for known in EXTRACTIONS])
    if description.argument is None and step.argument is not None:
        raise refused("extract", f"{step.name} takes nothing after it; write extract = {step.name!r}.")
    if description.argument is not None:
        _check_argument(description, step.argument)
    if step.name == "regex":
        _compiled(step.argument or "")
    return step


def extractor(step: Step) -> Extractor:
    """The function from an output to its answer; it gives None where nothing was found, which counts as wrong."""
    checked_extraction(step)
    argument = step.argument or ""
    builders: dict[str, Callable[[], Extractor]] = {
        "whole": lambda: _whole,
        "after": lambda: _after(argument),
        "last_number": lambda: last_number,
        "last_line": lambda: _last_line,
        "choice": lambda: find_letter,
        "regex": lambda: _regex(argument),
    }
    return builders[step.name]()


def _written(description: StepDescription) -> str:
    return description.name if description.argument is None else f"{description.name}:{description.argument}"


def _check_argument(description: StepDescription, argument: str | None) -> None:
    if not argument or argument.isspace():
        raise refused("extract", f"{description.name} needs a text after the colon, as in {_written(description)}.")
    if len(argument) > LONGEST_ARGUMENT:
        found = f"the text after {description.name}: has {len(argument)} characters"
        raise refused("extract", f"{found}; at most {LONGEST_ARGUMENT} are allowed.")
    if any("\ud800" <= character <= "\udfff" for character in argument):
        raise refused("extract", f"the text after {description.name}: holds half a character (a lone surrogate).")


def _whole(text: str) -> str | None:
    return text


def _after(text: str) -> Extractor:
    def extract(output: str) -> str | None:
        _before, found, rest = output.rpartition(text)
        lines = _lines(rest.lstrip()) if found else []
        return (lines[0].strip() or None) if lines else None

    return extract


def _last_line(output: str) -> str | None:
    lines = _lines(output.rstrip())
    return lines[-1].strip() or None


def _lines(text: str) -> list[str]:
    return text.replace("\r", "\n").split("\n")


def _regex(pattern: str) -> Extractor:
    compiled = _compiled(pattern)
    group = 1 if compiled.groups else 0

    def extract(output: str) -> str | None:
        last = None
        try:
            for last in compiled.finditer(output):  # noqa: B007 - only the last one is wanted
                pass
        except UnicodeEncodeError:  # a lone surrogate: RE2 reads UTF-8, so the output is unreadable, hence wrong
            return None
        found = None if last is None else last.group(group)
        return None if found is None or not found.strip() else str(found)

    return extract


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re2._Regexp:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        advice = "RE2 has no look-around and no back-references; take the part you want into a group."
        raise refused("extract", f"RE2 refuses the pattern after regex: ({reason}). {advice}") from None
