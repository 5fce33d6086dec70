from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.limit_rules import CALLBACK, COMMANDS, MESSAGE, MESSAGES, THREADS, V2, violations

NAMES = (
    "type",
    "id",
    "url",
    "title",
    "style",
    "value",
    "components",
    "embeds",
    "fields",
    "name",
    "data",
    "options",
    "flags",
    "poll",
    "nonce",
    "accessory",
    "media",
    "items",
    "choices",
    "custom_id",
    "attachments",
    "allowed_mentions",
    "parse",
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES), inner),
)


@given(VALUES)
def test_whatever_nonsense_a_body_holds_the_checker_answers(body: object) -> None:
    for route in (MESSAGES, MESSAGE, CALLBACK, THREADS, COMMANDS):
        violations(route, body)
        violations(route, {"type": 9, "data": body, "embeds": body, "components": body, "flags": V2, "message": body})
        violations(route, [body, {"options": body, "name": body}])
