"""Systems beside each other: two of them compared in words and in a picture, or the best ones by slices."""

from cogs.screens.screen import Attached, Part, Screen, button, panel, picture, row, screen, text
from cogs.screens.words import cell, code, percent, plural, safe
from services.comparison_values import ComparisonPage, SlicesOfBoard, SlicesPage

PICTURE = "comparison.png"
SLICES_PICTURE = "slices.png"
SLICES_SHOWN = 6
NUMBER, SYSTEM, SCORE = 2, 15, 6
MOST_AVERAGES = 3
NAME, SENTENCE, SLICE = 80, 330, 230
NOT_THE_MEAN = (
    "-# This compares item by item; the score on the board is not the mean of them, and may differ otherwise."
)


def comparison(page: ComparisonPage) -> Screen:
    """Who is better on how many items, whether that is luck, and what it would take to know."""
    found = page.compared
    counts, verdict, *rest = found.sentences
    head = text(
        f"## {safe(page.first, NAME)} and {safe(page.second, NAME)}",
        f"{safe(page.task.title, 200)} · {plural(found.items, 'item')} that both were asked",
    )
    parts: list[Part] = [
        head,
        text(
            f"**{safe(verdict, SENTENCE)}**",
            *(f"- {safe(line, SENTENCE)}" for line in (counts, *rest)),
            None if found.is_mean else NOT_THE_MEAN,
        ),
        picture(PICTURE, found.alternative_text),
    ]
    if found.slices:
        left = len(found.slices) - SLICES_SHOWN
        lines = [f"- {safe(line, SLICE)}" for line in found.slices[:SLICES_SHOWN]]
        parts.append(text("**By slice**", *lines, f"- … and {left:,} more" if left > 0 else None))
    footer = f"-# gold v{page.gold_version} · {code(page.signature, 180)}"
    parts += [text(footer), row(button("Board", "board", page.task.id))]
    return screen(panel(*parts), files=[Attached(PICTURE, found.picture, found.alternative_text)])


def slices(page: SlicesPage) -> Screen:
    """The best systems by slices: both averages in a table, each slice in the picture."""
    found = page.found
    few = sum(row.scores is None for row in found.slices)
    too_few = f"-# {plural(few, 'slice')} of fewer than 10 items: not enough items to tell." if few else None
    changes = [f"- {safe(change, SLICE)}" for change in found.changes]
    more = f"- … and {plural(found.more_changes, 'pair')} more" if found.more_changes else None
    hidden = f"-# {page.hidden:,} more are ranked; these are the best {len(found.names)}." if page.hidden else None
    parts: list[Part] = [
        text(f"## {safe(page.task.title, 200)} by slices", table(found), *changes, more, too_few, hidden),
        picture(SLICES_PICTURE, found.alternative_text),
        text(f"-# gold v{page.gold_version} · {code(page.signature, 180)}"),
        row(button("Board", "board", page.task.id)),
    ]
    return screen(panel(*parts), files=[Attached(SLICES_PICTURE, found.picture, found.alternative_text)])


def table(found: SlicesOfBoard) -> str:
    """The score by items beside those by slices, as wide as a phone; the numbers are the picture's."""
    averages = found.averages[:MOST_AVERAGES]
    heads = ("items", *(average.name.removeprefix("by ") for average in averages[1:]))
    lines = [_line("", "system", heads)]
    for place, name in enumerate(found.names):
        scores = tuple(percent(average.scores[place]) for average in averages if average.scores is not None)
        lines.append(_line(str(place + 1), name, scores))
    return "\n".join(("```", *lines, "```"))


def _line(number: str, name: str, scores: tuple[str, ...]) -> str:
    figures = (cell(score, SCORE, right=True) for score in scores)
    return " ".join((cell(number, NUMBER, right=True), cell(name, SYSTEM), *figures))
