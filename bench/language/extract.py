"""Extraction: from what a model wrote to the answer in it. It applies to outputs only, never to gold."""

from collections.abc import Callable

from bench.language.amounts import DECIMAL_MARKS, last_amount
from bench.language.letters import find_letter
from bench.language.numbers import last_number
from bench.language.patterns import compiled
from bench.language.refusals import refused, unknown
from bench.language.steps import Step, StepDescription
from bench.language.structure import at_json_path, last_boxed

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
    StepDescription("boxed", r"what stands in the last \boxed{…}"),
    StepDescription(
        "last_amount", "the last number with its word for thousands or millions (3 million, 2 mil)", "LANGUAGE"
    ),
    StepDescription(
        "json",
        "what stands at a path such as answer.value.0 in the last JSON object or array that has it; $ is all of it",
        "PATH",
    ),
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
        compiled(step.argument or "", "extract", "the pattern after regex:")
    if step.name == "last_amount" and step.argument not in DECIMAL_MARKS:
        raise unknown("extract, language of last_amount", step.argument or "", sorted(DECIMAL_MARKS))
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
        "boxed": lambda: last_boxed,
        "last_amount": lambda: lambda output: last_amount(output, argument),
        "json": lambda: lambda output: _not_blank(at_json_path(output, argument)),
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
    matcher = compiled(pattern, "extract", "the pattern after regex:")
    group = 1 if matcher.groups else 0

    def extract(output: str) -> str | None:
        last = None
        try:
            for last in matcher.finditer(output):  # noqa: B007 - only the last one is wanted
                pass
        except UnicodeEncodeError:  # a lone surrogate: RE2 reads UTF-8, so the output is unreadable, hence wrong
            return None
        return _not_blank(None if last is None else last.group(group))

    return extract


def _not_blank(found: str | None) -> str | None:
    return None if found is None or not found.strip() else found
