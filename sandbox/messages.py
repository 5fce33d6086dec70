"""What can happen to a message: posted, edited, deleted, by the bot, a member or an interaction's webhook."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sandbox import payloads
from sandbox.clock import isoformat
from sandbox.errors import DiscordError, invalid_form
from sandbox.events import Event
from sandbox.model import Attachment, Channel, Message, MessageFlag, MessageKind, User
from sandbox.rendering import references, walk
from sandbox.uploads import IncomingFile, store, stored_name
from sandbox.wire import Json, JsonView, snowflake

_SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
_MENTION = re.compile(r"<@!?([0-9]{1,20})>|<@&([0-9]{1,20})>")
_NONCE_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from beside its author: the interaction that it answers, who alone sees it, its type."""

    kind: MessageKind = MessageKind.DEFAULT
    ephemeral_for: int | None = None
    loading: bool = False
    application_id: int | None = None
    interaction: Json | None = None
    metadata: Json | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The JSON of a message and the files that came with it."""

    data: JsonView = field(default_factory=dict)
    files: Sequence[IncomingFile] = ()


def post(channel: Channel, author: User, body: Body, origin: Origin = Origin()) -> Message:
    """Put a new message into a channel; a nonce used a moment ago gives the message that it made then."""
    world = channel.guild.world
    known = _same_nonce(channel, author, body.data)
    if known is not None:
        return known
    message = Message(
        id=origin.message_id or world.snowflakes.next(),
        channel=channel,
        author=author,
        created_at=world.clock.now(),
        kind=origin.kind,
        nonce=None if body.data.get("nonce") is None else str(body.data["nonce"]),
        ephemeral_for=origin.ephemeral_for,
        application_id=origin.application_id,
        interaction=origin.interaction,
        interaction_metadata=origin.metadata,
    )
    check(body)
    message.flags = int(body.data.get("flags") or 0) & _SETTABLE
    if origin.ephemeral_for is not None:
        message.flags |= MessageFlag.EPHEMERAL
    if origin.loading:
        message.flags |= MessageFlag.LOADING
    message.reference = _reference(channel, body.data)
    if message.reference is not None and message.kind is MessageKind.DEFAULT:
        message.kind = MessageKind.REPLY
    _fill(message, body)
    _append(message)
    return message


def edit(message: Message, body: Body) -> Message:
    """Change what `body` names; the end of "thinking…" if the message was loading."""
    check(body, message)
    world = message.channel.guild.world
    was_loading = message.is_loading
    flags = body.data.get("flags")
    if flags is not None:
        kept = message.flags & ~(MessageFlag.SUPPRESS_EMBEDS | (MessageFlag.COMPONENTS_V2 if was_loading else 0))
        message.flags = kept | (int(flags) & _SETTABLE)
    if was_loading:
        message.flags &= ~MessageFlag.LOADING
    _fill(message, body)
    if not was_loading:
        message.edited_at = world.clock.now()
    message.revision += 1
    world.publish(_event("MESSAGE_UPDATE", message, payloads.message_event(message)))
    return message


def delete(message: Message) -> None:
    """Remove a message; its files vanish from the CDN."""
    message.deleted = True
    message.channel.messages.pop(message.id, None)
    for attachment in message.attachments:
        message.channel.guild.world.drop(attachment)
    thread = message.channel.thread
    if thread is not None and message.ephemeral_for is None and message.id != message.channel.id:
        thread.message_count = max(0, thread.message_count - 1)
    gone = {"id": str(message.id), "channel_id": str(message.channel.id), "guild_id": str(message.channel.guild.id)}
    message.channel.guild.world.publish(_event("MESSAGE_DELETE", message, gone))


def pin(message: Message, *, pinned: bool) -> None:
    """Pin or unpin a message."""
    world = message.channel.guild.world
    message.pinned_at = world.clock.now() if pinned else None
    channel = message.channel
    latest = max((one.pinned_at for one in channel.public_messages if one.pinned_at is not None), default=None)
    data = {
        "guild_id": str(channel.guild.id),
        "channel_id": str(channel.id),
        "last_pin_timestamp": None if latest is None else isoformat(latest),
    }
    world.publish(_event("MESSAGE_UPDATE", message, payloads.message_event(message)))
    world.publish(Event("CHANNEL_PINS_UPDATE", data, channel.guild, channel))


def _append(message: Message) -> None:
    channel = message.channel
    channel.messages[message.id] = message
    if message.ephemeral_for is None:
        channel.last_message_id = message.id
        if channel.thread is not None:
            channel.thread.total_sent += 1
            channel.thread.message_count += message.id != channel.id
            channel.thread.members.setdefault(message.author.id, message.created_at)
    channel.guild.world.publish(_event("MESSAGE_CREATE", message, payloads.message_event(message)))


def _event(name: str, message: Message, data: Json) -> Event:
    return Event(name, data, message.channel.guild, message.channel, message.ephemeral_for)


def _fill(message: Message, body: Body) -> None:
    data = body.data
    if "content" in data:
        message.content = str(data["content"] or "").strip()
    if "embeds" in data:
        message.embeds = [dict(embed) for embed in data["embeds"] or []]
    if "components" in data:
        message.components = _numbered(data["components"] or [])
    if data.get("poll"):
        message.poll = _poll(message, data["poll"])
    _replace_attachments(message, body)
    message.mentions = _mentions(message, data)


def _replace_attachments(message: Message, body: Body) -> None:
    listed = body.data.get("attachments")
    described = {str(entry.get("id")): entry for entry in listed or []}
    if listed is not None:
        kept = [one for one in message.attachments if str(one.id) in described]
        for gone in message.attachments:
            if gone not in kept:
                message.channel.guild.world.drop(gone)
        message.attachments = kept
    for file in body.files:
        message.attachments.append(_stored(message, file, described.get(str(file.index), {})))


def check(body: Body, message: Message | None = None) -> None:
    """Refuse a body that asks for a file which neither comes with it nor stays, or more than ten files."""
    data = body.data
    listed = data.get("attachments")
    entries = {str(entry.get("id")): entry for entry in listed or []}
    stays = [one for one in (message.attachments if message else []) if listed is None or str(one.id) in entries]
    names = {one.filename for one in stays}
    names |= {_name(file, entries.get(str(file.index), {})) for file in body.files}
    embeds = data.get("embeds", message.embeds if message else []) or []
    components = data.get("components", message.components if message else []) or []
    for name in references(embeds, components):
        if name not in names:
            raise invalid_form("components", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"No file {name}")
    if len(stays) + len(body.files) > 10:
        raise DiscordError(400, 30015, "Maximum number of attachments in a message reached (10)")


def _name(file: IncomingFile, entry: JsonView) -> str:
    return stored_name(str(entry.get("filename") or file.name))


def _stored(message: Message, file: IncomingFile, entry: JsonView) -> Attachment:
    return store(
        message.channel.guild.world,
        _name(file, entry),
        file.content,
        channel_id=message.channel.id,
        ephemeral=message.ephemeral_for is not None,
        description=entry.get("description"),
    )


def _numbered(components: Sequence[Json]) -> list[Json]:
    """A copy in which each component has an id, counted from 1 in the order of reading."""
    copied = [_copy(component) for component in components]
    taken = {component["id"] for component in walk(copied) if component.get("id")}
    free = (number for number in itertools.count(1) if number not in taken)
    for component in walk(copied):
        if "type" in component and not component.get("id"):
            component["id"] = next(free)
    return copied


def _copy(component: JsonView) -> Json:
    copied = dict(component)
    for name in ("components", "items"):
        if isinstance(copied.get(name), list):
            copied[name] = [_copy(child) for child in copied[name]]
    for name in ("component", "accessory"):
        if isinstance(copied.get(name), dict):
            copied[name] = _copy(copied[name])
    return copied


def _mentions(message: Message, data: JsonView) -> list[int]:
    """Whom the text pings: everybody it names, less what `allowed_mentions` leaves out."""
    texts = [message.content, *(str(part.get("content", "")) for part in walk(message.components))]
    users = [int(found[1]) for text in texts for found in _MENTION.finditer(text) if found[1]]
    roles = [int(found[2]) for text in texts for found in _MENTION.finditer(text) if found[2]]
    allowed = data.get("allowed_mentions")
    if allowed is not None:
        parsed = allowed.get("parse") or []
        users = [one for one in users if "users" in parsed or str(one) in map(str, allowed.get("users") or [])]
        roles = [one for one in roles if "roles" in parsed or str(one) in map(str, allowed.get("roles") or [])]
    return list(dict.fromkeys(users + roles))


def _reference(here: Channel, data: JsonView) -> Message | None:
    wanted = data.get("message_reference")
    if not wanted:
        return None
    channel = here.guild.world.channels.get(snowflake(wanted.get("channel_id", here.id)))
    found = None if channel is None else channel.messages.get(snowflake(wanted.get("message_id")))
    if found is None and wanted.get("fail_if_not_exists", True):
        raise invalid_form("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
    return found


def _same_nonce(channel: Channel, author: User, data: JsonView) -> Message | None:
    nonce = data.get("nonce")
    if nonce is None or not data.get("enforce_nonce"):
        return None
    since = channel.guild.world.clock.now() - _NONCE_SECONDS
    recent = itertools.takewhile(lambda one: one.created_at >= since, reversed(channel.messages.values()))
    return next((one for one in recent if one.nonce == str(nonce) and one.author is author), None)


def _poll(message: Message, asked: JsonView) -> Json:
    ends = message.created_at + float(asked.get("duration") or 24) * 3600
    answers = [{**answer, "answer_id": number} for number, answer in enumerate(asked["answers"], start=1)]
    return {
        "question": asked["question"],
        "answers": answers,
        "expiry": isoformat(ends),
        "allow_multiselect": bool(asked.get("allow_multiselect")),
        "layout_type": int(asked.get("layout_type") or 1),
        "results": {"is_finalized": False, "answer_counts": []},
    }
