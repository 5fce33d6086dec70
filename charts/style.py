"""How every picture looks: colours, sizes and the ground of Discord's dark theme.

Lengths are in units of a picture 400 units wide, the width at which a phone shows it: a text of 11 units is read at
11 pixels there. Colours are Okabe and Ito's (https://jfly.uni-koeln.de/color/) as far as they keep a contrast of 3:1
on the dark ground; their blue #0072B2 (2.4:1) does not.
"""

from contextlib import AbstractContextManager
from typing import Final

import matplotlib as mpl

PAGE_WIDTH: Final = 400.0
PIXELS_PER_UNIT: Final = 2.5
POINTS_PER_INCH: Final = 72
DOTS_PER_INCH: Final = POINTS_PER_INCH * PIXELS_PER_UNIT

GROUND: Final = "#313338"
BAND: Final = "#3A3D43"
GRID: Final = "#474A51"
CASING: Final = "#1E1F22"

TEXT: Final = "#F2F3F5"
QUIET_TEXT: Final = "#B5BAC1"
BAR: Final = "#56B4E9"
BEST: Final = "#E69F00"
CAUTION: Final = "#F0E442"
WHISKER: Final = "#FFFFFF"
BASELINE: Final = "#CC79A7"

MEANINGFUL: Final = (TEXT, QUIET_TEXT, BAR, BEST, CAUTION, WHISKER, BASELINE)
"""What has to be seen. `BAND`, `GRID` and `CASING` are decoration: each repeats what a text or a sign says too."""

REST: Final = "#80848E"
SERIES: Final = (BAR, BEST, "#009E73", BASELINE, CAUTION, TEXT, "#D55E00", BAR)
SHAPES: Final = ("o", "s", "^", "D", "v", "P", "X", "*")
"""Lines of several systems have a colour and a shape each; the last four are dashed, which parts two of one colour."""

DENSITY: Final = (BAR, "#A9D9F4", WHISKER)
"""Dots that stand for one item, for some, and for many."""

TITLE_SIZE: Final = 16.0
LONG_TITLE_SIZE: Final = 14.0
NAME_SIZE: Final = 12.0
NOTE_SIZE: Final = 10.5
SCALE_SIZE: Final = 9.5
GRID_WIDTH: Final = 0.8
WHISKER_WIDTH: Final = 1.5
CASING_WIDTH: Final = 0.6


def inches(units: float) -> float:
    """A length in units as inches: one unit is one point, so that font sizes need no conversion."""
    return units / POINTS_PER_INCH


def house_style() -> AbstractContextManager[None]:
    """Settings under which equal values give equal bytes, whatever a matplotlibrc on the machine says."""
    return mpl.rc_context(
        {
            "text.usetex": False,
            "text.parse_math": False,
            "text.antialiased": True,
            "text.hinting": "default",
            "axes.unicode_minus": True,
            "patch.antialiased": True,
            "lines.antialiased": True,
            "path.effects": [],
            "path.sketch": None,
        },
    )
