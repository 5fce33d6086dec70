"""What can happen to a thread or forum post."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox import messages, payloads
from sandbox.errors import DiscordError
from sandbox.events import Event
from sandbox.messages import Body, Origin
from sandbox.model import Channel, ChannelKind, Message, MessageFlag, MessageKind, ThreadState, User

if TYPE_CHECKING:
    from sandbox.guild import Guild


@dataclass(frozen=True, slots=True)
class NewThread:
    """What a thread begins with; `auto_archive` in minutes."""

    name: str
    kind: ChannelKind = ChannelKind.PUBLIC_THREAD
    auto_archive: int = 1440
    invitable: bool = True
    applied_tags: Sequence[int] = ()


def start(parent: Channel, author: User, new: NewThread) -> Channel:
    """A thread in a text channel without a starting message; the channel says that it was started."""
    thread = _create(parent, author, new, parent.guild.world.snowflakes.next())
    if new.kind is ChannelKind.PUBLIC_THREAD:
        notice = messages.post(parent, author, Body({"content": new.name}), Origin(kind=MessageKind.THREAD_CREATED))
        notice.thread = thread
    return thread


def start_from(message: Message, author: User, new: NewThread) -> Channel:
    """A thread that begins with a message and has its id; 400 160004 if it has one."""
    if message.thread is not None:
        raise DiscordError(400, 160004, "A thread has already been created for this message")
    thread = _create(message.channel, author, new, message.id)
    message.thread = thread
    message.flags |= MessageFlag.HAS_THREAD
    world = message.channel.guild.world
    world.publish(Event("MESSAGE_UPDATE", payloads.message_event(message), thread.guild, message.channel))
    starter = messages.post(thread, author, Body(), Origin(kind=MessageKind.THREAD_STARTER))
    starter.reference = message
    return thread


def start_post(forum: Channel, author: User, new: NewThread, body: Body) -> tuple[Channel, Message]:
    """A forum post: a thread and its first message, which share an id."""
    _check_tags(forum, new.applied_tags)
    messages.check(body)
    thread = _create(forum, author, new, forum.guild.world.snowflakes.next())
    forum.last_message_id = thread.id
    return thread, messages.post(thread, author, body, Origin(message_id=thread.id))


def join(thread: Channel, user_id: int) -> None:
    """Let somebody into a thread."""
    if thread.thread is None or user_id in thread.thread.members:
        return
    thread.thread.members[user_id] = thread.guild.world.clock.now()
    _publish_members(thread, added=[user_id], removed=[])


def leave(thread: Channel, user_id: int) -> None:
    """Let somebody out of a thread."""
    if thread.thread is not None and thread.thread.members.pop(user_id, None) is not None:
        _publish_members(thread, added=[], removed=[user_id])


def change(
    thread: Channel,
    *,
    archived: bool | None = None,
    locked: bool | None = None,
    applied_tags: Sequence[int] | None = None,
    name: str | None = None,
) -> None:
    """Archive, lock, tag or rename a thread; None leaves as it is."""
    state = _state(thread)
    if applied_tags is not None and thread.parent is not None:
        _check_tags(thread.parent, applied_tags)
        state.applied_tags = list(applied_tags)
    if archived is not None and archived != state.archived:
        state.archived = archived
        state.archive_changed_at = thread.guild.world.clock.now()
    state.locked = state.locked if locked is None else locked
    thread.name = thread.name if name is None else name
    publish_update(thread)


def publish_update(thread: Channel) -> None:
    """Tell everybody how the thread is now."""
    thread.guild.world.publish(Event("THREAD_UPDATE", payloads.channel(thread), thread.guild, thread))


def wake(thread: Channel) -> None:
    """A message was sent: an archived thread comes back."""
    if thread.is_archived:
        change(thread, archived=False)


def archive_idle(guild: "Guild") -> None:
    """Archive the threads in which nothing has been said for as long as they stay open."""
    now = guild.world.clock.now()
    for thread in guild.threads:
        state = _state(thread)
        said = max((message.created_at for message in thread.public_messages), default=state.created_at)
        idle = now - max(said, state.archive_changed_at)
        if not state.archived and idle > state.auto_archive * 60:
            change(thread, archived=True)


def _check_tags(forum: Channel, tags: Sequence[int]) -> None:
    known = {tag.id for tag in forum.tags}
    if any(tag not in known for tag in tags):
        raise DiscordError(404, 10087, "Unknown tag")
    if forum.requires_tag and not tags:
        raise DiscordError(400, 40067, "A tag is required to create a forum post in this channel")


def _create(parent: Channel, author: User, new: NewThread, thread_id: int) -> Channel:
    guild = parent.guild
    now = guild.world.clock.now()
    thread = Channel(thread_id, guild, new.kind, new.name, parent=parent)
    thread.thread = ThreadState(
        owner_id=author.id,
        created_at=now,
        archive_changed_at=now,
        auto_archive=new.auto_archive,
        invitable=new.invitable,
        applied_tags=list(new.applied_tags),
        members={author.id: now},
    )
    guild.channels[thread.id] = thread
    guild.world.channels[thread.id] = thread
    data = {**payloads.channel(thread), "newly_created": True}
    guild.world.publish(Event("THREAD_CREATE", data, guild, thread))
    _publish_members(thread, added=[author.id], removed=[])
    return thread


def _publish_members(thread: Channel, *, added: list[int], removed: list[int]) -> None:
    data = {
        "id": str(thread.id),
        "guild_id": str(thread.guild.id),
        "member_count": min(50, len(thread.thread_members)),
        "added_members": [payloads.thread_member(thread, user_id) for user_id in added],
        "removed_member_ids": [str(user_id) for user_id in removed],
    }
    thread.guild.world.publish(Event("THREAD_MEMBERS_UPDATE", data, thread.guild, thread))


def _state(thread: Channel) -> ThreadState:
    if thread.thread is None:
        raise TypeError(f"Channel {thread.name} is no thread.")
    return thread.thread
