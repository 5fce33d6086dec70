"""The Discord client: the least intents, no pings ever, and commands registered only when they changed."""

import hashlib
import json
import logging
from typing import Any, Final
from urllib.parse import urlsplit

import yarl
from discord import AllowedMentions, Intents, VoiceClient
from discord.app_commands import AppCommandContext, AppInstallationType
from discord.asset import Asset
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.settings import API_PATH
from cogs.register import register
from services.assembly import Services
from storage.database import Database
from storage.deployment import find_fact, record_fact

COMMANDS_FACT: Final = "command_tree"
CDN_HOSTS: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
# discord.py sleeps through waits up to this many seconds, its smallest value; longer ones are put off by the outbox.
LONGEST_RATE_LIMIT_WAIT: Final = 30

log = logging.getLogger(__name__)


def point_at(sandbox_url: str) -> None:
    """Send everything that discord.py says in this process to a stand-in; there is no way back to the real Discord."""
    Route.BASE = f"{sandbox_url}{API_PATH}"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{urlsplit(sandbox_url).netloc}/gateway")
    Asset.BASE = f"{sandbox_url}/cdn"


class TouchstoneBot(commands.Bot):
    """Touchstone as a client of Discord. `client_options` go to discord.py, for example `connector`."""

    def __init__(
        self,
        services: Services,
        database: Database,
        *,
        board_edit_seconds: float = 5,
        patrol_seconds: float = 300,
        sandbox_url: str | None = None,
        **client_options: Any,  # noqa: ANN401 - discord.py's own options, checked there
    ) -> None:
        # Two warnings about libraries for voice, which nobody here will miss.
        VoiceClient.warn_nacl = VoiceClient.warn_dave = False
        if sandbox_url is not None:
            point_at(sandbox_url)
            # All guilds arrive at once from the stand-in; waiting for stragglers would be the whole start-up time.
            client_options.setdefault("guild_ready_timeout", 0)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=Intents(guilds=True),
            allowed_mentions=AllowedMentions.none(),
            allowed_installs=AppInstallationType(guild=True, user=False),
            allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT_WAIT,
            **client_options,
        )
        self.services = services
        self._database = database
        self._board_edit_seconds = board_edit_seconds
        self._patrol_seconds = patrol_seconds
        self._cdn_hosts = CDN_HOSTS if sandbox_url is None else frozenset({urlsplit(sandbox_url).netloc})

    async def setup_hook(self) -> None:
        """Add all that listens, then register the commands: after login and before the first event."""
        await register(
            self,
            self.services,
            cdn_hosts=self._cdn_hosts,
            board_edit_seconds=self._board_edit_seconds,
            patrol_seconds=self._patrol_seconds,
        )
        await self._register_commands()

    async def on_ready(self) -> None:
        """Say in the log that members are served now."""
        log.info("ready as %s in %d guilds", self.user, len(self.guilds))

    async def _register_commands(self) -> None:
        """Tell Discord about the commands unless it knows them: it admits few registrations a day."""
        fingerprint = await self.commands_fingerprint()
        known = await self._database.read(lambda connection: find_fact(connection, COMMANDS_FACT))
        if known == fingerprint and await self._discord_lists_the_commands():
            log.info("the commands are registered already")
            return
        registered = await self.tree.sync()
        await self._database.write(lambda connection: record_fact(connection, COMMANDS_FACT, fingerprint))
        log.info("registered %d commands", len(registered))

    async def _discord_lists_the_commands(self) -> bool:
        """Whether they are still there: another program with this token, or a fresh stand-in, may have none of them."""
        registered = {command.name for command in await self.tree.fetch_commands()}
        return registered == {command.name for command in self.tree.get_commands()}

    async def commands_fingerprint(self) -> str:
        """A hash of where the commands are registered and of all that is registered, translations too."""
        translator = self.tree.translator
        payload = [
            command.to_dict(self.tree)
            if translator is None
            else await command.get_translated_payload(self.tree, translator)
            for command in self.tree.get_commands()
        ]
        payload.sort(key=lambda command: (str(command["type"]), str(command["name"])))
        whole = json.dumps([Route.BASE, self.application_id, payload], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()
