"""The ranks before and after a gold version as a slope chart: one line for each system, from its old to its new place.

A system that rises has an arrow up, one that falls an arrow down, one that stays =: no colour is needed to read it.
Places are evenly spaced, so that no two labels meet; systems that share a rank stand below each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from charts import fonts, style
from charts.heading import MARGIN, Heading, heading_of, write_heading
from charts.page import Page, Segment
from charts.words import ALTERNATIVE_TEXT_LIMIT, NAME_LIMIT, TITLE_LIMIT, counted, percent, plain

__all__ = ["LINES", "SlopeLine", "compose", "draw_slopes", "slopes_alternative_text"]

LINES: Final = 12
GAP: Final = 7.0
NOTE_LINE: Final = 16.0
PITCH: Final = 33.0
NAME_LINE: Final = 7.0
OLD_NAME: Final = 96.0
SLOPE: Final = 74.0
SIGN_WIDTH: Final = 14.0
DOT: Final = 5.0
ARROW: Final = "\N{RIGHTWARDS ARROW}"


class Direction(Enum):
    """Where a system went: the sign that says it, its colour, and how thick its line is."""

    UP = ("\N{BLACK UP-POINTING TRIANGLE}", style.BAR, 2.4)
    DOWN = ("\N{BLACK DOWN-POINTING TRIANGLE}", style.BEST, 2.4)
    SAME = ("=", style.QUIET_TEXT, 1.4)

    def __init__(self, sign: str, colour: str, thickness: float) -> None:
        self.sign = sign
        self.colour = colour
        self.thickness = thickness


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """One system's rank (1 is best) and score (0..1) before and after a gold version."""

    system: str
    before_rank: int
    after_rank: int
    before_score: float
    after_score: float

    @property
    def direction(self) -> Direction:
        """Whether the system rose, fell or stayed."""
        if self.before_rank == self.after_rank:
            return Direction.SAME
        return Direction.UP if self.after_rank < self.before_rank else Direction.DOWN


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are: slopes run from `left` to `right`, ranks take `ranks` on either side, places begin at `top`."""

    heading: Heading
    top: float
    left: float
    right: float
    ranks: float

    def y_of(self, place: int) -> float:
        """The middle of a place, counted from 0."""
        return self.top + (place + 0.5) * PITCH


def draw_slopes(moves: Sequence[SlopeLine], title: str) -> bytes:
    """The moves as a PNG of 1,000 pixels' width: old ranks at the left, new ones at the right, at most 12 systems."""
    with style.house_style():
        return compose(moves, title).png()


def slopes_alternative_text(moves: Sequence[SlopeLine], title: str) -> str:
    """The moves for those who do not see them, at most 1,024 characters: who moved, in the order of the new ranks."""
    movers = chosen([move for move in moves if move.direction is not Direction.SAME])
    stayed = sum(move.direction is Direction.SAME for move in moves)
    head = f"Ranks by score before and after, {plain(title, TITLE_LIMIT)}: "
    if not movers:
        return f"{head}none of {counted(stayed, 'system', 'systems')} changed its rank."
    more = len(moves) - stayed - len(movers)
    tail = f" And {more:,} more." if more else ""
    if stayed:
        tail += f" {counted(stayed, 'system keeps its rank', 'systems keep their ranks')}."
    told = "; ".join(map(move_words, movers))
    room = ALTERNATIVE_TEXT_LIMIT - len(head) - len(tail) - 1
    return f"{head}{told if len(told) <= room else told[: room - 1] + fonts.ELLIPSIS}.{tail}"


def move_words(move: SlopeLine) -> str:
    """One move in words: ``atlas-7b from 3 to 1 (78.0% to 81.5%)``."""
    scores = f"{percent(move.before_score)} to {percent(move.after_score)}"
    return f"{plain(move.system)} from {move.before_rank} to {move.after_rank} ({scores})"


def chosen(moves: Sequence[SlopeLine]) -> tuple[SlopeLine, ...]:
    """The systems to show, in the order of their new ranks: who leads or led, then who moved, then the best others."""

    def weight(move: SlopeLine) -> tuple[bool, bool, int]:
        best = min(move.before_rank, move.after_rank)
        return best > 1, move.direction is Direction.SAME, best

    return tuple(sorted(sorted(moves, key=weight)[:LINES], key=lambda move: (move.after_rank, move.before_rank)))


def old_places(shown: Sequence[SlopeLine]) -> list[int]:
    """The old place of each system, 0 at the top; where old ranks are equal, in the new order, so that lines part."""
    order = sorted(range(len(shown)), key=lambda number: (shown[number].before_rank, number))
    return [order.index(number) for number in range(len(shown))]


def compose(moves: Sequence[SlopeLine], title: str) -> Page:
    """The page with everything on it."""
    shown = chosen(moves)
    hidden = len(moves) - len(shown)
    layout = lay_out(shown, title)
    bottom = layout.top + max(1, len(shown)) * PITCH
    page = Page(bottom + (NOTE_LINE if hidden else 0) + MARGIN / 2)
    write_head(page, layout)
    places = old_places(shown)
    draw_lines(page, layout, shown, places)
    for place, move in enumerate(shown):
        write_before(page, layout, layout.y_of(places[place]), move)
        write_after(page, layout, layout.y_of(place), move)
    if not shown:
        words = "No system was ranked both before and after"
        page.write(MARGIN, layout.y_of(0), words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    if hidden:
        words = f"and {hidden:,} more"
        page.write(MARGIN, bottom + NOTE_LINE / 2, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def lay_out(shown: Sequence[SlopeLine], title: str) -> Layout:
    """Decide the places of everything from the title and the widest rank."""
    heading = heading_of(title)
    told = [str(rank) for move in shown for rank in (move.before_rank, move.after_rank)]
    ranks = max((fonts.width_of(rank, style.NAME_SIZE, "bold") for rank in told), default=0.0)
    left = MARGIN + OLD_NAME + GAP + ranks + GAP
    return Layout(heading, heading.bottom + 2.2 * NOTE_LINE, left, left + SLOPE, ranks)


def write_head(page: Page, layout: Layout) -> None:
    """Write the title, what the signs say, and what stands on which side."""
    write_heading(page, layout.heading)
    y = layout.heading.bottom
    x = MARGIN
    for direction, word in ((Direction.UP, "rises"), (Direction.DOWN, "falls"), (Direction.SAME, "stays")):
        page.write(x, y + NOTE_LINE / 2 + 2, direction.sign, style.NOTE_SIZE, colour=direction.colour)
        page.write(x + SIGN_WIDTH, y + NOTE_LINE / 2 + 2, word, style.NOTE_SIZE, colour=style.QUIET_TEXT)
        x += SIGN_WIDTH + fonts.width_of(word, style.NOTE_SIZE) + 2 * GAP
    page.write(x, y + NOTE_LINE / 2 + 2, "(ranks by score)", style.NOTE_SIZE, colour=style.QUIET_TEXT)
    middle = y + 1.6 * NOTE_LINE + 3
    page.write(layout.left - GAP, middle, "before", style.NOTE_SIZE, colour=style.QUIET_TEXT, align="right")
    page.write(layout.right + GAP, middle, "after", style.NOTE_SIZE, colour=style.QUIET_TEXT)


def draw_lines(page: Page, layout: Layout, shown: Sequence[SlopeLine], places: Sequence[int]) -> None:
    """Draw the slopes, those that stay first; a dark casing tells lines apart where they cross."""
    for number in sorted(range(len(shown)), key=lambda number: shown[number].direction is not Direction.SAME):
        direction = shown[number].direction
        start, end = layout.y_of(places[number]), layout.y_of(number)
        slope: Segment = ((layout.left, start), (layout.right, end))
        page.lines([slope], style.CASING, direction.thickness + 4 * style.CASING_WIDTH)
        page.lines([slope], direction.colour, direction.thickness)
        for x, y in slope:
            page.fill(x - DOT / 2, y - DOT / 2, DOT, DOT, direction.colour)


def write_before(page: Page, layout: Layout, y: float, move: SlopeLine) -> None:
    """Write the old rank, and the name so that a line can be followed from here too."""
    right = layout.left - GAP
    page.write(right, y, str(move.before_rank), style.NAME_SIZE, weight="bold", align="right")
    name = fonts.fit(name_of(move), style.NOTE_SIZE, OLD_NAME)
    page.write(right - layout.ranks - GAP, y, name, style.NOTE_SIZE, colour=style.QUIET_TEXT, align="right")


def write_after(page: Page, layout: Layout, y: float, move: SlopeLine) -> None:
    """Write the new rank with the sign, the name, and below it both scores."""
    direction = move.direction
    x = layout.right + GAP
    page.write(x, y, str(move.after_rank), style.NAME_SIZE, weight="bold")
    x += layout.ranks + GAP / 2
    page.write(x, y, direction.sign, style.NAME_SIZE, colour=direction.colour)
    x += SIGN_WIDTH
    name = fonts.fit(name_of(move), style.NAME_SIZE, style.PAGE_WIDTH - MARGIN / 2 - x)
    page.write(x, y - NAME_LINE, name, style.NAME_SIZE)
    scores = f"{percent(move.before_score)} {ARROW} {percent(move.after_score)}"
    page.write(x, y + NAME_LINE, scores, style.NOTE_SIZE, colour=style.QUIET_TEXT)


def name_of(move: SlopeLine) -> str:
    """The system's name as it can be drawn."""
    return fonts.drawable(plain(move.system, NAME_LIMIT))
