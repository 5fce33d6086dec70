"""Application commands as a client finds, checks and fills them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from sandbox.actors.errors import Refused
from sandbox.actors.resolving import Resolved
from sandbox.model import Channel, Member, Role
from sandbox.permissions import Permission, permissions_in, permissions_of
from sandbox.uploads import Upload
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import Command, World


class OptionKind(IntEnum):
    """Discord's types of command options."""

    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


@dataclass(frozen=True, slots=True)
class Choice:
    """What an option offers: what is shown, and what is sent."""

    name: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A command and, for a subcommand, the way to it; `options` are those of what is invoked."""

    command: "Command"
    path: tuple[Json, ...]
    options: tuple[Json, ...]

    def option(self, name: str) -> Json:
        """The option of that name; Refused, naming those that exist, when there is none."""
        found = next((option for option in self.options if option["name"] == name), None)
        if found is None:
            names = ", ".join(str(option["name"]) for option in self.options) or "none"
            raise Refused(f"/{self.name} has no option {name!r}; it has {names}")
        return found

    @property
    def name(self) -> str:
        """`task launch`."""
        return " ".join([str(self.command.data["name"]), *(str(part["name"]) for part in self.path)])

    def nested(self, filled: list[Json]) -> list[Json]:
        """The filled options inside the subcommand that they belong to."""
        for part in reversed(self.path):
            filled = [{"name": part["name"], "type": part["type"], "options": filled}]
        return filled


def usable_commands(world: "World", member: Member, channel: Channel, kind: int = 1) -> list["Command"]:
    """The commands that this member's client offers here."""
    commands = [one for one in world.commands.values() if int(one.data.get("type", 1)) == kind]
    here = [one for one in commands if one.guild_id in {None, member.guild.id}]
    return [one for one in here if _may_use(one, member, channel)]


def find_command(world: "World", member: Member, channel: Channel, name: str, kind: int = 1) -> "Command":
    """The command of that name; Refused when the member's client does not offer it here."""
    for command in usable_commands(world, member, channel, kind):
        if command.data["name"] == name:
            return command
    if any(one.data["name"] == name for one in world.commands.values()):
        raise Refused(f"{member.user.name} does not see the command {name!r} in #{channel.name}: no permission for it.")
    known = ", ".join(str(one.data["name"]) for one in world.commands.values()) or "none"
    raise Refused(f"There is no command {name!r}; registered are: {known}")


def _may_use(command: "Command", member: Member, channel: Channel) -> bool:
    if Permission.USE_APPLICATION_COMMANDS not in permissions_in(member, channel):
        return False
    own = permissions_of(member)
    if Permission.ADMINISTRATOR in own:
        return True
    place = channel.parent if channel.is_thread and channel.parent is not None else channel
    if not command.overrides.get(place.id, True):
        return False
    exception = _exception(command, member)
    if exception is not None:
        return exception
    needed = command.data.get("default_member_permissions")
    wanted = Permission(int(needed or 0))
    return needed is None or (bool(wanted) and own & wanted == wanted)


def _exception(command: "Command", member: Member) -> bool | None:
    """What the server's exceptions say: the member's own first, then those of roles, then everyone's."""
    if member.id in command.overrides:
        return command.overrides[member.id]
    of_roles = [command.overrides[role.id] for role in member.roles if role.id in command.overrides]
    return any(of_roles) if of_roles else command.overrides.get(member.guild.id)


def choose(world: "World", member: Member, channel: Channel, path: str) -> Chosen:
    """Follow `task launch` to what it invokes."""
    name, *rest = path.removeprefix("/").split()
    command = find_command(world, member, channel, name)
    options = list(command.data.get("options") or [])
    taken: list[Json] = []
    for word in rest:
        inner = next(
            (one for one in options if one["name"] == word and int(one["type"]) <= OptionKind.SUBCOMMAND_GROUP), None
        )
        if inner is None:
            raise Refused(
                f"/{name} has no subcommand {word!r}; it has {', '.join(str(one['name']) for one in options)}"
            )
        taken.append(inner)
        options = list(inner.get("options") or [])
    if any(int(one["type"]) <= OptionKind.SUBCOMMAND_GROUP for one in options):
        raise Refused(f"/{path} is not complete; choose one of {', '.join(str(one['name']) for one in options)}")
    return Chosen(command, tuple(taken), tuple(options))


def check_required(chosen: Chosen, given: Mapping[str, object]) -> None:
    """Refuse when a required option is missing."""
    missing = [
        str(one["name"]) for one in chosen.options if one.get("required") and given.get(str(one["name"])) is None
    ]
    if missing:
        raise Refused(f"/{chosen.name} needs {', '.join(missing)}")


def fill(option: Json, value: object, resolved: Resolved) -> Json:
    """One option as it is sent; Refused when the client would not take the value."""
    kind = OptionKind(int(option["type"]))
    sent: object
    match kind:
        case OptionKind.STRING | OptionKind.INTEGER | OptionKind.NUMBER:
            sent = _plain(option, kind, value)
        case OptionKind.BOOLEAN:
            if not isinstance(value, bool):
                raise Refused(f"{option['name']}: {value!r} is neither True nor False.")
            sent = value
        case _:
            _check_kind(option, kind, getattr(value, "member", value))
            sent = resolved.add(value)
    return {"name": option["name"], "type": int(kind), "value": sent}


def _plain(option: Json, kind: OptionKind, value: object) -> str | int | float:
    if option.get("choices"):
        return _choice(option, value)
    name = option["name"]
    if kind is OptionKind.STRING:
        text = str(value)
        least, most = int(option.get("min_length") or 0), int(option.get("max_length") or 6000)
        if not least <= len(text) <= most:
            raise Refused(f"{name}: {len(text)} characters; it takes {least} to {most}.")
        return text
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (kind is OptionKind.INTEGER and value != int(value))
    ):
        raise Refused(f"{name}: {value!r} is no {'whole ' if kind is OptionKind.INTEGER else ''}number.")
    smallest, largest = option.get("min_value", -(2.0**53)), option.get("max_value", 2.0**53)
    if not smallest <= value <= largest:
        raise Refused(f"{name}: {value} is not between {smallest} and {largest}.")
    return value


def _choice(option: Json, value: object) -> str | int | float:
    for choice in option["choices"]:
        if value in {choice["name"], choice["value"]}:
            sent: str | int | float = choice["value"]
            return sent
    names = ", ".join(str(choice["name"]) for choice in option["choices"])
    raise Refused(f"{option['name']}: {value!r} is none of {names}")


_KINDS: Mapping[OptionKind, tuple[type, ...]] = {
    OptionKind.USER: (Member,),
    OptionKind.CHANNEL: (Channel,),
    OptionKind.ROLE: (Role,),
    OptionKind.MENTIONABLE: (Member, Role),
    OptionKind.ATTACHMENT: (Upload,),
}


def _check_kind(option: Json, kind: OptionKind, value: object) -> None:
    if not isinstance(value, _KINDS[kind]):
        raise Refused(f"{option['name']}: it takes a {kind.name.lower()}, not {value!r}.")
    types = option.get("channel_types")
    if isinstance(value, Channel) and types and int(value.kind) not in types:
        raise Refused(f"{option['name']}: #{value.name} is not of a type that it takes ({types}).")
