"""What the bot shows: a layout of components with its files, as a value that can be compared."""

import hashlib
import io
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ButtonStyle, ui

LONGEST_ALTERNATIVE = 1024
NEUTRAL, GOOD, WARNING, BAD = 0x5865F2, 0x2D9D78, 0xE69F00, 0xD55E00

Part = ui.Item["Still"]


class Still(ui.LayoutView):
    """A layout without callbacks of its own: its buttons carry all they need in their custom_id.

    Saying that it is finished keeps it out of discord.py's store of live views, which would hold each sent message in
    memory for fifteen minutes.
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        super().__init__(timeout=None)
        for part in parts:
            self.add_item(part)

    def payload(self) -> list[dict[str, Any]]:
        """The components as they go over the wire."""
        return [item.to_component_dict() for item in self.children]

    def is_finished(self) -> bool:
        """Whether there is nothing to listen for: always."""
        return True


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a screen; `description` is the text that stands in for a picture."""

    name: str
    content: bytes = field(repr=False)
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of the bot: components and files."""

    view: Still
    files: tuple[Attached, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all that a reader sees: two screens with the same one need no edit between them."""
        digest = hashlib.sha256(json.dumps(self.view.payload(), sort_keys=True).encode())
        for file in self.files:
            digest.update(json.dumps([file.name, file.description, len(file.content)]).encode())
            digest.update(file.content)
        return digest.hexdigest()

    def uploads(self) -> list[discord.File]:
        """The files as discord.py sends them, fresh for each sending."""
        return [
            discord.File(io.BytesIO(file.content), filename=file.name, description=file.description)
            for file in self.files
        ]


def screen(*parts: Part, files: Sequence[Attached] = ()) -> Screen:
    """A message made of these parts."""
    return Screen(Still(parts), tuple(files))


def panel(*parts: Part, colour: int = NEUTRAL) -> ui.Container[Still]:
    """A framed group of parts with a colour at its edge."""
    return ui.Container(*parts, accent_colour=colour)


def text(*lines: str | None) -> ui.TextDisplay[Still]:
    """Lines of text; None leaves a line out."""
    return ui.TextDisplay("\n".join(line for line in lines if line is not None))


def rule() -> ui.Separator[Still]:
    """A thin line between two groups."""
    return ui.Separator()


def row(*buttons: Part) -> ui.ActionRow[Still]:
    """Up to five buttons beside each other, or one menu."""
    return ui.ActionRow(*buttons)


def picture(name: str, alternative_text: str) -> ui.MediaGallery[Still]:
    """An attached picture with the text for those who cannot see it."""
    described = discord.MediaGalleryItem(f"attachment://{name}", description=alternative_text[:LONGEST_ALTERNATIVE])
    return ui.MediaGallery(described)


def attachment(name: str) -> ui.File[Still]:
    """An attached file to download."""
    return ui.File(f"attachment://{name}")


def control_id(verb: str, subject: int) -> str:
    """The custom_id of a button or menu: what it does, and to what. All its state, so that it survives a restart."""
    return f"ts:{verb}:{subject}"


def form_id(verb: str, subject: int) -> str:
    """The custom_id of one opening of a form; the suffix keeps two people's openings apart in discord.py."""
    return f"tf:{verb}:{subject}:{secrets.token_hex(8)}"


def button(label: str, verb: str, subject: int, style: ButtonStyle = ButtonStyle.secondary) -> ui.Button[Still]:
    """A button that does `verb` to `subject`."""
    return ui.Button(label=label, style=style, custom_id=control_id(verb, subject))


def link(label: str, url: str) -> ui.Button[Still]:
    """A button that leads somewhere."""
    return ui.Button(label=label, url=url)


def menu(placeholder: str, verb: str, subject: int, options: list[discord.SelectOption]) -> ui.Select[Any]:
    """A menu of up to 25 things, of which one is chosen."""
    return ui.Select(custom_id=control_id(verb, subject), placeholder=placeholder, options=options)


def channel_url(guild_id: int, channel_id: int) -> str:
    """Where a channel or thread is found."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}"
