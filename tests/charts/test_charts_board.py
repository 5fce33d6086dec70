import logging
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from bench.baselines import BaselineKind, BaselineScore
from bench.model import Interval
from bench.standing import Entry, RankedEntry, Scope, Standings
from charts import style
from charts.bars import HELD, marks_of
from charts.board import BARS, compose, draw_board
from charts.page import Page

HOSTILE = (
    "深度求索-7b",
    "مرحبا بالعالم",
    "🚀 rocket 👩‍🔬 😀",
    "$\\frac{$",
    "x" * 5_000,
    "W" * 40,
    "Z" + "\u0338\u0322\u0321\u031b\u0347\u0308" * 30,
    "over\u202eturned\nname\x00",
    "\ud800 half a pair",
    "",
    "नमस्ते ไทย עברית",
    "%s {} <b>`*_~|",
)


def interval(score: float, items: int) -> Interval:
    """Wilson's interval, so that the pictures look like real ones."""
    z, n = 1.96, max(items, 1)
    centre = (score + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(score * (1 - score) / n + z * z / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half), n)


def standings_of(
    names: tuple[str, ...], scores: tuple[float, ...], *, items: int = 40, claims_ranks: bool = True, best: int = 2
) -> Standings:
    ranked = tuple(
        RankedEntry(
            Entry(n, n, f"member {n}", name, score, interval(score, items), items, items, 1, datetime.now(UTC)),
            rank=n + 1,
            rank_low=1 if n < best else 3,
            rank_high=max(len(names), 3),
        )
        for n, (name, score) in enumerate(zip(names, scores, strict=True))
    )
    return Standings(1, 2, 1, "exact_match", items, ranked, claims_ranks)


def full_board(entries: int, *, claims_ranks: bool = True) -> Standings:
    names = tuple(f"system-{n}-of-a-very-long-family-{'instruct' * 3}" for n in range(entries))
    scores = tuple(1 - n / max(entries - 1, 1) for n in range(entries))
    return standings_of(names, scores, items=40 if claims_ranks else 12, claims_ranks=claims_ranks)


NO_INTERVAL = Interval(0.0, 0.0, 40)
BASELINES = (
    BaselineScore(BaselineKind.EMPTY, 0.0, NO_INTERVAL),
    BaselineScore(BaselineKind.CONSTANT, 0.421, NO_INTERVAL),
    BaselineScore(BaselineKind.GOLD, 1.0, NO_INTERVAL),
)


def held(board: Standings) -> Standings:
    return replace(board, ranked=tuple(replace(one, entry=replace(one.entry, is_held=True)) for one in board.ranked))


def below_zero(entries: int, lowest: float = -1.0) -> Standings:
    """A board of a metric that is 0 for guessing: scores from 100% down to `lowest`."""
    board = full_board(entries)
    scores = [1 - (1 - lowest) * n / max(entries - 1, 1) for n in range(entries)]
    ranked = tuple(
        replace(one, entry=replace(one.entry, score=score, interval=Interval(max(lowest, score - 0.2), score, 40)))
        for one, score in zip(board.ranked, scores, strict=True)
    )
    return replace(board, ranked=ranked, lowest=lowest)


def texts_of(page: Page) -> list[str]:
    return [artist.get_text() for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]


def boxes_of(page: Page) -> list[tuple[str, Bbox]]:
    page.png()
    shown = [artist for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]
    return [(artist.get_text(), artist.get_window_extent()) for artist in shown]


@pytest.mark.parametrize("entries", [0, 1, 2, 5, 12, 25, 40])
def test_the_picture_is_an_opaque_png_as_wide_as_every_other(entries: int) -> None:
    picture = Image.open(BytesIO(draw_board(full_board(entries), "Spanish slang")))
    picture.load()
    assert picture.format == "PNG"
    assert picture.width == 1_000
    assert picture.height <= 2_200
    assert picture.convert("RGBA").getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize("entries", [0, 1, 25])
def test_the_ground_is_that_of_discord(entries: int) -> None:
    picture = Image.open(BytesIO(draw_board(full_board(entries), "Spanish slang"))).convert("RGB")
    wanted = [int(style.GROUND[start : start + 2], 16) for start in (1, 3, 5)]
    for corner in ((0, 0), (picture.width - 1, picture.height - 1)):
        pixel = picture.getpixel(corner)
        assert isinstance(pixel, tuple)
        assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 1


def test_equal_standings_give_equal_bytes_and_others_do_not() -> None:
    first = draw_board(full_board(5), "Spanish slang")
    assert first == draw_board(full_board(5), "Spanish slang")
    assert first != draw_board(full_board(5), "Spanish slang 2")
    assert Image.open(BytesIO(first)).info == {}


@pytest.mark.parametrize("board", [full_board, below_zero])
@pytest.mark.parametrize("baselines", [(), BASELINES])
@pytest.mark.parametrize("entries", [1, 2, 5, 12, 25, 40])
def test_no_text_overlaps_another_or_leaves_the_picture(
    board: Callable[[int], Standings], baselines: tuple[BaselineScore, ...], entries: int
) -> None:
    title = "A benchmark whose title is long enough to need a second line, and then more"
    page = compose(held(board(entries)), title, baselines)
    boxes = boxes_of(page)
    width, height = page.figure.canvas.get_width_height()
    for (one, box), (other, second) in combinations(boxes, 2):
        assert not box.overlaps(second) or box.y0 >= second.y1 - 2 or second.y0 >= box.y1 - 2, (one, other)
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.x1 <= width, text
        assert box.y0 >= 0, text
        assert box.y1 <= height, text


def test_names_that_no_font_can_measure_exactly_stay_in_their_rows() -> None:
    boxes = boxes_of(compose(standings_of(HOSTILE, tuple(0.5 for _ in HOSTILE)), HOSTILE[2] * 20))
    for (one, box), (other, second) in combinations(boxes, 2):
        assert not (box.x0 < second.x1 and second.x0 < box.x1 and abs(box.y0 - second.y0) < 4), (one, other)


def test_every_row_tells_its_rank_range_name_score_and_interval() -> None:
    board = standings_of(("atlas-7b", "tiny-1b", "literal"), (0.815, 0.41, 0.0), best=1)
    texts = texts_of(compose(board, "Spanish slang"))
    for expected in (
        "1\N{EN DASH}3",
        "3",
        "atlas-7b",
        "tiny-1b",
        "81.5%",
        "41.0%",
        "0.0%",
        "67\N{EN DASH}91",
        "40 items",
    ):
        assert any(expected in text for text in texts), expected


def test_the_best_group_is_told_by_a_star_and_by_words() -> None:
    texts = texts_of(compose(full_board(5), "Spanish slang"))
    assert texts.count("★") == 3, "one in the legend, one for each of the two"
    assert any("may be the best" in text for text in texts)


def test_below_twenty_items_no_rank_is_claimed() -> None:
    texts = texts_of(compose(full_board(5, claims_ranks=False), "Spanish slang"))
    assert "Fewer than 20 items: no ranks are claimed" in texts
    assert "★" not in texts
    assert not {"1\N{EN DASH}5", "3\N{EN DASH}5"} & set(texts)


def test_what_does_not_fit_is_counted() -> None:
    texts = texts_of(compose(full_board(40), "Spanish slang"))
    assert f"and {40 - BARS} more" in texts
    assert sum(text.endswith("%") and "." in text for text in texts) == BARS


def test_two_systems_of_one_name_are_told_apart_by_their_people() -> None:
    texts = texts_of(compose(standings_of(("same", "same", "other"), (0.9, 0.8, 0.7)), "Ties"))
    assert {"same (member 0)", "same (member 1)", "other"} <= set(texts)


def test_an_empty_board_says_so() -> None:
    assert "No entries yet" in texts_of(compose(full_board(0), "Spanish slang"))


def bars_of(page: Page) -> list[Rectangle]:
    """The bars, which alone are filled with the colours of bars and are longer than the edge of a row."""
    filled = [artist for artist in page.axes.get_children() if isinstance(artist, Rectangle)]
    known = {style.BAR.lower(), style.BEST.lower()}
    return [one for one in filled if to_hex(one.get_facecolor()) in known and one.get_x() > 0]


def test_a_score_below_zero_is_a_bar_to_the_left_of_zero_and_no_empty_one() -> None:
    bars = bars_of(compose(below_zero(5), "MCC"))
    zero = bars[0].get_x()
    assert [round(bar.get_x() - zero) for bar in bars[:3]] == [0, 0, 0]
    assert [round(bar.get_x() + bar.get_width() - zero) for bar in bars[3:]] == [0, 0]
    assert bars[3].get_width() == pytest.approx(bars[4].get_width() / 2)
    assert bars[4].get_width() == pytest.approx(bars[0].get_width())


def test_the_scale_names_its_ends_and_zero() -> None:
    assert {"-100%", "-50%", "0%", "50%", "100%"} <= set(texts_of(compose(below_zero(5), "MCC")))
    assert marks_of(0.0) == (0, 25, 50, 75, 100)
    assert marks_of(-0.4) == (-40, 0, 50, 100)
    assert marks_of(-0.05) == (0, 50, 100), "no two names in one place"


def test_the_best_baseline_is_marked_where_it_is_and_the_gold_is_none() -> None:
    page = compose(full_board(3), "Slang", BASELINES)
    assert "best baseline 42.1%" in texts_of(page)
    (dashes,) = [line for line in page.axes.get_lines() if line.get_color() == style.BASELINE]
    bars = bars_of(page)
    left, whole = bars[0].get_x(), bars[0].get_width()
    assert (np.asarray(dashes.get_xdata(), dtype=float)[0] - left) / whole == pytest.approx(0.421)


def test_without_a_baseline_the_board_is_as_ever() -> None:
    plain_board = draw_board(full_board(3), "Slang")
    assert draw_board(full_board(3), "Slang", BASELINES[2:]) == plain_board
    assert draw_board(full_board(3), "Slang", BASELINES) != plain_board
    assert draw_board(full_board(0), "Slang", BASELINES) == draw_board(full_board(0), "Slang")


def test_a_held_entry_has_a_sign_and_a_note_says_what_it_is() -> None:
    board = full_board(3)
    texts = texts_of(compose(replace(board, ranked=(*board.ranked[:2], *held(board).ranked[2:])), "Slang"))
    assert texts.count(HELD) == 2, "one at the entry, one at the note"
    assert "held: not clearly above the same person's best system" in texts
    assert HELD not in texts_of(compose(board, "Slang"))


@pytest.mark.parametrize(("scope", "told"), [(Scope.PUBLIC, "40 public items"), (Scope.PRIVATE, "40 private items")])
def test_a_split_board_says_which_items_it_is_of(scope: Scope, told: str) -> None:
    texts = texts_of(compose(replace(full_board(3), scope=scope), "Slang"))
    assert f"{told} · score with its 95% interval" in texts


@pytest.mark.filterwarnings("error")
def test_hostile_names_bring_no_warning_no_log_and_no_maths(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    for name in HOSTILE:
        draw_board(standings_of((name,), (0.5,)), name)
    assert not caplog.records
    texts = texts_of(compose(standings_of(("$\\frac{$",), (0.5,)), "$x$"))
    assert {"$\\frac{$", "$x$"} <= set(texts)


@pytest.mark.filterwarnings("error")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=60), st.floats(0, 1))
def test_any_text_and_any_score_can_be_drawn(name: str, title: str, score: float) -> None:
    assert draw_board(standings_of((name,), (score,)), title).startswith(b"\x89PNG")


def test_no_colour_is_used_that_is_not_in_the_style() -> None:
    page = compose(full_board(25), "Spanish slang")
    known = {*style.MEANINGFUL, style.GROUND, style.BAND, style.GRID, style.CASING}
    texts = [artist for artist in page.axes.get_children() if isinstance(artist, Text) and artist.get_text()]
    assert {artist.get_color() for artist in texts} <= known
    assert {line.get_color() for line in page.axes.get_lines()} <= known
    assert all(float(artist.get_fontsize()) >= 9 for artist in texts), "9 pixels on a phone are the least that is read"
