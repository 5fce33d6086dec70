"""The one family of errors whose text is safe to show to a member."""

from collections.abc import Sequence
from dataclasses import dataclass

PROBLEMS_SHOWN = 20


class TouchstoneError(Exception):
    """Something that a person can understand and mend; its text is shown as it stands and never holds gold."""


class BadInput(TouchstoneError):
    """A value that a person sent cannot be used; the text says what was found, what was expected and how to mend it."""


class BadSpecification(BadInput):
    """A metric specification that names something unknown or impossible; its text names the place and what exists."""


class NotFound(TouchstoneError):
    """The thing is not there, or not for this person to see: both read the same, so that nothing can be probed."""


class NotAllowed(TouchstoneError):
    """The person lacks the right; the text says who has it."""


class WrongState(TouchstoneError):
    """The thing exists, but its state does not admit this step; the text says what the state is and what would help."""


class NoAttemptsLeft(TouchstoneError):
    """The person's attempts of the day are used up; the text says when they return."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: where it is, what stands there, what was expected, and how to mend it.

    `line` counts from 1 as an editor does, `column` is a column or field name (or a position in the line), and
    either may be None where it has no meaning. No text here may hold an accepted answer of a hidden item.
    """

    found: str
    expected: str
    remedy: str
    line: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        """Where the problem is, for example ``Line 17, column output`` or ``The file``."""
        column = None if self.column is None else f"column {self.column}"
        line = None if self.line is None else f"line {self.line}"
        words = ", ".join(word for word in (line, column) if word)
        return words[:1].upper() + words[1:] if words else "The file"

    @property
    def sentence(self) -> str:
        """The whole problem in one line."""
        return f"{self.place}: found {self.found}; expected {self.expected}. {self.remedy}"


class BadFile(BadInput):
    """A file that cannot be used, with its problems: the first twenty, and how many there are in all."""

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems[:PROBLEMS_SHOWN])
        self.total = len(problems) if total is None else total
        sentences = [problem.sentence for problem in self.problems]
        if self.total > len(self.problems):
            sentences.append(f"… and {self.total - len(self.problems)} more.")
        super().__init__("\n".join(sentences))

    def __reduce__(self) -> tuple[type["BadFile"], tuple[tuple[Problem, ...], int]]:
        """Cross a process boundary whole: the default would rebuild the error from its text alone."""
        return type(self), (self.problems, self.total)
