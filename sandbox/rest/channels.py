"""Channels and servers."""

from sandbox import guild_payloads, payloads
from sandbox.errors import DiscordError, unknown_member, unknown_role
from sandbox.events import Event
from sandbox.model import Channel, ChannelKind, Overwrite, Tag
from sandbox.permissions import Permission, permissions_of
from sandbox.rest.routing import Answer, Call, Routes, require
from sandbox.rest.threads import change_thread
from sandbox.wire import Json, snowflake

routes = Routes()


@routes("GET", "/channels/{channel_id}")
async def get_channel(call: Call) -> Answer:
    """A channel or thread."""
    return Answer(payloads.channel(call.channel()))


@routes("PATCH", "/channels/{channel_id}")
async def edit_channel(call: Call) -> Answer:
    """Change a channel or thread."""
    channel = call.channel()
    if channel.is_thread:
        change_thread(call, channel)
    else:
        require(channel, Permission.MANAGE_CHANNELS)
        _change(call, channel)
    return Answer(payloads.channel(channel))


def _change(call: Call, channel: Channel) -> None:
    data = call.json
    channel.name = str(data.get("name") or channel.name)
    channel.topic = data.get("topic", channel.topic)
    channel.slowmode = int(data.get("rate_limit_per_user", channel.slowmode) or 0)
    channel.position = int(data.get("position", channel.position) or 0)
    if "available_tags" in data:
        channel.tags = [_tag(call, tag) for tag in data["available_tags"]]
    if "permission_overwrites" in data:
        require(channel, Permission.MANAGE_ROLES)
        wanted = [_overwrite(entry) for entry in data["permission_overwrites"] or []]
        channel.overwrites = {overwrite.id: overwrite for overwrite in wanted}
    call.world.publish(Event("CHANNEL_UPDATE", payloads.channel(channel), channel.guild))


def _tag(call: Call, data: Json) -> Tag:
    known = snowflake(data.get("id")) or call.world.snowflakes.next()
    return Tag(known, str(data["name"]), bool(data.get("moderated")), data.get("emoji_name"))


def _overwrite(data: Json) -> Overwrite:
    allow, deny = (Permission(int(data.get(name) or 0)) for name in ("allow", "deny"))
    return Overwrite(snowflake(data["id"]), int(data["type"]), allow, deny)


@routes("DELETE", "/channels/{channel_id}")
async def delete_channel(call: Call) -> Answer:
    """Delete a channel or thread."""
    channel = call.channel()
    require(channel, Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
    gone = payloads.channel(channel)
    channel.guild.remove_channel(channel)
    return Answer(gone)


@routes("PUT", "/channels/{channel_id}/permissions/{overwrite_id}")
async def set_overwrite(call: Call) -> Answer:
    """Set an overwrite."""
    channel = call.channel(Permission.MANAGE_ROLES)
    overwrite = _overwrite({**call.json, "id": call.ids["overwrite_id"]})
    channel.overwrites[overwrite.id] = overwrite
    call.world.publish(Event("CHANNEL_UPDATE", payloads.channel(channel), channel.guild))
    return Answer()


@routes("GET", "/guilds/{guild_id}")
async def get_guild(call: Call) -> Answer:
    """A server."""
    guild = call.world.guild(call.id("guild_id"))
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return Answer({**guild_payloads.summary(guild), **(counts if call.query.get("with_counts") else {})})


@routes("GET", "/guilds/{guild_id}/channels")
async def list_channels(call: Call) -> Answer:
    """A server's channels without its threads."""
    guild = call.world.guild(call.id("guild_id"))
    return Answer([payloads.channel(one) for one in guild.channels.values() if not one.is_thread])


@routes("POST", "/guilds/{guild_id}/channels")
async def create_channel(call: Call) -> Answer:
    """A new text channel, category or forum."""
    guild = call.world.guild(call.id("guild_id"))
    if Permission.MANAGE_CHANNELS not in permissions_of(guild.bot):
        raise DiscordError(403, 50013, "Missing Permissions")
    kind, name = ChannelKind(int(call.json.get("type") or 0)), str(call.json["name"])
    if kind is ChannelKind.FORUM:
        channel = guild.add_forum(name, tags=[tag["name"] for tag in call.json.get("available_tags") or []])
    elif kind is ChannelKind.CATEGORY:
        channel = guild.add_category(name)
    else:
        parent = guild.channels.get(snowflake(call.json.get("parent_id")))
        channel = guild.add_text_channel(name, topic=call.json.get("topic"), parent=parent)
    return Answer(payloads.channel(channel), 201)


@routes("GET", "/guilds/{guild_id}/roles")
async def list_roles(call: Call) -> Answer:
    """A server's roles."""
    return Answer([payloads.role(role) for role in call.world.guild(call.id("guild_id")).roles.values()])


@routes("GET", "/guilds/{guild_id}/roles/{role_id}")
async def get_role(call: Call) -> Answer:
    """A role."""
    roles = call.world.guild(call.id("guild_id")).roles
    if call.id("role_id") not in roles:
        raise unknown_role()
    return Answer(payloads.role(roles[call.id("role_id")]))


@routes("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_member(call: Call) -> Answer:
    """A member."""
    members = call.world.guild(call.id("guild_id")).members
    if call.id("user_id") not in members:
        raise unknown_member()
    return Answer(payloads.member(members[call.id("user_id")]))


@routes("GET", "/guilds/{guild_id}/members")
async def list_members(call: Call) -> Answer:
    """A server's members by id."""
    members = sorted(call.world.guild(call.id("guild_id")).members.values(), key=lambda one: one.id)
    after, limit = snowflake(call.query.get("after", "0")), int(call.query.get("limit", "1"))
    return Answer([payloads.member(one) for one in members if one.id > after][:limit])
