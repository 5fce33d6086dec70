"""What an administrator decides for a guild."""

from bench.errors import BadInput, NotAllowed, WrongState
from bench.model import Actor, GuildSettings
from services.clock import Clock
from services.posts import Posts, posts_of_guild_due
from storage import guilds
from storage.database import Connection, Database

LARGEST_QUORUM = 20


class Guilds:
    """The settings of each guild, and who may curate there."""

    def __init__(self, database: Database, posts: Posts, clock: Clock) -> None:
        self._database = database
        self._posts = posts
        self._clock = clock

    async def setup(self, actor: Actor, settings: GuildSettings) -> GuildSettings:
        """Record what `/setup` decided; repeating it replaces the earlier decision and tries refused posts again."""
        if not actor.manages_guild or actor.guild_id != settings.guild_id:
            raise NotAllowed("Only members who may manage the server can set Touchstone up.")
        if not 1 <= settings.quorum <= LARGEST_QUORUM:
            raise BadInput(f"The quorum is {settings.quorum}; choose a number from 1 to {LARGEST_QUORUM}.")
        now = self._clock()

        def write(connection: Connection) -> None:
            guilds.record_settings(connection, settings, actor.user_id, now)
            posts_of_guild_due(connection, settings, now)

        await self._database.write(write)
        self._posts.wake()
        return settings

    async def settings(self, guild_id: int) -> GuildSettings:
        """The guild's settings; raises WrongState before the first `/setup`."""
        return needed(await self._database.read(lambda connection: guilds.find_settings(connection, guild_id)))


def needed(settings: GuildSettings | None) -> GuildSettings:
    """The settings, or the sentence that says who can make them."""
    if settings is None:
        raise WrongState("Touchstone is not set up in this server yet. Ask an administrator to run /setup.")
    return settings


def is_curator(actor: Actor, settings: GuildSettings) -> bool:
    """Whether the member curates here: by the curator role, or by managing the server."""
    return actor.manages_guild or settings.curator_role_id in actor.role_ids
