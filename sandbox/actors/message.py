"""A message as a member reads it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox import model, payloads, rendering
from sandbox.actors.person import Person
from sandbox.links import signed_link
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.model import Attachment, Channel

_TEXT_DISPLAY = 10
_BUTTON = 2
_SELECTS = {3, 5, 6, 7, 8}


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message; `url` is a signed link that works now."""

    name: str
    url: str
    description: str | None
    content_type: str | None
    _attachment: "Attachment"

    async def read(self) -> bytes:
        """The file's bytes."""
        return self._attachment.content


class Message:
    """A message in a channel, always as it is at this moment."""

    def __init__(self, state: model.Message) -> None:
        self.state = state

    @property
    def id(self) -> int:
        """The message's id."""
        return self.state.id

    @property
    def channel(self) -> "Channel":
        """Where it stands."""
        return self.state.channel

    @property
    def author(self) -> model.User:
        """Who wrote it."""
        return self.state.author

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone."""
        return self.state.deleted

    @property
    def raw(self) -> Json:
        """Discord's JSON of it."""
        return payloads.message(self.state)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.state.ephemeral_for is not None

    @property
    def is_thinking(self) -> bool:
        """Whether it says that the application is thinking."""
        return self.state.is_loading

    @property
    def pinned(self) -> bool:
        """Whether it is pinned."""
        return self.state.pinned_at is not None

    @property
    def revision(self) -> int:
        """How often it was edited."""
        return self.state.revision

    @property
    def text(self) -> str:
        """All text that is visible: content, embeds and text displays, a line each; not the labels of buttons."""
        lines = [self.state.content]
        for embed in self.state.embeds:
            lines += _embed_lines(embed)
        lines += [str(part["content"]) for part in self.components if part.get("type") == _TEXT_DISPLAY]
        return "\n".join(line for line in lines if line)

    @property
    def embeds(self) -> list[Json]:
        """The embeds' JSON."""
        return rendering.embeds(self.state)

    @property
    def components(self) -> list[Json]:
        """Every component's JSON in the order of reading, those inside others too."""
        return list(rendering.walk(self.state.components))

    @property
    def buttons(self) -> list[str]:
        """The buttons' labels, or their emoji where they have none."""
        return [label_of(part) for part in self.components if part.get("type") == _BUTTON]

    @property
    def enabled_buttons(self) -> list[str]:
        """The labels of the buttons that can be pressed."""
        pressable = [part for part in self.components if part.get("type") == _BUTTON and not part.get("disabled")]
        return [label_of(part) for part in pressable]

    @property
    def selects(self) -> list[str]:
        """The placeholders of the select menus, or their custom ids where they have none."""
        found = [part for part in self.components if part.get("type") in _SELECTS]
        return [str(part.get("placeholder") or part["custom_id"]) for part in found]

    @property
    def attachments(self) -> list[File]:
        """The files, those shown in embeds and components too; a gallery's alternative text is the description."""
        world = self.state.channel.guild.world
        alt = self._alternative_texts()
        return [
            File(one.filename, signed_link(world, one), one.description or alt.get(one.filename), one.content_type, one)
            for one in self.state.attachments
        ]

    def _alternative_texts(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for part in self.components:
            media = part.get("media") or {}
            if part.get("description"):
                texts[str(media.get("url", "")).removeprefix("attachment://")] = str(part["description"])
        return texts

    @property
    def thread(self) -> "Channel | None":
        """The thread that was started from it."""
        return self.state.thread

    def is_visible_to(self, person: Person) -> bool:
        """Whether a member sees it."""
        return person.sees(self.state)

    def __repr__(self) -> str:
        """Who wrote what."""
        return f"<Message {self.id} by {self.author.name}: {self.text[:80]!r}>"


def label_of(button: Json) -> str:
    """What stands on a button."""
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")


def _embed_lines(embed: Json) -> list[str]:
    lines = [str((embed.get("author") or {}).get("name") or ""), str(embed.get("title") or "")]
    lines.append(str(embed.get("description") or ""))
    for field in embed.get("fields") or []:
        lines += [str(field["name"]), str(field["value"])]
    return [*lines, str((embed.get("footer") or {}).get("text") or "")]
