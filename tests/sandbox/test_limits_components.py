from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.limit_rules import (
    MESSAGES,
    V2,
    Json,
    Rule,
    button,
    hold,
    letters,
    row,
    select,
    told,
    violations,
    words,
)

LONG, BETWEEN, REQUIRED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
EXCLUSIVE = "BUTTON_COMPONENT_FIELDS_EXCLUSIVE"
WIDE = "COMPONENT_LAYOUT_WIDTH_EXCEEDED"
DUPLICATED = "COMPONENT_CUSTOM_ID_DUPLICATED"
TYPES = "UNION_TYPE_CHOICES"
FIRST = "components.0.components.0"


def link(**more: object) -> Json:
    return {"type": 2, "style": 5, "label": "Open", "url": "https://a.example", **more}


def without(component: Json, name: str) -> Json:
    return {key: value for key, value in component.items() if key != name}


def options(*values: str, **more: object) -> Json:
    return {**select(), "options": [{"label": "a", "value": value} for value in values], **more}


def people(count: int) -> Json:
    return {"type": 5, "custom_id": "a", "default_values": [{"id": "1", "type": "user"}] * count, "max_values": 2}


def option(**more: object) -> Json:
    return {**select(), "options": [{"label": "a", "value": "b", **more}]}


BUTTONS_AND_SELECTS = (
    Rule(
        "custom_id of 100",
        button(custom_id=letters(100)),
        button(custom_id=letters(101)),
        f"{FIRST}.custom_id",
        BETWEEN,
    ),
    Rule("label of 80", button(label=letters(80)), button(label=letters(81)), f"{FIRST}.label", LONG),
    Rule("known style", button(style=4), button(style=7), f"{FIRST}.style", "BASE_TYPE_CHOICES"),
    Rule(
        "custom_id for a click",
        button(),
        without(button(), "custom_id"),
        f"{FIRST}.custom_id",
        "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
    ),
    Rule("no address beside a click", button(), button(url="https://a.example"), f"{FIRST}.url", EXCLUSIVE),
    Rule("address for a link", link(), without(link(), "url"), f"{FIRST}.url", "BUTTON_COMPONENT_URL_REQUIRED"),
    Rule("no custom_id for a link", link(), link(custom_id="a"), f"{FIRST}.custom_id", EXCLUSIVE),
    Rule("link of 512", link(url="https://" + letters(504)), link(url="https://" + letters(505)), f"{FIRST}.url", LONG),
    Rule(
        "link to the web or to Discord",
        link(url="discord://-/channels/1"),
        link(url="javascript://a"),
        f"{FIRST}.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    Rule(
        "premium sells one thing",
        {"type": 2, "style": 6, "sku_id": "5"},
        {"type": 2, "style": 6, "sku_id": "5", "label": "Buy"},
        f"{FIRST}.label",
        EXCLUSIVE,
    ),
    Rule(
        "a label or an emoji",
        without(button(emoji={"name": "✅"}), "label"),
        without(button(), "label"),
        f"{FIRST}.label",
        REQUIRED,
    ),
    Rule("25 options", select(options=25), select(options=26), f"{FIRST}.options", BETWEEN),
    Rule("an option at least", select(options=1), select(options=0), f"{FIRST}.options", BETWEEN),
    Rule(
        "placeholder of 150",
        select(placeholder=letters(150)),
        select(placeholder=letters(151)),
        f"{FIRST}.placeholder",
        LONG,
    ),
    Rule(
        "option label of 100",
        option(label=letters(100)),
        option(label=letters(101)),
        f"{FIRST}.options.0.label",
        BETWEEN,
    ),
    Rule(
        "option value of 100",
        option(value=letters(100)),
        option(value=letters(101)),
        f"{FIRST}.options.0.value",
        BETWEEN,
    ),
    Rule(
        "option description of 100",
        option(description=letters(100)),
        option(description=letters(101)),
        f"{FIRST}.options.0.description",
        LONG,
    ),
    Rule(
        "values differ",
        options("a", "b"),
        options("a", "a"),
        f"{FIRST}.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    Rule(
        "as many options as may be chosen",
        options("a", "b", max_values=2),
        options("a", "b", max_values=3),
        f"{FIRST}.options",
        BETWEEN,
    ),
    Rule(
        "least below most",
        options("a", "b", min_values=1, max_values=1),
        options("a", "b", min_values=2, max_values=1),
        f"{FIRST}.min_values",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "25 may be chosen",
        {"type": 5, "custom_id": "a", "max_values": 25},
        {"type": 5, "custom_id": "a", "max_values": 26},
        f"{FIRST}.max_values",
        "NUMBER_TYPE_MAX",
    ),
    Rule("people that may be chosen", people(2), people(3), f"{FIRST}.default_values", BETWEEN),
    Rule(
        "no more defaults than choices",
        {**option(default=True)},
        {**select(), "options": [{"label": "a", "value": value, "default": True} for value in "ab"]},
        f"{FIRST}.options",
        "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
    ),
    Rule("no text input in a message", button(), {"type": 4, "custom_id": "a", "style": 1}, f"{FIRST}.type", TYPES),
)
LEGACY = (
    Rule(
        "five rows",
        [row(button(index)) for index in range(5)],
        [row(button(index)) for index in range(6)],
        "components",
        LONG,
    ),
    Rule("a button in a row", [row(button())], [row()], "components.0.components", BETWEEN),
    Rule(
        "one select in a row",
        [row(select(0)), row(select(1))],
        [row(select(0), select(1))],
        "components.0.components.1",
        WIDE,
    ),
    Rule(
        "no select beside a button",
        [row(button()), row(select())],
        [row(button(), select())],
        "components.0.components.1",
        WIDE,
    ),
    Rule(
        "no button beside a select",
        [row(select()), row(button())],
        [row(select(), button())],
        "components.0.components.1",
        WIDE,
    ),
    Rule(
        "custom_ids differ",
        [row(button(1), button(2))],
        [row(button(1), button(1))],
        "components.0.components.1.custom_id",
        DUPLICATED,
    ),
    Rule(
        "custom_ids differ across rows",
        [row(button(1)), row(button(2))],
        [row(button(1)), row(button(1, disabled=True))],
        "components.1.components.0.custom_id",
        DUPLICATED,
    ),
    Rule(
        "ids differ",
        [row(button(1, id=1), button(2, id=2))],
        [row(button(1, id=1), button(2, id=1))],
        "components.0.components.1.id",
        "COMPONENT_ID_DUPLICATED",
    ),
    Rule("no text display without the flag", [row(button())], [words("Hello")], "components.0.type", TYPES),
    Rule("buttons stand in rows", [row(button())], [button()], "components.0.type", TYPES),
)


@told(BUTTONS_AND_SELECTS)
def test_a_button_or_select_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(MESSAGES, rule, lambda component: {"content": ".", "components": [{"type": 1, "components": [component]}]})


@told(LEGACY)
def test_rows_that_just_break_a_limit_are_refused(rule: Rule) -> None:
    hold(MESSAGES, rule, lambda components: {"content": ".", "components": components})


@given(st.integers(1, 8), st.booleans())
def test_a_row_is_five_buttons_wide_and_each_that_exceeds_it_is_named(count: int, is_v2: bool) -> None:
    body: Json = {"components": [row(*(button(index) for index in range(count)))], "flags": V2 * is_v2}
    exceeding = [(f"components.0.components.{index}", WIDE) for index in range(5, count)]
    too_many = [("components.0.components", BETWEEN)] if count > 5 else []
    assert violations(MESSAGES, body) == too_many + exceeding
