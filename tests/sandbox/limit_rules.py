"""What the tests of the limits share: a rule told by a body that just passes and one that just breaks it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import pytest

from sandbox.limits import Context, FileSize, check_request

MESSAGES = "POST /channels/{channel_id}/messages"
MESSAGE = "PATCH /channels/{channel_id}/messages/{message_id}"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "POST /webhooks/{application_id}/{token}"
ORIGINAL = "PATCH /webhooks/{application_id}/{token}/messages/@original"
THREADS = "POST /channels/{channel_id}/threads"
THREAD_OF_MESSAGE = "POST /channels/{channel_id}/messages/{message_id}/threads"
CHANNEL = "PATCH /channels/{channel_id}"
COMMANDS = "PUT /applications/{application_id}/commands"

Json = dict[str, object]
V2 = 1 << 15


@dataclass(frozen=True)
class Rule:
    """`breaks` has exactly the violations (path, code) that `found` lists; `passes`, its neighbour, has none."""

    story: str
    passes: object
    breaks: object
    path: str
    code: str


def violations(
    route: str, body: object, files: Sequence[FileSize] = (), context: Context | None = None
) -> list[tuple[str, str]]:
    """The path and code of each violation."""
    json = cast("Json | list[object] | None", body)
    found = check_request(route.split(maxsplit=1)[0], route, json, files, context or Context())
    return [(violation.path, violation.code) for violation in found]


def told(rules: Sequence[Rule]) -> pytest.MarkDecorator:
    """Run a test once for each rule, under the rule's own story."""
    return pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.story.replace(" ", "_")) for rule in rules])


def hold(route: str, rule: Rule, body: Callable[[object], object]) -> None:
    """Assert the rule for a part of a body, which `body` puts in its place."""
    assert violations(route, body(rule.passes)) == []
    assert violations(route, body(rule.breaks)) == [(rule.path, rule.code)]


def letters(count: int) -> str:
    """A text of so many letters."""
    return "x" * count


def button(number: int = 0, **more: object) -> Json:
    """A button that is all right by itself."""
    return {"type": 2, "style": 1, "label": "Vote", "custom_id": f"vote:{number}", **more}


def select(number: int = 0, *, options: int = 2, **more: object) -> Json:
    """A select menu that is all right by itself."""
    choices = [{"label": f"Option {index}", "value": str(index)} for index in range(options)]
    return {"type": 3, "custom_id": f"choose:{number}", "options": choices, **more}


def row(*components: Json) -> Json:
    """An action row."""
    return {"type": 1, "components": list(components)}


def words(content: str) -> Json:
    """A text display."""
    return {"type": 10, "content": content}
