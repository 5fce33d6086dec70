from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from bench.stats.score_rows import ScoreRow
from charts.page import Page
from charts.slices import TOO_FEW, colour_of, compose, draw_slices, slices_alternative_text
from charts.words import ALTERNATIVE_TEXT_LIMIT


def made(systems: int, slices: int, name: str) -> tuple[list[str], list[ScoreRow], list[ScoreRow]]:
    scores = tuple(1 - place / 10 for place in range(systems))
    averages = [ScoreRow("all items", 12_000, scores), ScoreRow(f"by {name}", 40, scores)]
    rows = [ScoreRow(f"{name} {one}", 9 + one, scores if one else None) for one in range(slices)]
    return [f"{name} {place}" for place in range(systems)], averages, rows


def texts_of(page: Page) -> list[Text]:
    return [artist for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]


@pytest.mark.parametrize("systems", [1, 2, 10])
@pytest.mark.parametrize("slices", [1, 40])
@pytest.mark.parametrize("name", ["s", "a very long name of a dialect of the south", "W" * 60, "深度求索 مرحبا"])
def test_no_two_texts_overlap_and_all_are_inside(systems: int, slices: int, name: str) -> None:
    page = compose(*made(systems, slices, name), "a task with a long title " * 6)
    page.png()
    width, height = page.figure.canvas.get_width_height()
    boxes = [(artist.get_text(), artist.get_window_extent()) for artist in texts_of(page)]
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.x1 <= width, text
        assert box.y0 >= 0, text
        assert box.y1 <= height, text
    for (one, box), (other, second) in combinations(boxes, 2):
        apart = box.x1 <= second.x0 or second.x1 <= box.x0 or box.y1 <= second.y0 or second.y1 <= box.y0
        assert apart, (one, other)


def test_each_cell_says_its_score_and_a_small_slice_that_it_cannot() -> None:
    found = made(2, 2, "dialect")
    texts = [artist.get_text() for artist in texts_of(compose(*found, "Slang"))]
    assert (texts.count("100"), texts.count("90"), texts.count(TOO_FEW)) == (3, 3, 1)
    first = draw_slices(*found, "Slang")
    assert first == draw_slices(*found, "Slang")
    assert Image.open(BytesIO(first)).width == 1_000
    assert colour_of(0) != colour_of(0.5) != colour_of(1) == colour_of(1.2)


def test_the_alternative_text_tells_the_best_and_the_worst_of_each_row() -> None:
    text = slices_alternative_text(*made(2, 2, "d"), "Slang")
    assert text == (
        "2 systems by slices of Slang. all items (12,000): best d 0 100%, worst d 1 90%; "
        f"by d (40): best d 0 100%, worst d 1 90%; d 0 (9): {TOO_FEW}; d 1 (10): best d 0 100%, worst d 1 90%."
    )
    assert len(slices_alternative_text(*made(10, 40, "W" * 60), "T" * 500)) <= ALTERNATIVE_TEXT_LIMIT


@pytest.mark.filterwarnings("error")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_name_can_be_drawn(name: str) -> None:
    assert draw_slices(*made(3, 3, name), name).startswith(b"\x89PNG")
