"""A server: what a test or a demo builds before the bot comes in, and changes while it runs."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox import payloads
from sandbox.errors import unknown_role
from sandbox.events import Event
from sandbox.model import Channel, ChannelKind, Member, Overwrite, Role, Tag, User
from sandbox.permissions import BOT, EVERYONE, Permission
from sandbox.wire import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.world import World


class Guild:
    """A server with its roles, members, channels and threads; every change is told to whoever listens to the world."""

    def __init__(self, world: "World", name: str, *, locale: str = "en-US") -> None:
        self.world = world
        self.id = world.snowflakes.next()
        self.name = name
        self.locale = locale
        self.upload_limit = 10 * 1024 * 1024
        self.everyone = Role(self.id, "@everyone", EVERYONE, position=0)
        self.roles: dict[int, Role] = {self.id: self.everyone}
        self.members: dict[int, Member] = {}
        self.channels: dict[int, Channel] = {}
        owner = world.add_user("Owner")
        self.owner_id = owner.id
        self.members[owner.id] = Member(self, owner, world.clock.now())
        self.bot_role = self._new_role(world.bot.name, BOT, bot_id=world.bot.id)
        self.bot = Member(self, world.bot, world.clock.now(), [self.bot_role])
        self.members[world.bot.id] = self.bot
        self.general = self._new_channel(ChannelKind.TEXT, "general")

    @property
    def threads(self) -> list[Channel]:
        """All threads and forum posts, archived ones too."""
        return [channel for channel in self.channels.values() if channel.is_thread]

    def add_text_channel(self, name: str, *, topic: str | None = None, parent: Channel | None = None) -> Channel:
        """A new text channel."""
        channel = self._new_channel(ChannelKind.TEXT, name)
        channel.topic, channel.parent = topic, parent
        self._tell("CHANNEL_CREATE", channel)
        return channel

    def add_category(self, name: str) -> Channel:
        """A new category."""
        channel = self._new_channel(ChannelKind.CATEGORY, name)
        self._tell("CHANNEL_CREATE", channel)
        return channel

    def add_forum(self, name: str, *, tags: "Sequence[str]" = (), requires_tag: bool = False) -> Channel:
        """A new forum with tags by name; with `requires_tag` a post must carry one (else error 40067)."""
        channel = self._new_channel(ChannelKind.FORUM, name)
        channel.tags = [Tag(self.world.snowflakes.next(), tag) for tag in tags]
        channel.requires_tag = requires_tag
        self._tell("CHANNEL_CREATE", channel)
        return channel

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel with its threads, or one thread."""
        for thread in [thread for thread in self.threads if thread.parent is channel]:
            self.remove_channel(thread)
        del self.channels[channel.id]
        del self.world.channels[channel.id]
        self._tell("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def add_role(self, name: str, permissions: Permission | int = 0) -> Role:
        """A new role."""
        role = self._new_role(name, Permission(permissions))
        self._publish("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": payloads.role(role)})
        return role

    def edit_role(self, role: Role, permissions: Permission | int) -> None:
        """Give a role other permissions."""
        role.permissions = Permission(permissions)
        self._publish("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": payloads.role(role)})

    def remove_role(self, role: Role) -> None:
        """Delete a role and take it from its members."""
        if role.id not in self.roles:
            raise unknown_role()
        del self.roles[role.id]
        for member in self.members.values():
            member.roles = [kept for kept in member.roles if kept is not role]
        self._publish("GUILD_ROLE_DELETE", {"guild_id": str(self.id), "role_id": str(role.id)})

    def add_member(self, user: User, roles: "Sequence[Role]" = ()) -> Member:
        """Let an account join."""
        member = Member(self, user, self.world.clock.now(), list(roles))
        self.members[user.id] = member
        self._publish("GUILD_MEMBER_ADD", {**payloads.member(member), "guild_id": str(self.id)})
        return member

    def remove_member(self, member: Member) -> None:
        """Let a member leave; the bot itself leaves with GUILD_DELETE."""
        if self.members.pop(member.id, None) is None:
            return
        if member is self.bot:
            self._publish("GUILD_DELETE", {"id": str(self.id)})
            return
        self._publish("GUILD_MEMBER_REMOVE", {"guild_id": str(self.id), "user": payloads.user(member.user)})

    def give_role(self, member: Member, role: Role) -> None:
        """Give a member a role."""
        if role not in member.roles:
            member.roles.append(role)
            self._publish("GUILD_MEMBER_UPDATE", {**payloads.member(member), "guild_id": str(self.id)})

    def take_role(self, member: Member, role: Role) -> None:
        """Take a role from a member."""
        if role in member.roles:
            member.roles.remove(role)
            self._publish("GUILD_MEMBER_UPDATE", {**payloads.member(member), "guild_id": str(self.id)})

    def set_overwrite(
        self,
        channel: Channel,
        target: Role | Member,
        *,
        allow: Permission | int = 0,
        deny: Permission | int = 0,
    ) -> None:
        """Set a channel's exception for a role or member; nothing allowed and nothing denied removes it."""
        kind = 0 if isinstance(target, Role) else 1
        overwrite = Overwrite(target.id, kind, Permission(allow), Permission(deny))
        if overwrite.allow or overwrite.deny:
            channel.overwrites[target.id] = overwrite
        else:
            channel.overwrites.pop(target.id, None)
        self._tell("CHANNEL_UPDATE", channel)

    def set_moderated(self, forum: Channel, tag_name: str) -> None:
        """Let only thread managers use a tag."""
        forum.tags = [replace(tag, moderated=True) if tag.name == tag_name else tag for tag in forum.tags]
        self._tell("CHANNEL_UPDATE", forum)

    def _new_channel(self, kind: ChannelKind, name: str) -> Channel:
        channel = Channel(self.world.snowflakes.next(), self, kind, name, position=len(self.channels))
        self.channels[channel.id] = channel
        self.world.channels[channel.id] = channel
        return channel

    def _new_role(self, name: str, permissions: Permission, bot_id: int | None = None) -> Role:
        role = Role(self.world.snowflakes.next(), name, permissions, position=len(self.roles), bot_id=bot_id)
        self.roles[role.id] = role
        return role

    def _tell(self, name: str, channel: Channel) -> None:
        self._publish(name, payloads.channel(channel), channel if channel.is_thread else None)

    def _publish(self, name: str, data: Json, channel: Channel | None = None) -> None:
        self.world.publish(Event(name, data, self, channel))
