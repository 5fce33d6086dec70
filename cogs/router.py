"""From a custom_id to the code that answers it: buttons, menus and forms keep no state but their custom_id."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, cast

import discord
from discord import ui

from bench.errors import BadInput
from cogs.base import Interaction, guarded
from cogs.forms import FormValues, read_form
from cogs.underway import Underway

LARGEST_ID = 2**63 - 1
CONTROL = re.compile(r"ts:(?P<verb>[a-z]{1,20}):(?P<subject>[0-9]{1,19})")
FORM = re.compile(r"tf:(?P<verb>[a-z]{1,20}):(?P<subject>[0-9]{1,19}):[0-9a-f]{1,32}")

ControlHandler: TypeAlias = Callable[[Interaction, int], Awaitable[None]]
FormHandler: TypeAlias = Callable[[Interaction, int, FormValues], Awaitable[None]]


class Router:
    """Knows who answers which verb. One verb has one handler, so that no two ever answer the same click."""

    def __init__(self, underway: Underway) -> None:
        self._underway = underway
        self._controls: dict[str, ControlHandler] = {}
        self._forms: dict[str, FormHandler] = {}

    def control(self, verb: str, handler: ControlHandler) -> None:
        """Let `handler` answer buttons and menus of this verb."""
        _claim(self._controls, verb, handler)

    def form(self, verb: str, handler: FormHandler) -> None:
        """Let `handler` answer forms of this verb."""
        _claim(self._forms, verb, handler)

    @property
    def verbs(self) -> frozenset[str]:
        """All verbs that some button, menu or form is answered by."""
        return frozenset(self._controls) | frozenset(self._forms)

    async def clicked(self, interaction: Interaction, custom_id: str) -> None:
        """Answer a click or a choice."""
        self._underway.begin()
        await guarded(interaction, self._click(interaction, custom_id))

    async def submitted(self, interaction: Interaction) -> None:
        """Answer a submitted form; discord.py calls this for every interaction of any type."""
        if interaction.type is discord.InteractionType.modal_submit:
            self._underway.begin()
            await guarded(interaction, self._submit(interaction))

    async def _click(self, interaction: Interaction, custom_id: str) -> None:
        verb, subject = _parsed(CONTROL, custom_id)
        await _handler(self._controls, verb)(interaction, subject)

    async def _submit(self, interaction: Interaction) -> None:
        data = cast("dict[str, Any]", interaction.data or {})
        verb, subject = _parsed(FORM, str(data.get("custom_id")))
        await _handler(self._forms, verb)(interaction, subject, read_form(data))


def control_item(router: Router) -> type[ui.DynamicItem[Any]]:
    """The one dynamic item of the bot: every button and menu whose custom_id begins with ``ts:``."""

    class Control(ui.DynamicItem[ui.Item[Any]], template=r"ts:.*"):
        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
        ) -> "Control":
            del interaction, match
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await router.clicked(interaction, self.custom_id)

    return Control


def chosen(interaction: Interaction) -> int:
    """The id that was chosen in a menu."""
    values = cast("dict[str, Any]", interaction.data or {}).get("values") or [""]
    if not re.fullmatch(r"[0-9]{1,19}", str(values[0])) or int(values[0]) > LARGEST_ID:
        raise BadInput("Nothing that exists was chosen; open the list again.")
    return int(values[0])


def _claim(handlers: dict[str, Any], verb: str, handler: object) -> None:
    if verb in handlers:
        raise ValueError(f"two handlers for {verb}")
    handlers[verb] = handler


def _handler(handlers: dict[str, Any], verb: str) -> Any:  # noqa: ANN401 - a control's or a form's handler
    if verb not in handlers:
        raise _outdated()
    return handlers[verb]


def _parsed(template: re.Pattern[str], custom_id: str) -> tuple[str, int]:
    match = template.fullmatch(custom_id)
    if match is None or int(match["subject"]) > LARGEST_ID:
        raise _outdated()
    return match["verb"], int(match["subject"])


def _outdated() -> BadInput:
    return BadInput("This button or form is from another version of the bot; use the command instead (see /help).")
