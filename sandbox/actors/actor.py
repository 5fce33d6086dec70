"""A person in a server."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sandbox import messages, model, threads
from sandbox.actors import pressing
from sandbox.actors.commands import (
    Choice,
    Chosen,
    check_required,
    choose,
    fill,
    find_command,
)
from sandbox.actors.errors import Refused
from sandbox.actors.message import Message
from sandbox.actors.reading import Reader
from sandbox.actors.reply import Reply
from sandbox.actors.resolving import Resolved, Target, member_of
from sandbox.interactions import Interaction, InteractionKind
from sandbox.messages import Body
from sandbox.model import Channel, Member
from sandbox.permissions import Permission, permissions_in
from sandbox.uploads import IncomingFile, Upload
from sandbox.wire import Json

Option: TypeAlias = "str | int | float | bool | Target | Upload | Actor | None"
"""What an option can be given: an actor stands for the member, None leaves it out."""


class Actor(Reader):
    """A member who acts as an ordinary client allows, in the channel that is open; `at` opens another one."""

    def at(self, channel: Channel) -> "Actor":
        """The same person in another channel or thread."""
        return Actor(self.member, channel)

    async def slash(self, path: str, /, **options: Option) -> Reply:
        """Type a command (`"task launch"`), options by name, and wait for the first response.

        An option with autocompletion is asked from the bot first: the choice whose name or value is the given text is
        sent, else the text. Refused when a client would not send it, NoAnswer after three seconds.
        """
        chosen = self._chosen(path)
        given = {name: value for name, value in options.items() if value is not None}
        for name in given:
            chosen.option(name)
        check_required(chosen, given)
        resolved = Resolved(self.member, self.channel)
        filled: list[Json] = []
        for name, value in given.items():
            option = chosen.option(name)
            sent = await self._completed(chosen, option, str(value), filled) if option.get("autocomplete") else value
            filled.append(fill(option, sent, resolved))
        data = _command_data(chosen, filled)
        if resolved.data:
            data["resolved"] = resolved.data
        return await self._reply_to(self._command_interaction(chosen, data))

    async def context_menu(self, name: str, target: "Message | Reply | Member | Actor") -> Reply:
        """Use a command of the context menu on a message or a member."""
        self._require_commands()
        resolved = Resolved(self.member, self.channel)
        if isinstance(target, Message | Reply):
            message = target if isinstance(target, Message) else target.message
            kind, number = 3, message.id
            resolved.data["messages"] = {str(number): message.raw}
        else:
            kind, number = 2, int(resolved.add(member_of(target)))
        command = find_command(self.world, self.member, self.channel, name, kind)
        data = {
            "id": command.data["id"],
            "name": name,
            "type": kind,
            "target_id": str(number),
            "resolved": resolved.data,
        }
        interaction = self.world.interactions.new(InteractionKind.COMMAND, self.member, self.channel, data)
        interaction.command_name, interaction.command_kind = name, kind
        return await self._reply_to(interaction)

    async def autocomplete(self, path: str, /, option: str, text: str = "", **others: Option) -> list[Choice]:
        """What the bot offers while `text` stands in the option."""
        chosen = self._chosen(path)
        if not chosen.option(option).get("autocomplete"):
            raise Refused(f"{option!r} of /{chosen.name} has no autocompletion.")
        resolved = Resolved(self.member, self.channel)
        filled = [fill(chosen.option(name), value, resolved) for name, value in others.items() if value is not None]
        return await self._offers(chosen, chosen.option(option), text, filled)

    async def click(self, message: "Message | Reply", button: str) -> Reply:
        """Press a button, by label, emoji or custom id."""
        target = self._reachable(message)
        return await self._reply_to(self._component_interaction(target, pressing.press(target, button)))

    async def choose(self, message: "Message | Reply", select: str, values: "Sequence[str | Target | Actor]") -> Reply:
        """Choose in a select menu, by placeholder or custom id; options by label or value, else objects."""
        target = self._reachable(message)
        resolved = Resolved(self.member, target.channel)
        return await self._reply_to(
            self._component_interaction(target, pressing.choose(target, select, values, resolved))
        )

    async def say(
        self, channel: Channel, text: str, files: Sequence[Upload] = (), reply_to: Message | None = None
    ) -> Message:
        """Write a message."""
        granted = permissions_in(self.member, channel)
        needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        if needed not in granted or (files and Permission.ATTACH_FILES not in granted):
            raise Refused(f"{self.name} may not write in #{channel.name}.")
        if channel.thread is not None and channel.thread.locked and Permission.MANAGE_THREADS not in granted:
            raise Refused(f"#{channel.name} is locked.")
        threads.wake(channel)
        incoming = tuple(IncomingFile(index, file.name, file.content) for index, file in enumerate(files))
        data: Json = {"content": text}
        if reply_to is not None:
            data["message_reference"] = {"channel_id": str(channel.id), "message_id": str(reply_to.id)}
        return Message(messages.post(channel, self.member.user, Body(data, incoming)))

    def delete(self, message: "Message | Reply") -> None:
        """Delete a message: one's own, one only oneself sees, or with the right to manage messages."""
        state = _state(message)
        is_own = state.author is self.member.user or state.ephemeral_for == self.id
        if not is_own and Permission.MANAGE_MESSAGES not in permissions_in(self.member, state.channel):
            raise Refused(f"{self.name} may not delete this message.")
        messages.delete(state)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Close a thread: one's own, or with the right to manage threads; locking needs that right."""
        manages = Permission.MANAGE_THREADS in permissions_in(self.member, thread)
        is_owner = thread.thread is not None and thread.thread.owner_id == self.id
        if not manages and (locked or not is_owner):
            raise Refused(f"{self.name} may not close #{thread.name}.")
        threads.change(thread, archived=True, locked=locked)

    def leaves(self) -> None:
        """Leave the server."""
        self.member.guild.remove_member(self.member)

    async def _reply_to(self, interaction: Interaction) -> Reply:
        await self.send(interaction)
        return Reply(self, interaction)

    def _chosen(self, path: str) -> Chosen:
        self._require_commands()
        return choose(self.world, self.member, self.channel, path)

    def _require_commands(self) -> None:
        if self.channel.is_archived:
            raise Refused(f"#{self.channel.name} is archived: commands cannot be used there.")
        if self.id not in self.member.guild.members:
            raise Refused(f"{self.name} has left the server.")

    def _reachable(self, message: "Message | Reply") -> model.Message:
        state = _state(message)
        if state.deleted or not self.sees(state):
            raise Refused(f"{self.name} does not see this message.")
        if state.channel.is_archived:
            raise Refused(f"#{state.channel.name} is archived: nothing can be pressed there.")
        return state

    def _command_interaction(self, chosen: Chosen, data: Json) -> Interaction:
        interaction = self.world.interactions.new(InteractionKind.COMMAND, self.member, self.channel, data)
        interaction.command_name = chosen.name
        return interaction

    def _component_interaction(self, message: model.Message, data: Json) -> Interaction:
        interaction = self.world.interactions.new(InteractionKind.COMPONENT, self.member, message.channel, data)
        interaction.message = message
        return interaction

    async def _completed(self, chosen: Chosen, option: Json, text: str, filled: list[Json]) -> str | int | float:
        offers = await self._offers(chosen, option, text, filled)
        exact = [offer for offer in offers if text in {offer.name, str(offer.value)}]
        return exact[0].value if exact else text

    async def _offers(self, chosen: Chosen, option: Json, text: str, filled: list[Json]) -> list[Choice]:
        focused: Mapping[str, object] = {"name": option["name"], "type": option["type"], "value": text, "focused": True}
        data = _command_data(chosen, [*filled, dict(focused)])
        interaction = self.world.interactions.new(InteractionKind.AUTOCOMPLETE, self.member, self.channel, data)
        await self.send(interaction)
        if len(interaction.choices) > 25:
            raise Refused(f"{len(interaction.choices)} choices were offered for {option['name']}; 25 are shown.")
        return [Choice(str(one["name"]), one["value"]) for one in interaction.choices]

    def __repr__(self) -> str:
        """Who it is."""
        return f"<Actor {self.name}>"


def _command_data(chosen: Chosen, filled: list[Json]) -> Json:
    command = chosen.command
    data: Json = {"id": command.data["id"], "name": command.data["name"], "type": 1, "options": chosen.nested(filled)}
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    return data


def _state(message: "Message | Reply") -> model.Message:
    return message.state if isinstance(message, Message) else message.message.state
