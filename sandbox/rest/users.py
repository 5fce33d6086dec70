"""Accounts, the bot's own application and where the gateway is."""

from sandbox import guild_payloads, payloads
from sandbox.errors import DiscordError
from sandbox.rest.routing import Answer, Call, Routes
from sandbox.wire import Json

routes = Routes()


@routes("GET", "/users/@me")
async def get_self(call: Call) -> Answer:
    """The bot's account."""
    return Answer(payloads.own_user(call.world.bot))


@routes("GET", "/users/@me/guilds")
async def list_guilds(call: Call) -> Answer:
    """The servers that the bot is in."""
    inside = [guild for guild in call.world.guilds.values() if call.world.bot.id in guild.members]
    return Answer([guild_payloads.own(guild) for guild in inside])


@routes("DELETE", "/users/@me/guilds/{guild_id}")
async def leave_guild(call: Call) -> Answer:
    """Leave a server."""
    guild = call.world.guild(call.id("guild_id"))
    guild.remove_member(guild.bot)
    return Answer()


@routes("GET", "/users/{user_id}")
async def get_user(call: Call) -> Answer:
    """An account."""
    account = call.world.users.get(call.id("user_id"))
    if account is None:
        raise DiscordError(404, 10013, "Unknown User")
    return Answer(payloads.user(account))


@routes("GET", "/oauth2/applications/@me")
async def get_oauth_application(call: Call) -> Answer:
    """The bot's application."""
    return Answer(_application(call))


@routes("GET", "/applications/@me")
async def get_application(call: Call) -> Answer:
    """The bot's application."""
    return Answer(_application(call))


@routes("GET", "/gateway")
async def get_gateway_url(call: Call) -> Answer:
    """Where the gateway is."""
    return Answer({"url": call.world.addresses.gateway})


@routes("GET", "/gateway/bot")
async def get_gateway(call: Call) -> Answer:
    """Where the gateway is, and how many shards it recommends."""
    start = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return Answer({"url": call.world.addresses.gateway, "shards": 1, "session_start_limit": start})


def _application(call: Call) -> Json:
    world = call.world
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": payloads.user(world.developer),
        "team": None,
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "bot": payloads.user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}},
        "rpc_origins": [],
        "tags": [],
    }
