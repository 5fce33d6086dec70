"""The leaderboard's picture: one row for each entry, best at the top, with its name above its bar.

The name stands over the bar and not beside it, so that forty characters stay readable on a phone.
"""

from dataclasses import dataclass
from typing import Final

from bench.model import Interval
from bench.standing import RankedEntry, Standings
from charts import fonts, style
from charts.page import Align, Page
from charts.words import (
    NAME_LIMIT,
    TITLE_LIMIT,
    board_alternative_text,
    counted,
    percent,
    percent_range,
    plain,
    rank_range,
)

__all__ = ["BARS", "board_alternative_text", "compose", "draw_board"]

BARS: Final = 25
MARGIN: Final = 14.0
GAP: Final = 8.0
NOTE_LINE: Final = 16.0
NAME_HEIGHT: Final = 15.0
SCALE_HEIGHT: Final = 18.0
STAR: Final = "\N{BLACK STAR}"
STAR_WIDTH: Final = 15.0
ALIGNMENTS: Final[dict[int, Align]] = {0: "left", 100: "right"}


@dataclass(frozen=True, slots=True)
class Row:
    """What one entry shows: its texts, as they are drawn, and its bar in fractions of the scale."""

    rank: str
    name: str
    score: str
    interval: str
    bar: float
    whiskers: Interval
    best: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are: the bars reach from `left` (0%) to `right` (100%), the first row begins at `top`.

    Each row is `pitch` high and its bar `bar`; the scores end at `score_right`, left of the intervals.
    """

    title: tuple[str, ...]
    title_size: float
    top: float
    left: float
    right: float
    score_right: float
    pitch: float
    bar: float
    rows: int

    @property
    def title_line(self) -> float:
        """The height of one line of the title."""
        return self.title_size * 1.3

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.rows * self.pitch

    def x_of(self, score: float) -> float:
        """Where a score is on the scale; what lies outside of 0..1 is drawn at its end."""
        return self.left + min(1.0, max(0.0, score)) * (self.right - self.left)


def draw_board(standings: Standings, title: str) -> bytes:
    """The standings as a PNG of 1,000 pixels' width: bars with 95% intervals, at most 25 of them."""
    with style.house_style():
        return compose(standings, title).png()


def compose(standings: Standings, title: str) -> Page:
    """The page of the board with everything on it."""
    rows = rows_of(standings)
    layout = lay_out(rows, title)
    hidden = len(standings.ranked) - len(rows)
    foot = (SCALE_HEIGHT if rows else 0) + (NOTE_LINE if hidden else 0)
    page = Page(layout.bottom + foot + MARGIN / 2)
    write_head(page, standings, layout)
    for place, row in enumerate(rows):
        draw_band(page, layout, layout.top + place * layout.pitch, row)
    if rows:
        draw_scale(page, layout)
    for place, row in enumerate(rows):
        draw_row(page, layout, layout.top + place * layout.pitch, row)
    if hidden:
        y = layout.bottom + SCALE_HEIGHT + NOTE_LINE / 2
        page.write(layout.left, y, f"and {hidden:,} more", style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def rows_of(standings: Standings) -> tuple[Row, ...]:
    """What the first entries show; without a claim of ranks there is neither a rank nor a best."""
    shown = standings.ranked[:BARS]
    return tuple(
        Row(
            rank=rank_range(ranked) if standings.claims_ranks else "",
            name=name,
            score=percent(ranked.entry.score),
            interval=percent_range(ranked.entry.interval, standings.items),
            bar=ranked.entry.score,
            whiskers=ranked.entry.interval,
            best=standings.claims_ranks and ranked.may_be_best,
        )
        for ranked, name in zip(shown, names_of(shown), strict=True)
    )


def names_of(shown: tuple[RankedEntry, ...]) -> tuple[str, ...]:
    """The systems' names; where two look the same, with the name of the person who sent it."""
    names = [fonts.drawable(plain(ranked.entry.system, NAME_LIMIT)) for ranked in shown]
    return tuple(
        name if names.count(name) == 1 else f"{name} ({plain(ranked.entry.user_name, NAME_LIMIT // 2)})"
        for name, ranked in zip(names, shown, strict=True)
    )


def lay_out(rows: tuple[Row, ...], title: str) -> Layout:
    """Decide the places of everything from the number of rows and their widest texts."""
    width = style.PAGE_WIDTH - 2 * MARGIN
    text = fonts.drawable(plain(title, TITLE_LIMIT), "bold")
    size = style.TITLE_SIZE
    if fonts.width_of(text, size, "bold") > width:
        size = style.LONG_TITLE_SIZE
    lines = tuple(fonts.wrap(text, size, width, 2, "bold"))
    ranks = max((fonts.width_of(row.rank, style.NAME_SIZE) for row in rows), default=0.0)
    intervals = max((fonts.width_of(row.interval, style.NOTE_SIZE) for row in rows), default=0.0)
    pitch, bar = heights_of(len(rows))
    return Layout(
        title=lines,
        title_size=size,
        top=MARGIN + len(lines) * size * 1.3 + 2 * NOTE_LINE + GAP,
        left=MARGIN + (ranks + GAP if ranks else 0),
        right=style.PAGE_WIDTH - MARGIN,
        score_right=style.PAGE_WIDTH - MARGIN - intervals - 0.75 * GAP,
        pitch=pitch,
        bar=bar,
        rows=len(rows),
    )


def heights_of(rows: int) -> tuple[float, float]:
    """The heights of a row and of its bar; many stand closer, so that the picture still fits a screen."""
    if rows <= 6:
        return 42, 13
    if rows <= 12:
        return 36, 11
    return 29, 8


def write_head(page: Page, standings: Standings, layout: Layout) -> None:
    """Write the title, what the figures are, and what the star says (or why nothing is claimed)."""
    y = MARGIN
    for line in layout.title:
        page.write(MARGIN, y + layout.title_line / 2, line, layout.title_size, weight="bold")
        y += layout.title_line
    facts = f"{counted(standings.items, 'item', 'items')} · score with its 95% interval"
    page.write(MARGIN, y + NOTE_LINE / 2 + 2, facts, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    write_claim(page, standings, y + 1.5 * NOTE_LINE + 2)


def write_claim(page: Page, standings: Standings, y: float) -> None:
    """Write what the picture claims about who is best."""
    if not standings.ranked:
        page.write(MARGIN, y, "No entries yet", style.NOTE_SIZE, colour=style.QUIET_TEXT)
    elif standings.claims_ranks:
        page.write(MARGIN, y, STAR, style.NAME_SIZE, colour=style.BEST)
        words = "may be the best: no other is significantly better"
        page.write(MARGIN + STAR_WIDTH, y, words, style.NOTE_SIZE, colour=style.BEST)
    else:
        words = "Fewer than 20 items: no ranks are claimed"
        page.write(MARGIN, y, words, style.NOTE_SIZE, colour=style.CAUTION, weight="bold")


def draw_band(page: Page, layout: Layout, top: float, row: Row) -> None:
    """Draw the ground and the edge of a row that may be the best."""
    if row.best:
        page.fill(0, top, style.PAGE_WIDTH, layout.pitch, style.BAND)
        page.fill(0, top, 4, layout.pitch, style.BEST)


def draw_scale(page: Page, layout: Layout) -> None:
    """Draw the grid and name its lines below."""
    marks = {percentage: layout.x_of(percentage / 100) for percentage in (0, 25, 50, 75, 100)}
    page.lines([((x, layout.top), (x, layout.bottom)) for x in marks.values()], style.GRID, style.GRID_WIDTH)
    for percentage, x in marks.items():
        align = ALIGNMENTS.get(percentage, "center")
        y = layout.bottom + SCALE_HEIGHT / 2
        page.write(x, y, f"{percentage}%", style.SCALE_SIZE, colour=style.QUIET_TEXT, align=align)


def draw_row(page: Page, layout: Layout, top: float, row: Row) -> None:
    """Draw one entry: its texts in a line, and below them its bar with the interval."""
    padding = (layout.pitch - NAME_HEIGHT - layout.bar) / 2
    write_row(page, layout, top + padding + NAME_HEIGHT / 2 - 1, row)
    draw_bar(page, layout, top + padding + NAME_HEIGHT, row)


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
    room = layout.score_right - fonts.width_of(row.score, style.NAME_SIZE, "bold") - GAP - left
    page.write(left, y, fonts.fit(row.name, style.NAME_SIZE, room), style.NAME_SIZE)


def draw_bar(page: Page, layout: Layout, y: float, row: Row) -> None:
    """Draw the bar and over it the interval, white in a dark casing so that it is seen on the bar and beside it."""
    colour = style.BEST if row.best else style.BAR
    page.fill(layout.left, y, max(2.0, layout.x_of(row.bar) - layout.left), layout.bar, colour)
    draw_whiskers(page, layout, y + layout.bar / 2, row.whiskers, colour=style.CASING, edge=style.CASING_WIDTH)
    draw_whiskers(page, layout, y + layout.bar / 2, row.whiskers, colour=style.WHISKER, edge=0)


def draw_whiskers(page: Page, layout: Layout, y: float, interval: Interval, *, colour: str, edge: float) -> None:
    """Draw an interval as a line with caps at the height `y`, `edge` wider on every side."""
    low, high = layout.x_of(interval.low), layout.x_of(interval.high)
    reach = layout.bar / 2 - 1 + edge
    caps = [((x, y - reach), (x, y + reach)) for x in (low, high)]
    page.lines([((low - edge, y), (high + edge, y)), *caps], colour, style.WHISKER_WIDTH + 2 * edge)
