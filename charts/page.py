"""A picture as a page 400 units wide: texts, bars and lines are placed in units from the top left corner."""

import math
from collections.abc import Sequence
from io import BytesIO
from typing import Final, Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from charts import fonts, style

Align = Literal["left", "center", "right"]
Point = tuple[float, float]
Segment = tuple[Point, Point]

COLOURS: Final = 64
SHAPE_SIZES: Final = {"P": 1.25, "X": 1.25, "*": 1.6}
"""Shapes with notches look smaller than others of the same width."""


class Page:
    """A figure with one set of axes that covers it, so that a unit is the same length everywhere."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(
            figsize=(style.inches(style.PAGE_WIDTH), style.inches(height)),
            dpi=style.DOTS_PER_INCH,
            facecolor=style.GROUND,
        )
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, style.PAGE_WIDTH)
        self.axes.set_ylim(height, 0)
        self.drawn = 0

    def place(self, artist: Artist) -> None:
        """Put an artist on top of all that came before it, whatever its kind."""
        self.drawn += 1
        artist.set_zorder(self.drawn)
        self.axes.add_artist(artist)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = style.TEXT,
        weight: fonts.Weight = "normal",
        align: Align = "left",
    ) -> None:
        """Write one line whose middle is at `y`; characters without a glyph are replaced, nothing is read as maths."""
        shown = fonts.drawable(text, weight)
        self.place(
            Text(
                x,
                y,
                shown,
                color=colour,
                fontsize=size,
                fontweight=weight,
                fontfamily=fonts.families_of(shown, weight),
                horizontalalignment=align,
                verticalalignment="center_baseline",
                parse_math=False,
            ),
        )

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose top left corner is at (x, y)."""
        self.place(Rectangle((x, y), width, height, facecolor=colour, linewidth=0))

    def lines(self, segments: Sequence[Segment], colour: str, thickness: float) -> None:
        """Draw straight lines with flat ends, all in one artist: an artist costs more than a line."""
        xs: list[float] = []
        ys: list[float] = []
        for (start_x, start_y), (end_x, end_y) in segments:
            xs += (start_x, end_x, math.nan)
            ys += (start_y, end_y, math.nan)
        self.place(Line2D(xs, ys, color=colour, linewidth=thickness, solid_capstyle="butt"))

    def path(self, points: Sequence[Point], colour: str, thickness: float, dashes: Sequence[float] = ()) -> None:
        """Draw one line through all points; `dashes` are the lengths of its pieces and gaps, in thicknesses."""
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=colour, linewidth=thickness, solid_capstyle="butt", solid_joinstyle="miter")
        if dashes:
            line.set_linestyle((0, tuple(dashes)))
            line.set_dash_capstyle("butt")
        self.place(line)

    def marks(self, points: Sequence[Point], shape: str, colour: str, size: float, edge: str = style.GROUND) -> None:
        """Draw a mark at each point, in one artist; its thin edge sets it off from what it lies on."""
        xs, ys = zip(*points, strict=True)
        self.place(
            Line2D(
                xs,
                ys,
                linestyle="none",
                marker=shape,
                markersize=size * SHAPE_SIZES.get(shape, 1.0),
                markerfacecolor=colour,
                markeredgecolor=edge,
                markeredgewidth=style.CASING_WIDTH,
            ),
        )

    def png(self) -> bytes:
        """The page as an opaque PNG without metadata: equal pages give equal bytes.

        A palette is enough for flat colours and their edges; it makes the file a third as large, and sooner written.
        """
        pixels = BytesIO()
        self.figure.savefig(pixels, format="rgba", dpi=style.DOTS_PER_INCH)
        picture = Image.frombytes("RGBA", self.figure.canvas.get_width_height(), pixels.getvalue()).convert("RGB")
        buffer = BytesIO()
        picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(buffer, "PNG")
        return buffer.getvalue()
