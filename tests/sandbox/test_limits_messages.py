from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits import MEBIBYTE, Context, FileSize, check_request, form_errors
from tests.sandbox.limit_rules import (
    CALLBACK,
    MESSAGE,
    MESSAGES,
    ORIGINAL,
    THREADS,
    V2,
    WEBHOOK,
    Json,
    Rule,
    button,
    hold,
    letters,
    row,
    told,
    violations,
    words,
)

LONG, BETWEEN, REQUIRED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


def attachments(count: int) -> list[Json]:
    return [{"id": str(1000 + index)} for index in range(count)]


def poll(question: str = "Which?", answers: int = 2, answer: str = "One") -> Json:
    return {
        "poll": {"question": {"text": question}, "answers": [{"poll_media": {"text": answer}} for _ in range(answers)]}
    }


NEW_MESSAGES = (
    Rule("content of 2000", {"content": letters(2000)}, {"content": letters(2001)}, "content", LONG),
    Rule("content is text", {"content": "1"}, {"content": 1}, "content", "STRING_TYPE_CONVERT"),
    Rule("says something", {"content": "."}, {"content": "", "embeds": []}, "", "EMPTY_MESSAGE"),
    Rule("says more than blanks", {"content": " x "}, {"content": " \n "}, "", "EMPTY_MESSAGE"),
    Rule(
        "nonce of 25",
        {"content": ".", "nonce": letters(25)},
        {"content": ".", "nonce": letters(26)},
        "nonce",
        "NONCE_TYPE_TOO_LONG",
    ),
    Rule("knows its fields", {"content": "."}, {"content": ".", "contents": "."}, "contents", "UNKNOWN_FIELD"),
    Rule("three stickers", {"sticker_ids": ["1"] * 3}, {"sticker_ids": ["1"] * 4}, "sticker_ids", LONG),
    Rule(
        "mentions listed or parsed",
        {"content": ".", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
        {"content": ".", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    Rule(
        "hundred mentions",
        {"content": ".", "allowed_mentions": {"users": ["1"] * 100}},
        {"content": ".", "allowed_mentions": {"users": ["1"] * 101}},
        "allowed_mentions.users",
        LONG,
    ),
    Rule("poll question of 300", poll(letters(300)), poll(letters(301)), "poll.question.text", BETWEEN),
    Rule("ten poll answers", poll(answers=10), poll(answers=11), "poll.answers", BETWEEN),
    Rule(
        "poll answer of 55",
        poll(answers=1, answer=letters(55)),
        poll(answers=1, answer=letters(56)),
        "poll.answers.0.poll_media.text",
        BETWEEN,
    ),
    Rule(
        "reply names its message",
        {"content": ".", "message_reference": {"message_id": 5}},
        {"content": ".", "message_reference": {"channel_id": 5}},
        "message_reference.message_id",
        REQUIRED,
    ),
)
V2_MESSAGES = (
    Rule("no content with V2", {"content": None}, {"content": "x"}, "content", LEGACY),
    Rule("not even empty content with V2", {}, {"content": ""}, "content", LEGACY),
    Rule("no embeds with V2", {"embeds": []}, {"embeds": [{"title": "a"}]}, "embeds", LEGACY),
    Rule("no poll with V2", {}, poll(), "poll", LEGACY),
    Rule("no stickers with V2", {"sticker_ids": []}, {"sticker_ids": ["1"]}, "sticker_ids", LEGACY),
    Rule("V2 needs components", {}, {"components": []}, "", "EMPTY_MESSAGE"),
)


@told(NEW_MESSAGES)
def test_a_message_that_just_breaks_a_limit_is_refused(rule: Rule) -> None:
    hold(MESSAGES, rule, lambda body: body)


@told(V2_MESSAGES)
def test_a_message_of_components_v2_holds_nothing_but_components(rule: Rule) -> None:
    def body(more: object) -> object:
        assert isinstance(more, dict)
        return {"flags": V2, "components": [words("Hello")], **more}

    hold(MESSAGES, rule, body)


@given(st.integers(0, 4100))
def test_content_is_measured_in_characters_of_any_plane(length: int) -> None:
    expected = [("", "EMPTY_MESSAGE")] if length == 0 else [("content", LONG)] if length > 2000 else []
    assert violations(MESSAGES, {"content": "😀" * length}) == expected


def test_the_same_limits_hold_wherever_a_message_is_sent() -> None:
    too_long = {"content": letters(2001)}
    assert violations(MESSAGE, too_long) == [("content", LONG)]
    assert violations(WEBHOOK, too_long) == [("content", LONG)]
    assert violations(ORIGINAL, too_long) == [("content", LONG)]
    assert violations(CALLBACK, {"type": 4, "data": too_long}) == [("data.content", LONG)]
    assert violations(CALLBACK, {"type": 7, "data": too_long}) == [("data.content", LONG)]
    assert violations(THREADS, {"name": "a", "message": too_long}) == [("message.content", LONG)]


def test_an_edit_may_leave_out_what_it_does_not_change_but_not_take_everything_away() -> None:
    assert violations(MESSAGE, {"embeds": []}) == []
    cleared: Json = {"content": None, "embeds": [], "components": [], "attachments": []}
    assert violations(MESSAGE, cleared) == [("", "EMPTY_MESSAGE")]
    assert violations(MESSAGE, cleared, [FileSize("a.png", 1)]) == []


def test_a_message_of_components_v2_stays_one() -> None:
    context = Context(is_components_v2=True)
    assert violations(MESSAGE, {"components": [words("New")]}, context=context) == []
    assert violations(MESSAGE, {"content": "back"}, context=context) == [("content", LEGACY)]
    assert violations(MESSAGE, {"flags": 0}, context=context) == [("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG")]


def test_a_message_with_content_becomes_components_v2_only_when_the_content_goes() -> None:
    context = Context(is_components_v2=False, legacy_fields=frozenset({"content"}))
    upgrade: Json = {"flags": V2, "components": [words("New")]}
    assert violations(MESSAGE, upgrade, context=context) == [("content", LEGACY)]
    assert violations(MESSAGE, {**upgrade, "content": None}, context=context) == []


def test_ten_files_may_be_kept_and_ten_may_be_sent() -> None:
    assert violations(MESSAGE, {"attachments": attachments(10)}) == []
    assert violations(MESSAGE, {"attachments": attachments(11)}) == [("attachments", LONG)]
    files = [FileSize(f"{index}.csv", 1) for index in range(11)]
    assert violations(MESSAGES, {}, files[:10]) == []
    assert violations(MESSAGES, {}, files) == [("files", LONG)]


def test_alt_text_has_at_most_1024_characters() -> None:
    for length, expected in ((1024, []), (1025, [("attachments.0.description", LONG)])):
        body = {"attachments": [{"id": 0, "filename": "a.png", "description": letters(length)}]}
        assert violations(MESSAGES, body, [FileSize("a.png", 1)]) == expected


def test_an_attachment_of_a_new_message_needs_its_file() -> None:
    body = {"content": ".", "attachments": [{"id": 0}, {"id": 1}]}
    assert violations(MESSAGES, body, [FileSize("a", 1), FileSize("b", 1)]) == []
    assert violations(MESSAGES, body, [FileSize("a", 1)]) == [("attachments.1.id", "ATTACHMENT_NOT_FOUND")]


@given(st.integers(0, 3 * MEBIBYTE))
def test_a_file_has_at_most_the_size_that_the_server_allows(size: int) -> None:
    context = Context(upload_limit=MEBIBYTE)
    expected = [("files.0", "FILE_TOO_LARGE")] if size > MEBIBYTE else []
    assert violations(MESSAGES, {"content": "."}, [FileSize("a.csv", size)], context) == expected


def test_ten_mebibytes_are_the_default_limit_and_25_that_of_a_request() -> None:
    largest = FileSize("a.csv", 10 * MEBIBYTE)
    assert violations(MESSAGES, {}, [largest]) == []
    assert violations(MESSAGES, {}, [FileSize("a.csv", 10 * MEBIBYTE + 1)]) == [("files.0", "FILE_TOO_LARGE")]
    assert violations(MESSAGES, {}, [largest, largest, FileSize("b", 5 * MEBIBYTE)]) == []
    assert violations(MESSAGES, {}, [largest, largest, FileSize("b", 5 * MEBIBYTE + 1)]) == [
        ("files", "FILE_TOO_LARGE")
    ]


def test_files_are_checked_on_a_route_without_rules_of_its_own() -> None:
    assert violations("POST /guilds/{guild_id}/stickers", None, [FileSize("a", 11 * MEBIBYTE)]) == [
        ("files.0", "FILE_TOO_LARGE")
    ]


def test_violations_nest_as_discord_tells_them() -> None:
    body: Json = {"content": letters(2001), "components": [row(button(label=letters(81)))]}
    found = check_request("POST", MESSAGES, body, [], Context())
    assert form_errors(found) == {
        "content": {"_errors": [{"code": LONG, "message": "Must be 2000 or fewer in length."}]},
        "components": {
            "0": {
                "components": {
                    "0": {"label": {"_errors": [{"code": LONG, "message": "Must be 80 or fewer in length."}]}}
                }
            }
        },
    }


def test_violations_of_one_place_and_of_places_inside_it_stand_together() -> None:
    found = check_request("POST", MESSAGES, {"embeds": [{"title": letters(6100)}]}, [], Context())
    nested = form_errors(found)["embeds"]
    assert isinstance(nested, dict)
    assert sorted(nested) == ["0", "_errors"]
    assert form_errors(check_request("POST", MESSAGES, {}, [], Context())) == {
        "_errors": [{"code": "EMPTY_MESSAGE", "message": "Cannot send an empty message"}]
    }
