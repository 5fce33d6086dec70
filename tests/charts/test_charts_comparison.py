from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from bench.model import Tags
from bench.stats.comparison import Comparison, compare_systems
from bench.stats.slices import slices_of
from charts import style
from charts.comparison import ROWS, comparison_alternative_text, compose, draw_comparison, rows_of
from charts.page import Page
from charts.words import ALTERNATIVE_TEXT_LIMIT

LEFT, RIGHT = "\u25c0", "\u25b6"
REAL, LUCK, TOO_FEW = "\u25cf", "\u25cb", "?"


def compared(
    parts: dict[str, tuple[int, int, int]], first: str = "atlas-7b", second: str = "lynx-3b", *, key: str = "dialect"
) -> Comparison:
    """By slice: how many items only the first has right, only the second, and both."""
    ones, others, tags = [], [], list[Tags]()
    for name, (only_first, only_second, both) in parts.items():
        ones += [1.0] * only_first + [0.0] * only_second + [1.0] * both
        others += [0.0] * only_first + [1.0] * only_second + [1.0] * both
        tags += [((key, name),)] * (only_first + only_second + both)
    return compare_systems(first, second, np.array(ones), np.array(others), slices=slices_of(tags))


FOUR = compared({"chile": (20, 2, 30), "mexico": (4, 6, 30), "peru": (2, 8, 9), "cuba": (1, 1, 1)})


def texts_of(page: Page) -> list[str]:
    return [artist.get_text() for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]


def test_each_row_says_who_is_ahead_and_whether_it_is_more_than_luck() -> None:
    rows = [(row.name, row.items, row.sign, row.verdict.mark) for row in rows_of(FOUR)]
    assert rows == [
        ("All items", "(114)", LEFT, LUCK),
        ("dialect: chile", "(52)", LEFT, REAL),
        ("dialect: mexico", "(40)", RIGHT, LUCK),
        ("dialect: peru", "(19)", RIGHT, TOO_FEW),
    ]
    texts = texts_of(compose(FOUR, "Slang"))
    assert {"more than luck", "could be luck", "fewer than 30 items"} <= set(texts)
    assert "1 slice has fewer than 10 items: too few to show" in texts


def test_the_figures_are_seen_from_who_is_ahead() -> None:
    forth, back = compared({"a": (20, 2, 30)}), compared({"a": (2, 20, 30)})
    assert [row.figures for row in rows_of(forth)] == [row.figures for row in rows_of(back)]
    assert rows_of(forth)[0].figures.startswith("34.6 (+")
    assert rows_of(compared({"a": (0, 0, 30)}))[0].sign == "="


def test_a_lead_that_the_board_does_not_grant_is_not_marked_as_real() -> None:
    won = (np.array([1.0] * 30), np.array([0.0] * 8 + [1.0] * 22))
    assert rows_of(compare_systems("a", "b", *won))[0].verdict.mark == REAL
    assert rows_of(compare_systems("a", "b", *won, ranked_apart=False))[0].verdict.mark == LUCK


def test_each_mark_stands_at_its_difference_left_of_the_middle_for_the_first() -> None:
    page = compose(FOUR, "Slang")
    marks = [
        artist.get_position()[0]
        for artist in page.axes.get_children()
        if isinstance(artist, Text)
        and artist.get_text() in {REAL, LUCK, TOO_FEW}
        and artist.get_horizontalalignment() == "center"
    ]
    assert [x < style.PAGE_WIDTH / 2 for x in marks] == [True, True, False, False]


def many(count: int, name: str) -> Comparison:
    parts = {name.format(number): (6 + number % 5, 4, 2 + number % 7) for number in range(count)}
    return compared(parts, name.format("first"), name.format("second"), key="a tag")


@pytest.mark.parametrize("count", [1, 4, 40])
@pytest.mark.parametrize(
    "name", ["{}", "{} of a very long family of dialects of the south", "{}" + "W" * 58, "深度求索 مرحبا {}"]
)
def test_no_two_texts_overlap_and_all_are_inside(count: int, name: str) -> None:
    page = compose(many(count, name), "a task with a long title " * 6)
    page.png()
    width, height = page.figure.canvas.get_width_height()
    shown = [artist for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]
    boxes = [(artist.get_text(), artist.get_window_extent()) for artist in shown]
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.x1 <= width, text
        assert box.y0 >= 0, text
        assert box.y1 <= height, text
    for (one, box), (other, second) in combinations(boxes, 2):
        apart = box.x1 <= second.x0 or second.x1 <= box.x0 or box.y1 <= second.y0 or second.y1 <= box.y0
        assert apart, (one, other)


def test_the_picture_is_as_wide_as_every_other_and_says_what_it_leaves_out() -> None:
    found = many(40, "slice {}")
    first = draw_comparison(found, "Slang")
    assert first == draw_comparison(found, "Slang")
    assert Image.open(BytesIO(first)).width == 1_000
    assert len(rows_of(found)) == ROWS
    assert "and 26 slices more" in texts_of(compose(found, "Slang"))


def test_the_alternative_text_tells_each_difference() -> None:
    text = comparison_alternative_text(FOUR, "Slang")
    assert text.startswith(
        "atlas-7b compared with lynx-3b on Slang, differences in points with 95% intervals. All items"
    )
    assert "dialect: chile (52): atlas-7b leads by 34.6 (+18 to +48), more than luck" in text
    assert "dialect: mexico (40): lynx-3b leads by 5.0 (-11 to +20), could be luck" in text
    assert "fewer than 30 items" in text
    assert "cuba" not in text


def test_a_long_alternative_text_keeps_its_last_sentence() -> None:
    text = comparison_alternative_text(many(40, "slice {} of a long name"), "T" * 500)
    assert len(text) <= ALTERNATIVE_TEXT_LIMIT
    assert text.endswith(" And 26 slices more.")


@pytest.mark.filterwarnings("error")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_name_and_tag_can_be_drawn(name: str, tag: str) -> None:
    found = compared({tag: (3, 4, 9)}, name, name, key=tag)
    assert draw_comparison(found, name).startswith(b"\x89PNG")
    assert len(comparison_alternative_text(found, name)) <= ALTERNATIVE_TEXT_LIMIT
