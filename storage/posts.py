"""The outbox: each message that is a picture of the database, which version is wanted, and what stands there now."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Update, case, func, literal, null, select, update

from storage.rows import earlier, insert_into, later, value_of
from storage.schema import post
from storage.types import Moment


@dataclass(frozen=True, slots=True)
class Address:
    """Where the answer to an interaction goes; the token lives for fifteen minutes and opens that answer only."""

    application_id: int
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PostRow:
    """A message that is or was due.

    `channel_id` is where it should go; `message_channel_id` and `message_id` say where it stands now (a forum's post
    stands in its own thread). `version` is the wanted one. `due_at` is None when that is posted, or when the post is
    parked. Before `resting_until` no change makes it due. `posted_at` is when the message that stands was first
    posted: Discord limits the edits of an old one. `attempts` counts the failures in a row.
    """

    guild_id: int
    key: str
    kind: str
    subject_id: int
    version: int
    due_at: datetime | None
    resting_until: datetime | None
    channel_id: int | None
    message_channel_id: int | None
    message_id: int | None
    content_hash: str | None
    posted_at: datetime | None
    attempts: int
    error: str | None
    address: Address | None

    @property
    def is_parked(self) -> bool:
        """Whether it was given up until something changes; `error` says why."""
        return self.due_at is None and self.error is not None


def mark_due(
    connection: Connection,
    guild_id: int,
    key: str,
    kind: str,
    subject_id: int,
    *,
    channel_id: int | None = None,
    address: Address | None = None,
    due_at: datetime,
) -> None:
    """Want a message, or want it anew: at `due_at`, or earlier if it was due already, but not while it rests.

    Channel and address stay as they are where None is given. In another channel the message starts anew. A parked
    post is tried again.
    """
    row: dict[str, Any] = {
        "guild_id": guild_id,
        "key": key,
        "kind": kind,
        "subject_id": subject_id,
        "version": 1,
        "due_at": due_at,
        "channel_id": channel_id,
        "attempts": 0,
    }
    if address is not None:
        row |= {"application_id": address.application_id, "token": address.token, "expires_at": address.expires_at}
    statement = insert_into(connection, post).values(**row)
    new = statement.excluded
    moves = (new.channel_id != post.c.channel_id).is_(True)
    changes: dict[str, Any] = {
        "version": post.c.version + 1,
        "due_at": later(post.c.resting_until, earlier(post.c.due_at, new.due_at)),
        "channel_id": func.coalesce(new.channel_id, post.c.channel_id),
        **{name: case((moves, null()), else_=post.c[name]) for name in MESSAGE_COLUMNS},
        **{name: new[name] for name in ADDRESS_COLUMNS if address is not None},
    }
    connection.execute(statement.on_conflict_do_update(index_elements=["guild_id", "key"], set_=changes))


def find_post(connection: Connection, guild_id: int, key: str) -> PostRow | None:
    """The post, or None."""
    row = connection.execute(select(post).where(_is(guild_id, key))).mappings().first()
    return None if row is None else _post(row)


def list_due(connection: Connection, at: datetime, limit: int = 50) -> tuple[PostRow, ...]:
    """What is due in all guilds, the longest due first."""
    chosen = select(post).where(post.c.due_at <= at).order_by(post.c.due_at, post.c.guild_id, post.c.key).limit(limit)
    return tuple(_post(row) for row in connection.execute(chosen).mappings())


def next_due_at(connection: Connection) -> datetime | None:
    """When the next post is due; None when none is."""
    soonest: datetime | None = connection.execute(select(func.min(post.c.due_at))).scalar_one()
    return soonest


def record_posted(  # noqa: PLR0913 - all that is known of a message, once it stands
    connection: Connection,
    guild_id: int,
    key: str,
    version: int,
    channel_id: int | None,
    message_id: int | None,
    content_hash: str,
    at: datetime,
    *,
    rest_until: datetime | None = None,
) -> bool:
    """Note what now stands where (nowhere that can be named for a reply); False if the post was removed meanwhile.

    It stays due if a newer version than the posted one is wanted by now, but not before `rest_until`; neither does
    any change before then make it due.
    """
    now = literal(at, Moment())
    waits_until: ColumnElement[Any] = func.coalesce(post.c.due_at, now)
    if rest_until is not None:
        waits_until = later(waits_until, literal(rest_until, Moment()))
    statement = _change(guild_id, key).values(
        message_channel_id=channel_id,
        message_id=message_id,
        content_hash=content_hash,
        posted_at=case((post.c.message_id == message_id, post.c.posted_at), else_=now),
        resting_until=rest_until,
        due_at=case((post.c.version == version, null()), else_=waits_until),
        attempts=0,
        error=None,
    )
    return connection.execute(statement).rowcount == 1


def put_off(connection: Connection, guild_id: int, key: str, due_at: datetime, error: str) -> None:
    """Try again at `due_at` and, whatever changes meanwhile, not before; it counts as a failure."""
    later_on = {"due_at": due_at, "resting_until": due_at, "error": error, "attempts": post.c.attempts + 1}
    connection.execute(_change(guild_id, key).values(**later_on))


def park(connection: Connection, guild_id: int, key: str, error: str, rest_until: datetime | None = None) -> None:
    """Give up until something changes (`mark_due`, `mark_all_due`) and, where a time is given, until then."""
    parked = {"due_at": None, "resting_until": rest_until, "error": error, "attempts": post.c.attempts + 1}
    connection.execute(_change(guild_id, key).values(**parked))


def list_posts(connection: Connection, guild_id: int, kind: str, limit: int = 5000) -> tuple[PostRow, ...]:
    """All posts of a kind in a guild, by their keys."""
    chosen = select(post).where(post.c.guild_id == guild_id, post.c.kind == kind).order_by(post.c.key).limit(limit)
    return tuple(_post(row) for row in connection.execute(chosen).mappings())


def list_standing(connection: Connection, kinds: Collection[str], limit: int = 5000) -> tuple[PostRow, ...]:
    """The posts of these kinds whose message stands, in all guilds, but none that was given up; by their keys."""
    parked = post.c.due_at.is_(None) & post.c.error.is_not(None)
    chosen = select(post).where(post.c.kind.in_(kinds), post.c.message_id.is_not(None), ~parked)
    rows = connection.execute(chosen.order_by(post.c.guild_id, post.c.key).limit(limit)).mappings()
    return tuple(_post(row) for row in rows)


def forget_message(connection: Connection, guild_id: int, key: str, message_id: int) -> bool:
    """Note that the message no longer stands there, so that the next one is a new one; False if another one does."""
    known = _change(guild_id, key).where(post.c.message_id == message_id)
    return connection.execute(known.values(dict.fromkeys(MESSAGE_COLUMNS))).rowcount == 1


def remove_post(connection: Connection, guild_id: int, key: str) -> bool:
    """Drop the post, and its address with it; False if there was none. The message itself is not touched."""
    return connection.execute(post.delete().where(_is(guild_id, key))).rowcount == 1


def retry_parked(connection: Connection, guild_id: int, at: datetime) -> int:
    """Make the posts of a guild that were given up due again, and say how many."""
    parked = (post.c.guild_id == guild_id) & post.c.due_at.is_(None) & post.c.error.is_not(None)
    return connection.execute(update(post).where(parked).values(due_at=at, resting_until=None, attempts=0)).rowcount


def mark_all_due(connection: Connection, kind: str, at: datetime, *, guild_id: int | None = None) -> int:
    """Want all posts of a kind anew, parked ones too, in one guild or all, and say how many: as at the start."""
    soon = later(post.c.resting_until, earlier(post.c.due_at, literal(at, Moment())))
    chosen = update(post).where(post.c.kind == kind)
    if guild_id is not None:
        chosen = chosen.where(post.c.guild_id == guild_id)
    return connection.execute(chosen.values(version=post.c.version + 1, due_at=soon)).rowcount


MESSAGE_COLUMNS = ("message_channel_id", "message_id", "content_hash", "posted_at")
ADDRESS_COLUMNS = ("application_id", "token", "expires_at")


def _is(guild_id: int, key: str) -> ColumnElement[bool]:
    return (post.c.guild_id == guild_id) & (post.c.key == key)


def _change(guild_id: int, key: str) -> Update:
    return update(post).where(_is(guild_id, key))


def _post(row: RowMapping) -> PostRow:
    address = None
    if row["token"] is not None:
        address = Address(row["application_id"], row["token"], row["expires_at"])
    return value_of(PostRow, {**row, "address": address})
