"""What can be written with the fonts of this machine, and how wide it becomes.

DejaVu Sans comes with matplotlib; Noto fonts serve further scripts where they are installed. A character that none
of them holds becomes SUBSTITUTE, so that no text brings a warning, an empty box or a crash.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from matplotlib import font_manager
from matplotlib.ft2font import FaceFlags, FT2Font, LoadFlags

Weight = Literal["normal", "bold"]

SUBSTITUTE: Final = "\N{REPLACEMENT CHARACTER}"
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
FIRST_FAMILY: Final = "DejaVu Sans"
FURTHER_FAMILIES: Final = ("Noto Sans", "Noto Emoji")
MEASURING_SIZE: Final = 100
SHAPING_SLACK: Final = 1.03


@dataclass(frozen=True, slots=True)
class Face:
    """One opened font: its family as matplotlib knows it, and the font itself."""

    family: str
    font: FT2Font

    def has(self, character: str) -> bool:
        """Whether the font holds a glyph for the character."""
        return self.font.get_char_index(ord(character)) != 0

    def advance(self, character: str) -> float:
        """How far the character moves the pen, in parts of the font's size."""
        glyph = self.font.load_char(ord(character), LoadFlags.NO_HINTING)
        return float(glyph.linearHoriAdvance) / 65536 / MEASURING_SIZE


def open_face(family: str, weight: Weight) -> Face | None:
    """The face of a family, or None where it cannot be drawn by outlines (colour emoji are bitmaps)."""
    properties = font_manager.FontProperties(family=[family], weight=weight)
    try:
        path = font_manager.findfont(properties, fallback_to_default=False)
        font = FT2Font(path, face_index=getattr(path, "face_index", 0))
        if FaceFlags.SCALABLE not in FaceFlags(font.face_flags):
            return None
        font.set_size(MEASURING_SIZE, 72)
    except (ValueError, OSError, RuntimeError):
        return None
    return Face(family, font)


@lru_cache(maxsize=2)
def faces(weight: Weight) -> tuple[Face, ...]:
    """The faces to look a character up in, DejaVu Sans first, then the installed Noto ones by name."""
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    further = sorted(name for name in installed if name.startswith(FURTHER_FAMILIES))
    opened = (open_face(family, weight) for family in (FIRST_FAMILY, *further))
    return tuple(face for face in opened if face is not None)


@lru_cache(maxsize=8192)
def face_of(character: str, weight: Weight) -> Face | None:
    """The first face that holds the character."""
    return next((face for face in faces(weight) if face.has(character)), None)


@lru_cache(maxsize=8192)
def advance_of(character: str, weight: Weight) -> float:
    """The character's width in parts of the font's size."""
    face = face_of(character, weight)
    return 0.0 if face is None else face.advance(character)


def drawable(text: str, weight: Weight = "normal") -> str:
    """The text with SUBSTITUTE for each character that no font holds; what follows such a one to modify it goes too."""
    drawn: list[str] = []
    for character in text:
        if face_of(character, weight) is not None:
            drawn.append(character)
        elif not unicodedata.category(character).startswith("M"):
            drawn.append(SUBSTITUTE)
    return "".join(drawn)


def families_of(text: str, weight: Weight = "normal") -> list[str]:
    """The families that the text needs, DejaVu Sans first: a short list keeps the drawing fast."""
    needed = {face.family for face in (face_of(character, weight) for character in text) if face is not None}
    return [FIRST_FAMILY, *sorted(needed - {FIRST_FAMILY})]


def width_of(text: str, size: float, weight: Weight = "normal") -> float:
    """The width of the text in the unit of `size`; a little more than drawn, as kerning and hinting are not known."""
    return size * SHAPING_SLACK * sum(advance_of(character, weight) for character in text)


def fit(text: str, size: float, width: float, weight: Weight = "normal") -> str:
    """The text, shortened with an ellipsis where it is wider than `width`."""
    if width_of(text, size, weight) <= width:
        return text
    room = width - width_of(ELLIPSIS, size, weight)
    kept = 0
    for kept, character in enumerate(text):  # noqa: B007 - the count of what fits is wanted after the loop
        room -= width_of(character, size, weight)
        if room < 0:
            break
    return text[:kept].rstrip() + ELLIPSIS


def wrap(text: str, size: float, width: float, lines: int, weight: Weight = "normal") -> Sequence[str]:
    """The text broken at blanks into at most `lines` lines of `width`; the last one is shortened to fit."""
    broken: list[str] = []
    words = text.split(" ")
    while words and len(broken) < lines - 1:
        count = 1
        while count < len(words) and width_of(" ".join(words[: count + 1]), size, weight) <= width:
            count += 1
        line = " ".join(words[:count])
        if width_of(line, size, weight) > width:
            break
        broken.append(line)
        words = words[count:]
    if words:
        broken.append(fit(" ".join(words), size, width, weight))
    return broken
