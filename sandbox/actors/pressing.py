"""Buttons and select menus as a client finds them in a message."""

from collections.abc import Sequence

from sandbox.actors.errors import Refused
from sandbox.actors.message import label_of
from sandbox.actors.resolving import Resolved
from sandbox.model import Message
from sandbox.rendering import walk
from sandbox.wire import Json

_BUTTON, _STRING_SELECT = 2, 3
_SELECTS = (3, 5, 6, 7, 8)
_LINK_STYLE = 5


def press(message: Message, wanted: str) -> Json:
    """The data of a press; Refused when there is no such button, or it is disabled or a link."""
    buttons = [part for part in walk(message.components) if part.get("type") == _BUTTON]
    button = next((one for one in buttons if wanted in {one.get("custom_id"), label_of(one)}), None)
    if button is None:
        labels = ", ".join(repr(label_of(one)) for one in buttons) or "none"
        raise Refused(f"The message has no button {wanted!r}; it has {labels}")
    if button.get("disabled"):
        raise Refused(f"The button {wanted!r} is disabled.")
    if button.get("style") == _LINK_STYLE or "custom_id" not in button:
        raise Refused(f"The button {wanted!r} is a link to {button.get('url')}.")
    return {"component_type": _BUTTON, "custom_id": button["custom_id"], "id": button["id"]}


def choose(message: Message, wanted: str, values: Sequence[object], resolved: Resolved) -> Json:
    """The data of a choice; Refused when the menu or an option does not exist, or too few or many are chosen."""
    menus = [part for part in walk(message.components) if part.get("type") in _SELECTS]
    menu = next((one for one in menus if wanted in {one.get("custom_id"), one.get("placeholder")}), None)
    if menu is None:
        names = ", ".join(repr(one.get("placeholder") or one["custom_id"]) for one in menus) or "none"
        raise Refused(f"The message has no menu {wanted!r}; it has {names}")
    if menu.get("disabled"):
        raise Refused(f"The menu {wanted!r} is disabled.")
    least, most = int(menu.get("min_values", 1)), int(menu.get("max_values", 1))
    if not least <= len(values) <= most:
        raise Refused(f"{wanted}: {len(values)} chosen; it takes {least} to {most}.")
    if menu["type"] == _STRING_SELECT:
        sent = [_option(menu, one) for one in values]
    else:
        sent = [resolved.add(one) for one in values]
    data: Json = {"component_type": menu["type"], "custom_id": menu["custom_id"], "id": menu["id"], "values": sent}
    return data | ({"resolved": resolved.data} if resolved.data else {})


def _option(menu: Json, wanted: object) -> str:
    for option in menu["options"]:
        if wanted in {option["value"], option["label"]}:
            return str(option["value"])
    labels = ", ".join(str(option["label"]) for option in menu["options"])
    raise Refused(f"The menu has no option {wanted!r}; it has {labels}")
