"""What happens, in the words of the gateway."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.guild import Guild
    from sandbox.model import Channel


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as the gateway would dispatch it.

    `channel` limits it to those who see the channel, `only_for` to one account (ephemeral messages, interactions).
    """

    name: str
    data: Json
    guild: "Guild"
    channel: "Channel | None" = None
    only_for: int | None = None
