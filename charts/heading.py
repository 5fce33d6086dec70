"""The title over a picture: one line where it fits, else smaller and on at most two."""

from dataclasses import dataclass
from typing import Final

from charts import fonts, style
from charts.page import Page
from charts.words import TITLE_LIMIT, plain

MARGIN: Final = 14.0


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines of a title, as they are drawn from the top margin on."""

    lines: tuple[str, ...]
    size: float

    @property
    def line(self) -> float:
        """The height of one line."""
        return self.size * 1.3

    @property
    def bottom(self) -> float:
        """Where what stands below may begin."""
        return MARGIN + len(self.lines) * self.line


def heading_of(title: str) -> Heading:
    """The title as it fits between the margins."""
    width = style.PAGE_WIDTH - 2 * MARGIN
    text = fonts.drawable(plain(title, TITLE_LIMIT), "bold")
    size = style.TITLE_SIZE
    if fonts.width_of(text, size, "bold") > width:
        size = style.LONG_TITLE_SIZE
    return Heading(tuple(fonts.wrap(text, size, width, 2, "bold")), size)


def write_heading(page: Page, heading: Heading) -> None:
    """Write the title."""
    for number, line in enumerate(heading.lines):
        y = MARGIN + (number + 0.5) * heading.line
        page.write(MARGIN, y, line, heading.size, weight="bold")
