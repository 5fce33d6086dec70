"""Message components: their tables (discord-api-docs: components/reference)."""

from typing import Final

from sandbox.limits.schema import (
    Anything,
    Array,
    Boolean,
    Enum,
    Number,
    Object,
    Schema,
    Snowflake,
    String,
    Union,
)

ACTION_ROW: Final = 1
BUTTON: Final = 2
STRING_SELECT: Final = 3
TEXT_INPUT: Final = 4
USER_SELECT: Final = 5
ROLE_SELECT: Final = 6
MENTIONABLE_SELECT: Final = 7
CHANNEL_SELECT: Final = 8
SECTION: Final = 9
TEXT_DISPLAY: Final = 10
THUMBNAIL: Final = 11
MEDIA_GALLERY: Final = 12
FILE: Final = 13
SEPARATOR: Final = 14
CONTAINER: Final = 17
LABEL: Final = 18
FILE_UPLOAD: Final = 19
RADIO_GROUP: Final = 21
CHECKBOX_GROUP: Final = 22
CHECKBOX: Final = 23

SELECTS: Final = (STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT)

COMPONENTS_OF_MESSAGE: Final = 40
TEXT_OF_MESSAGE: Final = 4000
LEGACY_ROWS: Final = 5
ROW_WIDTH: Final = 5

CUSTOM_ID = String(most=100, least=1)
EMOJI = Object(optional={"id": Snowflake(), "name": String(most=32), "animated": Boolean()})
OPTION_FIELDS: dict[str, Schema] = {"label": String(100, 1), "value": String(100, 1)}
OPTION_EXTRAS: dict[str, Schema] = {"description": String(100), "default": Boolean()}
SELECT_OPTION = Object(OPTION_FIELDS, {**OPTION_EXTRAS, "emoji": EMOJI})
DEFAULT_VALUE = Object({"id": Snowflake(), "type": Enum(("user", "role", "channel"))})
MEDIA_ITEM = Object(
    {"url": String(most=2048)},
    {name: Anything() for name in ("proxy_url", "height", "width", "content_type", "attachment_id", "flags")},
)
ALT_TEXT = String(most=1024, least=1)


def component(*, needed: dict[str, Schema] | None = None, more: dict[str, Schema] | None = None) -> Schema:
    """The table of one component: its fields beside `type` and `id`, which all have."""
    return Object({"type": Anything(), **(needed or {})}, {"id": Number(0, 2**31 - 1), **(more or {})})


def select(*, needed: dict[str, Schema] | None = None, more: dict[str, Schema] | None = None) -> Schema:
    """The table of one kind of select menu."""
    shared: dict[str, Schema] = {
        "placeholder": String(most=150),
        "min_values": Number(0, 25),
        "max_values": Number(1, 25),
        "disabled": Boolean(),
        "required": Boolean(),
    }
    return component(needed={"custom_id": CUSTOM_ID, **(needed or {})}, more={**shared, **(more or {})})


DEFAULTS: dict[str, Schema] = {"default_values": Array(DEFAULT_VALUE, most=25)}
SELECT_TABLES: dict[int, Schema] = {
    STRING_SELECT: select(needed={"options": Array(SELECT_OPTION, most=25, least=1)}),
    USER_SELECT: select(more=DEFAULTS),
    ROLE_SELECT: select(more=DEFAULTS),
    MENTIONABLE_SELECT: select(more=DEFAULTS),
    CHANNEL_SELECT: select(more={**DEFAULTS, "channel_types": Array(Number(0))}),
}
BUTTON_TABLE = component(
    needed={"style": Enum((1, 2, 3, 4, 5, 6))},
    more={
        "custom_id": CUSTOM_ID,
        "label": String(most=80),
        "disabled": Boolean(),
        "url": String(most=512),
        "sku_id": Snowflake(),
        "emoji": EMOJI,
    },
)
TEXT_DISPLAY_TABLE = component(needed={"content": String(most=TEXT_OF_MESSAGE, least=1)})
THUMBNAIL_TABLE = component(needed={"media": MEDIA_ITEM}, more={"description": ALT_TEXT, "spoiler": Boolean()})

ROW_TABLE = component(
    needed={"components": Array(Union({BUTTON: BUTTON_TABLE, **SELECT_TABLES}), most=ROW_WIDTH, least=1)}
)
LEGACY_LAYOUT: Schema = Array(Union({ACTION_ROW: ROW_TABLE}), most=LEGACY_ROWS)

CONTAINER_CHILDREN: dict[int, Schema] = {
    ACTION_ROW: ROW_TABLE,
    SECTION: component(
        needed={
            "components": Array(Union({TEXT_DISPLAY: TEXT_DISPLAY_TABLE}), most=3, least=1),
            "accessory": Union({BUTTON: BUTTON_TABLE, THUMBNAIL: THUMBNAIL_TABLE}),
        }
    ),
    TEXT_DISPLAY: TEXT_DISPLAY_TABLE,
    MEDIA_GALLERY: component(
        needed={
            "items": Array(
                Object({"media": MEDIA_ITEM}, {"description": ALT_TEXT, "spoiler": Boolean()}), most=10, least=1
            )
        }
    ),
    FILE: component(needed={"file": MEDIA_ITEM}, more={"spoiler": Boolean()}),
    SEPARATOR: component(more={"divider": Boolean(), "spacing": Enum((1, 2))}),
}
V2_LAYOUT: Schema = Array(
    Union(
        {
            **CONTAINER_CHILDREN,
            CONTAINER: component(
                needed={"components": Array(Union(CONTAINER_CHILDREN), least=1)},
                more={"accent_color": Number(0, 0xFFFFFF), "spoiler": Boolean()},
            ),
        }
    )
)
