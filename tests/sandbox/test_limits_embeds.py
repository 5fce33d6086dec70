from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.limit_rules import MESSAGES, Rule, hold, letters, told, violations

LONG, REQUIRED, SCHEME = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_REQUIRED", "URL_TYPE_INVALID_SCHEME"
EMBEDS = (
    Rule("ten embeds", [{"title": "a"}] * 10, [{"title": "a"}] * 11, "embeds", LONG),
    Rule("title of 256", [{"title": letters(256)}], [{"title": letters(257)}], "embeds.0.title", LONG),
    Rule("title trimmed", [{"title": " " + letters(256)}], [{"title": " " + letters(257)}], "embeds.0.title", LONG),
    Rule(
        "description of 4096",
        [{"description": letters(4096)}],
        [{"description": letters(4097)}],
        "embeds.0.description",
        LONG,
    ),
    Rule(
        "25 fields",
        [{"fields": [{"name": "n", "value": "v"}] * 25}],
        [{"fields": [{"name": "n", "value": "v"}] * 26}],
        "embeds.0.fields",
        LONG,
    ),
    Rule(
        "field name of 256",
        [{"fields": [{"name": letters(256), "value": "v"}]}],
        [{"fields": [{"name": letters(257), "value": "v"}]}],
        "embeds.0.fields.0.name",
        LONG,
    ),
    Rule(
        "field value of 1024",
        [{"fields": [{"name": "n", "value": letters(1024)}]}],
        [{"fields": [{"name": "n", "value": letters(1025)}]}],
        "embeds.0.fields.0.value",
        LONG,
    ),
    Rule(
        "field has a value",
        [{"fields": [{"name": "n", "value": "v"}]}],
        [{"fields": [{"name": "n", "value": " "}]}],
        "embeds.0.fields.0.value",
        REQUIRED,
    ),
    Rule(
        "footer of 2048",
        [{"footer": {"text": letters(2048)}}],
        [{"footer": {"text": letters(2049)}}],
        "embeds.0.footer.text",
        LONG,
    ),
    Rule(
        "author of 256",
        [{"author": {"name": letters(256)}}],
        [{"author": {"name": letters(257)}}],
        "embeds.0.author.name",
        LONG,
    ),
    Rule(
        "colour of 24 bits",
        [{"title": "a", "color": 0xFFFFFF}],
        [{"title": "a", "color": 0x1000000}],
        "embeds.0.color",
        "NUMBER_TYPE_MAX",
    ),
    Rule(
        "6000 in all",
        [
            {"description": letters(4000), "footer": {"text": letters(1000)}},
            {"title": letters(200)},
            {"fields": [{"name": letters(100), "value": letters(700)}]},
        ],
        [
            {"description": letters(4000), "footer": {"text": letters(1000)}},
            {"title": letters(200)},
            {"fields": [{"name": letters(101), "value": letters(700)}]},
        ],
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    Rule(
        "shows something",
        [{"image": {"url": "https://a.example/b.png"}}],
        [{"color": 1}],
        "embeds.0.description",
        REQUIRED,
    ),
    Rule(
        "image from the web or a file",
        [{"image": {"url": "attachment://board.png"}}],
        [{"image": {"url": "ftp://a.example/b.png"}}],
        "embeds.0.image.url",
        SCHEME,
    ),
    Rule(
        "link to the web only",
        [{"title": "a", "url": "http://a.example"}],
        [{"title": "a", "url": "attachment://board.png"}],
        "embeds.0.url",
        SCHEME,
    ),
    Rule(
        "address has a host",
        [{"title": "a", "url": "https://a.example"}],
        [{"title": "a", "url": "https:///x"}],
        "embeds.0.url",
        "URL_TYPE_INVALID_URL",
    ),
    Rule(
        "no empty icon",
        [{"title": "a", "footer": {"text": "b", "icon_url": "https://a.example/i.png"}}],
        [{"title": "a", "footer": {"text": "b", "icon_url": ""}}],
        "embeds.0.footer.icon_url",
        SCHEME,
    ),
    Rule("embed knows its fields", [{"title": "a"}], [{"title": "a", "colour": 1}], "embeds.0.colour", "UNKNOWN_FIELD"),
)


@told(EMBEDS)
def test_embeds_that_just_break_a_limit_are_refused(rule: Rule) -> None:
    hold(MESSAGES, rule, lambda embeds: {"embeds": embeds})


@given(st.integers(0, 6100), st.integers(0, 10))
def test_all_embeds_together_hold_6000_characters(total: int, spread: int) -> None:
    shares = [total // (spread + 2)] * (spread + 1)
    shares.append(total - sum(shares))
    descriptions = [share for share in shares if 0 < share <= 4096]
    embeds = [{"description": letters(share)} for share in descriptions][:10]
    is_too_much = sum(len(embed["description"]) for embed in embeds) > 6000
    expected = [("embeds", "MAX_EMBED_SIZE_EXCEEDED")] if is_too_much else []
    assert violations(MESSAGES, {"content": ".", "embeds": embeds}) == expected
