from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from matplotlib import font_manager

from charts import fonts
from charts.fonts import SUBSTITUTE, drawable, families_of, fit, width_of, wrap


def forget_faces() -> None:
    for cached in (fonts.faces, fonts.face_of, fonts.advance_of):
        cached.cache_clear()


@pytest.fixture
def noto_font(tmp_path: Path) -> Iterator[str]:
    """A font of one letter under a Noto name, as a machine with more fonts would have it."""
    pen = TTGlyphPen(None)
    for number, point in enumerate([(0, 0), (0, 800), (800, 800), (800, 0)]):
        (pen.moveTo if number == 0 else pen.lineTo)(point)
    pen.closePath()
    empty, square = TTGlyphPen(None).glyph(), pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "deep"])
    builder.setupCharacterMap({ord("深"): "deep"})
    builder.setupGlyf({".notdef": empty, "deep": square})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "deep": (1000, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "Noto Sans Touchstone", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    builder.save(tmp_path / "NotoSansTouchstone.ttf")
    before = list(font_manager.fontManager.ttflist)
    font_manager.fontManager.addfont(tmp_path / "NotoSansTouchstone.ttf")
    forget_faces()
    yield "Noto Sans Touchstone"
    font_manager.fontManager.ttflist[:] = before
    forget_faces()


def test_an_installed_noto_font_serves_what_dejavu_lacks(noto_font: str) -> None:
    assert drawable("a深") == "a深"
    assert families_of("a深") == ["DejaVu Sans", noto_font]
    assert width_of("深", 10) == pytest.approx(10 * fonts.SHAPING_SLACK)


def test_a_character_that_no_font_holds_is_replaced_visibly() -> None:
    missing = "\U0001f680"
    assert drawable(f"a{missing}b") == f"a{SUBSTITUTE}b"
    assert drawable(SUBSTITUTE) == SUBSTITUTE, "the substitute itself can be drawn"
    assert families_of("plain") == ["DejaVu Sans"]


def test_a_text_is_shortened_only_where_it_is_too_wide() -> None:
    assert fit("atlas-7b", 12, 200) == "atlas-7b"
    short = fit("W" * 40, 12, 100)
    assert short.endswith("…")
    assert width_of(short, 12) <= 100
    assert width_of(short, 12) > 80, "no more than needed is cut"


def test_nothing_but_the_ellipsis_is_left_where_there_is_no_room() -> None:
    assert fit("atlas", 12, 1) == "…"


def test_a_title_breaks_at_blanks_and_ends_with_an_ellipsis() -> None:
    assert wrap("Spanish slang", 14, 400, 2, "bold") == ["Spanish slang"]
    lines = wrap("one two three " * 20, 14, 200, 2, "bold")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width_of(line, 14, "bold") <= 200 for line in lines)


def test_one_endless_word_takes_one_line() -> None:
    assert len(wrap("x" * 500, 14, 200, 2)) == 1
