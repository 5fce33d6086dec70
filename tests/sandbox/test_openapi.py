import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest

from sandbox.openapi import GAPS, VARIABLE, Document, locate, relaxed
from tests.sandbox.limit_rules import Json, button, letters, row
from tests.sandbox.recorded_scenarios import SCENARIOS
from tests.sandbox.recorded_wire import Recorder, recording

ROOT = Path(__file__).resolve().parents[2]
SNOWFLAKE = {"type": "string", "pattern": "^(0|[1-9][0-9]*)$", "format": "snowflake"}
SMALL = {
    "components": {
        "schemas": {
            "ChannelTypes": {"oneOf": [{"const": 15}]},
            "InnerErrors": {"properties": {"_errors": {"items": {}}}},
            "RatelimitedResponse": {"allOf": [{}]},
            "Tag": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 5}}, "required": ["name"]},
            "Button": {"properties": {"type": {"enum": [2]}, "label": {"maxLength": 3}}, "required": ["type"]},
            "Text": {"properties": {"type": {"enum": [10]}, "content": {"maxLength": 3}}, "required": ["content"]},
            "Kind": {"properties": {"kind": {"$ref": "#/components/schemas/ChannelTypes"}, "owner": SNOWFLAKE}},
        },
        "responses": {"Error": {"content": {"application/json": {"schema": {"required": ["code"]}}}}},
    },
    "paths": {
        "/things/{thing_id}": {
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "properties": {
                                    "tag": {"$ref": "#/components/schemas/Tag"},
                                    "kind": {"$ref": "#/components/schemas/Kind"},
                                    "link": {"type": "string", "format": "uri"},
                                    "part": {
                                        "oneOf": [
                                            {"$ref": "#/components/schemas/Button"},
                                            {"$ref": "#/components/schemas/Text"},
                                        ]
                                    },
                                }
                            }
                        }
                    },
                },
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"required": ["id"]}}}},
                    "204": {"description": "nothing to tell"},
                    "4XX": {"$ref": "#/components/responses/Error"},
                },
            },
            "get": {"responses": {"200": {}}},
        },
        "/things/@me": {"post": {"requestBody": {"content": {"application/json": {"schema": False}}}, "responses": {}}},
    },
}


@pytest.fixture
def small(tmp_path: Path) -> Document:
    """A document of a few lines, written for these tests."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(SMALL), encoding="utf-8")
    return Document.load(path)


@pytest.fixture(scope="module")
def discord_document() -> Document:
    path = locate(ROOT)
    if path is None:
        pytest.skip(f"Discord's OpenAPI document is not beside the project; name it in {VARIABLE} to check against it")
    return Document.load(path)


def test_a_body_is_checked_through_references(small: Document) -> None:
    assert small.request_problems("POST", "/things/5", {"tag": {"name": "open"}}) == []
    assert small.request_problems("post", "/things/5?wait=true", {"tag": {"name": "closed"}}) == [
        'tag.name: "closed" is longer than 5 characters'
    ]
    assert small.request_problems("POST", "/things/5", {"tag": {}}) == ['tag: "name" is a required property']


def test_a_body_that_must_be_there_is_missed_and_one_that_must_not_be_is_named(small: Document) -> None:
    assert small.request_problems("POST", "/things/@me", None) == []
    assert small.request_problems("GET", "/things/5", None) == []
    assert small.request_problems("GET", "/things/5", {}) == ["GET /things/{thing_id} takes no body"]


def test_the_literal_path_wins_over_a_parameter(small: Document) -> None:
    assert small.template("/things/@me") == "/things/@me"
    assert small.template("/things/5") == "/things/{thing_id}"
    assert small.template("/things/5/more") is None


def test_an_unknown_operation_is_named(small: Document) -> None:
    assert small.request_problems("POST", "/nothing", {}) == ["POST /nothing is no operation of the document"]
    assert small.request_problems("PUT", "/things/5", {}) == ["PUT /things/5 is no operation of the document"]
    assert small.response_problems("PUT", "/things/5", 200, {}) == ["PUT /things/5 is no operation of the document"]


def test_a_response_is_checked_by_its_status(small: Document) -> None:
    assert small.response_problems("POST", "/things/5", 200, {"id": 1}) == []
    assert small.response_problems("POST", "/things/5", 200, {}) == ['the body: "id" is a required property']
    assert small.response_problems("POST", "/things/5", 404, {}) == ['the body: "code" is a required property']
    assert small.response_problems("POST", "/things/5", 204, None) == []
    assert small.response_problems("POST", "/things/5", 204, {}) == [
        "POST /things/{thing_id} answers 204 without a body"
    ]
    assert small.response_problems("POST", "/things/5", 302, None) == ["POST /things/{thing_id} never answers 302"]
    assert small.response_problems("POST", "/things/5", 502, None) == []


def test_the_document_is_widened_where_it_is_stricter_than_discord(small: Document) -> None:
    for owner in (123456789012345678, "123456789012345678"):
        assert small.request_problems("POST", "/things/5", {"kind": {"owner": owner}}) == []
    assert small.request_problems("POST", "/things/5", {"kind": {"owner": "me"}}) != []
    assert small.request_problems("POST", "/things/5", {"link": "attachment://my board.png"}) == []
    assert relaxed({"oneOf": [{"oneOf": []}]}) == {"anyOf": [{"anyOf": []}]}


def test_gaps_of_the_document_are_filled_and_explained(small: Document) -> None:
    assert small.request_problems("POST", "/things/5", {"kind": {"kind": 16}}) == []
    assert small.request_problems("POST", "/things/5", {"kind": {"kind": 17}}) != []
    assert all(gap.reason for gap in GAPS)


def test_of_a_union_the_branch_that_was_meant_explains_what_is_wrong(small: Document) -> None:
    assert small.request_problems("POST", "/things/5", {"part": {"type": 2, "label": "long"}}) == [
        'part.label: "long" is longer than 3 characters'
    ]
    assert small.request_problems("POST", "/things/5", {"part": {"type": 10, "content": "long"}}) == [
        'part.content: "long" is longer than 3 characters'
    ]


def test_a_long_value_is_quoted_in_part(small: Document) -> None:
    (problem,) = small.request_problems("POST", "/things/5", {"tag": {"name": letters(9000)}})
    assert len(problem) < 300
    assert problem.endswith("is longer than 5 characters")


def test_the_document_is_found_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "main"
    monkeypatch.delenv(VARIABLE, raising=False)
    assert locate(project) is None
    beside = tmp_path / "shared" / "facts" / "discord-openapi.json"
    beside.parent.mkdir(parents=True)
    beside.write_text("{}", encoding="utf-8")
    assert locate(project) == beside
    monkeypatch.setenv(VARIABLE, str(tmp_path / "missing.json"))
    assert locate(project) is None


def test_without_the_validator_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    with pytest.raises(ImportError, match="needs jsonschema-rs; run"):
        Document.load(tmp_path / "openapi.json")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_discord_accepts_what_discord_py_sends(
    scenario: Callable[[Recorder], Awaitable[None]], discord_document: Document
) -> None:
    async with recording() as recorder:
        await scenario(recorder)
    for request in recorder.requests:
        assert discord_document.request_problems(request.method, request.path, request.body) == [], request.route


@pytest.mark.parametrize(
    ("path", "body", "place"),
    [
        ("/channels/1/messages", {"embeds": [{"title": letters(257)}]}, "embeds.0.title"),
        ("/channels/1/messages", {"embeds": [{}] * 11}, "embeds"),
        ("/channels/1/messages", {"components": [row(button(label=letters(81)))]}, "components.0.components.0.label"),
        ("/channels/1/messages", {"components": [row(*[button()] * 6)]}, "components.0.components"),
        ("/channels/1/messages", {"nonce": letters(26)}, "nonce"),
        ("/webhooks/1/token", {"content": letters(2001)}, "content"),
        ("/channels/1/threads", {"name": letters(101)}, "name"),
        (
            "/interactions/1/token/callback",
            {"type": 9, "data": {"title": letters(46), "custom_id": "a", "components": [{"type": 10, "content": "a"}]}},
            "data.title",
        ),
        (
            "/interactions/1/token/callback",
            {"type": 8, "data": {"choices": [{"name": letters(101), "value": "a"}]}},
            "data.choices.0.name",
        ),
    ],
)
def test_discord_refuses_what_is_too_long(path: str, body: Json, place: str, discord_document: Document) -> None:
    (problem,) = discord_document.request_problems("POST", path, body)
    assert problem.startswith(f"{place}: ")


def test_errors_of_forms_and_rate_limits_are_as_discord_tells_them(discord_document: Document) -> None:
    form: Json = {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {"content": {"_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]}},
    }
    limited: Json = {"message": "You are being rate limited.", "retry_after": 1.5, "global": False}
    for status, body in ((400, form), (429, limited), (404, {"code": 10008, "message": "Unknown Message"})):
        assert discord_document.response_problems("POST", "/channels/1/messages", status, body) == []
    assert discord_document.response_problems("POST", "/channels/1/messages", 404, {"message": "Unknown"}) != []


def test_a_response_that_lacks_fields_names_each(discord_document: Document) -> None:
    problems = discord_document.response_problems("POST", "/channels/1/messages", 200, cast("object", {"id": "1"}))
    assert 'the body: "timestamp" is a required property' in problems
    assert 'the body: "id" is a required property' not in problems
