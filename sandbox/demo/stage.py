"""Where the story plays: a server with its channels and people, and what of a message they see."""

import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from sandbox.demo.narration import Seen

if TYPE_CHECKING:
    from sandbox.actors import Actor, Message, Reply
    from sandbox.guild import Guild
    from sandbox.model import Channel, Role
    from sandbox.server import Sandbox

T = TypeVar("T")

SUBMITTERS: Final = ("Cleo", "Dan", "Eva", "Finn", "Gita")
VOTERS: Final = ("Hana", "Ivo", "Juno", "Kim", "Lea")
HALF_A_YEAR: Final = 180 * 86_400


@dataclass(frozen=True, slots=True)
class Stage:
    """A server in which the bot is a member, with nothing set up yet.

    `admin` manages it, `author` proposes, `submitters` approve and submit, `voters` judge gold; all came long ago.
    """

    sandbox: "Sandbox"
    guild: "Guild"
    forum: "Channel"
    board: "Channel"
    curator: "Role"
    admin: "Actor"
    author: "Actor"
    submitters: tuple["Actor", ...]
    voters: tuple["Actor", ...]

    def names(self) -> dict[int, str]:
        """What mentioned members, roles and channels are called, with their sign."""
        names = {member.id: f"@{member.user.name}" for member in self.guild.members.values()}
        names |= {role.id: f"@{role.name}" for role in self.guild.roles.values()}
        return names | {channel.id: f"#{channel.name}" for channel in self.guild.channels.values()}


def set_stage(sandbox: "Sandbox") -> Stage:
    """Build the server of the story."""
    guild = sandbox.add_guild("Slang lab")
    forum = guild.add_forum("benchmarks", tags=("open", "closed"))
    board = guild.add_text_channel("leaderboard")
    curator = guild.add_role("Curator")
    return Stage(
        sandbox,
        guild,
        forum,
        board,
        curator,
        admin=sandbox.actor(guild, "Ada", administrator=True),
        author=sandbox.actor(guild, "Ben"),
        submitters=tuple(sandbox.actor(guild, name) for name in SUBMITTERS),
        voters=tuple(of_long_standing(sandbox.actor(guild, name)) for name in VOTERS),
    )


def of_long_standing(actor: "Actor") -> "Actor":
    """A member whose votes weigh in full."""
    actor.member.joined_at -= HALF_A_YEAR
    return actor


def seen(message: "Message") -> Seen:
    """What a member sees of a message."""
    files = tuple((one.name, one.description or "") for one in message.attachments)
    return Seen(message.text, tuple(message.buttons), files)


def unescaped(message: "Message | Reply") -> str:
    """The text of a message without the backslashes that keep members' words from formatting it."""
    return message.text.replace("\\", "")


async def timed(act: Awaitable[T]) -> tuple[T, float]:
    """What an act gives, and the milliseconds that it took."""
    began = time.perf_counter()
    result = await act
    return result, (time.perf_counter() - began) * 1_000
