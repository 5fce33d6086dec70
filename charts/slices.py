"""Systems by slices as a heat map: a row for each slice, a column for each system, which a number names.

Each cell has its score in percent, so that no colour is needed to read it.
"""

from collections.abc import Sequence
from typing import Final

from bench.stats.score_rows import ScoreRow
from charts import fonts, style
from charts.page import Page
from charts.words import ALTERNATIVE_TEXT_LIMIT, NAME_LIMIT, TITLE_LIMIT, counted, plain

__all__ = ["ROWS", "compose", "draw_slices", "slices_alternative_text"]

ROWS: Final = 20
MARGIN: Final = 14.0
GAP: Final = 6.0
NOTE_LINE: Final = 16.0
NAME_LINE: Final = 17.0
PITCH: Final = 23.0
CELL: Final = 25.0
TOO_FEW: Final = "not enough items to tell"
DARK: Final = (0x2B, 0x2D, 0x31)
LIGHT: Final = (0x56, 0xB4, 0xE9)
STEPS: Final = 10
DARK_TEXT_FROM: Final = 0.7


def draw_slices(names: Sequence[str], averages: Sequence[ScoreRow], slices: Sequence[ScoreRow], title: str) -> bytes:
    """The scores as a PNG of 1,000 pixels' width; at most 10 systems fit beside each other."""
    with style.house_style():
        return compose(names, averages, slices, title).png()


def slices_alternative_text(
    names: Sequence[str], averages: Sequence[ScoreRow], slices: Sequence[ScoreRow], title: str
) -> str:
    """The heat map for those who do not see it, at most 1,024 characters: the best system and the worst of each row."""
    head = f"{counted(len(names), 'system', 'systems')} by slices of {plain(title, TITLE_LIMIT)}. "
    told = "; ".join(row_words(names, row) for row in (*averages, *slices))
    room = ALTERNATIVE_TEXT_LIMIT - len(head) - 1
    return f"{head}{told if len(told) <= room else told[: room - 1] + fonts.ELLIPSIS}."


def row_words(names: Sequence[str], row: ScoreRow) -> str:
    """One row in words: ``dialect: chile (40): best TeamX 78%, worst TeamY 41%``."""
    head = f"{plain(row.name)} ({row.items:,})"
    if row.scores is None:
        return f"{head}: {TOO_FEW}"
    best, worst = max(row.scores), min(row.scores)
    if len(names) == 1 or best == worst:
        return f"{head}: {'all ' if len(names) > 1 else ''}{percent(best)}%"
    leader, last = (plain(names[row.scores.index(score)]) for score in (best, worst))
    return f"{head}: best {leader} {percent(best)}%, worst {last} {percent(worst)}%"


def compose(names: Sequence[str], averages: Sequence[ScoreRow], slices: Sequence[ScoreRow], title: str) -> Page:
    """The page with everything on it: the title, the names with their numbers, and the cells."""
    width = style.PAGE_WIDTH - 2 * MARGIN
    lines = fonts.wrap(fonts.drawable(plain(title, TITLE_LIMIT), "bold"), style.LONG_TITLE_SIZE, width, 2, "bold")
    line = style.LONG_TITLE_SIZE * 1.3
    rows = (*averages, *slices)[:ROWS]
    hidden = len(averages) + len(slices) - len(rows)
    names_top = MARGIN + len(lines) * line + NOTE_LINE + GAP
    top = names_top + len(names) * NAME_LINE + NOTE_LINE + GAP
    bottom = top + len(rows) * PITCH
    page = Page(bottom + (NOTE_LINE if hidden else 0) + MARGIN)
    for number, words in enumerate(lines):
        page.write(MARGIN, MARGIN + (number + 0.5) * line, words, style.LONG_TITLE_SIZE, weight="bold")
    note = 'score in percent, with the number of items; "by" is the mean of slices'
    page.write(MARGIN, names_top - NOTE_LINE / 2 - GAP / 2, note, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    write_names(page, names, names_top, top - NOTE_LINE / 2)
    for place, row in enumerate(rows):
        draw_row(page, row, len(names), top + place * PITCH, is_average=place < len(averages))
    if hidden:
        words = f"and {counted(hidden, 'slice', 'slices')} more"
        page.write(MARGIN, bottom + NOTE_LINE / 2 + 2, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def write_names(page: Page, names: Sequence[str], top: float, heads: float) -> None:
    """Write each system's name with its number, and the numbers over the columns."""
    for place, name in enumerate(names):
        y = top + (place + 0.5) * NAME_LINE
        page.write(MARGIN + 16, y, str(place + 1), style.NOTE_SIZE, colour=style.QUIET_TEXT, align="right")
        room = style.PAGE_WIDTH - 2 * MARGIN - 24
        page.write(MARGIN + 24, y, fonts.fit(fonts.drawable(plain(name, NAME_LIMIT)), style.NAME_SIZE, room), 12)
        x = left_of(len(names)) + (place + 0.5) * CELL
        page.write(x, heads, str(place + 1), style.NOTE_SIZE, colour=style.QUIET_TEXT, align="center")


def draw_row(page: Page, row: ScoreRow, columns: int, top: float, *, is_average: bool) -> None:
    """Draw one row: its name, its number of items, and its cells or why there are none."""
    left, y = left_of(columns), top + PITCH / 2
    if row.scores is None:
        left = min(left, style.PAGE_WIDTH - MARGIN - fonts.width_of(TOO_FEW, style.NOTE_SIZE))
        page.write(left, y, TOO_FEW, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    items = f"{row.items:,}"
    edge = left - GAP
    page.write(edge, y, items, style.SCALE_SIZE, colour=style.QUIET_TEXT, align="right")
    weight: fonts.Weight = "bold" if is_average else "normal"
    room = edge - fonts.width_of(items, style.SCALE_SIZE) - GAP - MARGIN
    page.write(MARGIN, y, fonts.fit(fonts.drawable(plain(row.name), weight), 10.5, room, weight), 10.5, weight=weight)
    for place, score in enumerate(row.scores or ()):
        x = left + place * CELL
        page.fill(x + 0.5, top + 0.5, CELL - 1, PITCH - 1, colour_of(score))
        colour = style.CASING if share_of(score) >= DARK_TEXT_FROM else style.TEXT
        page.write(x + CELL / 2, y, percent(score), style.NOTE_SIZE, colour=colour, align="center", weight=weight)


def left_of(columns: int) -> float:
    """Where the first column begins."""
    return style.PAGE_WIDTH - MARGIN - columns * CELL


def percent(score: float) -> str:
    """A score in whole percent, without the sign."""
    return f"{100 * score:.0f}"


def share_of(score: float) -> float:
    """How far a score is up the scale of colours, in steps that the eye and a palette can keep apart."""
    return round(max(0.0, min(1.0, score)) * STEPS) / STEPS


def colour_of(score: float) -> str:
    """The colour of a cell, dark for 0 and light for 1."""
    share = share_of(score)
    return "#" + "".join(f"{round(low + share * (high - low)):02X}" for low, high in zip(DARK, LIGHT, strict=True))
