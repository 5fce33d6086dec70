"""What `/setup` decided for each guild, and who was seen there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bench.model import GuildSettings
from storage.rows import columns_of, record, value_of
from storage.schema import guild, member


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a guild, as last seen; `joined_at` is None where Discord did not say it."""

    guild_id: int
    user_id: int
    name: str
    joined_at: datetime | None
    first_seen_at: datetime
    seen_at: datetime


def record_settings(connection: Connection, settings: GuildSettings, actor_id: int, at: datetime) -> None:
    """Set a guild up, or change how it is set up."""
    record(connection, guild, {**columns_of(settings), "updated_by": actor_id, "updated_at": at})


def find_settings(connection: Connection, guild_id: int) -> GuildSettings | None:
    """What was decided; None before the first `/setup`."""
    row = connection.execute(select(guild).where(guild.c.guild_id == guild_id)).mappings().first()
    return None if row is None else value_of(GuildSettings, row)


def record_member(
    connection: Connection, guild_id: int, user_id: int, name: str, joined_at: datetime | None, at: datetime
) -> None:
    """Note that a person was seen, under which name, and since when in the guild."""
    seen = Member(guild_id, user_id, name, joined_at, first_seen_at=at, seen_at=at)
    record(connection, member, columns_of(seen), keep=frozenset({"first_seen_at"}))


def find_member(connection: Connection, guild_id: int, user_id: int) -> Member | None:
    """The person as last seen in this guild; None if never."""
    chosen = select(member).where(member.c.guild_id == guild_id, member.c.user_id == user_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else value_of(Member, row)


def list_joined(connection: Connection, guild_id: int, user_ids: Collection[int]) -> dict[int, datetime | None]:
    """When each of these members joined the server, as it was last seen; None where that is not known."""
    chosen = select(member.c.user_id, member.c.joined_at).where(
        member.c.guild_id == guild_id, member.c.user_id.in_(user_ids)
    )
    return {row.user_id: row.joined_at for row in connection.execute(chosen)}
