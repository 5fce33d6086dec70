"""The rules between components, which no table can hold (discord-api-docs: components/reference)."""

from collections.abc import Collection, Iterator

from sandbox.limits.components import (
    ACTION_ROW,
    BUTTON,
    COMPONENTS_OF_MESSAGE,
    FILE,
    LEGACY_LAYOUT,
    MEDIA_GALLERY,
    ROW_WIDTH,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_OF_MESSAGE,
    THUMBNAIL,
    V2_LAYOUT,
)
from sandbox.limits.embeds import WEB, WEB_OR_FILE, scheme_problems
from sandbox.limits.schema import bad_length, indexed, join, number, objects, required, text
from sandbox.limits.values import Violation

Placed = tuple[str, dict[str, object]]

LINK_STYLE = 5
PREMIUM_STYLE = 6
LINK_SCHEMES = (*WEB, "discord")
ATTACHMENT = "attachment://"
MEDIA_FIELD = {THUMBNAIL: "media", FILE: "file"}


def component_problems(
    components: object, path: str, *, is_v2: bool, files: Collection[str] | None = None
) -> Iterator[Violation]:
    """Yield everything wrong with a message's components.

    `files` are the names of the files that the message will have; None leaves references to files unchecked.
    """
    if components is None:
        return
    yield from (V2_LAYOUT if is_v2 else LEGACY_LAYOUT).problems(components, path)
    placed = list(walk(components, path))
    if is_v2:
        yield from _total_problems(placed, path)
        yield from media_problems(placed, files)
    yield from identity_problems(placed)
    for place, component in placed:
        kind = component.get("type")
        if kind == BUTTON:
            yield from _button_problems(component, place)
        elif kind in SELECTS:
            yield from choice_problems(component, place)
        elif kind == ACTION_ROW:
            yield from _row_problems(component, place)


def walk(components: object, path: str) -> Iterator[Placed]:
    """Each component in the order of the message, however deep, with the path that leads to it."""
    for place, component in indexed(components, path):
        yield place, component
        yield from walk(component.get("components"), join(place, "components"))
        for name in ("accessory", "component"):
            child = component.get(name)
            if isinstance(child, dict):
                yield join(place, name), child


def identity_problems(placed: list[Placed]) -> Iterator[Violation]:
    """Yield each custom_id and each id that was used before; an id of 0 counts as none."""
    custom_ids: set[str] = set()
    ids: set[int] = set()
    for place, component in placed:
        custom_id = component.get("custom_id")
        if isinstance(custom_id, str):
            if custom_id in custom_ids:
                message = "Component custom id cannot be duplicated"
                yield Violation(join(place, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
            custom_ids.add(custom_id)
        identity = number(component.get("id"), 0)
        if identity and identity in ids:
            yield Violation(join(place, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
        ids.add(identity)


def choice_problems(component: dict[str, object], path: str) -> Iterator[Violation]:
    """Yield what is wrong between the options of a select or group and how many of them may be chosen."""
    least, most = number(component.get("min_values"), 1), number(component.get("max_values"), 1)
    if "max_values" in component and least > most:
        message = f"int value should be less than or equal to {most}."
        yield Violation(join(path, "min_values"), "NUMBER_TYPE_MAX", message)
    options = objects(component.get("options"))
    yield from _repeated_values(component.get("options"), join(path, "options"))
    if component.get("type") == STRING_SELECT and options and len(options) < max(least, most):
        yield bad_length(join(path, "options"), 25, max(least, most))
    preset = component.get("default_values")
    if isinstance(preset, list) and preset and not least <= len(preset) <= most:
        yield bad_length(join(path, "default_values"), most, least)
    if sum(option.get("default") is True for option in options) > most:
        message = "More options are chosen by default than may be chosen"
        yield Violation(join(path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message)


def media_problems(placed: list[Placed], files: Collection[str] | None) -> Iterator[Violation]:
    """Yield media addresses with a scheme that Discord does not take, and those of files that are not there."""
    for place, holder, schemes in _media(placed):
        address = holder.get("url")
        yield from scheme_problems(address, join(place, "url"), schemes)
        name = text(address).removeprefix(ATTACHMENT)
        if files is not None and text(address).startswith(ATTACHMENT) and name not in files:
            message = f'The referenced attachment "{name}" was not found'
            yield Violation(join(place, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)


def _media(placed: list[Placed]) -> Iterator[tuple[str, dict[str, object], tuple[str, ...]]]:
    for place, component in placed:
        kind = component.get("type")
        items = indexed(component.get("items"), join(place, "items")) if kind == MEDIA_GALLERY else ()
        holders = [(item_place, item, "media") for item_place, item in items]
        if isinstance(kind, int) and kind in MEDIA_FIELD:
            holders.append((place, component, MEDIA_FIELD[kind]))
        for holder_place, holder, name in holders:
            media = holder.get(name)
            if isinstance(media, dict):
                yield join(holder_place, name), media, ("attachment",) if kind == FILE else WEB_OR_FILE


def _total_problems(placed: list[Placed], path: str) -> Iterator[Violation]:
    if len(placed) > COMPONENTS_OF_MESSAGE:
        message = f"Total number of components exceeds the maximum of {COMPONENTS_OF_MESSAGE}"
        yield Violation(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    shown = sum(len(text(component.get("content"))) for _, component in placed if component.get("type") == TEXT_DISPLAY)
    if shown > TEXT_OF_MESSAGE:
        message = f"Components displayable text size exceeds maximum size of {TEXT_OF_MESSAGE}"
        yield Violation(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _button_problems(button: dict[str, object], path: str) -> Iterator[Violation]:
    style = button.get("style")
    needed = {LINK_STYLE: "url", PREMIUM_STYLE: "sku_id"}.get(style if isinstance(style, int) else 0, "custom_id")
    if not button.get(needed):
        words = needed.replace("_", " ")
        yield Violation(join(path, needed), f"BUTTON_COMPONENT_{needed.upper()}_REQUIRED", f"A {words} is required")
    barred = {"custom_id", "url", "sku_id"} - {needed} | ({"label", "emoji"} if style == PREMIUM_STYLE else set())
    for name in sorted(barred):
        if button.get(name):
            message = f"A button of this style cannot have a {name.replace('_', ' ')}"
            yield Violation(join(path, name), "BUTTON_COMPONENT_FIELDS_EXCLUSIVE", message)
    if style == LINK_STYLE:
        yield from scheme_problems(button.get("url"), join(path, "url"), LINK_SCHEMES)
    if style != PREMIUM_STYLE and not text(button.get("label")).strip() and not button.get("emoji"):
        yield required(join(path, "label"))


def _row_problems(row: dict[str, object], path: str) -> Iterator[Violation]:
    width = 0
    for place, component in indexed(row.get("components"), join(path, "components")):
        width += ROW_WIDTH if component.get("type") in SELECTS else 1
        if width > ROW_WIDTH:
            message = "The specified component exceeds the maximum width"
            yield Violation(place, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _repeated_values(options: object, path: str) -> Iterator[Violation]:
    seen: set[str] = set()
    for place, option in indexed(options, path):
        value = option.get("value")
        if isinstance(value, str):
            if value in seen:
                message = "The specified option value is already used"
                yield Violation(join(place, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
            seen.add(value)
