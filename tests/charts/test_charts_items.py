from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from bench.item_map import MOST_NOTEWORTHY, ItemMap, ItemPoint, noteworthy
from charts import style
from charts.items import LEFT, RIGHT, SIGN, WARNING, compose, draw_item_map, item_map_alternative_text
from charts.page import Page
from charts.words import ALTERNATIVE_TEXT_LIMIT

HOSTILE = (
    "深度求索-7b",
    "مرحبا بالعالم",
    "🚀 rocket 👩‍🔬 😀",
    "$\\frac{$",
    "x" * 5_000,
    "W" * 40,
    "",
    "\ud800 half a pair",
)
FEW = ItemMap((ItemPoint("q1", 0.25, 0.6), ItemPoint("q2", 0.5, -0.25), ItemPoint("q3", 0.75, -0.5)), 4, 12)


def spread_out(items: int) -> ItemMap:
    """Items all over the map, without a die."""
    points = tuple(
        ItemPoint(f"item-{n}", (n * 0.618034) % 1, 1 - 2 * ((n * 0.414214 + 0.05) % 1)) for n in range(items)
    )
    return ItemMap(points, 17, 12)


def texts_of(page: Page) -> list[str]:
    return [artist.get_text() for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]


def dots_of(page: Page, colour: str, shape: str = "o") -> int:
    """How many dots of a colour are drawn, without the one of the legend."""
    lines = [one for one in page.axes.get_lines() if one.get_marker() == shape and one.get_markerfacecolor() == colour]
    return sum(len(np.asarray(line.get_xdata())) for line in lines[1:])


def assert_readable(page: Page) -> None:
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
        touching = 2  # pixels of a line's box that hold no ink
        apart = box.x1 <= second.x0 or second.x1 <= box.x0 or box.y1 <= second.y0 + touching
        assert apart or second.y1 <= box.y0 + touching, (one, other)


@pytest.mark.parametrize("items", [0, 1, 10, 300, 10_000])
def test_the_picture_is_as_wide_as_every_other_and_equal_each_time(items: int) -> None:
    first = draw_item_map(spread_out(items), "Slang")
    assert first == draw_item_map(spread_out(items), "Slang")
    picture = Image.open(BytesIO(first))
    assert (picture.format, picture.width) == ("PNG", 1_000)
    assert_readable(compose(spread_out(items), "a task with a long title " * 6))


def test_the_lowest_correlations_are_the_noteworthy_ones_and_never_one_above_zero() -> None:
    assert [point.item_id for point in noteworthy(FEW.points)] == ["q3", "q2"]
    assert [point.item_id for point in noteworthy(FEW.points, 1)] == ["q3"]
    assert FEW.below == 2


def test_of_equal_correlations_the_mean_near_the_middle_speaks_louder() -> None:
    points = (ItemPoint("a", 0.9, -1.0), ItemPoint("c", 0.5, -1.0), ItemPoint("b", 0.5, -1.0))
    assert [point.item_id for point in noteworthy(points)] == ["b", "c", "a"]


def test_an_item_stands_at_its_mean_and_its_correlation_and_the_noteworthy_ones_with_their_ids() -> None:
    page = compose(FEW, "Slang")
    (signs,) = [
        one for one in page.axes.get_lines() if one.get_marker() == SIGN and len(np.asarray(one.get_xdata())) > 1
    ]
    xs, ys = (np.asarray(values, dtype=float) for values in signs.get_data())
    assert list(xs) == pytest.approx([LEFT + share * (RIGHT - LEFT) for share in (0.75, 0.5)])
    assert ys[0] > ys[1], "the lower correlation further down, where y is larger"
    assert {"q2", "q3", WARNING, "3 items by 12 systems"} <= set(texts_of(page))
    assert "q1" not in texts_of(page)
    assert "not shown: 4 items on which no system differs" in texts_of(page)


def test_items_of_one_place_are_one_dot_that_tells_how_many() -> None:
    same = [ItemPoint(f"s{n}", 0.5, 0.5) for n in range(12)]
    page = compose(ItemMap((*same, ItemPoint("one", 0.1, 0.5), *(ItemPoint("two", 0.9, 0.2),) * 2), 0, 12), "Slang")
    assert {"1 item", "2 to 9", "10 and more"} <= set(texts_of(page))
    assert [dots_of(page, colour) for colour in style.DENSITY] == [1, 1, 1]


def test_ten_thousand_items_are_few_dots() -> None:
    page = compose(spread_out(10_000), "Slang")
    assert sum(dots_of(page, colour) for colour in style.DENSITY) < 3_500
    assert f"and {5_000 - MOST_NOTEWORTHY:,} items more below 0" in texts_of(page)


def test_a_map_without_items_says_so() -> None:
    nothing = ItemMap((), 40, 1)
    told = ["Slang", "No item tells the systems apart yet", "not shown: 40 items on which no system differs"]
    assert texts_of(compose(nothing, "Slang")) == told
    assert "none tells the systems apart yet. Not shown: 40 items" in item_map_alternative_text(nothing, "Slang")


def test_the_alternative_text_names_the_items_to_look_at() -> None:
    assert item_map_alternative_text(FEW, "Slang") == (
        "Items of Slang by mean score and by correlation with the score on all others: 3 items by 12 systems; "
        "2 below 0, where strong systems fail: q3 (mean 75%, correlation -0.50); q2 (mean 50%, correlation -0.25). "
        "Not shown: 4 items on which no system differs."
    )
    assert "1 item by 12 systems, none below 0." in item_map_alternative_text(ItemMap(FEW.points[:1], 0, 12), "Slang")


@pytest.mark.parametrize("place", [(0.5, -1.0), (0.0, -0.01), (1.0, -1.0), (0.37, -0.5)])
def test_ids_of_one_place_stand_apart_whatever_they_are(place: tuple[float, float]) -> None:
    points = tuple(ItemPoint(name, *place) for name in HOSTILE)
    assert_readable(compose(ItemMap(points, 0, 3), HOSTILE[2] * 20))


@pytest.mark.filterwarnings("error")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.builds(ItemPoint, st.text(max_size=60), st.floats(0, 1), st.floats(-1, 1)), max_size=14),
    st.integers(0, 10**6),
    st.text(max_size=60),
)
def test_any_items_can_be_drawn_and_read(points: list[ItemPoint], without: int, title: str) -> None:
    item_map = ItemMap(tuple(points), without, 10_000)
    assert_readable(compose(item_map, title))
    assert len(item_map_alternative_text(item_map, title)) <= ALTERNATIVE_TEXT_LIMIT
