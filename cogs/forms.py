"""Forms that survive a restart: what was typed is read from the interaction itself, not from a form kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from discord import ui

from bench.errors import BadInput
from cogs.files import SentFile
from cogs.screens.screen import form_id
from cogs.screens.words import plain

OPEN_FOR_SECONDS = 900
ROW, LABEL = 1, 18
LONGEST_TITLE = LONGEST_LABEL = 45


@dataclass(frozen=True, slots=True)
class FormValues:
    """What a member entered, by the custom_id of the field: texts, ticks, and files."""

    texts: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    files: dict[str, tuple[SentFile, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of a field, empty where nothing was typed."""
        return self.texts.get(name, "")

    def file(self, name: str) -> SentFile:
        """The one file of a field."""
        files = self.files.get(name, ())
        if len(files) != 1:
            raise BadInput("The form came without its file; open it again and choose one file.")
        return files[0]


class Form(ui.Modal):
    """A form whose submission is handled by the router; discord.py's own dispatch of it does nothing."""

    def __init__(self, title: str, verb: str, subject: int, *parts: ui.Item[Any]) -> None:
        super().__init__(title=plain(title, LONGEST_TITLE), custom_id=form_id(verb, subject), timeout=OPEN_FOR_SECONDS)
        for part in parts:
            self.add_item(part)


def labelled(text: str, component: ui.Item[Any], description: str | None = None) -> ui.Label[Form]:
    """A field with its name and, below it, what is expected (at most 100 characters)."""
    return ui.Label(text=text, component=component, description=description)


def read_form(data: Mapping[str, Any]) -> FormValues:
    """The values of a submitted form out of Discord's payload.

    https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
    """
    attachments = (data.get("resolved") or {}).get("attachments") or {}
    values = FormValues()
    for component in _fields(data.get("components") or ()):
        name = str(component.get("custom_id"))
        if "values" in component:
            chosen = (attachments.get(str(key)) for key in component["values"] or ())
            values.files[name] = tuple(SentFile.from_payload(one) for one in chosen if one is not None)
        elif isinstance(component.get("value"), bool):
            values.ticks[name] = component["value"]
        else:
            values.texts[name] = str(component.get("value") or "")
    return values


def _fields(components: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - a JSON payload as it came
    found: list[Mapping[str, Any]] = []
    for component in cast("list[Mapping[str, Any]]", components):
        if component.get("type") == ROW:
            found += _fields(component.get("components") or ())
        elif component.get("type") == LABEL:
            found += _fields([component["component"]])
        elif "custom_id" in component:
            found.append(component)
    return found
