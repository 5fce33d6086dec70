"""The doctor's visit to Discord: by REST alone, since a session would be counted against the day's 1,000."""

from collections.abc import Iterator

import aiohttp
import discord

from bench.model import GuildSettings
from bot.client import point_at
from bot.findings import Finding, Mark
from bot.maintenance import peek
from bot.settings import LocalSettings
from cogs.rights import IN_FORUM, IN_TEXT, POSTING
from storage.guilds import find_settings


async def visit(settings: LocalSettings, token: str) -> list[Finding]:
    """Log in, then look at the application and at each guild."""
    if settings.sandbox_url is not None:
        point_at(settings.sandbox_url)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            return [Finding(Mark.BROKEN, "token", "Discord refused it", "make a new one at discord.com/developers")]
        except (aiohttp.ClientError, discord.HTTPException) as error:
            text = f"Discord did not answer ({type(error).__name__})"
            return [Finding(Mark.BROKEN, "token", text, "check this machine's network")]
        findings = [
            Finding(Mark.GOOD, "token", f"logged in as {client.user}"),
            *check_intents(await client.application_info()),
        ]
        async for guild in client.fetch_guilds():
            findings += await check_guild(client, settings, guild.id)
        return findings


def check_intents(application: discord.AppInfo) -> Iterator[Finding]:
    """The bot listens to `guilds` only; what else is switched on is more than it needs."""
    flags = application.flags
    needless = [
        name
        for name, is_on in (
            ("Presence", flags.gateway_presence or flags.gateway_presence_limited),
            ("Server Members", flags.gateway_guild_members or flags.gateway_guild_members_limited),
            ("Message Content", flags.gateway_message_content or flags.gateway_message_content_limited),
        )
        if is_on
    ]
    if needless:
        text = f"{', '.join(needless)} switched on, which Touchstone does not use"
        yield Finding(Mark.NOTE, "intents", text, "switch it off at discord.com/developers (Bot)")
    else:
        yield Finding(Mark.GOOD, "intents", "guilds only, no privileged one")


async def check_guild(client: discord.Client, settings: LocalSettings, guild_id: int) -> list[Finding]:
    """What the bot may do in the guild's configured channels."""
    try:
        guild = await client.fetch_guild(guild_id, with_counts=False)
        chosen = await _chosen(settings, guild_id)
        if chosen is None:
            return [Finding(Mark.NOTE, guild.name, "not set up yet", "an administrator runs /setup there")]
        me = await guild.fetch_member(client.application_id or 0)
        return [
            await check_channel(me, chosen.forum_id, holds_tasks=True),
            await check_channel(me, chosen.board_channel_id, holds_tasks=False),
        ]
    except discord.HTTPException as error:
        return [Finding(Mark.NOTE, f"server {guild_id}", f"could not be looked at (HTTP {error.status})")]


async def check_channel(me: discord.Member, channel_id: int, *, holds_tasks: bool) -> Finding:
    """The permissions of one channel, by the names that Discord's settings show."""
    try:
        channel = await me.guild.fetch_channel(channel_id)
    except (discord.NotFound, discord.Forbidden):
        text = f"the channel {channel_id} is gone or hidden from the bot"
        return Finding(Mark.BROKEN, me.guild.name, text, "run /setup there, or give the bot View Channel")
    needed = POSTING
    if holds_tasks:
        needed = POSTING | (IN_FORUM if isinstance(channel, discord.ForumChannel) else IN_TEXT)
    name = f"{me.guild.name} #{channel.name}"
    granted = channel.permissions_for(me)
    missing = [label for right, label in needed.items() if not getattr(granted, right)]
    if missing:
        remedy = "allow it in the channel's settings, Permissions"
        return Finding(Mark.BROKEN, name, f"the bot lacks {', '.join(missing)}", remedy)
    return Finding(Mark.GOOD, name, "all permissions are there")


async def _chosen(settings: LocalSettings, guild_id: int) -> GuildSettings | None:
    try:
        return await peek(settings.database_url, lambda connection: find_settings(connection, guild_id))
    except Exception:  # noqa: BLE001 - what is wrong with the database is a finding of its own
        return None
