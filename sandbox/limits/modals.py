"""Modals (discord-api-docs: components/reference, and interactions/receiving-and-responding, Modal)."""

from collections.abc import Iterator

from sandbox.limits.components import (
    ACTION_ROW,
    CHECKBOX,
    CHECKBOX_GROUP,
    CUSTOM_ID,
    FILE_UPLOAD,
    LABEL,
    OPTION_EXTRAS,
    OPTION_FIELDS,
    RADIO_GROUP,
    SELECT_TABLES,
    SELECTS,
    TEXT_DISPLAY,
    TEXT_DISPLAY_TABLE,
    TEXT_INPUT,
    component,
)
from sandbox.limits.layout import choice_problems, identity_problems, walk
from sandbox.limits.schema import (
    Array,
    Boolean,
    Enum,
    Number,
    Object,
    Schema,
    String,
    Union,
    join,
    number,
    objects,
    required,
)
from sandbox.limits.values import Violation

TOP_LEVEL_COMPONENTS = 5

OPTION = Object(OPTION_FIELDS, OPTION_EXTRAS)
TEXT_INPUT_TABLE = component(
    needed={"custom_id": CUSTOM_ID, "style": Enum((1, 2))},
    more={
        "label": String(45, 1),
        "min_length": Number(0, 4000),
        "max_length": Number(1, 4000),
        "required": Boolean(),
        "value": String(4000),
        "placeholder": String(100),
    },
)
LABEL_CHILDREN: dict[int, Schema] = {
    TEXT_INPUT: TEXT_INPUT_TABLE,
    **SELECT_TABLES,
    FILE_UPLOAD: component(
        needed={"custom_id": CUSTOM_ID},
        more={"min_values": Number(0, 10), "max_values": Number(1, 10), "required": Boolean()},
    ),
    RADIO_GROUP: component(
        needed={"custom_id": CUSTOM_ID, "options": Array(OPTION, most=10, least=2)}, more={"required": Boolean()}
    ),
    CHECKBOX_GROUP: component(
        needed={"custom_id": CUSTOM_ID, "options": Array(OPTION, most=10, least=1)},
        more={"min_values": Number(0, 10), "max_values": Number(1, 10), "required": Boolean()},
    ),
    CHECKBOX: component(needed={"custom_id": CUSTOM_ID}, more={"default": Boolean()}),
}
MODAL: Schema = Object(
    {
        "custom_id": CUSTOM_ID,
        "title": String(45, 1),
        "components": Array(
            Union(
                {
                    ACTION_ROW: component(
                        needed={"components": Array(Union({TEXT_INPUT: TEXT_INPUT_TABLE}), most=1, least=1)}
                    ),
                    TEXT_DISPLAY: TEXT_DISPLAY_TABLE,
                    LABEL: component(
                        needed={"label": String(45, 1), "component": Union(LABEL_CHILDREN)},
                        more={"description": String(100, 1)},
                    ),
                }
            ),
            most=TOP_LEVEL_COMPONENTS,
            least=1,
        ),
    }
)


def modal_problems(modal: object, path: str) -> Iterator[Violation]:
    """Yield everything wrong with a modal."""
    yield from MODAL.problems(modal, path)
    components = modal.get("components") if isinstance(modal, dict) else None
    placed = list(walk(components, join(path, "components")))
    yield from identity_problems(placed)
    for place, field in placed:
        yield from _field_problems(field, place)


def _field_problems(field: dict[str, object], path: str) -> Iterator[Violation]:
    kind = field.get("type")
    if kind == ACTION_ROW:
        yield from _unlabelled_problems(field, path)
    if kind in (*SELECTS, FILE_UPLOAD, CHECKBOX_GROUP):
        yield from _required_problems(field, path)
    if kind in (*SELECTS, RADIO_GROUP):
        yield from choice_problems(field, path)
    if kind == CHECKBOX_GROUP:
        most = field.get("max_values") or len(objects(field.get("options")))
        yield from choice_problems({**field, "max_values": most}, path)
    if kind == TEXT_INPUT and number(field.get("min_length"), 0) > number(field.get("max_length"), 4000):
        message = f"int value should be less than or equal to {field['max_length']}."
        yield Violation(join(path, "min_length"), "NUMBER_TYPE_MAX", message)
    if field.get("disabled") is True:
        message = "A modal cannot have disabled components"
        yield Violation(join(path, "disabled"), "MODAL_COMPONENT_DISABLED", message)


def _unlabelled_problems(row: dict[str, object], path: str) -> Iterator[Violation]:
    for index, field in enumerate(objects(row.get("components"))):
        if not field.get("label"):
            yield required(join(path, f"components.{index}.label"))


def _required_problems(field: dict[str, object], path: str) -> Iterator[Violation]:
    if field.get("required") is not False and field.get("min_values") == 0:
        message = "int value should be greater than or equal to 1."
        yield Violation(join(path, "min_values"), "NUMBER_TYPE_MIN", message)
