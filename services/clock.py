"""The clock: services take the time from here, as aware UTC, so that a demo or a test may move it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

DISCORD_EPOCH_MS = 1_420_070_400_000


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def created_at(snowflake: int) -> datetime:
    """When Discord made the thing of this id: https://docs.discord.com/developers/reference#snowflakes."""
    return datetime.fromtimestamp(((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000, UTC)


def snowflake(moment: datetime, ordinal: int) -> int:
    """An id for the `ordinal`-th thing (0..4095) that we make ourselves at a moment, in order with Discord's ids."""
    milliseconds = (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
    return ((milliseconds - DISCORD_EPOCH_MS) << 22) | ordinal


def start_of_day(moment: datetime) -> datetime:
    """Midnight UTC at or before the moment: attempts are counted from here."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def next_day(moment: datetime) -> datetime:
    """Midnight UTC after the moment: attempts return then."""
    return start_of_day(moment) + timedelta(days=1)
