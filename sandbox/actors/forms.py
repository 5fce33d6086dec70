"""Forms (modals): their fields as a member sees them, filled in and checked as a client would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandbox.actors.errors import Refused
from sandbox.actors.person import Person
from sandbox.actors.resolving import Resolved, Target
from sandbox.interactions import Interaction, InteractionKind
from sandbox.rendering import walk
from sandbox.uploads import Upload
from sandbox.wire import Json

Value = str | bool | Target | Upload | Sequence[str] | Sequence[Upload] | Sequence[Target] | None

_ROW, _LABEL, _TEXT_DISPLAY = 1, 18, 10
_STRING_SELECT, _TEXT_INPUT, _FILE_UPLOAD, _RADIO_GROUP, _CHECKBOX_GROUP, _CHECKBOX = 3, 4, 19, 21, 22, 23
_KINDS = {
    _TEXT_INPUT: "text",
    _STRING_SELECT: "select",
    5: "user",
    6: "role",
    7: "mentionable",
    8: "channel",
    _FILE_UPLOAD: "file",
    _RADIO_GROUP: "radio",
    _CHECKBOX_GROUP: "checkboxes",
    _CHECKBOX: "checkbox",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what stands beside it, its kind in a word, what it can hold, what it holds already."""

    custom_id: str
    label: str
    description: str | None
    kind: str
    required: bool
    options: tuple[str, ...]
    value: str | bool | tuple[str, ...] | None
    component: Json

    def is_called(self, name: str) -> bool:
        """Whether `name` is its custom id or its label; underscores stand for spaces."""
        wanted = name.replace("_", " ").casefold()
        return name == self.custom_id or wanted in {self.label.casefold(), self.custom_id.replace("_", " ").casefold()}


class Form:
    """A form that the bot opened."""

    def __init__(self, person: Person, opener: Interaction) -> None:
        self._person = person
        self._opener = opener
        self._modal: Json = opener.modal or {}

    @property
    def title(self) -> str:
        """The title."""
        return str(self._modal.get("title", ""))

    @property
    def raw(self) -> Json:
        """Discord's JSON of it."""
        return self._modal

    @property
    def text(self) -> str:
        """The text between the fields."""
        parts = walk(self._modal.get("components", []))
        return "\n".join(str(part["content"]) for part in parts if part.get("type") == _TEXT_DISPLAY)

    @property
    def fields(self) -> list[Field]:
        """The fields in order."""
        found = []
        for part in self._modal.get("components", []):
            if part.get("type") == _LABEL:
                found.append(_field(part["component"], str(part.get("label", "")), part.get("description")))
            if part.get("type") == _ROW:
                found += [_field(child, str(child.get("label") or ""), None) for child in part["components"]]
        return found

    def field(self, name: str) -> Field:
        """The field of that custom id or label; Refused, naming those that exist, when there is none."""
        found = next((field for field in self.fields if field.is_called(name)), None)
        if found is None:
            names = ", ".join(repr(field.label) for field in self.fields)
            raise Refused(f"The form {self.title!r} has no field {name!r}; it has {names}")
        return found

    def filled(self, values: Mapping[str, Value]) -> Interaction:
        """The form as it is sent: fields go by custom id or label, those left out keep what they hold.

        Text inputs take a string; selects a value, label or object, or several; uploads an Upload or several; radio
        groups a value or label; checkboxes a bool. Refused when a client would not send it so.
        """
        given = {self.field(name).custom_id: value for name, value in values.items()}
        resolved = Resolved(self._person.member, self._opener.channel)
        filled = [self._filled(part, given, resolved) for part in self._modal.get("components", [])]
        data: Json = {"custom_id": self._modal["custom_id"], "components": filled}
        if resolved.data:
            data["resolved"] = resolved.data
        interaction = self._person.world.interactions.new(
            InteractionKind.MODAL_SUBMIT, self._person.member, self._opener.channel, data
        )
        interaction.trigger = self._opener
        interaction.message = self._opener.message
        return interaction

    def _filled(self, part: Json, given: Mapping[str, Value], resolved: Resolved) -> Json:
        about: Json = {"type": part["type"], "id": part.get("id", 0)}
        if part["type"] == _LABEL:
            return {**about, "component": _answer(_field(part["component"], str(part["label"]), None), given, resolved)}
        if part["type"] == _ROW:
            fields = [_field(child, str(child.get("label") or ""), None) for child in part["components"]]
            return {**about, "components": [_answer(field, given, resolved) for field in fields]}
        return about


def _field(component: Json, label: str, description: str | None) -> Field:
    kind = int(component["type"])
    options = tuple(str(option["label"]) for option in component.get("options") or [])
    chosen = tuple(str(option["value"]) for option in component.get("options") or [] if option.get("default"))
    held: str | bool | tuple[str, ...] | None = chosen
    if kind == _TEXT_INPUT:
        held = component.get("value")
    if kind == _CHECKBOX:
        held = bool(component.get("default"))
    if kind == _RADIO_GROUP:
        held = chosen[0] if chosen else None
    required = kind != _CHECKBOX and bool(component.get("required", True))
    name = _KINDS.get(kind, "unknown")
    return Field(str(component["custom_id"]), label, description, name, required, options, held, component)


def _answer(field: Field, given: Mapping[str, Value], resolved: Resolved) -> Json:
    value: Value = given.get(field.custom_id, field.value)
    component = field.component
    about: Json = {"type": component["type"], "id": component.get("id", 0), "custom_id": field.custom_id}
    match field.kind:
        case "text":
            return {**about, "value": _checked_text(field, value)}
        case "checkbox":
            return {**about, "value": bool(value)}
        case "radio":
            chosen = [_option(field, one) for one in _several(value)]
            if field.required and not chosen:
                raise Refused(f"{field.label}: choose one.")
            return {**about, "value": chosen[0] if chosen else None}
    if field.kind in {"select", "checkboxes"}:
        values = [_option(field, one) for one in _several(value)]
    else:
        values = [resolved.add(one) for one in _several(value)]
    _check_count(field, len(values))
    return {**about, "values": values}


def _several(value: Value) -> list[str | Target | Upload]:
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return [value]


def _checked_text(field: Field, value: Value) -> str:
    text = "" if value is None else str(value)
    least, most = int(field.component.get("min_length") or 0), int(field.component.get("max_length") or 4000)
    if field.required and not text.strip():
        raise Refused(f"{field.label}: this field is required.")
    if text and not least <= len(text) <= most:
        raise Refused(f"{field.label}: {len(text)} characters; it takes {least} to {most}.")
    return text


def _option(field: Field, wanted: object) -> str:
    for option in field.component.get("options") or []:
        if wanted in {option["value"], option["label"]}:
            return str(option["value"])
    raise Refused(f"{field.label}: no option {wanted!r}; there are {', '.join(field.options)}")


def _check_count(field: Field, count: int) -> None:
    fewest = field.component.get("min_values")
    least = 1 if fewest is None else int(fewest)
    most = int(field.component.get("max_values") or (len(field.options) if field.kind == "checkboxes" else 1))
    if count == 0 and not field.required:
        return
    if not max(least, 1 if field.required else 0) <= count <= most:
        raise Refused(f"{field.label}: {count} chosen; it takes {least} to {most}.")
