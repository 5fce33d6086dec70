"""The items of a task as dots: hard ones left, easy ones right, and the higher the better they tell systems apart.

Below 0 strong systems fail where weak ones do not, which often is the gold's fault. Dots that would cover each other
become one that says by its size and its colour how many they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.item_map import ItemMap, ItemPoint, noteworthy
from charts import fonts, style
from charts.heading import MARGIN, Heading, heading_of, write_heading
from charts.page import Align, Page, Point
from charts.placing import Box, beside
from charts.words import ALTERNATIVE_TEXT_LIMIT, NAME_LIMIT, TITLE_LIMIT, counted, plain

__all__ = ["compose", "draw_item_map", "item_map_alternative_text"]

LEFT: Final = 40.0
RIGHT: Final = style.PAGE_WIDTH - MARGIN
UNIT: Final = 150.0
STRIP: Final = 20.0
NOTE_LINE: Final = 16.0
SCALE_HEIGHT: Final = 18.0
CELL: Final = 6.0
LABEL_HEIGHT: Final = 13.0
LABEL_WIDTH: Final = 120.0
LABEL_PADDING: Final = 3.0
TIERS: Final = ((1, 4.8, "1 item"), (2, 5.4, "2 to 9"), (10, 6.0, "10 and more"))
SIGN: Final = "D"
SIGN_SIZE: Final = 6.5
CORRELATIONS: Final = (1.0, 0.5, 0.0, -0.5, -1.0)
MEANS: Final[dict[int, tuple[str, Align]]] = {
    0: ("0% (hard)", "left"),
    25: ("25%", "center"),
    50: ("50%", "center"),
    75: ("75%", "center"),
    100: ("100% (easy)", "right"),
}
MEANING: Final = "up: the better a system, the better it does on the item"
WARNING: Final = "strong systems fail here: look at the gold"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are: means run from LEFT to RIGHT, correlations from `top` (1) downwards."""

    heading: Heading
    top: float

    @property
    def bottom(self) -> float:
        """Where the ground below 0 ends, a strip for its words below the correlation of -1."""
        return self.y_of(-1.0) + STRIP

    def y_of(self, correlation: float) -> float:
        """Where a correlation is."""
        return self.top + (1.0 - max(-1.0, min(1.0, correlation))) * UNIT

    def place_of(self, point: ItemPoint) -> Point:
        """Where an item is."""
        return LEFT + max(0.0, min(1.0, point.difficulty)) * (RIGHT - LEFT), self.y_of(point.correlation)


def draw_item_map(item_map: ItemMap, title: str) -> bytes:
    """The item map as a PNG of 1,000 pixels' width, with the ids of the items to look at first."""
    with style.house_style():
        return compose(item_map, title).png()


def item_map_alternative_text(item_map: ItemMap, title: str) -> str:
    """The item map for those who do not see it, at most 1,024 characters: above all which items are below 0."""
    head = f"Items of {plain(title, TITLE_LIMIT)} by mean score and by correlation with the score on all others: "
    tail = "".join(f" {note.capitalize()}." for note in notes_of(item_map))
    named = noteworthy(item_map.points)
    if not named:
        facts = f"{facts_of(item_map)}, none below 0" if item_map.points else "none tells the systems apart yet"
        return f"{head}{facts}.{tail}"
    head = f"{head}{facts_of(item_map)}; {item_map.below:,} below 0, where strong systems fail: "
    told = "; ".join(map(item_words, named))
    room = ALTERNATIVE_TEXT_LIMIT - len(head) - len(tail) - 1
    return f"{head}{told if len(told) <= room else told[: room - 1] + fonts.ELLIPSIS}.{tail}"


def item_words(point: ItemPoint) -> str:
    """One item in words: ``q17 (mean 12%, correlation -0.45)``."""
    return f"{plain(point.item_id)} (mean {100 * point.difficulty:.0f}%, correlation {point.correlation:z.2f})"


def facts_of(item_map: ItemMap) -> str:
    """How many items, and by how many systems."""
    return f"{counted(len(item_map.points), 'item', 'items')} by {counted(item_map.systems, 'system', 'systems')}"


def notes_of(item_map: ItemMap) -> list[str]:
    """What has no label, and what is not shown at all."""
    notes = []
    unnamed = item_map.below - len(noteworthy(item_map.points))
    if unnamed:
        notes.append(f"and {counted(unnamed, 'item', 'items')} more below 0")
    if item_map.without:
        notes.append(f"not shown: {counted(item_map.without, 'item', 'items')} on which no system differs")
    return notes


def compose(item_map: ItemMap, title: str) -> Page:
    """The page with everything on it."""
    heading = heading_of(title)
    layout = Layout(heading, heading.bottom + 3 * NOTE_LINE + 12)
    notes = notes_of(item_map)
    foot = layout.bottom + SCALE_HEIGHT if item_map.points else heading.bottom + NOTE_LINE + 2
    page = Page(foot + len(notes) * NOTE_LINE + MARGIN / 2)
    write_heading(page, heading)
    if item_map.points:
        draw_points(page, layout, item_map)
    else:
        words = "No item tells the systems apart yet"
        page.write(MARGIN, heading.bottom + NOTE_LINE / 2 + 2, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    for number, note in enumerate(notes):
        page.write(MARGIN, foot + (number + 0.5) * NOTE_LINE, note, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    return page


def draw_points(page: Page, layout: Layout, item_map: ItemMap) -> None:
    """Draw the ground, the dots with what they mean, and the items to look at over them."""
    tiers = tiers_of([layout.place_of(point) for point in item_map.points])
    named = noteworthy(item_map.points)
    write_head(page, layout, item_map, [number for number, dots in enumerate(tiers) if dots])
    draw_ground(page, layout)
    for (_, size, _), colour, dots in zip(TIERS, style.DENSITY, tiers, strict=True):
        if dots:
            page.marks(dots, "o", colour, size)
    if named:
        write_named(page, layout, named)


def tiers_of(places: Sequence[Point]) -> list[list[Point]]:
    """The dots of each tier: the items of one cell of the page are one dot, in their middle."""
    cells: dict[tuple[int, int], list[Point]] = {}
    for x, y in places:
        cells.setdefault((int(x / CELL), int(y / CELL)), []).append((x, y))
    tiers: list[list[Point]] = [[] for _ in TIERS]
    for inside in cells.values():
        tier = sum(len(inside) >= least for least, _, _ in TIERS) - 1
        tiers[tier].append((sum(x for x, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside)))
    return tiers


def write_head(page: Page, layout: Layout, item_map: ItemMap, tiers: Sequence[int]) -> None:
    """Write what the picture is of, what up means, and what the dots stand for."""
    y = layout.heading.bottom + 2
    for number, words in enumerate((facts_of(item_map), MEANING)):
        page.write(MARGIN, y + (number + 0.5) * NOTE_LINE, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    keys = [("o", style.DENSITY[tier], TIERS[tier][1], TIERS[tier][2]) for tier in tiers]
    if item_map.below:
        keys.append((SIGN, style.CAUTION, SIGN_SIZE, "look at these first"))
    x = MARGIN
    for shape, colour, size, words in keys:
        page.marks([(x + 3, y + 2.5 * NOTE_LINE)], shape, colour, size)
        page.write(x + 10, y + 2.5 * NOTE_LINE, words, style.NOTE_SIZE, colour=style.QUIET_TEXT)
        x += 10 + fonts.width_of(words, style.NOTE_SIZE) + 14


def draw_ground(page: Page, layout: Layout) -> None:
    """Draw the grid and its names, and the ground below 0 with its warning."""
    zero = layout.y_of(0.0)
    page.fill(LEFT, zero, RIGHT - LEFT, layout.bottom - zero, style.BAND)
    xs = {mean: LEFT + mean / 100 * (RIGHT - LEFT) for mean in MEANS}
    heights = {correlation: layout.y_of(correlation) for correlation in CORRELATIONS}
    upright = [((x, layout.top), (x, layout.bottom)) for x in xs.values()]
    page.lines([*upright, *(((LEFT, y), (RIGHT, y)) for y in heights.values())], style.GRID, style.GRID_WIDTH)
    page.lines([((LEFT, zero), (RIGHT, zero))], style.QUIET_TEXT, 1.2)
    for correlation, y in heights.items():
        page.write(LEFT - 6, y, f"{correlation:g}", style.SCALE_SIZE, colour=style.QUIET_TEXT, align="right")
    for mean, (words, align) in MEANS.items():
        y = layout.bottom + SCALE_HEIGHT / 2
        page.write(xs[mean], y, words, style.SCALE_SIZE, colour=style.QUIET_TEXT, align=align)
    middle = (LEFT + RIGHT) / 2
    page.write(middle, layout.bottom - 8, WARNING, style.NOTE_SIZE, colour=style.QUIET_TEXT, align="center")


def write_named(page: Page, layout: Layout, named: Sequence[ItemPoint]) -> None:
    """Mark the items to look at, and write each one's id beside it or, joined to it by a line, where there is room."""
    texts = [fonts.fit(fonts.drawable(plain(one.item_id, NAME_LIMIT)), style.NOTE_SIZE, LABEL_WIDTH) for one in named]
    places = [layout.place_of(point) for point in named]
    boxes = boxes_of(layout, places, [fonts.width_of(text, style.NOTE_SIZE) for text in texts])
    leaders = [
        ((x, y), (box.left if box.left > x else box.right, (box.top + box.bottom) / 2))
        for (x, y), box in zip(places, boxes, strict=True)
    ]
    page.lines(leaders, style.CAUTION, style.GRID_WIDTH)
    for text, box in zip(texts, boxes, strict=True):
        page.fill(box.left, box.top, box.right - box.left, box.bottom - box.top, style.CASING)
        page.write(box.left + LABEL_PADDING, (box.top + box.bottom) / 2, text, style.NOTE_SIZE)
    page.marks(places, SIGN, style.CAUTION, SIGN_SIZE)


def boxes_of(layout: Layout, places: Sequence[Point], widths: Sequence[float]) -> list[Box]:
    """The places of the labels: never on each other, and where there is room on no other mark."""
    room = Box(LEFT + 1, layout.top, RIGHT - 1, layout.y_of(-1.0) + 4)
    reach = SIGN_SIZE / 2 + 1
    marks = [Box(x - reach, y - reach, x + reach, y + reach) for x, y in places]
    boxes: list[Box] = []
    for place, width in zip(places, widths, strict=True):
        size = (width + 2 * LABEL_PADDING, LABEL_HEIGHT)
        boxes.append(beside(place, size, room, boxes, marks))
    return boxes
