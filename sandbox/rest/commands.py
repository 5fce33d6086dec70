"""The registration of application commands."""

from collections.abc import Iterable

from sandbox.errors import missing_access, unknown_command
from sandbox.rest.routing import Answer, Call, Routes
from sandbox.wire import Json, snowflake
from sandbox.world import Command

routes = Routes()

_GLOBAL = "/applications/{application_id}/commands"
_OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


@routes("GET", _GLOBAL)
@routes("GET", _OF_GUILD)
async def list_commands(call: Call) -> Answer:
    """The commands, with their localisations when asked for."""
    full = call.query.get("with_localizations") in {"1", "true"}
    return Answer([_shown(command, full=full) for command in _of_scope(call)])


@routes("PUT", _GLOBAL)
@routes("PUT", _OF_GUILD)
async def replace_commands(call: Call) -> Answer:
    """Replace all commands; one that keeps its type and name keeps its id and exceptions."""
    known = {_key(command.data): command for command in _of_scope(call)}
    for command in known.values():
        del call.world.commands[snowflake(command.data["id"])]
    stored = [_store(call, data, known.get(_key(data))) for data in call.body]
    call.world.wake()
    return Answer([_shown(command, full=True) for command in stored])


@routes("POST", _GLOBAL)
@routes("POST", _OF_GUILD)
async def upsert_command(call: Call) -> Answer:
    """Add one command, or replace the one of the same type and name."""
    known = next((one for one in _of_scope(call) if _key(one.data) == _key(call.json)), None)
    command = _store(call, call.json, known)
    call.world.wake()
    return Answer(_shown(command, full=True), 200 if known else 201)


@routes("GET", _GLOBAL + "/{command_id}")
@routes("GET", _OF_GUILD + "/{command_id}")
async def get_command(call: Call) -> Answer:
    """One command."""
    return Answer(_shown(_find(call), full=True))


@routes("PATCH", _GLOBAL + "/{command_id}")
@routes("PATCH", _OF_GUILD + "/{command_id}")
async def edit_command(call: Call) -> Answer:
    """Change one command."""
    command = _find(call)
    command.data = {**command.data, **call.json, "version": str(call.world.snowflakes.next())}
    return Answer(_shown(command, full=True))


@routes("DELETE", _GLOBAL + "/{command_id}")
@routes("DELETE", _OF_GUILD + "/{command_id}")
async def delete_command(call: Call) -> Answer:
    """Remove one command."""
    del call.world.commands[snowflake(_find(call).data["id"])]
    return Answer()


@routes("GET", _OF_GUILD + "/{command_id}/permissions")
async def get_permissions(call: Call) -> Answer:
    """The exceptions that the server's administrators made for a command."""
    command = call.world.commands.get(call.id("command_id"))
    if command is None or not command.overrides:
        raise unknown_command()
    guild = call.world.guild(call.id("guild_id"))
    entries = [
        {
            "id": str(target),
            "type": 1 if target in guild.roles else 2 if target in guild.members else 3,
            "permission": on,
        }
        for target, on in command.overrides.items()
    ]
    return Answer(
        {
            "id": command.data["id"],
            "application_id": str(call.world.application_id),
            "guild_id": str(guild.id),
            "permissions": entries,
        },
    )


def _key(data: Json) -> tuple[int, str]:
    return int(data.get("type") or 1), str(data["name"])


def _of_scope(call: Call) -> list[Command]:
    if call.id("application_id") != call.world.application_id:
        raise missing_access()
    guild_id = call.id("guild_id") if "guild_id" in call.ids else None
    return [command for command in call.world.commands.values() if command.guild_id == guild_id]


def _find(call: Call) -> Command:
    wanted = call.ids["command_id"]
    found = next((command for command in _of_scope(call) if command.data["id"] == wanted), None)
    if found is None:
        raise unknown_command()
    return found


def _store(call: Call, data: Json, known: Command | None) -> Command:
    world = call.world
    guild_id = call.id("guild_id") if "guild_id" in call.ids else None
    command = known or Command({}, guild_id)
    number = command.data.get("id") or str(world.snowflakes.next())
    kept: Json = {
        "id": number,
        "application_id": str(world.application_id),
        "version": str(world.snowflakes.next()),
        "type": 1,
        "description": "",
        "default_member_permissions": None,
        "nsfw": False,
        "integration_types": [0],
        "contexts": None,
        "name_localizations": None,
        "description_localizations": None,
    }
    command.data = kept | {name: value for name, value in data.items() if name not in {"id", "application_id"}}
    if guild_id is not None:
        command.data["guild_id"] = str(guild_id)
    else:
        command.data.setdefault("dm_permission", True)
    if command.data["default_member_permissions"] is not None:
        command.data["default_member_permissions"] = str(command.data["default_member_permissions"])
    world.commands[snowflake(number)] = command
    return command


def _shown(command: Command, *, full: bool) -> Json:
    return dict(command.data) if full else _without_localizations(command.data)


def _without_localizations(data: Json) -> Json:
    shown = {name: value for name, value in data.items() if not name.endswith("_localizations")}
    for name in ("options", "choices"):
        inner = data.get(name)
        if isinstance(inner, Iterable) and not isinstance(inner, str):
            shown[name] = [_without_localizations(one) for one in inner]
    return shown
