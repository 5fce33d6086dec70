"""State as Discord writes it in JSON."""

from sandbox import rendering
from sandbox.clock import isoformat
from sandbox.model import Channel, ChannelKind, Member, Message, MessageFlag, Role, User
from sandbox.permissions import permissions_in
from sandbox.wire import Json


def user(account: User) -> Json:
    """An account as others see it."""
    return {
        "id": str(account.id),
        "username": account.name.lower().replace(" ", "_"),
        "global_name": None if account.bot else account.name,
        "discriminator": "0000" if account.bot else "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "accent_color": None,
        "collectibles": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
        "bot": account.bot,
    }


def own_user(account: User) -> Json:
    """An account as it sees itself."""
    return {
        **user(account),
        "username": account.name,
        "mfa_enabled": True,
        "locale": account.locale,
        "verified": True,
        "email": None,
        "premium_type": 0,
    }


def role(one: Role) -> Json:
    """A role."""
    payload: Json = {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(int(one.permissions)),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": one.bot_id is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if one.bot_id is not None:
        payload["tags"] = {"bot_id": str(one.bot_id)}
    return payload


def partial_member(one: Member) -> Json:
    """A member without the account."""
    return {
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "collectibles": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": isoformat(one.joined_at),
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [str(held.id) for held in one.roles],
        "mute": False,
        "deaf": False,
    }


def member(one: Member) -> Json:
    """A member with the account."""
    return {**partial_member(one), "user": user(one.user)}


def channel(one: Channel) -> Json:
    """A channel, forum or thread."""
    return thread(one) if one.is_thread else guild_channel(one)


def partial_channel(one: Channel, viewer: Member) -> Json:
    """A channel as an interaction carries it: with the viewer's permissions in it."""
    payload = channel(one)
    payload.pop("permission_overwrites", None)
    return {**payload, "permissions": str(int(permissions_in(viewer, one)))}


def guild_channel(one: Channel) -> Json:
    """A channel or forum."""
    payload: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild.id),
        "name": one.name,
        "position": one.position,
        "parent_id": None if one.parent is None else str(one.parent.id),
        "permission_overwrites": [
            {
                "id": str(overwrite.id),
                "type": overwrite.kind,
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for overwrite in one.overwrites.values()
        ],
        "flags": 16 if one.requires_tag else 0,
    }
    if one.kind is ChannelKind.CATEGORY:
        return payload
    payload |= {
        "topic": one.topic,
        "nsfw": one.nsfw,
        "last_message_id": None if one.last_message_id is None else str(one.last_message_id),
        "rate_limit_per_user": one.slowmode,
        "default_auto_archive_duration": one.default_auto_archive,
    }
    if one.kind is ChannelKind.FORUM:
        payload |= {
            "available_tags": [
                {
                    "id": str(tag.id),
                    "name": tag.name,
                    "moderated": tag.moderated,
                    "emoji_id": None,
                    "emoji_name": tag.emoji_name,
                }
                for tag in one.tags
            ],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "default_thread_rate_limit_per_user": 0,
        }
    return payload


def thread(one: Channel) -> Json:
    """A thread or forum post."""
    state = one.thread
    if state is None or one.parent is None:
        raise TypeError(f"Channel {one.id} is no thread.")
    metadata: Json = {
        "archived": state.archived,
        "archive_timestamp": isoformat(state.archive_changed_at),
        "auto_archive_duration": state.auto_archive,
        "locked": state.locked,
        "create_timestamp": isoformat(state.created_at),
    }
    if one.is_private_thread:
        metadata["invitable"] = state.invitable
    payload: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild.id),
        "parent_id": str(one.parent.id),
        "owner_id": str(state.owner_id),
        "name": one.name,
        "last_message_id": None if one.last_message_id is None else str(one.last_message_id),
        "rate_limit_per_user": one.slowmode,
        "flags": 0,
        "message_count": state.message_count,
        "member_count": min(50, len(state.members)),
        "total_message_sent": state.total_sent,
        "thread_metadata": metadata,
    }
    if one.parent.kind is ChannelKind.FORUM:
        payload["applied_tags"] = [str(tag) for tag in state.applied_tags]
    return payload


def thread_member(one: Channel, user_id: int) -> Json:
    """Somebody in a thread."""
    joined = one.thread_members.get(user_id, one.guild.world.clock.now())
    return {"id": str(one.id), "user_id": str(user_id), "join_timestamp": isoformat(joined), "flags": 0}


def message(one: Message) -> Json:
    """A message, with fresh links to its files."""
    guild = one.channel.guild
    payload: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": int(one.kind),
        "author": user(one.author),
        "content": one.content,
        "timestamp": isoformat(one.created_at),
        "edited_timestamp": None if one.edited_at is None else isoformat(one.edited_at),
        "tts": False,
        "mention_everyone": False,
        "mentions": [user(guild.world.users[account]) for account in one.mentions if account in guild.world.users],
        "mention_roles": [str(held) for held in one.mentions if held in guild.roles],
        "attachments": rendering.attachments(one),
        "embeds": rendering.embeds(one),
        "components": rendering.components(one),
        "pinned": one.pinned_at is not None,
        "flags": one.flags,
    }
    optional: Json = {
        "poll": one.poll,
        "nonce": one.nonce,
        "interaction": one.interaction,
        "interaction_metadata": one.interaction_metadata,
        "application_id": None if one.application_id is None else str(one.application_id),
        "webhook_id": None if one.interaction_metadata is None else str(one.application_id),
        "thread": None if one.thread is None else channel(one.thread),
    }
    payload |= {name: value for name, value in optional.items() if value is not None}
    if one.reference is not None:
        payload["message_reference"] = {
            "type": 0,
            "channel_id": str(one.reference.channel.id),
            "message_id": str(one.reference.id),
            "guild_id": str(guild.id),
        }
        payload["referenced_message"] = None if one.reference.deleted else _without_reference(one.reference)
    return payload


def _without_reference(one: Message) -> Json:
    payload = message(one)
    payload.pop("referenced_message", None)
    return payload


def message_event(one: Message) -> Json:
    """A message as MESSAGE_CREATE and MESSAGE_UPDATE carry it."""
    guild = one.channel.guild
    payload = {**message(one), "guild_id": str(guild.id), "channel_type": int(one.channel.kind)}
    author = guild.members.get(one.author.id)
    if author is not None:
        payload["member"] = partial_member(author)
    return payload


def is_ephemeral(one: Message) -> bool:
    """Whether only one person sees the message."""
    return bool(one.flags & MessageFlag.EPHEMERAL)
