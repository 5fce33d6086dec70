"""Threads and forum posts."""

from sandbox import payloads, threads
from sandbox.errors import DiscordError, missing_permissions, unknown_member
from sandbox.model import Channel, ChannelKind
from sandbox.permissions import Permission, permissions_in
from sandbox.rest.messages import find_message
from sandbox.rest.routing import Answer, Call, Routes, require
from sandbox.threads import NewThread
from sandbox.wire import Json, snowflake

routes = Routes()


@routes("POST", "/channels/{channel_id}/messages/{message_id}/threads")
async def start_from_message(call: Call) -> Answer:
    """Start a thread from a message."""
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    if channel.kind is not ChannelKind.TEXT:
        raise _wrong_channel()
    thread = threads.start_from(find_message(call, channel), call.world.bot, _new(call.json))
    return Answer(_with_member(call, thread), 201)


@routes("POST", "/channels/{channel_id}/threads")
async def start_thread(call: Call) -> Answer:
    """Start a thread in a text channel, or a post with its first message in a forum."""
    channel = call.channel()
    if channel.kind is ChannelKind.FORUM:
        needs = Permission.SEND_MESSAGES | (Permission.ATTACH_FILES if call.files else Permission(0))
        require(channel, needs)
        body = call.message
        first = type(body)(call.json.get("message") or {}, call.files)
        thread, message = threads.start_post(channel, call.world.bot, _new(call.json), first)
        return Answer({**_with_member(call, thread), "message": payloads.message(message)}, 201)
    if channel.kind is not ChannelKind.TEXT:
        raise _wrong_channel()
    new = _new(call.json, default=ChannelKind.PRIVATE_THREAD)
    is_private = new.kind is ChannelKind.PRIVATE_THREAD
    require(channel, Permission.CREATE_PRIVATE_THREADS if is_private else Permission.CREATE_PUBLIC_THREADS)
    return Answer(_with_member(call, threads.start(channel, call.world.bot, new)), 201)


def _wrong_channel() -> DiscordError:
    return DiscordError(400, 50024, "Cannot execute action on this channel type")


def _new(data: Json, default: ChannelKind = ChannelKind.PUBLIC_THREAD) -> NewThread:
    return NewThread(
        name=str(data.get("name") or ""),
        kind=ChannelKind(int(data.get("type") or default)),
        auto_archive=int(data.get("auto_archive_duration") or 1440),
        invitable=bool(data.get("invitable", True)),
        applied_tags=[snowflake(tag) for tag in data.get("applied_tags") or []],
    )


def _with_member(call: Call, thread: Channel) -> Json:
    return {**payloads.channel(thread), "member": payloads.thread_member(thread, call.world.bot.id)}


@routes("PUT", "/channels/{channel_id}/thread-members/@me")
async def join(call: Call) -> Answer:
    """Let the bot join."""
    threads.join(_open_thread(call), call.world.bot.id)
    return Answer()


@routes("DELETE", "/channels/{channel_id}/thread-members/@me")
async def leave(call: Call) -> Answer:
    """Let the bot leave."""
    threads.leave(_open_thread(call), call.world.bot.id)
    return Answer()


@routes("PUT", "/channels/{channel_id}/thread-members/{user_id}")
async def add_member(call: Call) -> Answer:
    """Bring a member in."""
    thread = _open_thread(call)
    require(thread, Permission.SEND_MESSAGES_IN_THREADS)
    if call.id("user_id") not in thread.guild.members:
        raise unknown_member()
    threads.join(thread, call.id("user_id"))
    return Answer()


@routes("DELETE", "/channels/{channel_id}/thread-members/{user_id}")
async def remove_member(call: Call) -> Answer:
    """Take a member out."""
    thread = _open_thread(call)
    require(thread, Permission.MANAGE_THREADS)
    threads.leave(thread, call.id("user_id"))
    return Answer()


@routes("GET", "/channels/{channel_id}/thread-members/{user_id}")
async def get_member(call: Call) -> Answer:
    """Somebody in a thread."""
    thread = call.channel()
    if call.id("user_id") not in thread.thread_members:
        raise unknown_member()
    return Answer(payloads.thread_member(thread, call.id("user_id")))


@routes("GET", "/channels/{channel_id}/thread-members")
async def list_members(call: Call) -> Answer:
    """Everybody in a thread."""
    thread = call.channel()
    return Answer([payloads.thread_member(thread, user_id) for user_id in thread.thread_members])


@routes("GET", "/guilds/{guild_id}/threads/active")
async def list_active(call: Call) -> Answer:
    """The server's threads that are not archived."""
    guild = call.world.guild(call.id("guild_id"))
    active = [thread for thread in guild.threads if not thread.is_archived and permissions_in(guild.bot, thread)]
    return Answer(_list(call, active, has_more=False))


@routes("GET", "/channels/{channel_id}/threads/archived/public")
async def list_archived_public(call: Call) -> Answer:
    """A channel's archived public threads, latest first."""
    return Answer(_archived(call, ChannelKind.PUBLIC_THREAD))


@routes("GET", "/channels/{channel_id}/threads/archived/private")
async def list_archived_private(call: Call) -> Answer:
    """A channel's archived private threads, latest first."""
    require(call.channel(), Permission.MANAGE_THREADS)
    return Answer(_archived(call, ChannelKind.PRIVATE_THREAD))


def _archived(call: Call, kind: ChannelKind) -> Json:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    found = [one for one in channel.guild.threads if one.parent is channel and one.is_archived and one.kind is kind]
    found.sort(key=lambda one: -(one.thread.archive_changed_at if one.thread is not None else 0.0))
    before = call.query.get("before")
    if before:
        found = [one for one in found if payloads.channel(one)["thread_metadata"]["archive_timestamp"] < before]
    limit = int(call.query.get("limit", "50"))
    return _list(call, found[:limit], has_more=len(found) > limit)


def _list(call: Call, found: list[Channel], *, has_more: bool) -> Json:
    joined = [
        payloads.thread_member(one, call.world.bot.id) for one in found if call.world.bot.id in one.thread_members
    ]
    return {"threads": [payloads.channel(one) for one in found], "members": joined, "has_more": has_more}


def _open_thread(call: Call) -> Channel:
    thread = call.channel()
    if not thread.is_thread:
        raise _wrong_channel()
    if thread.is_archived:
        raise DiscordError(400, 50083, "Thread is archived")
    return thread


def change_thread(call: Call, thread: Channel) -> None:
    """Apply PATCH /channels/{thread}: archive, lock, tag, rename, with the rights that each needs."""
    data = call.json
    state = thread.thread
    if state is None:
        raise _wrong_channel()
    granted = permissions_in(thread.guild.bot, thread)
    manages = Permission.MANAGE_THREADS in granted
    is_owner = state.owner_id == call.world.bot.id
    only_unarchives = set(data) <= {"archived"} and data.get("archived") is False and not state.locked
    if not (manages or (is_owner and "locked" not in data) or only_unarchives):
        raise missing_permissions()
    if state.archived and data.get("archived") is not False:
        raise DiscordError(400, 50083, "Thread is archived")
    tags = data.get("applied_tags")
    wanted = None if tags is None else [snowflake(tag) for tag in tags]
    _check_moderated(thread, wanted, manages=manages)
    if "auto_archive_duration" in data:
        state.auto_archive = int(data["auto_archive_duration"])
    if "rate_limit_per_user" in data:
        thread.slowmode = int(data["rate_limit_per_user"] or 0)
    if "invitable" in data:
        state.invitable = bool(data["invitable"])
    threads.change(
        thread,
        archived=data.get("archived"),
        locked=data.get("locked"),
        applied_tags=wanted,
        name=data.get("name"),
    )


def _check_moderated(thread: Channel, wanted: list[int] | None, *, manages: bool) -> None:
    if wanted is None or manages or thread.parent is None or thread.thread is None:
        return
    moderated = {tag.id for tag in thread.parent.tags if tag.moderated}
    if moderated & (set(wanted) ^ set(thread.thread.applied_tags)):
        raise missing_permissions()
