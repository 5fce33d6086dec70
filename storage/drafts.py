"""Forms as they were filled in, kept so that a refused one can be opened again with its words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bench.errors import NotFound
from storage.rows import add_once
from storage.schema import draft


def add_draft(
    connection: Connection, guild_id: int, draft_id: int, user_id: int, fields: Mapping[str, Any], at: datetime
) -> None:
    """Keep the fields of a form under the interaction that brought it; a repeated id changes nothing."""
    values = {"guild_id": guild_id, "id": draft_id, "user_id": user_id, "fields": dict(fields), "at": at}
    add_once(connection, draft, values)


def get_draft(connection: Connection, guild_id: int, draft_id: int, user_id: int) -> dict[str, Any]:
    """The fields that this person wrote; NotFound if there are none or another wrote them."""
    mine = (draft.c.guild_id == guild_id) & (draft.c.id == draft_id) & (draft.c.user_id == user_id)
    fields: dict[str, Any] | None = connection.execute(select(draft.c.fields).where(mine)).scalar_one_or_none()
    if fields is None:
        raise NotFound("There is no such form in this server. Start again with /task propose.")
    return fields
