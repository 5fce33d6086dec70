"""What a person sees when something did not work: the reason, and what helps."""

from discord import ButtonStyle

from bench.errors import BadFile, TouchstoneError
from cogs.screens.screen import BAD, WARNING, Attached, Part, Screen, attachment, button, panel, row, screen, text
from cogs.screens.words import ELLIPSIS, plural, said

PROBLEMS_FILE = "problems.txt"
ROOM_FOR_PROBLEMS = 3000
LONGEST_PROBLEM = 600


def trouble(error: TouchstoneError) -> Screen:
    """An error of the family, in its own words."""
    if isinstance(error, BadFile):
        heading = f"**The file has {plural(error.total, 'problem')}.** Nothing was stored and no attempt was used."
        return _with_problems(heading, str(error))
    return screen(panel(text(said(str(error))), colour=WARNING))


def refused_proposal(error: TouchstoneError, draft_id: int) -> Screen:
    """A proposal that was not accepted, with the way back to what was typed."""
    again = row(button("Edit and send again", "draft", draft_id, ButtonStyle.primary))
    heading = "**Your proposal is not sent yet.** What you typed is kept; only the file has to be chosen again."
    if isinstance(error, BadFile):
        return _with_problems(f"{heading}\nThe gold file has {plural(error.total, 'problem')}:", str(error), again)
    return screen(panel(text(heading, said(str(error))), again, colour=WARNING))


def refused_file(heading: str, problems: str) -> Screen:
    """A file's problems as they were stored, one to a line."""
    return _with_problems(heading, problems)


def failure(reference: str) -> Screen:
    """Something of ours broke; the reference leads an operator to the log."""
    sentence = f"Something of ours failed; nothing of yours was lost. Reference `{reference}`"
    return screen(panel(text(sentence), colour=BAD))


def _with_problems(heading: str, problems: str, *after: Part) -> Screen:
    """The problems that fit, and all of them in a file where they do not."""
    lines = [said(line, LONGEST_PROBLEM) for line in problems.splitlines() if line.strip()]
    shown: list[str] = []
    for line in lines:
        if sum(map(len, shown)) + len(line) > ROOM_FOR_PROBLEMS:
            break
        shown.append(f"- {line}")
    left = len(lines) - len(shown)
    if not left and not any(line.endswith(ELLIPSIS) for line in lines):
        return screen(panel(text(heading, *shown), *after, colour=WARNING))
    whole = Attached(PROBLEMS_FILE, problems.encode("utf-8", "replace"))
    rest = f"… and {left} more; all of them stand in the file." if left else "They stand in full in the file."
    return screen(panel(text(heading, *shown, rest), attachment(PROBLEMS_FILE), *after, colour=WARNING), files=[whole])
