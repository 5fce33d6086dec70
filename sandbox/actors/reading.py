"""What a member sees of a server."""

from sandbox import model
from sandbox.actors.commands import usable_commands
from sandbox.actors.errors import NoAnswer
from sandbox.actors.message import Message
from sandbox.actors.person import Person
from sandbox.model import Channel
from sandbox.permissions import permissions_in
from sandbox.wire import Json


class Reader(Person):
    """A person who looks at the server."""

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
