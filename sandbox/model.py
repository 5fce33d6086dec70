"""What this Discord knows: users, members, roles, channels, threads, messages and files."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from sandbox.permissions import NOTHING, Permission
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.guild import Guild


class ChannelKind(IntEnum):
    """Discord's channel types, as far as they exist here."""

    TEXT = 0
    CATEGORY = 4
    ANNOUNCEMENT = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


class MessageKind(IntEnum):
    """Discord's message types, as far as they exist here."""

    DEFAULT = 0
    PINNED = 6
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntEnum):
    """Bits of a message's `flags`."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, eq=False)
class User:
    """An account."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """`<@id>`."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Role:
    """A role of a server; the one with the server's id is @everyone."""

    id: int
    name: str
    permissions: Permission = NOTHING
    position: int = 1
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        """`<@&id>`."""
        return f"<@&{self.id}>"


@dataclass(slots=True, eq=False)
class Member:
    """An account in a server."""

    guild: "Guild"
    user: User
    joined_at: float
    roles: list[Role] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The account's id."""
        return self.user.id


@dataclass(frozen=True, slots=True)
class Overwrite:
    """A channel's exception for a role (kind 0) or a member (kind 1)."""

    id: int
    kind: int
    allow: Permission = NOTHING
    deny: Permission = NOTHING


@dataclass(frozen=True, slots=True)
class Tag:
    """A forum's tag."""

    id: int
    name: str
    moderated: bool = False
    emoji_name: str | None = None


@dataclass(slots=True, eq=False)
class Attachment:
    """A stored file; `created_at` in seconds since 1970, `width` and `height` in pixels for pictures."""

    id: int
    channel_id: int
    filename: str
    content: bytes
    content_type: str | None
    created_at: float
    description: str | None = None
    width: int | None = None
    height: int | None = None
    ephemeral: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """A message as it is kept: `embeds` and `components` are the bot's JSON, `attachment://` references unresolved."""

    id: int
    channel: "Channel"
    author: User
    created_at: float
    content: str = ""
    kind: MessageKind = MessageKind.DEFAULT
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    edited_at: float | None = None
    reference: "Message | None" = None
    poll: Json | None = None
    nonce: str | None = None
    pinned_at: float | None = None
    ephemeral_for: int | None = None
    application_id: int | None = None
    interaction: Json | None = None
    interaction_metadata: Json | None = None
    thread: "Channel | None" = None
    deleted: bool = False
    revision: int = 0

    @property
    def is_components_v2(self) -> bool:
        """Whether the message is written in Components V2, for good."""
        return bool(self.flags & MessageFlag.COMPONENTS_V2)

    @property
    def is_loading(self) -> bool:
        """Whether the message still says that the application is thinking."""
        return bool(self.flags & MessageFlag.LOADING)


@dataclass(slots=True, eq=False)
class ThreadState:
    """What a thread has beside a channel; times in seconds since 1970, `auto_archive` in minutes."""

    owner_id: int
    created_at: float
    archive_changed_at: float
    auto_archive: int = 1440
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    applied_tags: list[int] = field(default_factory=list)
    members: dict[int, float] = field(default_factory=dict)
    message_count: int = 0
    total_sent: int = 0


@dataclass(slots=True, eq=False)
class Channel:
    """A channel, forum or thread of a server, with its messages in order."""

    id: int
    guild: "Guild"
    kind: ChannelKind
    name: str
    position: int = 0
    topic: str | None = None
    parent: "Channel | None" = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)
    requires_tag: bool = False
    slowmode: int = 0
    nsfw: bool = False
    default_auto_archive: int = 1440
    thread: ThreadState | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int | None = None

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread, forum posts included."""
        return self.thread is not None

    @property
    def is_private_thread(self) -> bool:
        """Whether only its members see it."""
        return self.kind is ChannelKind.PRIVATE_THREAD

    @property
    def is_archived(self) -> bool:
        """Whether this is a thread that is archived."""
        return self.thread is not None and self.thread.archived

    @property
    def thread_members(self) -> dict[int, float]:
        """Who joined the thread, and when; nobody for a channel."""
        return self.thread.members if self.thread is not None else {}

    @property
    def mention(self) -> str:
        """`<#id>`."""
        return f"<#{self.id}>"

    @property
    def public_messages(self) -> list[Message]:
        """The messages that are not ephemeral, oldest first."""
        return [message for message in self.messages.values() if message.ephemeral_for is None]
