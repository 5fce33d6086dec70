"""Scores over time: a step line for each system, which holds a score until the next one, and marks of gold versions.

Each line ends at its system's name, in its own colour, shape and dash, so that no colour alone tells who it is.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import compress, pairwise
from math import dist
from typing import Final

from bench.score_history import ScoreHistory, SystemHistory
from charts import fonts, style
from charts.heading import MARGIN, Heading, heading_of, write_heading
from charts.history_words import history_alternative_text, shown_and_rest
from charts.page import Page, Point, Segment
from charts.placing import spread, thinned
from charts.scales import LEAST_SPAN, PercentScale, percent_scale, span_words, time_ticks
from charts.words import NAME_LIMIT, counted, percent, plain

__all__ = ["compose", "draw_history", "history_alternative_text"]

LEFT: Final = 46.0
RIGHT: Final = 254.0
LEADER: Final = 16.0
MARK: Final = 5.5
MARK_GAP: Final = 3.5
LABEL_PITCH: Final = 27.0
NAME_LINE: Final = 6.0
NOTE_LINE: Final = 16.0
VERSION_LINE: Final = 15.0
VERSION_REACH: Final = 5.0
VERSION_GAP: Final = 7.0
TICK_LINE: Final = 12.0
TIMES_HEIGHT: Final = 2 * TICK_LINE + 10
LEAST_HEIGHT: Final = 150.0
LINE_WIDTH: Final = 1.8
REST_WIDTH: Final = 0.9
DASHED_FROM: Final = 4
DASHES: Final = (3.0, 1.2)
DOTS: Final = (1.0, 2.5)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are: times run from LEFT (`start`) to RIGHT (`end`), scores from `bottom` up to `top`."""

    heading: Heading
    start: datetime
    end: datetime
    scale: PercentScale
    top: float
    bottom: float

    def x_of(self, at: datetime) -> float:
        """Where a time is."""
        return LEFT + (at - self.start) / (self.end - self.start) * (RIGHT - LEFT)

    def y_of(self, score: float) -> float:
        """Where a score is."""
        return self.bottom - self.scale.share_of(score) * (self.bottom - self.top)

    def steps_of(self, system: SystemHistory) -> list[Point]:
        """The corners of a system's line: along at the old score, up at the time of the new one, and on to the end."""
        corners: list[Point] = []
        for at, score in system.rises:
            x, y = self.x_of(at), self.y_of(score)
            corners += [(x, corners[-1][1]), (x, y)] if corners else [(x, y)]
        return [*corners, (RIGHT, corners[-1][1])]


def draw_history(history: ScoreHistory, title: str) -> bytes:
    """The history as a PNG of 1,000 pixels' width: the best eight systems with their names, all others in grey."""
    with style.house_style():
        return compose(history, title).png()


def compose(history: ScoreHistory, title: str) -> Page:
    """The page with everything on it."""
    heading = heading_of(title)
    shown, rest = shown_and_rest(history)
    if not shown:
        return empty_page(heading)
    layout = lay_out(history, heading, shown)
    notes = notes_of(layout, history, rest)
    page = Page(layout.bottom + TIMES_HEIGHT + len(notes) * NOTE_LINE + MARGIN / 2)
    write_head(page, layout, history)
    draw_grid(page, layout)
    draw_times(page, layout)
    draw_versions(page, layout, history)
    for system in rest:
        page.lines(visible_steps(layout, system), style.REST, REST_WIDTH)
    draw_systems(page, layout, shown)
    write_names(page, layout, shown)
    for number, note in enumerate(notes):
        y = layout.bottom + TIMES_HEIGHT + (number + 0.5) * NOTE_LINE
        page.write(MARGIN, y, note, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def empty_page(heading: Heading) -> Page:
    """The page of a board without runs."""
    page = Page(heading.bottom + NOTE_LINE + MARGIN)
    write_heading(page, heading)
    page.write(MARGIN, heading.bottom + NOTE_LINE / 2 + 2, "No runs yet", style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def lay_out(history: ScoreHistory, heading: Heading, shown: tuple[SystemHistory, ...]) -> Layout:
    """Decide the span of time, the scale of the named systems' scores, and the places of both."""
    first, last = span_of(history)
    scores = [score for system in shown for _, score in system.rises]
    top = heading.bottom + 2 * NOTE_LINE + 6 + VERSION_LINE
    return Layout(
        heading=heading,
        start=min(first, last - LEAST_SPAN),
        end=last,
        scale=percent_scale(min(scores), max(scores), history.lowest),
        top=top,
        bottom=top + max(LEAST_HEIGHT, len(shown) * LABEL_PITCH),
    )


def span_of(history: ScoreHistory) -> tuple[datetime, datetime]:
    """From the first run until now."""
    first = min(system.rises[0][0] for system in history.systems)
    return first, max(history.until, *(system.rises[-1][0] for system in history.systems))


def write_head(page: Page, layout: Layout, history: ScoreHistory) -> None:
    """Write the title, what the scores are, and of which time."""
    write_heading(page, layout.heading)
    number = max((version.number for version in history.versions), default=0)
    gold = f"the present gold, v{number}" if number else "the present gold"
    systems = counted(len(history.systems), "system", "systems")
    facts = (f"{systems} · all scores at {gold}", span_words(*span_of(history)))
    for place, words in enumerate(facts):
        y = layout.heading.bottom + (place + 0.5) * NOTE_LINE + 2
        page.write(MARGIN, y, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)


def notes_of(layout: Layout, history: ScoreHistory, rest: tuple[SystemHistory, ...]) -> list[str]:
    """What the picture leaves out, and what its marks are."""
    notes = []
    if not layout.scale.is_whole:
        notes.append(f"the scale shows only {layout.scale.bottom:.0f}% to {layout.scale.top:.0f}%")
    if rest:
        below = sum(100 * system.rises[-1][1] < layout.scale.bottom for system in rest)
        notes.append(f"grey: and {len(rest):,} more" + (f", {below:,} of them below the scale" if below else ""))
    if any(layout.start <= version.at <= layout.end for version in history.versions):
        notes.append("dotted: when a new version of the gold was published")
    return notes


def draw_grid(page: Page, layout: Layout) -> None:
    """Draw a line for each percentage that the scale names; zero is set off where scores go below it."""
    heights = {mark: layout.y_of(mark / 100) for mark in layout.scale.marks}
    page.lines([((LEFT, y), (RIGHT, y)) for y in heights.values()], style.GRID, style.GRID_WIDTH)
    if layout.scale.bottom < 0 and 0 in heights:
        page.lines([((LEFT, heights[0]), (RIGHT, heights[0]))], style.QUIET_TEXT, style.GRID_WIDTH)
    for mark, y in heights.items():
        page.write(LEFT - 6, y, f"{mark}%", style.SCALE_SIZE, colour=style.QUIET_TEXT, align="right")


def draw_times(page: Page, layout: Layout) -> None:
    """Draw the axis of time with its ticks, and name them below."""
    y = layout.bottom + 3
    ticks = time_ticks(layout.start, layout.end, RIGHT - LEFT)
    xs = [LEFT + tick.place * (RIGHT - LEFT) for tick in ticks]
    page.lines([((LEFT, y), (RIGHT, y)), *(((x, y), (x, y + 4)) for x in xs)], style.REST, style.GRID_WIDTH)
    for x, tick in zip(xs, ticks, strict=True):
        for number, words in enumerate((tick.words, tick.below)):
            line = layout.bottom + 6 + (number + 0.5) * TICK_LINE
            page.write(x, line + 2, words, style.SCALE_SIZE, colour=style.QUIET_TEXT, align="center")


def draw_versions(page: Page, layout: Layout, history: ScoreHistory) -> None:
    """Draw a dotted line at each gold version whose number fits above it, newest first, and a tick at the others."""
    versions = [one for one in reversed(history.versions) if layout.start <= one.at <= layout.end]
    xs = [layout.x_of(version.at) for version in versions]
    halves = [fonts.width_of(f"v{version.number}", style.SCALE_SIZE) / 2 for version in versions]
    middles = [max(x, LEFT + half) for x, half in zip(xs, halves, strict=True)]
    top = layout.top - 3
    ticks = thinned([(x, x) for x in xs], MARK_GAP)
    page.lines([((xs[one], top), (xs[one], top + VERSION_REACH)) for one in ticks], style.REST, style.GRID_WIDTH)
    for one in thinned([(x - half, x + half) for x, half in zip(middles, halves, strict=True)], VERSION_GAP):
        page.path([(xs[one], top), (xs[one], layout.bottom + 3)], style.REST, 1.0, DOTS)
        words, y = f"v{versions[one].number}", top - VERSION_LINE / 2
        page.write(middles[one], y, words, style.SCALE_SIZE, colour=style.QUIET_TEXT, align="center")


def visible_steps(layout: Layout, system: SystemHistory) -> list[Segment]:
    """The pieces of a line that are on the scale; the named systems' all are."""
    pieces = list(pairwise(layout.steps_of(system)))
    along, up = pieces[::2], pieces[1::2]
    is_on = [layout.scale.bottom <= 100 * score <= layout.scale.top for _, score in system.rises]
    return [*compress(along, is_on), *up]


def draw_systems(page: Page, layout: Layout, shown: tuple[SystemHistory, ...]) -> None:
    """Draw the lines, the best of the solid ones on top; dashed ones over them leave what they cover to be seen."""
    solid, dashed = range(min(DASHED_FROM, len(shown))), range(DASHED_FROM, len(shown))
    for place in (*reversed(solid), *reversed(dashed)):
        dashes = DASHES if place in dashed else ()
        page.path(layout.steps_of(shown[place]), style.SERIES[place], LINE_WIDTH, dashes)
        page.marks(dots_of(layout, shown[place]), style.SHAPES[place], style.SERIES[place], MARK)


def dots_of(layout: Layout, system: SystemHistory) -> list[Point]:
    """A dot at each rise; of those that would cover each other only the first, so that the line stays to be seen."""
    dots: list[Point] = []
    for at, score in system.rises:
        dot = (layout.x_of(at), layout.y_of(score))
        if not dots or dist(dots[-1], dot) >= MARK_GAP:
            dots.append(dot)
    return dots


def write_names(page: Page, layout: Layout, shown: tuple[SystemHistory, ...]) -> None:
    """Write each system's name and score beside the end of its line, moved apart as far as they need."""
    order = sorted(range(len(shown)), key=lambda place: -shown[place].rises[-1][1])
    ends = [layout.y_of(shown[place].rises[-1][1]) for place in order]
    edge = LABEL_PITCH / 2
    heights = spread(ends, LABEL_PITCH, layout.top + edge, layout.bottom - edge)
    for place, end, y in zip(order, ends, heights, strict=True):
        x = RIGHT + LEADER
        page.lines([((RIGHT, end), (RIGHT + 3, end)), ((RIGHT + 3, end), (x, y))], style.SERIES[place], REST_WIDTH)
        page.marks([(x, y)], style.SHAPES[place], style.SERIES[place], MARK + 1)
        name = fonts.drawable(plain(shown[place].name, NAME_LIMIT))
        room = style.PAGE_WIDTH - MARGIN / 2 - x - 8
        page.write(x + 8, y - NAME_LINE, fonts.fit(name, style.NOTE_SIZE, room), style.NOTE_SIZE)
        score = percent(shown[place].rises[-1][1])
        page.write(x + 8, y + NAME_LINE, score, style.NOTE_SIZE, colour=style.QUIET_TEXT, weight="bold")
