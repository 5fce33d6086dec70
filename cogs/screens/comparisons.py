"""Systems beside each other: two of them compared in words and in a picture."""

from cogs.screens.screen import Attached, Part, Screen, button, panel, picture, row, screen, text
from cogs.screens.words import code, plural, safe
from services.comparison_values import ComparisonPage

PICTURE = "comparison.png"
SLICES_SHOWN = 6
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
