"""What a member may do in a channel."""

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.model import Channel, Member


class Permission(IntFlag):
    """Discord's permission bits, as far as this stand-in enforces or shows them.

    https://discord.com/developers/docs/topics/permissions
    """

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    SEND_POLLS = 1 << 49
    PIN_MESSAGES = 1 << 51


NOTHING = Permission(0)
ALL = Permission((1 << 53) - 1)

EVERYONE = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.SEND_POLLS
)
"""What @everyone has in a new server, as far as it matters here."""

BOT = Permission(2_252_126_231_317_504)
"""The least a benchmark bot needs: view, send (also in threads), start and manage threads, embed, attach, read, pin."""

_NEEDS_SENDING = Permission.MENTION_EVERYONE | Permission.ATTACH_FILES | Permission.EMBED_LINKS


def permissions_of(member: "Member") -> Permission:
    """The member's permissions in the server, before any channel's overwrites."""
    if member.guild.owner_id == member.id:
        return ALL
    granted = Permission(member.guild.everyone.permissions)
    for role in member.roles:
        granted |= Permission(role.permissions)
    return ALL if Permission.ADMINISTRATOR in granted else granted


def permissions_in(member: "Member", channel: "Channel") -> Permission:
    """The member's permissions in a channel: overwrites of @everyone, then roles, then the member; threads inherit.

    A channel that cannot be seen gives nothing at all; a private thread is seen by its members and by thread managers.
    """
    granted = permissions_of(member)
    if granted == ALL:
        return ALL
    place = channel.parent if channel.parent is not None and channel.is_thread else channel
    granted = _overwritten(granted, member, place)
    if Permission.VIEW_CHANNEL not in granted:
        return Permission(0)
    if channel.is_private_thread and member.id not in channel.thread_members:
        return granted if Permission.MANAGE_THREADS in granted else Permission(0)
    sending = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    return granted if sending in granted else _without(granted, _NEEDS_SENDING)


def _overwritten(granted: Permission, member: "Member", channel: "Channel") -> Permission:
    of_roles = [channel.overwrites[role.id] for role in member.roles if role.id in channel.overwrites]
    denied, allowed = Permission(0), Permission(0)
    for overwrite in of_roles:
        denied |= overwrite.deny
        allowed |= overwrite.allow
    everyone = channel.overwrites.get(member.guild.id)
    if everyone is not None:
        granted = _without(granted, everyone.deny) | everyone.allow
    granted = _without(granted, denied) | allowed
    own = channel.overwrites.get(member.id)
    return granted if own is None else _without(granted, own.deny) | own.allow


def _without(granted: Permission, denied: Permission) -> Permission:
    return granted & (ALL ^ (denied & ALL))
