import pytest

from charts import style
from charts.history_words import NAMED


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [style.GROUND, style.BAND])
@pytest.mark.parametrize("colour", style.MEANINGFUL)
def test_what_has_to_be_seen_stands_out_from_its_ground(colour: str, ground: str) -> None:
    texts = {style.TEXT, style.QUIET_TEXT, style.BEST, style.CAUTION}
    assert contrast(colour, ground) >= (4.5 if colour in texts else 3)


@pytest.mark.parametrize("ground", [style.GROUND, style.BAND])
@pytest.mark.parametrize("colour", style.DENSITY)
def test_dots_stand_out_from_either_ground(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("colour", [*style.SERIES, style.REST])
def test_lines_stand_out_from_the_ground(colour: str) -> None:
    assert contrast(colour, style.GROUND) >= 3


def test_no_two_lines_are_drawn_alike_even_without_colours() -> None:
    assert len(set(style.SHAPES)) == len(style.SHAPES) == len(style.SERIES) == NAMED


@pytest.mark.parametrize("colour", [style.WHISKER, style.TEXT])
def test_whiskers_and_labels_stand_out_from_their_casing(colour: str) -> None:
    assert contrast(colour, style.CASING) >= 4.5
