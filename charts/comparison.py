"""Two systems compared: for all items and for each slice a line around "equal" that is the interval of the difference.

Left of the middle the first system is ahead, right of it the second. A triangle in front of each figure says the same,
and a filled dot that the gap is more than luck, so that no colour is needed to read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Final

from bench.stats.comparison import Comparison, Difference, SliceDifference
from bench.stats.ranking import ALPHA, FEWEST_ITEMS
from bench.stats.slices import FEWEST_COMPARED
from charts import fonts, style
from charts.heading import MARGIN, Heading, heading_of, write_heading
from charts.page import Page
from charts.words import ALTERNATIVE_TEXT_LIMIT, NAME_LIMIT, TITLE_LIMIT, counted, plain

__all__ = ["ROWS", "comparison_alternative_text", "compose", "draw_comparison"]

ROWS: Final = 15
GAP: Final = 8.0
NOTE_LINE: Final = 16.0
PITCH: Final = 35.0
NAME_HEIGHT: Final = 17.0
SIDE_LINE: Final = 19.0
SCALE_HEIGHT: Final = 18.0
SIGN_WIDTH: Final = 13.0
DOT: Final = 11.0
SCALES: Final = (10, 20, 40, 60, 100)
FIRST: Final = "\N{BLACK LEFT-POINTING TRIANGLE}"
SECOND: Final = "\N{BLACK RIGHT-POINTING TRIANGLE}"
EQUAL: Final = "="


class Verdict(Enum):
    """What a difference amounts to: the mark that says it, and its words."""

    REAL = ("\N{BLACK CIRCLE}", "more than luck")
    LUCK = ("\N{WHITE CIRCLE}", "could be luck")
    TOO_FEW = ("?", f"fewer than {FEWEST_COMPARED} items")

    def __init__(self, mark: str, words: str) -> None:
        self.mark = mark
        self.words = words


@dataclass(frozen=True, slots=True)
class Row:
    """One difference with its name and its number of items in parentheses, as it is drawn."""

    name: str
    items: str
    difference: Difference
    verdict: Verdict

    @property
    def sign(self) -> str:
        """The triangle towards who is ahead."""
        mean = self.difference.mean
        return EQUAL if mean == 0 else FIRST if mean > 0 else SECOND

    @property
    def colour(self) -> str:
        """That of the system that is ahead."""
        return {FIRST: style.BAR, SECOND: style.BEST, EQUAL: style.QUIET_TEXT}[self.sign]

    @property
    def figures(self) -> str:
        """The lead in points with its interval, seen from who is ahead."""
        found = self.difference
        low, high = (found.low, found.high) if found.mean >= 0 else (-found.high, -found.low)
        return f"{100 * abs(found.mean):.1f} ({round(100 * low):+d} to {round(100 * high):+d})"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are: `scale` points to either side of `middle` take `half` units, the first row begins at `top`."""

    heading: Heading
    side_lines: int
    top: float
    rows: int
    scale: int

    @property
    def middle(self) -> float:
        """Where both are equal."""
        return style.PAGE_WIDTH / 2

    @property
    def half(self) -> float:
        """The length of one side of the scale."""
        return self.middle - 1.5 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.rows * PITCH

    def x_of(self, difference: float) -> float:
        """Where a difference is: to the left where the first is ahead."""
        return self.middle - max(-1.0, min(1.0, 100 * difference / self.scale)) * self.half


def draw_comparison(comparison: Comparison, title: str) -> bytes:
    """The comparison as a PNG of 1,000 pixels' width: all items first, then at most 14 slices."""
    with style.house_style():
        return compose(comparison, title).png()


def comparison_alternative_text(comparison: Comparison, title: str) -> str:
    """The comparison for those who do not see it, at most 1,024 characters: the lead on all items, then by slice."""
    head = (
        f"{plain(comparison.first)} compared with {plain(comparison.second)} on {plain(title, TITLE_LIMIT)}, "
        "differences in points with 95% intervals. "
    )
    rows = rows_of(comparison)
    hidden = sum(piece.difference is not None for piece in comparison.slices) + 1 - len(rows)
    tail = f" And {counted(hidden, 'slice', 'slices')} more." if hidden else ""
    told = "; ".join(row_words(comparison, row) for row in rows)
    room = ALTERNATIVE_TEXT_LIMIT - len(head) - len(tail) - 1
    return f"{head}{told if len(told) <= room else told[: room - 1] + fonts.ELLIPSIS}.{tail}"


def row_words(comparison: Comparison, row: Row) -> str:
    """One row in words: ``dialect: chile (40): TeamX leads by 4.0 (-2 to +10), could be luck``."""
    name = f"{row.name} {row.items}"
    if row.sign == EQUAL:
        return f"{name}: equal, {row.figures}"
    ahead = comparison.first if row.sign == FIRST else comparison.second
    return f"{name}: {plain(ahead)} leads by {row.figures}, {row.verdict.words}"


def rows_of(comparison: Comparison) -> tuple[Row, ...]:
    """All items, then the slices that have the items to be shown."""
    real = comparison.items >= FEWEST_ITEMS and comparison.difference.p <= ALPHA
    verdict = Verdict.REAL if real and comparison.ranked_apart is not False else Verdict.LUCK
    first = Row("All items", f"({comparison.items:,})", comparison.difference, verdict)
    slices = [
        Row(label_of(piece), f"({piece.items:,})", piece.difference, verdict_of(piece))
        for piece in comparison.slices
        if piece.difference is not None
    ]
    return (first, *slices[: ROWS - 1])


def label_of(piece: SliceDifference) -> str:
    """The slice with its tag."""
    name = piece.name if piece.name == f"{piece.key} not stated" else f"{piece.key}: {piece.name}"
    return plain(name, NAME_LIMIT)


def verdict_of(piece: SliceDifference) -> Verdict:
    """What the difference on a slice amounts to."""
    if piece.p is None:
        return Verdict.TOO_FEW
    return Verdict.REAL if piece.p <= ALPHA else Verdict.LUCK


def compose(comparison: Comparison, title: str) -> Page:
    """The page with everything on it."""
    rows = rows_of(comparison)
    notes = notes_of(comparison, rows)
    layout = lay_out(comparison, rows, title)
    page = Page(layout.bottom + SCALE_HEIGHT + len(notes) * NOTE_LINE + MARGIN / 2)
    write_head(page, layout, comparison, rows)
    page.fill(0, layout.top, style.PAGE_WIDTH, PITCH, style.BAND)
    draw_scale(page, layout)
    for place, row in enumerate(rows):
        draw_row(page, layout, layout.top + place * PITCH, row)
    for number, note in enumerate(notes):
        y = layout.bottom + SCALE_HEIGHT + (number + 0.5) * NOTE_LINE
        page.write(MARGIN, y, note, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def notes_of(comparison: Comparison, rows: Sequence[Row]) -> list[str]:
    """What the picture leaves out."""
    shown = sum(piece.difference is not None for piece in comparison.slices)
    small = len(comparison.slices) - shown
    notes = []
    if shown + 1 > len(rows):
        notes.append(f"and {counted(shown + 1 - len(rows), 'slice', 'slices')} more")
    if small:
        have = "has" if small == 1 else "have"
        notes.append(f"{counted(small, 'slice', 'slices')} {have} fewer than 10 items: too few to show")
    return notes


def lay_out(comparison: Comparison, rows: Sequence[Row], title: str) -> Layout:
    """Decide the places of everything, and a scale that holds the widest interval."""
    width = style.PAGE_WIDTH - 2 * MARGIN
    heading = heading_of(title)
    widest = max(ceil(100 * max(abs(row.difference.low), abs(row.difference.high))) for row in rows)
    scale = next(points for points in SCALES if points >= min(widest, SCALES[-1]))
    half = width / 2 - SIGN_WIDTH - GAP
    is_long = any(fonts.width_of(name, style.NAME_SIZE, "bold") > half for name in names_of(comparison))
    side_lines = 2 if is_long else 1
    top = heading.bottom + 2 * NOTE_LINE + side_lines * SIDE_LINE + 1.5 * GAP
    return Layout(heading, side_lines, top, len(rows), scale)


def write_head(page: Page, layout: Layout, comparison: Comparison, rows: Sequence[Row]) -> None:
    """Write the title, who is on which side, and what the marks say."""
    write_heading(page, layout.heading)
    y = layout.heading.bottom
    facts = "who is ahead by how many points, with its 95% interval"
    page.write(MARGIN, y + NOTE_LINE / 2 + 2, facts, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    x = MARGIN
    for verdict in Verdict:
        if any(row.verdict is verdict for row in rows):
            page.write(x, y + 1.5 * NOTE_LINE + 2, verdict.mark, style.NOTE_SIZE)
            page.write(x + SIGN_WIDTH, y + 1.5 * NOTE_LINE + 2, verdict.words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
            x += SIGN_WIDTH + fonts.width_of(verdict.words, style.NOTE_SIZE) + 2 * GAP
    write_sides(page, layout, comparison)


def write_sides(page: Page, layout: Layout, comparison: Comparison) -> None:
    """Write each system's name over its side of the scale; long ones below each other."""
    right = style.PAGE_WIDTH - MARGIN
    room = right - MARGIN - SIGN_WIDTH
    first, second = (fonts.fit(name, style.NAME_SIZE, room, "bold") for name in names_of(comparison))
    below = layout.top - SIDE_LINE / 2 - GAP / 2
    above = below - SIDE_LINE * (layout.side_lines - 1)
    page.write(MARGIN, above, FIRST, style.NAME_SIZE, colour=style.BAR)
    page.write(MARGIN + SIGN_WIDTH, above, first, style.NAME_SIZE, weight="bold", colour=style.BAR)
    page.write(right, below, SECOND, style.NAME_SIZE, colour=style.BEST, align="right")
    page.write(right - SIGN_WIDTH, below, second, style.NAME_SIZE, weight="bold", colour=style.BEST, align="right")


def names_of(comparison: Comparison) -> list[str]:
    """Both names as they can be drawn."""
    return [fonts.drawable(plain(name, NAME_LIMIT), "bold") for name in (comparison.first, comparison.second)]


def draw_scale(page: Page, layout: Layout) -> None:
    """Draw the grid beneath the intervals, with the middle set off, and name its lines below in points ahead."""
    marks = [share * layout.scale // 2 for share in (-2, -1, 0, 1, 2)]
    xs = [layout.x_of(points / 100) for points in marks]
    rows = [layout.top + place * PITCH for place in range(layout.rows)]
    below = [(x, top + NAME_HEIGHT, top + PITCH) for x in xs for top in rows]
    page.lines([((x, start), (x, end)) for x, start, end in below], style.GRID, style.GRID_WIDTH)
    middle = [((x, start), (x, end)) for x, start, end in below if x == layout.middle]
    page.lines(middle, style.QUIET_TEXT, 1.2)
    for x, points in zip(xs, marks, strict=True):
        words = f"{abs(points)}" if points else "equal"
        y = layout.bottom + SCALE_HEIGHT / 2
        page.write(x, y, words, style.SCALE_SIZE, colour=style.QUIET_TEXT, align="center")


def draw_row(page: Page, layout: Layout, top: float, row: Row) -> None:
    """Write the name and the figures in a line; below them draw the interval with its mark."""
    y = top + NAME_HEIGHT / 2 + 1
    right = style.PAGE_WIDTH - MARGIN
    weight: fonts.Weight = "bold" if row.verdict is Verdict.REAL else "normal"
    page.write(right, y, row.figures, style.NOTE_SIZE, weight=weight, align="right")
    left = right - fonts.width_of(row.figures, style.NOTE_SIZE, weight) - GAP / 2
    page.write(left, y, row.sign, style.NAME_SIZE, colour=row.colour, align="right")
    items = fonts.width_of(row.items, style.NOTE_SIZE) + GAP / 2
    room = left - SIGN_WIDTH - GAP - MARGIN - items
    name = fonts.fit(fonts.drawable(row.name), style.NAME_SIZE, room)
    page.write(MARGIN, y, name, style.NAME_SIZE)
    x = MARGIN + fonts.width_of(name, style.NAME_SIZE) + GAP / 2
    page.write(x, y, row.items, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    draw_interval(page, layout, top + NAME_HEIGHT + (PITCH - NAME_HEIGHT) / 2 - 1, row)


def draw_interval(page: Page, layout: Layout, y: float, row: Row) -> None:
    """Draw the interval, and in a gap of it the mark of what the difference amounts to."""
    low, high = sorted(map(layout.x_of, (row.difference.low, row.difference.high)))
    x = layout.x_of(row.difference.mean)
    colour = row.colour if row.verdict is Verdict.REAL else style.QUIET_TEXT
    caps = [((end, y - 4), (end, y + 4)) for end in (low, high)]
    parts = [((low, y), (x - DOT / 2, y)), ((x + DOT / 2, y), (high, y))]
    lines = [part for part in parts if part[0][0] < part[1][0]]
    page.lines([*caps, *lines], colour, 2.4 if row.verdict is Verdict.REAL else style.WHISKER_WIDTH)
    page.write(x, y - 1, row.verdict.mark, style.NAME_SIZE, colour=colour, weight="bold", align="center")
