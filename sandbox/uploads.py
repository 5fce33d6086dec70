"""Files on their way in: from a form of the bot or from a member's disk to a stored attachment."""

import mimetypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.model import Attachment
from sandbox.pictures import picture_size

if TYPE_CHECKING:
    from sandbox.world import World

_UNSAFE = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file of a multipart request: `index` is n of its field `files[n]`."""

    index: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a member attaches."""

    name: str
    content: bytes
    content_type: str | None = None


def store(
    world: "World",
    name: str,
    content: bytes,
    *,
    channel_id: int,
    ephemeral: bool = False,
    description: str | None = None,
    content_type: str | None = None,
) -> Attachment:
    """Keep a file; its name loses what Discord does not keep in names."""
    filename = stored_name(name)
    size = picture_size(content)
    attachment = Attachment(
        id=world.snowflakes.next(),
        channel_id=channel_id,
        filename=filename,
        content=content,
        content_type=content_type or _content_type(filename),
        created_at=world.clock.now(),
        description=description,
        width=None if size is None else size[0],
        height=None if size is None else size[1],
        ephemeral=ephemeral,
    )
    world.keep(attachment)
    return attachment


def stored_name(name: str) -> str:
    """The name under which Discord keeps a file."""
    return _UNSAFE.sub("_", name).strip("_") or "unknown"


def _content_type(filename: str) -> str | None:
    kind, encoding = mimetypes.guess_type(filename)
    if encoding is not None:
        return f"application/{encoding}"
    return f"{kind}; charset=utf-8" if kind is not None and kind.startswith("text/") else kind
