from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits import Context, FileSize
from tests.sandbox.limit_rules import MESSAGE, MESSAGES, V2, Json, Rule, button, letters, row, told, violations, words

LONG, BETWEEN, REQUIRED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
EXCLUSIVE = "BUTTON_COMPONENT_FIELDS_EXCLUSIVE"
WIDE = "COMPONENT_LAYOUT_WIDTH_EXCEEDED"
DUPLICATED = "COMPONENT_CUSTOM_ID_DUPLICATED"
TYPES = "UNION_TYPE_CHOICES"
FIRST = "components.0.components.0"


def without(component: Json, name: str) -> Json:
    return {key: value for key, value in component.items() if key != name}


def gallery(count: int = 1, **more: object) -> Json:
    return {"type": 12, "items": [{"media": {"url": "https://a.example/b.png"}, **more}] * count}


def section(*texts: str, accessory: Json | None = None) -> Json:
    return {"type": 9, "components": [words(text) for text in texts], "accessory": accessory or button()}


def container(*components: Json, **more: object) -> Json:
    return {"type": 17, "components": list(components), **more}


def file(address: str) -> Json:
    return {"type": 13, "file": {"url": address}}


LAYOUTS = (
    Rule(
        "text of 4000",
        [words(letters(4000))],
        [words(letters(4000)), words("x")],
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    Rule("text says something", [words("x")], [words("")], "components.0.content", BETWEEN),
    Rule(
        "40 components", [words("x")] * 40, [words("x")] * 41, "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"
    ),
    Rule(
        "40 with those inside",
        [container(*[words("x")] * 39)],
        [container(*[words("x")] * 40)],
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    Rule(
        "40 with accessories",
        [section("x", accessory=button(index)) for index in range(13)] + [words("x")],
        [section("x", accessory=button(index)) for index in range(13)] + [words("x")] * 2,
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    Rule(
        "no container in a container",
        [container(words("x"))],
        [container(container(words("x")))],
        "components.0.components.0.type",
        TYPES,
    ),
    Rule(
        "three texts in a section",
        [section("a", "b", "c")],
        [section("a", "b", "c", "d")],
        "components.0.components",
        BETWEEN,
    ),
    Rule(
        "section has an accessory",
        [section("a")],
        [without(section("a"), "accessory")],
        "components.0.accessory",
        REQUIRED,
    ),
    Rule("ten pictures in a gallery", [gallery(10)], [gallery(11)], "components.0.items", BETWEEN),
    Rule(
        "alt text of 1024",
        [gallery(description=letters(1024))],
        [gallery(description=letters(1025))],
        "components.0.items.0.description",
        BETWEEN,
    ),
    Rule(
        "colour of 24 bits",
        [container(words("x"), accent_color=0xFFFFFF)],
        [container(words("x"), accent_color=0x1000000)],
        "components.0.accent_color",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "file was sent",
        [file("attachment://kit.zip")],
        [file("attachment://other.zip")],
        "components.0.file.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    Rule(
        "file is no address",
        [file("attachment://kit.zip")],
        [file("https://a.example/kit.zip")],
        "components.0.file.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    Rule(
        "picture was sent",
        [{"type": 12, "items": [{"media": {"url": "attachment://kit.zip"}}]}],
        [{"type": 12, "items": [{"media": {"url": "attachment://kit"}}]}],
        "components.0.items.0.media.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    Rule(
        "thumbnail from the web",
        [section("a", accessory={"type": 11, "media": {"url": "https://a.example/b"}})],
        [section("a", accessory={"type": 11, "media": {"url": "file://b"}})],
        "components.0.accessory.media.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    Rule(
        "custom_ids differ in depth",
        [row(button(1)), container(row(button(2)))],
        [row(button(1)), container(row(button(1)))],
        "components.1.components.0.components.0.custom_id",
        DUPLICATED,
    ),
    Rule(
        "no label in a message",
        [words("x")],
        [words("x"), {"type": 18, "label": "a", "component": {}}],
        "components.1.type",
        TYPES,
    ),
)


@told(LAYOUTS)
def test_a_layout_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    for components, expected in ((rule.passes, []), (rule.breaks, [(rule.path, rule.code)])):
        body = {"flags": V2, "components": components}
        assert violations(MESSAGES, body, [FileSize("kit.zip", 1)]) == expected


@given(st.lists(st.integers(1, 2100), min_size=1, max_size=10))
def test_all_texts_of_a_message_together_hold_4000_characters(lengths: list[int]) -> None:
    body = {"flags": V2, "components": [words(letters(length)) for length in lengths]}
    expected = [("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED")] if sum(lengths) > 4000 else []
    assert violations(MESSAGES, body) == expected


def test_an_edit_may_show_a_file_that_the_message_has() -> None:
    body = {"components": [file("attachment://old.png")]}
    kept = Context(is_components_v2=True, attachment_names=frozenset({"old.png"}))
    assert violations(MESSAGE, body, context=kept) == []
    unknown = Context(is_components_v2=True)
    assert violations(MESSAGE, body, context=unknown) == []
    gone = Context(is_components_v2=True, attachment_names=frozenset({"new.png"}))
    assert [code for _, code in violations(MESSAGE, body, context=gone)] == [
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
    ]
