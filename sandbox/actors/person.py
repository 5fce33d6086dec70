"""Who acts: a member in an open channel, and the line to the bot."""

import asyncio
from typing import TYPE_CHECKING

from sandbox import model
from sandbox.actors.errors import NoAnswer
from sandbox.interactions import ANSWER_SECONDS, Interaction
from sandbox.model import Channel, Member
from sandbox.permissions import Permission, permissions_in

if TYPE_CHECKING:
    from sandbox.world import World


class Person:
    """A member of a server, with one channel open."""

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

    async def send(self, interaction: Interaction) -> None:
        """Send an interaction and wait three seconds for the first response; NoAnswer when none comes."""
        self.world.interactions.begin(interaction)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await interaction.answered.wait()
        except TimeoutError:
            raise NoAnswer("The application did not respond.") from None
