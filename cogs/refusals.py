"""What to do when Discord refuses a post: try later, give the post up, or wait for a person."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import discord

from services.values import PostKind

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, EXPIRED_TOKEN = 10003, 10008, 10015, 50027
OLD_MESSAGE_EDITED_TOO_OFTEN = 30046
MISSING_ACCESS, MISSING_PERMISSIONS = 50001, 50013
ARCHIVED_THREAD, THREAD_EXISTS = 50083, 160004
GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_MESSAGE})
MOST_BAD_REQUESTS = 5
LONGEST_BACKOFF = timedelta(minutes=10)


class Deed(StrEnum):
    """What becomes of a post that could not be placed."""

    PUT_OFF = "put off"
    PARK = "park"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Refusal:
    """How Discord refused: HTTP status, Discord's own code, and the seconds that it asks to wait. 0 means unknown."""

    status: int = 0
    code: int = 0
    retry_after: float = 0.0

    @classmethod
    def of(cls, error: BaseException) -> "Refusal":
        """As discord.py reports it; any other error is a refusal without a status."""
        if isinstance(error, discord.RateLimited):
            return cls(429, 0, error.retry_after)
        if isinstance(error, discord.HTTPException):
            return cls(error.status, error.code)
        return cls()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and for how long to wait where the post is put off."""

    deed: Deed
    wait: timedelta = timedelta(0)


def decide(refusal: Refusal, kind: PostKind, attempts: int) -> Decision:
    """The rule; `attempts` are the failures in a row so far.

    Never loop on a refused right: ten thousand refusals in ten minutes ban the address of the bot
    (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
    """
    if kind is PostKind.RECEIPT and (refusal.status in {401, 403, 404} or refusal.code == EXPIRED_TOKEN):
        return Decision(Deed.DROP)
    if refusal.status == 429:
        return Decision(Deed.PUT_OFF, max(timedelta(seconds=refusal.retry_after), backoff(attempts)))
    if refusal.status == 404:
        return Decision(Deed.DROP if kind in {PostKind.NEWS, PostKind.VERSION} else Deed.PARK)
    if refusal.status in {401, 403} or (refusal.status == 400 and attempts >= MOST_BAD_REQUESTS):
        return Decision(Deed.PARK)
    return Decision(Deed.PUT_OFF, backoff(attempts))


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failures: 2, 4, 8, … seconds, ten minutes at most."""
    return min(timedelta(seconds=2.0 ** min(attempts + 1, 12)), LONGEST_BACKOFF)
