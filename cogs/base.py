"""What every cog shares: who acts, how an answer is given, and the one place that answers errors."""

import logging
import secrets
from collections.abc import Awaitable
from typing import Protocol, TypeAlias, cast

import discord
from discord import app_commands
from discord.ext import commands

from bench.errors import BadInput, TouchstoneError
from bench.model import Actor
from cogs.screens.screen import Screen
from cogs.screens.troubles import failure, trouble
from services.assembly import Services

log = logging.getLogger(__name__)

Interaction: TypeAlias = discord.Interaction[commands.Bot]

UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED = 10062, 40060
THINKING = "thinking"


class Host(Protocol):
    """The bot as the cogs know it."""

    services: Services


def services_of(interaction: Interaction) -> Services:
    """The services of the bot that this interaction came to."""
    return cast("Host", interaction.client).services


def actor_of(interaction: Interaction) -> Actor:
    """The member who acts, with the roles and rights that Discord sent with this very interaction."""
    member = interaction.user
    if interaction.guild_id is None or not isinstance(member, discord.Member):
        raise BadInput("Touchstone works in servers only; use this command in a channel of your server.")
    rights = interaction.permissions
    return Actor(
        interaction.guild_id,
        member.id,
        member.display_name,
        frozenset(role.id for role in member.roles),
        rights.manage_guild or rights.administrator,
        member.joined_at,
    )


async def show(interaction: Interaction, screen: Screen) -> None:
    """Answer with a screen that only this member sees, whatever was answered before."""
    if THINKING in interaction.extras:
        await interaction.edit_original_response(view=screen.view, attachments=screen.uploads())
    elif not interaction.response.is_done():
        await interaction.response.send_message(view=screen.view, files=screen.uploads(), ephemeral=True)
    else:
        await interaction.followup.send(view=screen.view, files=screen.uploads(), ephemeral=True)


async def redraw(interaction: Interaction, screen: Screen) -> None:
    """Answer a click by drawing the very message that was clicked anew."""
    await interaction.response.edit_message(view=screen.view, attachments=screen.uploads())


async def think(interaction: Interaction) -> None:
    """Acknowledge within Discord's three seconds; the answer follows within fifteen minutes.

    Where Discord says that this was done already, an earlier try got through and only its answer was lost, or the
    interaction came twice: the member waits, so the work is done (once: what it writes is recognised by its id).
    """
    try:
        await interaction.response.defer(ephemeral=True, thinking=True)
    except discord.HTTPException as refusal:
        if refusal.code != ALREADY_ACKNOWLEDGED:
            raise
    interaction.extras[THINKING] = True


async def guarded(interaction: Interaction, work: Awaitable[None]) -> None:
    """Do the work; whatever goes wrong in it is answered, and nothing vanishes."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - the last stop before discord.py, which would only log
        await answer_error(interaction, error)


async def answer_error(interaction: Interaction, error: BaseException) -> None:
    """The one place that answers errors: ours in their own words, all others with a reference into the log."""
    cause = root_of(error)
    if isinstance(cause, discord.HTTPException) and cause.code in {UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED}:
        late = "came too late to be answered" if cause.code == UNKNOWN_INTERACTION else "was answered already"
        log.warning("%s %s", _deed(interaction), late)
        return
    if isinstance(cause, TouchstoneError):
        screen = trouble(cause)
    elif isinstance(cause, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
        screen = trouble(BadInput("This command has changed; reload Discord (Ctrl+R) and use it again."))
    else:
        reference = secrets.token_hex(3)
        log.error("Reference %s: %s failed", reference, _deed(interaction), exc_info=cause)
        screen = failure(reference)
    try:
        await show(interaction, screen)
    except discord.HTTPException as refusal:
        log.warning("%s could not be answered: %s", _deed(interaction), refusal)


def root_of(error: BaseException) -> BaseException:
    """The error that a command's or a transformer's wrapping hides."""
    if isinstance(error, app_commands.CommandInvokeError):
        return root_of(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return root_of(error.__cause__)
    return error


def _deed(interaction: Interaction) -> str:
    """What was attempted, without a word of what a member wrote."""
    data = cast("dict[str, object]", interaction.data or {})
    name = data.get("custom_id") or (interaction.command.qualified_name if interaction.command else data.get("name"))
    return f"{interaction.type.name} {name} in guild {interaction.guild_id}"
