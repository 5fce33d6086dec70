"""Signed links to files that expire, as Discord's CDN gives them out."""

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.model import Attachment
    from sandbox.world import World

LIFE_SECONDS = 24 * 60 * 60
"""How long a link lives; the same message fetched again carries a fresh one."""


def path_of(world: "World", attachment: "Attachment") -> str:
    """The file's path below the CDN's address."""
    name = quote(attachment.filename)
    if attachment.ephemeral:
        return f"/ephemeral-attachments/{world.application_id}/{attachment.id}/{name}"
    return f"/attachments/{attachment.channel_id}/{attachment.id}/{name}"


def signed_link(world: "World", attachment: "Attachment") -> str:
    """The file's address from now on for a day: `ex` expiry, `is` issue, both hexadecimal seconds, `hm` signature."""
    issued = int(world.clock.now())
    expiry = issued + LIFE_SECONDS
    path = path_of(world, attachment)
    signature = _signature(world, path, f"{expiry:x}", f"{issued:x}")
    return f"{world.addresses.cdn}{path}?ex={expiry:x}&is={issued:x}&hm={signature}&"


def is_valid(world: "World", path: str, query: "Mapping[str, str]") -> bool:
    """Whether `path` (quoted, below the CDN's address) was signed with this query and has not expired."""
    expiry, issued = query.get("ex", ""), query.get("is", "")
    if not hmac.compare_digest(_signature(world, path, expiry, issued), query.get("hm", "")):
        return False
    return int(expiry, 16) > world.clock.now()


def _signature(world: "World", path: str, expiry: str, issued: str) -> str:
    return hmac.new(world.signing_key, f"{path}|{expiry}|{issued}".encode(), hashlib.sha256).hexdigest()
