from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from charts import style
from charts.page import Page
from charts.slopes import LINES, SlopeLine, chosen, compose, draw_slopes, old_places, slopes_alternative_text
from charts.words import ALTERNATIVE_TEXT_LIMIT

UP, DOWN, SAME = "▲", "▼", "="
THREE = (
    SlopeLine("atlas-7b", 2, 1, 0.78, 0.8),
    SlopeLine("lynx-3b", 1, 2, 0.79, 0.775),
    SlopeLine("tiny-1b", 3, 3, 0.41, 0.41),
)


def many(count: int, name: str = "system-{}-of-a-very-long-family-instructinstruct") -> list[SlopeLine]:
    """Neighbours have changed places all the way down, but for the last of an odd number."""
    last = count + 1
    return [
        SlopeLine(name.format(rank), rank, min(rank + 1 if rank % 2 else rank - 1, last - 1), 1 - rank / last, 0.5)
        for rank in range(1, last)
    ]


def texts_of(page: Page) -> list[str]:
    return [artist.get_text() for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]


@pytest.mark.parametrize("count", [0, 1, 3, 12, 40])
def test_the_picture_is_as_wide_as_every_other_and_equal_each_time(count: int) -> None:
    first = draw_slopes(many(count), "Gold v4: Spanish slang")
    assert first == draw_slopes(many(count), "Gold v4: Spanish slang")
    picture = Image.open(BytesIO(first))
    assert (picture.format, picture.width) == ("PNG", 1_000)
    assert picture.height <= 1_400


@pytest.mark.parametrize("count", [3, 12, 40])
@pytest.mark.parametrize("name", ["system-{}-of-a-very-long-family-instruct", "W" * 40, "深度求索 مرحبا {}", "s{}"])
def test_no_two_texts_overlap_and_all_are_inside(count: int, name: str) -> None:
    page = compose(many(count, name), "Gold v12: " + "a task with a long title " * 6)
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


def test_the_direction_is_told_by_a_sign_and_not_by_colour_alone() -> None:
    texts = texts_of(compose(THREE, "Gold v4"))
    legend = 1
    assert [texts.count(sign) - legend for sign in (UP, DOWN, SAME)] == [1, 1, 1]
    assert {"rises", "falls", "stays", "before", "after"} <= set(texts)
    assert "78.0% → 80.0%" in texts


def test_each_line_runs_from_its_old_place_to_its_new_one() -> None:
    page = compose(THREE, "Gold v4")
    drawn = [line for line in page.axes.get_lines() if line.get_color() != style.CASING]
    heights = {line.get_color(): np.asarray(line.get_ydata(), dtype=float)[:2] for line in drawn}
    assert heights[style.BAR][0] > heights[style.BAR][1], "up is towards the top, where y is 0"
    assert heights[style.BEST][0] < heights[style.BEST][1]
    assert heights[style.QUIET_TEXT][0] == heights[style.QUIET_TEXT][1]


def test_systems_that_share_a_rank_stand_below_each_other() -> None:
    tied = (SlopeLine("a", 1, 1, 0.8, 0.8), SlopeLine("b", 1, 2, 0.8, 0.7), SlopeLine("c", 1, 2, 0.8, 0.7))
    assert old_places(chosen(tied)) == [0, 1, 2]


def test_who_leads_and_who_moved_is_shown_before_the_rest() -> None:
    stayed = [SlopeLine(f"s{rank}", rank, rank, 0.5, 0.5) for rank in range(1, 41)]
    stayed[29], stayed[30] = SlopeLine("up", 31, 30, 0.1, 0.2), SlopeLine("down", 30, 31, 0.2, 0.1)
    names = [move.system for move in chosen(stayed)]
    assert len(names) == LINES
    assert names[0] == "s1"
    assert names[-2:] == ["up", "down"]
    assert "and 28 more" in texts_of(compose(stayed, "Gold v4"))


def test_a_picture_of_nobody_says_so() -> None:
    assert "No system was ranked both before and after" in texts_of(compose((), "Gold v2"))


def test_the_alternative_text_tells_who_moved() -> None:
    assert slopes_alternative_text(THREE, "Gold v4: Slang") == (
        "Ranks by score before and after, Gold v4: Slang: atlas-7b from 2 to 1 (78.0% to 80.0%); "
        "lynx-3b from 1 to 2 (79.0% to 77.5%). 1 system keeps its rank."
    )
    assert slopes_alternative_text(THREE[2:], "Gold v4").endswith("none of 1 system changed its rank.")


def test_what_does_not_fit_the_alternative_text_is_cut_before_its_last_sentence() -> None:
    text = slopes_alternative_text(many(41, "W" * 40), "T" * 500)
    assert len(text) <= ALTERNATIVE_TEXT_LIMIT
    assert text.endswith(" And 28 more. 1 system keeps its rank.")


@pytest.mark.filterwarnings("error")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.integers(1, 99_999), st.integers(1, 99_999), st.floats(0, 1))
def test_any_name_rank_and_score_can_be_drawn(name: str, before: int, after: int, score: float) -> None:
    moves = (SlopeLine(name, before, after, score, 1 - score),)
    assert draw_slopes(moves, name).startswith(b"\x89PNG")
    assert len(slopes_alternative_text(moves, name)) <= ALTERNATIVE_TEXT_LIMIT
