"""Messages of channels and threads."""

from itertools import islice

from sandbox import messages, payloads, threads
from sandbox.clock import isoformat
from sandbox.errors import (
    DiscordError,
    invalid_form,
    missing_permissions,
    not_the_author,
    thread_archived,
    unknown_message,
)
from sandbox.model import Channel, ChannelKind, Message
from sandbox.permissions import Permission, permissions_in
from sandbox.rest.routing import Answer, Call, Routes, require
from sandbox.wire import Json, snowflake

routes = Routes()


@routes("POST", "/channels/{channel_id}/messages")
async def create_message(call: Call) -> Answer:
    """Send a message."""
    channel = call.channel()
    if channel.kind in {ChannelKind.FORUM, ChannelKind.CATEGORY}:
        raise DiscordError(400, 50008, "Cannot send messages in a non-text channel")
    needs = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    require(channel, needs | _needed(call))
    wake(channel)
    return Answer(payloads.message(messages.post(channel, call.world.bot, call.message)))


def _needed(call: Call) -> Permission:
    needs = Permission(0)
    if call.files:
        needs |= Permission.ATTACH_FILES
    if call.json.get("embeds"):
        needs |= Permission.EMBED_LINKS
    if call.json.get("message_reference"):
        needs |= Permission.READ_MESSAGE_HISTORY
    if call.json.get("poll"):
        needs |= Permission.SEND_POLLS
    return needs


def wake(channel: Channel) -> None:
    """Sending unarchives a thread; in a locked one only for those who manage threads (else 50083)."""
    if channel.thread is None or not channel.thread.archived:
        return
    if channel.thread.locked and Permission.MANAGE_THREADS not in permissions_in(channel.guild.bot, channel):
        raise thread_archived()
    threads.wake(channel)


@routes("GET", "/channels/{channel_id}/messages")
async def list_messages(call: Call) -> Answer:
    """The latest messages, newest first; nothing without the right to read the history."""
    channel = call.channel()
    if Permission.READ_MESSAGE_HISTORY not in permissions_in(channel.guild.bot, channel):
        return Answer([])
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        raise invalid_form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    before, after = (snowflake(call.query.get(name, "")) for name in ("before", "after"))
    around = snowflake(call.query.get("around", ""))
    found = channel.public_messages
    if around:
        nearest = sorted(found, key=lambda one: abs(one.id - around))[:limit]
        return Answer([payloads.message(one) for one in sorted(nearest, key=lambda one: -one.id)])
    if after:
        first = list(islice((one for one in found if one.id > after), limit))
        return Answer([payloads.message(one) for one in reversed(first)])
    older = (one for one in reversed(found) if not before or one.id < before)
    return Answer([payloads.message(one) for one in islice(older, limit)])


@routes("GET", "/channels/{channel_id}/messages/{message_id}")
async def get_message(call: Call) -> Answer:
    """One message."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return Answer(payloads.message(find_message(call, channel)))


@routes("PATCH", "/channels/{channel_id}/messages/{message_id}")
async def edit_message(call: Call) -> Answer:
    """Edit one of the bot's messages; one older than an hour counts towards the hidden limit (30046)."""
    channel = call.channel()
    message = find_message(call, channel)
    if message.author is not call.world.bot:
        raise not_the_author()
    if channel.is_archived:
        raise thread_archived()
    if call.files:
        require(channel, Permission.ATTACH_FILES)
    _check_version(message, call.json)
    call.limits.check_edit(message)
    return Answer(payloads.message(messages.edit(message, call.message)))


def _check_version(message: Message, data: Json) -> None:
    if message.is_components_v2 and "flags" in data and not int(data["flags"] or 0) & (1 << 15):
        raise invalid_form("flags", "IS_COMPONENTS_V2_CANNOT_BE_REMOVED", "Components V2 cannot be taken back")


@routes("DELETE", "/channels/{channel_id}/messages/{message_id}")
async def delete_message(call: Call) -> Answer:
    """Delete a message; another's needs the right to manage messages."""
    channel = call.channel()
    message = find_message(call, channel)
    if message.author is not call.world.bot and Permission.MANAGE_MESSAGES not in permissions_in(
        channel.guild.bot,
        channel,
    ):
        raise missing_permissions()
    messages.delete(message)
    return Answer()


@routes("POST", "/channels/{channel_id}/messages/bulk-delete")
async def delete_messages(call: Call) -> Answer:
    """Delete several messages."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    for wanted in call.json["messages"]:
        found = channel.messages.get(snowflake(wanted))
        if found is not None:
            messages.delete(found)
    return Answer()


@routes("GET", "/channels/{channel_id}/messages/pins")
async def list_pins(call: Call) -> Answer:
    """The pinned messages."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    pinned = [one for one in channel.public_messages if one.pinned_at is not None]
    newest_first = sorted(pinned, key=lambda one: -(one.pinned_at or 0.0))
    items = [{"pinned_at": isoformat(one.pinned_at or 0.0), "message": payloads.message(one)} for one in newest_first]
    return Answer({"items": items, "has_more": False})


@routes("PUT", "/channels/{channel_id}/messages/pins/{message_id}")
async def pin_message(call: Call) -> Answer:
    """Pin a message; at most 250 in a channel (30003)."""
    channel = call.channel(Permission.PIN_MESSAGES)
    if sum(one.pinned_at is not None for one in channel.public_messages) >= 250:
        raise DiscordError(400, 30003, "Maximum number of pins reached for the channel (250)")
    messages.pin(find_message(call, channel), pinned=True)
    return Answer()


@routes("DELETE", "/channels/{channel_id}/messages/pins/{message_id}")
async def unpin_message(call: Call) -> Answer:
    """Unpin a message."""
    messages.pin(find_message(call, call.channel(Permission.PIN_MESSAGES)), pinned=False)
    return Answer()


@routes("POST", "/channels/{channel_id}/typing")
async def show_typing(call: Call) -> Answer:
    """Say that the bot is writing."""
    call.channel(Permission.SEND_MESSAGES)
    return Answer()


def find_message(call: Call, channel: Channel) -> Message:
    """The message of the path; an ephemeral one is unknown here."""
    found = channel.messages.get(call.id("message_id"))
    if found is None or found.ephemeral_for is not None:
        raise unknown_message()
    return found
