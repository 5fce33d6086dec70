"""Servers as Discord writes them in JSON."""

from typing import TYPE_CHECKING

from sandbox import payloads
from sandbox.clock import isoformat
from sandbox.permissions import permissions_in, permissions_of
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.guild import Guild

_EMPTY = (
    "icon",
    "banner",
    "splash",
    "discovery_splash",
    "home_header",
    "description",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "rules_channel_id",
    "public_updates_channel_id",
    "safety_alerts_channel_id",
    "vanity_url_code",
    "max_presences",
    "incidents_data",
)
_ZERO = (
    "system_channel_flags",
    "verification_level",
    "default_message_notifications",
    "mfa_level",
    "explicit_content_filter",
    "premium_tier",
    "premium_subscription_count",
    "nsfw_level",
)


def summary(guild: "Guild") -> Json:
    """A server as REST gives it."""
    return {
        **dict.fromkeys(_EMPTY),
        **dict.fromkeys(_ZERO, 0),
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "region": "us-west",
        "afk_timeout": 300,
        "widget_enabled": False,
        "roles": [payloads.role(one) for one in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "preferred_locale": guild.locale,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
    }


def create_event(guild: "Guild", *, all_members: bool) -> Json:
    """A server as GUILD_CREATE carries it; without the members' intent only the bot itself is listed."""
    members = guild.members.values() if all_members else [guild.bot]
    return {
        **summary(guild),
        "joined_at": isoformat(guild.bot.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [payloads.member(one) for one in members],
        "channels": [payloads.guild_channel(one) for one in guild.channels.values() if not one.is_thread],
        "threads": [
            payloads.thread(one) for one in guild.threads if not one.is_archived and permissions_in(guild.bot, one)
        ],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def own(guild: "Guild") -> Json:
    """A server as the bot's list of servers shows it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": str(int(permissions_of(guild.bot))),
        "features": [],
    }
