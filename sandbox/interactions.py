"""Interactions from the member's act to the end of their tokens: three seconds to answer, fifteen minutes to go on."""

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from sandbox import messages, payloads
from sandbox.errors import (
    DiscordError,
    already_acknowledged,
    invalid_form,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from sandbox.events import Event
from sandbox.messages import Body, Origin
from sandbox.model import Channel, Member, Message, MessageFlag, MessageKind
from sandbox.permissions import permissions_in
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import World

ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0

_KEPT = 20_000


class InteractionKind(IntEnum):
    """Discord's interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class ResponseKind(IntEnum):
    """Discord's types of a first response."""

    PONG = 1
    MESSAGE = 4
    DEFER_MESSAGE = 5
    DEFER_UPDATE = 6
    UPDATE_MESSAGE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True, eq=False)
class Interaction:
    """One act of a member and what the bot has made of it; `acts` counts answers, edits and follow-ups."""

    id: int
    token: str
    kind: InteractionKind
    member: Member
    channel: Channel
    created_at: float
    data: Json
    message: Message | None = None
    command_name: str | None = None
    command_kind: int = 1
    response: ResponseKind | None = None
    original: Message | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    followups: list[Message] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    acts: int = 0
    trigger: "Interaction | None" = None

    def metadata(self) -> Json:
        """The `interaction_metadata` of the messages that answer it."""
        guild = self.channel.guild
        described: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": payloads.user(self.member.user),
            "authorizing_integration_owners": {"0": str(guild.id)},
        }
        if self.kind is InteractionKind.COMMAND:
            described |= {"name": self.command_name, "command_type": self.command_kind}
        if self.kind is InteractionKind.COMPONENT and self.message is not None:
            described["interacted_message_id"] = str(self.message.id)
        if self.kind is InteractionKind.MODAL_SUBMIT and self.trigger is not None:
            described["triggering_interaction_metadata"] = self.trigger.metadata()
        return described


class Interactions:
    """All interactions of this Discord, by id and by token."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def begin(self, interaction: Interaction) -> None:
        """Send INTERACTION_CREATE to the bot."""
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        if len(self._by_id) > _KEPT:
            oldest = self._by_id.pop(next(iter(self._by_id)))
            del self._by_token[oldest.token]
        world, guild = self._world, interaction.channel.guild
        world.publish(Event("INTERACTION_CREATE", payload(interaction), guild, interaction.channel, world.bot.id))

    def new(self, kind: InteractionKind, member: Member, channel: Channel, data: Json) -> Interaction:
        """An interaction that has not been sent yet."""
        world = self._world
        token = secrets.token_urlsafe(48)
        return Interaction(world.snowflakes.next(), token, kind, member, channel, world.clock.now(), data)

    def find(self, interaction_id: int, token: str) -> Interaction:
        """The interaction that may still get its first response; DiscordError 10062 or 40060."""
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise unknown_interaction()
        if interaction.response is not None:
            raise already_acknowledged()
        if self._world.clock.now() - interaction.created_at > ANSWER_SECONDS:
            raise unknown_interaction()
        return interaction

    def peek(self, token: str) -> Interaction | None:
        """The interaction of a token, however old."""
        return self._by_token.get(token)

    def by_token(self, application_id: int, token: str) -> Interaction:
        """The answered interaction that a follow-up belongs to; DiscordError 10015 or 50027."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.response is None or application_id != self._world.application_id:
            raise unknown_webhook()
        if self._world.clock.now() - interaction.created_at > TOKEN_SECONDS:
            raise DiscordError(401, 50027, "Invalid Webhook Token")
        return interaction

    def respond(self, interaction: Interaction, kind: ResponseKind, body: Body) -> Message | None:
        """The first response: the message that it makes or changes, if any."""
        _check_response(interaction, kind)
        message = self._first_message(interaction, kind, body)
        if kind is ResponseKind.MODAL:
            interaction.modal = dict(body.data)
        if kind is ResponseKind.CHOICES:
            interaction.choices = list(body.data.get("choices") or [])
        interaction.response = kind
        interaction.original = message
        interaction.acts += 1
        interaction.answered.set()
        self._world.wake()
        return (
            message if kind in {ResponseKind.MESSAGE, ResponseKind.DEFER_MESSAGE, ResponseKind.UPDATE_MESSAGE} else None
        )

    def _first_message(self, interaction: Interaction, kind: ResponseKind, body: Body) -> Message | None:
        if kind is ResponseKind.MESSAGE:
            return self._post(interaction, body)
        if kind is ResponseKind.DEFER_MESSAGE:
            return self._post(interaction, body, loading=True)
        if kind is ResponseKind.UPDATE_MESSAGE and interaction.message is not None:
            return messages.edit(interaction.message, body)
        return interaction.message

    def follow_up(self, interaction: Interaction, body: Body) -> Message:
        """A further message; the first one after "thinking…" takes its place."""
        interaction.acts += 1
        if interaction.original is not None and interaction.original.is_loading:
            return messages.edit(interaction.original, body)
        message = self._post(interaction, body)
        interaction.followups.append(message)
        self._world.wake()
        return message

    def message_of(self, interaction: Interaction, message_id: str) -> Message:
        """`@original`, or one of the follow-ups; DiscordError 10008 when it is not there."""
        if message_id == "@original":
            found = interaction.original
        else:
            known = [*interaction.followups, interaction.original]
            found = next((one for one in known if one is not None and str(one.id) == message_id), None)
        if found is None or found.deleted:
            raise unknown_message()
        return found

    def edit(self, interaction: Interaction, message: Message, body: Body) -> Message:
        """Edit a message through the interaction's token."""
        interaction.acts += 1
        return messages.edit(message, body)

    def _post(self, interaction: Interaction, body: Body, *, loading: bool = False) -> Message:
        ephemeral = bool(int(body.data.get("flags") or 0) & MessageFlag.EPHEMERAL)
        kinds = {
            1: MessageKind.CHAT_INPUT_COMMAND,
            2: MessageKind.CONTEXT_MENU_COMMAND,
            3: MessageKind.CONTEXT_MENU_COMMAND,
        }
        is_command = interaction.kind is InteractionKind.COMMAND
        origin = Origin(
            kind=kinds[interaction.command_kind] if is_command else MessageKind.DEFAULT,
            ephemeral_for=interaction.member.id if ephemeral else None,
            loading=loading,
            application_id=self._world.application_id,
            interaction=_legacy(interaction) if is_command else None,
            metadata=interaction.metadata(),
        )
        return messages.post(interaction.channel, self._world.bot, body, origin)


def _legacy(interaction: Interaction) -> Json:
    return {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "name": interaction.command_name,
        "user": payloads.user(interaction.member.user),
    }


def _check_response(interaction: Interaction, kind: ResponseKind) -> None:
    if (kind is ResponseKind.CHOICES) != (interaction.kind is InteractionKind.AUTOCOMPLETE):
        raise invalid_form("type", "BASE_TYPE_CHOICES", "This response does not fit the type of the interaction")
    if kind in {ResponseKind.DEFER_UPDATE, ResponseKind.UPDATE_MESSAGE} and interaction.message is None:
        raise invalid_form("type", "BASE_TYPE_CHOICES", "There is no message that the interaction could update")
    if kind is ResponseKind.MODAL and interaction.kind is InteractionKind.MODAL_SUBMIT:
        raise invalid_form("type", "BASE_TYPE_CHOICES", "A modal cannot answer the submission of a modal")


def payload(interaction: Interaction) -> Json:
    """INTERACTION_CREATE as Discord sends it."""
    guild, member, channel = interaction.channel.guild, interaction.member, interaction.channel
    described: Json = {
        "id": str(interaction.id),
        "application_id": str(guild.world.application_id),
        "type": int(interaction.kind),
        "data": interaction.data,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "channel_id": str(channel.id),
        "channel": payloads.partial_channel(channel, member),
        "member": {**payloads.member(member), "permissions": str(int(permissions_in(member, channel)))},
        "token": interaction.token,
        "version": 1,
        "app_permissions": str(int(permissions_in(guild.bot, channel))),
        "locale": member.user.locale,
        "guild_locale": guild.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": str(guild.id)},
        "context": 0,
        "attachment_size_limit": guild.upload_limit,
    }
    if interaction.message is not None:
        described["message"] = payloads.message(interaction.message)
    return described
