"""The rows of the leaderboard's picture: where their bars are, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.model import Interval
from charts import fonts, style
from charts.heading import MARGIN, Heading
from charts.page import Align, Page, Segment
from charts.words import percent

GAP: Final = 8.0
NAME_HEIGHT: Final = 15.0
SCALE_HEIGHT: Final = 18.0
NOTE_LINE: Final = 16.0
STAR: Final = "\N{BLACK STAR}"
STAR_WIDTH: Final = 15.0
HELD: Final = "\N{DAGGER}"
HELD_WIDTH: Final = 10.0
ZERO_WIDTH: Final = 1.2
DASH_WIDTH: Final = 2.0
KEY_WIDTH: Final = 7.0
KEY_REACH: Final = 5.5
MARKS: Final = (0, 25, 50, 75, 100)
WIDE_MARKS: Final = (-100, -50, 0, 50, 100)
MARK_WIDTH: Final = 0.12


@dataclass(frozen=True, slots=True)
class Row:
    """What one entry shows: its texts, as they are drawn, and its bar as a score."""

    rank: str
    name: str
    score: str
    interval: str
    bar: float
    whiskers: Interval
    best: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are: the scale reaches from `left` (`lowest`) to `right` (100%), the first row begins at `top`.

    Each row is `pitch` high and its bar `bar`; the scores end at `score_right`, left of the intervals.
    """

    heading: Heading
    top: float
    left: float
    right: float
    score_right: float
    pitch: float
    bar: float
    rows: int
    lowest: float

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.rows * self.pitch

    @property
    def padding(self) -> float:
        """What is free above a row's name, and below its bar."""
        return (self.pitch - NAME_HEIGHT - self.bar) / 2

    def x_of(self, score: float) -> float:
        """Where a score is on the scale; what lies outside of it is drawn at its end."""
        share = (min(1.0, max(self.lowest, score)) - self.lowest) / (1.0 - self.lowest)
        return self.left + share * (self.right - self.left)


def marks_of(lowest: float) -> tuple[int, ...]:
    """The percentages that the scale names; its lower end too where that is no round number and stands apart."""
    if lowest >= 0:
        return MARKS
    end = round(100 * lowest)
    marks = tuple(mark for mark in WIDE_MARKS if mark >= end)
    return marks if marks[0] - end < MARK_WIDTH * (100 - end) else (end, *marks)


def draw_band(page: Page, layout: Layout, top: float, row: Row) -> None:
    """Draw the ground and the edge of a row that may be the best."""
    if row.best:
        page.fill(0, top, style.PAGE_WIDTH, layout.pitch, style.BAND)
        page.fill(0, top, 4, layout.pitch, style.BEST)


def draw_scale(page: Page, layout: Layout) -> None:
    """Draw the grid and name its lines below; zero is set off where scores go below it."""
    marks = {percentage: layout.x_of(percentage / 100) for percentage in marks_of(layout.lowest)}
    page.lines([((x, layout.top), (x, layout.bottom)) for x in marks.values()], style.GRID, style.GRID_WIDTH)
    if layout.lowest < 0:
        page.lines(below_names(layout, marks[0]), style.QUIET_TEXT, ZERO_WIDTH)
    for percentage, x in marks.items():
        align: Align = "right" if percentage == 100 else "left" if percentage == min(marks) else "center"
        y = layout.bottom + SCALE_HEIGHT / 2
        page.write(x, y, f"{percentage}%", style.SCALE_SIZE, colour=style.QUIET_TEXT, align=align)


def below_names(layout: Layout, x: float) -> Sequence[Segment]:
    """An upright line that leaves the names out: one piece in each row, from below the name to the row's end."""
    tops = [layout.top + place * layout.pitch for place in range(layout.rows)]
    return [((x, top + layout.padding + NAME_HEIGHT - 1), (x, top + layout.pitch)) for top in tops]


def draw_baseline(page: Page, layout: Layout, score: float) -> None:
    """Draw a dash across each row where the best baseline is, and say above the rows what they are.

    Dashes and no line, since a line would cross the names.
    """
    words = f"best baseline {percent(score)}"
    half = (fonts.width_of(words, style.NOTE_SIZE) + KEY_WIDTH) / 2
    x = layout.x_of(score)
    left = min(max(x, MARGIN + half), style.PAGE_WIDTH - MARGIN - half) - half
    y = layout.top - NOTE_LINE / 2
    dashes = [*below_names(layout, x), ((left + 1, y - KEY_REACH), (left + 1, y + KEY_REACH))]
    page.lines(dashes, style.CASING, DASH_WIDTH + 2 * style.CASING_WIDTH)
    page.lines(dashes, style.BASELINE, DASH_WIDTH)
    page.write(left + KEY_WIDTH, y, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)


def draw_row(page: Page, layout: Layout, top: float, row: Row) -> None:
    """Draw one entry: its texts in a line, and below them its bar with the interval."""
    write_row(page, layout, top + layout.padding + NAME_HEIGHT / 2 - 1, row)
    draw_bar(page, layout, top + layout.padding + NAME_HEIGHT, row)


def write_row(page: Page, layout: Layout, y: float, row: Row) -> None:
    """Write the rank and the name from the left, the figures from the right; the name yields where they would meet."""
    if row.rank:
        page.write(layout.left - GAP, y, row.rank, style.NAME_SIZE, align="right")
    page.write(layout.right, y, row.interval, style.NOTE_SIZE, colour=style.QUIET_TEXT, align="right")
    page.write(layout.score_right, y, row.score, style.NAME_SIZE, weight="bold", align="right")
    left = layout.left
    if row.best:
        page.write(left, y, STAR, style.NAME_SIZE, colour=style.BEST)
        left += STAR_WIDTH
    if row.held:
        page.write(left, y, HELD, style.NAME_SIZE, colour=style.CAUTION, weight="bold")
        left += HELD_WIDTH
    room = layout.score_right - fonts.width_of(row.score, style.NAME_SIZE, "bold") - GAP - left
    page.write(left, y, fonts.fit(row.name, style.NAME_SIZE, room), style.NAME_SIZE)


def draw_bar(page: Page, layout: Layout, y: float, row: Row) -> None:
    """Draw the bar and over it the interval, white in a dark casing so that it is seen on the bar and beside it."""
    colour = style.BEST if row.best else style.BAR
    zero, end = layout.x_of(0.0), layout.x_of(row.bar)
    width = max(2.0, abs(end - zero))
    page.fill(zero if row.bar >= 0 else zero - width, y, width, layout.bar, colour)
    draw_whiskers(page, layout, y + layout.bar / 2, row.whiskers, colour=style.CASING, edge=style.CASING_WIDTH)
    draw_whiskers(page, layout, y + layout.bar / 2, row.whiskers, colour=style.WHISKER, edge=0)


def draw_whiskers(page: Page, layout: Layout, y: float, interval: Interval, *, colour: str, edge: float) -> None:
    """Draw an interval as a line with caps at the height `y`, `edge` wider on every side."""
    low, high = layout.x_of(interval.low), layout.x_of(interval.high)
    reach = layout.bar / 2 - 1 + edge
    caps = [((x, y - reach), (x, y + reach)) for x in (low, high)]
    page.lines([((low - edge, y), (high + edge, y)), *caps], colour, style.WHISKER_WIDTH + 2 * edge)
