from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from bench.score_history import ScoreHistory, SystemHistory, VersionMark
from charts import style
from charts.history import LEFT, RIGHT, compose, draw_history
from charts.history_words import NAMED, history_alternative_text
from charts.page import Page
from charts.words import ALTERNATIVE_TEXT_LIMIT

START = datetime(2025, 3, 3, 14, 2, tzinfo=UTC)
DAY = timedelta(days=1)
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


def made(
    systems: int, span: timedelta, versions: int = 0, *, lowest: float = 0.0, name: Callable[[int], str] = str
) -> ScoreHistory:
    """Each system rises thrice, the later ones lower and later; the gold versions lie evenly in the span."""
    runs = tuple(
        SystemHistory(
            name(place),
            tuple(
                (START + span * (place / systems + step) / 4, lowest + (1 - lowest) * (1 - place / systems) * step / 4)
                for step in (1, 2, 3)
            ),
        )
        for place in range(systems)
    )
    marks = tuple(VersionMark(number + 2, START + span * number / max(versions - 1, 1)) for number in range(versions))
    return ScoreHistory(runs, marks, START + span, lowest)


THREE = ScoreHistory(
    (
        SystemHistory("atlas-7b", ((START, 0.41), (START + 30 * DAY, 0.815))),
        SystemHistory("lynx-3b", ((START + 10 * DAY, 0.7),)),
    ),
    (VersionMark(2, START + 20 * DAY),),
    START + 40 * DAY,
)


def texts_of(page: Page) -> list[str]:
    return [artist.get_text() for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]


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


@pytest.mark.parametrize("systems", [1, 3, 8, 25])
@pytest.mark.parametrize("span", [timedelta(0), timedelta(minutes=9), 92 * DAY, 4_000 * DAY])
@pytest.mark.parametrize("versions", [0, 1, 12, 400])
def test_no_two_texts_overlap_and_all_are_inside(systems: int, span: timedelta, versions: int) -> None:
    assert_readable(compose(made(systems, span, versions), "a task with a long title " * 6))


@pytest.mark.parametrize("lowest", [0.0, -1.0, -0.4])
def test_names_that_no_font_can_measure_exactly_stay_apart(lowest: float) -> None:
    assert_readable(compose(made(8, 92 * DAY, 12, lowest=lowest, name=HOSTILE.__getitem__), HOSTILE[2] * 20))


@pytest.mark.parametrize("systems", [0, 1, 25])
def test_the_picture_is_as_wide_as_every_other_and_equal_each_time(systems: int) -> None:
    first = draw_history(made(systems, 92 * DAY, 12), "Slang")
    assert first == draw_history(made(systems, 92 * DAY, 12), "Slang")
    picture = Image.open(BytesIO(first))
    assert (picture.format, picture.width) == ("PNG", 1_000)
    assert picture.height <= 1_000


def line_of(page: Page, place: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The corners of a system's line, which alone is as thick as that."""
    colour = style.SERIES[place]
    lines = [one for one in page.axes.get_lines() if one.get_color() == colour and one.get_linewidth() > 1.5]
    return np.column_stack([np.asarray(values, dtype=float) for values in lines[0].get_data()])


def test_a_score_holds_until_it_rises_and_the_last_one_until_now() -> None:
    corners = line_of(compose(THREE, "Slang"), 0)
    xs, ys = corners[:, 0], corners[:, 1]
    assert list(xs) == pytest.approx([LEFT, LEFT + 0.75 * (RIGHT - LEFT), LEFT + 0.75 * (RIGHT - LEFT), RIGHT])
    assert ys[0] == ys[1] > ys[2] == ys[3], "up is towards the top, where y is 0"


def test_a_single_run_is_a_level_line_until_now() -> None:
    corners = line_of(compose(ScoreHistory(THREE.systems[1:], (), THREE.until), "Slang"), 0)
    assert corners[:, 0].tolist() == [LEFT, RIGHT]
    assert corners[0, 1] == corners[1, 1]


def test_the_picture_says_which_gold_and_which_time_and_what_of_the_scale() -> None:
    texts = texts_of(compose(THREE, "Slang"))
    assert {"2 systems · all scores at the present gold, v2", "3 Mar 2025 to 12 Apr 2025 (UTC)"} <= set(texts)
    assert {"v2", "atlas-7b", "81.5%", "lynx-3b", "70.0%", "the scale shows only 40% to 90%"} <= set(texts)
    assert texts.index("atlas-7b") < texts.index("lynx-3b"), "best first"


def test_dense_versions_are_thinned_and_the_newest_keeps_its_number() -> None:
    numbers = [text for text in texts_of(compose(made(1, 92 * DAY, 400), "Slang")) if text[1:].isdigit()]
    assert 5 <= sum(number.startswith("v") for number in numbers) <= 12
    assert "v401" in numbers


def test_those_that_have_no_name_are_grey_and_counted() -> None:
    page = compose(made(25, 92 * DAY), "Slang")
    grey = [line for line in page.axes.get_lines() if line.get_color() == style.REST]
    assert len(grey) >= 25 - NAMED
    assert "grey: and 17 more" in texts_of(page)
    assert "grey: and 1 more" in texts_of(compose(made(NAMED + 1, 92 * DAY), "Slang"))


def test_what_is_below_the_scale_is_not_drawn_at_its_edge() -> None:
    low = SystemHistory("low", ((START, 0.1), (START + 5 * DAY, 0.2)))
    best = tuple(SystemHistory(str(place), ((START, 0.8),)) for place in range(NAMED))
    page = compose(ScoreHistory((*best, low), (), START + 9 * DAY), "Slang")
    rest = [line for line in page.axes.get_lines() if line.get_linewidth() == 0.9 and line.get_color() == style.REST]
    xs, ys = (np.asarray(values, dtype=float) for values in rest[0].get_data())
    assert "grey: and 1 more, 1 of them below the scale" in texts_of(page)
    assert len(set(xs[~np.isnan(xs)])) == len(set(ys[~np.isnan(ys)])) == 1, "a point without length"


def test_a_board_without_runs_says_so() -> None:
    nobody = ScoreHistory((), (), START)
    assert texts_of(compose(nobody, "Slang")) == ["Slang", "No runs yet"]
    assert history_alternative_text(nobody, "Slang") == "Scores over time on Slang: no runs yet."


def test_the_alternative_text_tells_from_where_to_where_each_system_rose() -> None:
    assert history_alternative_text(THREE, "Slang") == (
        "Scores over time on Slang, until 2025-04-12, all at the present gold: "
        "atlas-7b 81.5% since 2025-04-02, first 41.0% on 2025-03-03, 1 rise; lynx-3b 70.0% since 2025-03-13. "
        "Gold v2 was published on 2025-03-23."
    )


def test_a_long_alternative_text_keeps_its_last_sentences() -> None:
    text = history_alternative_text(made(25, 92 * DAY, 12, name=lambda place: f"{place}" + "W" * 60), "T" * 500)
    assert len(text) <= ALTERNATIVE_TEXT_LIMIT
    assert text.endswith(" And 17 systems more. Gold v2 to v13 were published from 2025-03-03 to 2025-06-03.")


@pytest.mark.filterwarnings("error")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.text(max_size=60), st.floats(-1, 1), st.floats(0, 1e6)), min_size=1, max_size=12),
    st.lists(st.floats(0, 1e6), max_size=30),
    st.text(max_size=60),
)
def test_any_names_scores_and_times_can_be_drawn_and_read(
    runs: list[tuple[str, float, float]], published: list[float], title: str
) -> None:
    ordered = sorted(runs, key=lambda run: -run[1])
    systems = tuple(SystemHistory(name, ((START + timedelta(seconds=at), score),)) for name, score, at in ordered)
    versions = tuple(VersionMark(n + 2, START + timedelta(seconds=at)) for n, at in enumerate(sorted(published)))
    history = ScoreHistory(systems, versions, START + timedelta(seconds=1e6), -1.0)
    assert_readable(compose(history, title))
    assert len(history_alternative_text(history, title)) <= ALTERNATIVE_TEXT_LIMIT
