"""What a member sees of a server."""

from typing import TYPE_CHECKING

from sandbox import model
from sandbox.actors.commands import usable_commands
from sandbox.actors.errors import NoAnswer
from sandbox.actors.message import Message
from sandbox.model import Channel, Member
from sandbox.permissions import Permission, permissions_in
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import World


class Reader:
    """A member who looks at a server, with one channel open."""

    def __init__(self, member: Member, channel: Channel) -> None:
        self.member = member
        self.channel = channel

    @property
    def world(self) -> "World":
        """The Discord that this person lives in."""
        return self.member.guild.world

    @property
    def id(self) -> int:
        """The account's id."""
        return self.member.id

    @property
    def name(self) -> str:
        """The account's name."""
        return self.member.user.name

    @property
    def mention(self) -> str:
        """`<@id>`."""
        return self.member.user.mention

    def sees(self, message: model.Message) -> bool:
        """Whether the message is there for this person."""
        if message.deleted or message.ephemeral_for not in {None, self.id}:
            return False
        needed = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
        return permissions_in(self.member, message.channel) & needed == needed

    def messages(self, channel: Channel) -> list[Message]:
        """The messages of a channel or thread that this person sees, newest last; notices of the system left out."""
        spoken = {
            model.MessageKind.DEFAULT,
            model.MessageKind.REPLY,
            model.MessageKind.CHAT_INPUT_COMMAND,
            model.MessageKind.CONTEXT_MENU_COMMAND,
        }
        return [Message(one) for one in channel.messages.values() if one.kind in spoken and self.sees(one)]

    def channels(self) -> list[Channel]:
        """The channels that this person sees, without threads."""
        channels = self.member.guild.channels.values()
        return [channel for channel in channels if not channel.is_thread and permissions_in(self.member, channel)]

    def threads(self, channel: Channel) -> list[Channel]:
        """The threads or posts of a channel or forum that this person sees, oldest first, archived ones too."""
        found = [thread for thread in self.member.guild.threads if thread.parent is channel]
        return [thread for thread in found if permissions_in(self.member, thread)]

    def tags(self, thread: Channel) -> list[str]:
        """The names of a post's tags."""
        if thread.thread is None or thread.parent is None:
            return []
        return [tag.name for tag in thread.parent.tags if tag.id in thread.thread.applied_tags]

    def commands(self) -> list[Json]:
        """The slash commands that this person's client offers here: Discord's JSON of them."""
        return [command.data for command in usable_commands(self.world, self.member, self.channel)]

    async def wait_for(self, channel: Channel, text: str, timeout: float = 10.0) -> Message:  # noqa: ASYNC109 - the wait is the point
        """Wait for a message that contains `text`; NoAnswer, with what stands there instead."""
        found: list[Message] = []

        def looks() -> bool:
            found[:] = [message for message in self.messages(channel) if text in message.text]
            return bool(found)

        if not await self.world.wait_until(looks, timeout):
            there = [message.text[:80] for message in self.messages(channel)]
            raise NoAnswer(f"After {timeout:g} s {text!r} is not in #{channel.name}; there is: {there}")
        return found[-1]

    async def wait_for_thread(self, channel: Channel, name: str, timeout: float = 10.0) -> Channel:  # noqa: ASYNC109 - the wait is the point
        """Wait for a thread or post whose name contains `name`."""

        def find() -> list[Channel]:
            return [thread for thread in self.threads(channel) if name in thread.name]

        if not await self.world.wait_until(lambda: bool(find()), timeout):
            raise NoAnswer(f"After {timeout:g} s #{channel.name} has no thread {name!r}.")
        return find()[-1]
