"""What axes name: times of any span from minutes to centuries, and percentages as near as the scores are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import Final

from charts import fonts, style

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Not from the locale: equal values give equal bytes on every machine."""

SECONDS: Final = (60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200)
DAYS: Final = (1, 2, 3, 7, 14)
MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200)
DAY: Final = 86_400
MONTH: Final = 28 * DAY
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MONDAY: Final = datetime(1970, 1, 5, tzinfo=UTC)
MOST_TICKS: Final = 12
TICK_GAP: Final = 8.0
LEAST_SPAN: Final = timedelta(minutes=1)

PERCENT_STEPS: Final = (1, 2, 5, 10, 20, 25, 50)
MOST_STEPS: Final = 5
LEAST_POINTS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A named time: `place` is its part of the axis, `below` the day or year where it is another than before."""

    place: float
    words: str
    below: str

    @property
    def width(self) -> float:
        """The width of the wider line."""
        return max(fonts.width_of(words, style.SCALE_SIZE) for words in (self.words, self.below))


def time_ticks(start: datetime, end: datetime, length: float) -> tuple[Tick, ...]:
    """The ticks of an axis of such a length, as many as stand apart from each other."""
    found: tuple[Tick, ...] = ()
    for found in candidates(start.astimezone(UTC), end.astimezone(UTC)):
        spaces = [(after.place - before.place) * length for before, after in pairwise(found)]
        widths = [(before.width + after.width) / 2 + TICK_GAP for before, after in pairwise(found)]
        if all(space >= width for space, width in zip(spaces, widths, strict=True)):
            break
    return found


def candidates(start: datetime, end: datetime) -> Iterator[tuple[Tick, ...]]:
    """The ticks at each step, from the finest that does not give far too many."""
    span = (end - start).total_seconds()
    for step in (step for step in SECONDS if span / step <= MOST_TICKS):
        times = spaced(start, end, EPOCH, step)
        yield named(start, end, [(at, f"{at:%H:%M}", day_words(at)) for at in times])
    for days in (days for days in DAYS if span / days / DAY <= MOST_TICKS):
        times = spaced(start, end, MONDAY, days * DAY)
        yield named(start, end, [(at, day_words(at), str(at.year)) for at in times])
    for months in (months for months in MONTH_STEPS if span / months / MONTH <= MOST_TICKS):
        firsts = month_firsts(start, end, months)
        texts = [(at, MONTHS[at.month - 1], str(at.year)) if months < 12 else (at, str(at.year), "") for at in firsts]
        yield named(start, end, texts)


def spaced(start: datetime, end: datetime, origin: datetime, step: int) -> list[datetime]:
    """The times between both that are whole steps of seconds away from the origin."""
    first = ceil((start - origin).total_seconds() / step)
    last = floor((end - origin).total_seconds() / step)
    return [origin + timedelta(seconds=number * step) for number in range(first, last + 1)]


def month_firsts(start: datetime, end: datetime, step: int) -> list[datetime]:
    """The first days of every such month or year between both."""
    first, last = (at.year * 12 + at.month - 1 for at in (start, end))
    numbers = range(ceil(first / step) * step, last + 1, step)
    firsts = [datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in numbers if number >= 12]
    return [at for at in firsts if start <= at <= end]


def named(start: datetime, end: datetime, texts: list[tuple[datetime, str, str]]) -> tuple[Tick, ...]:
    """The ticks with their places; what stands below is told once until it changes."""
    belows = [below for _, _, below in texts]
    shown = ["" if number and below == belows[number - 1] else below for number, below in enumerate(belows)]
    return tuple(
        Tick((at - start) / (end - start), words, new) for (at, words, _), new in zip(texts, shown, strict=True)
    )


def day_words(at: datetime) -> str:
    """A day as ``3 Mar``."""
    return f"{at.day} {MONTHS[at.month - 1]}"


def span_words(start: datetime, end: datetime) -> str:
    """From when to when as ``3 Mar 2025 to 7 Jun 2025 (UTC)``, and within one day by the minute."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    first, last = (f"{day_words(at)} {at.year}" for at in (start, end))
    if first != last:
        return f"{first} to {last} (UTC)"
    times = sorted({f"{start:%H:%M}", f"{end:%H:%M}"})
    return f"{first}, {' to '.join(times)} (UTC)"


@dataclass(frozen=True, slots=True)
class PercentScale:
    """An axis from `bottom` to `top` that names `marks`, all in percent."""

    bottom: float
    top: float
    marks: tuple[int, ...]
    is_whole: bool

    def share_of(self, score: float) -> float:
        """How far up the axis a score is; what lies outside is at the end."""
        return (min(self.top, max(self.bottom, 100 * score)) - self.bottom) / (self.top - self.bottom)


def percent_scale(low: float, high: float, lowest: float) -> PercentScale:
    """The scale that holds the scores from low to high, on round numbers and not finer than is worth a look.

    Where all scores are nearly the same it still shows ten points, so that no trifle looks like a leap.
    """
    floor_of_all = 100 * min(0.0, lowest)
    start, end = (min(100.0, max(floor_of_all, 100 * score)) for score in (low, high))
    missing = max(0.0, LEAST_POINTS - (end - start))
    start, end = start - missing / 2, end + missing / 2
    shift = max(0.0, floor_of_all - start) - max(0.0, end - 100)
    start, end = start + shift, end + shift
    step = next(step for step in PERCENT_STEPS if (end - start) / step <= MOST_STEPS)
    bottom = max(floor_of_all, step * float(floor(start / step)))
    top = min(100.0, step * float(ceil(end / step)))
    marks = tuple(range(ceil(bottom / step) * step, floor(top / step) * step + 1, step))
    return PercentScale(bottom, top, marks, is_whole=bottom == floor_of_all and top == 100)
