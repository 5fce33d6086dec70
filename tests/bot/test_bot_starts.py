"""A bot that dies at once must not use up the 1,000 sessions after which Discord resets its token."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.starts import FREE_STARTS, LONGEST_DELAY, QUICK, StartRecord, Starts, after_start, delay

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_a_kill_loop_starts_far_fewer_than_a_thousand_times_a_day(tmp_path: Path) -> None:
    now, sessions = MORNING, 0
    while now < MORNING + timedelta(days=1):
        now += StartRecord(tmp_path).begin(now)
        sessions += 1
        now += timedelta(seconds=1)  # it connects, and dies
    assert 50 < sessions < 200


@given(st.lists(st.floats(min_value=0, max_value=290), min_size=200, max_size=200))
def test_no_rhythm_of_quick_deaths_gets_through(lives: list[float]) -> None:
    now, starts, sessions = MORNING, Starts(), 0
    for life in lives:
        starts = after_start(starts, now)
        now += delay(starts.quick_deaths) + timedelta(seconds=life)
        sessions += now < MORNING + timedelta(days=1)
    assert sessions < 150
    assert delay(starts.quick_deaths) == LONGEST_DELAY


def test_the_first_restarts_are_free_and_then_the_wait_doubles() -> None:
    assert [delay(deaths).total_seconds() for deaths in range(12)] == [
        *(0, 0, 0),
        *(15, 30, 60, 120, 240, 480),
        *(900, 900, 900),
    ]
    assert delay(10**6) == LONGEST_DELAY


def test_a_start_that_ended_well_or_lived_long_is_forgiven(tmp_path: Path) -> None:
    record = StartRecord(tmp_path)
    for _ in range(FREE_STARTS + 2):
        record.begin(MORNING)
    assert record.begin(MORNING) > timedelta(0)
    record.end_well()
    assert record.begin(MORNING) == timedelta(0)
    pause = max(record.begin(MORNING) for _ in range(FREE_STARTS + 2))
    assert pause > timedelta(0)
    assert record.begin(MORNING + QUICK + pause + timedelta(seconds=1)) == timedelta(0)


def test_a_clock_that_went_back_or_a_broken_file_stops_nobody(tmp_path: Path) -> None:
    record = StartRecord(tmp_path)
    record.begin(MORNING)
    assert record.begin(MORNING - timedelta(days=400)) == timedelta(0)
    for content in ("", "[]", "{}", '{"quick_deaths": "x", "began_at": 3}', "\x00"):
        (tmp_path / "starts.json").write_text(content, encoding="utf-8")
        assert StartRecord(tmp_path).begin(MORNING) == timedelta(0)


def test_the_folder_is_made(tmp_path: Path) -> None:
    assert StartRecord(tmp_path / "new" / "data").begin(MORNING) == timedelta(0)
    assert [file.name for file in (tmp_path / "new" / "data").iterdir()] == ["starts.json"]
