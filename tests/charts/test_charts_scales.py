from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.scales import PercentScale, percent_scale, span_words, time_ticks

START = datetime(2025, 3, 3, 14, 2, tzinfo=UTC)
LENGTH = 208.0


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(minutes=9), [("14:02", "3 Mar"), ("14:04", ""), ("14:06", ""), ("14:08", ""), ("14:10", "")]),
        (timedelta(hours=30), [("18:00", "3 Mar"), ("00:00", "4 Mar"), ("06:00", ""), ("12:00", ""), ("18:00", "")]),
        (timedelta(days=12), [("5 Mar", "2025"), ("8 Mar", ""), ("11 Mar", ""), ("14 Mar", "")]),
        (timedelta(days=40), [("17 Mar", "2025"), ("31 Mar", "")]),
        (timedelta(days=120), [("Apr", "2025"), ("May", ""), ("Jun", ""), ("Jul", "")]),
        (timedelta(days=900), [("Jul", "2025"), ("Jan", "2026"), ("Jul", ""), ("Jan", "2027"), ("Jul", "")]),
        (timedelta(days=365 * 12), [(str(year), "") for year in (2026, 2028, 2030, 2032, 2034, 2036)]),
    ],
)
def test_times_are_named_as_their_span_needs(span: timedelta, told: list[tuple[str, str]]) -> None:
    assert [(tick.words, tick.below) for tick in time_ticks(START, START + span, LENGTH)] == told


@given(st.datetimes(datetime(2015, 1, 1), datetime(2200, 1, 1)), st.floats(60, 60 * 60 * 24 * 365 * 100))  # noqa: DTZ001 - the strategy wants them naive
def test_any_span_has_a_tick_and_no_two_touch(at: datetime, seconds: float) -> None:
    start = at.replace(tzinfo=UTC)
    ticks = time_ticks(start, start + timedelta(seconds=seconds), LENGTH)
    assert ticks
    assert ticks[0].below or ticks[0].words.isdigit(), "the year or the day is always told"
    for before, after in pairwise(ticks):
        assert (after.place - before.place) * LENGTH >= (before.width + after.width) / 2
    assert all(0 <= tick.place <= 1 for tick in ticks)


def test_times_are_told_in_utc_whatever_their_zone() -> None:
    east = timezone(timedelta(hours=9))
    assert span_words(START.astimezone(east), START) == "3 Mar 2025, 14:02 (UTC)"
    assert span_words(START, START + timedelta(minutes=28)) == "3 Mar 2025, 14:02 to 14:30 (UTC)"
    assert span_words(START, START + timedelta(days=80)) == "3 Mar 2025 to 22 May 2025 (UTC)"
    assert time_ticks(START.astimezone(east), START.astimezone(east) + timedelta(days=9), LENGTH) == time_ticks(
        START, START + timedelta(days=9), LENGTH
    )


@pytest.mark.parametrize(
    ("scores", "lowest", "expected"),
    [
        ((0.12, 0.88), 0.0, PercentScale(0, 100, (0, 20, 40, 60, 80, 100), is_whole=True)),
        ((0.61, 0.78), 0.0, PercentScale(60, 80, (60, 65, 70, 75, 80), is_whole=False)),
        ((1.0, 1.0), 0.0, PercentScale(90, 100, (90, 92, 94, 96, 98, 100), is_whole=False)),
        ((0.0, 0.0), 0.0, PercentScale(0, 10, (0, 2, 4, 6, 8, 10), is_whole=False)),
        ((-1.0, 0.7), -1.0, PercentScale(-100, 100, (-100, -50, 0, 50, 100), is_whole=True)),
        ((-0.33, 0.7), -0.33, PercentScale(-33, 75, (-25, 0, 25, 50, 75), is_whole=False)),
    ],
)
def test_the_scale_is_as_near_as_the_scores_are(
    scores: tuple[float, float], lowest: float, expected: PercentScale
) -> None:
    assert percent_scale(*scores, lowest) == expected


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_every_score_is_on_the_scale_and_every_mark_too(one: float, other: float) -> None:
    low, high = sorted((one, other))
    scale = percent_scale(low, high, -1.0)
    assert -100 <= scale.bottom <= 100 * low + 1e-9
    assert 100 * high - 1e-9 <= scale.top <= 100
    assert 2 <= len(scale.marks) <= 8
    assert all(scale.bottom <= mark <= scale.top for mark in scale.marks)
    assert scale.top - scale.bottom >= 10 - 1e-9
