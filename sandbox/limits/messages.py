"""Messages: made, edited, or given as an answer (discord-api-docs: resources/message, resources/webhook)."""

from collections.abc import Iterator, Sequence

from sandbox.limits.embeds import embed_problems
from sandbox.limits.files import attachment_problems, names_after
from sandbox.limits.layout import component_problems
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
    join,
    number,
)
from sandbox.limits.values import Context, FileSize, Violation

IS_COMPONENTS_V2 = 1 << 15
NONCE_LENGTH = 25
LEGACY_FIELDS = ("content", "embeds", "poll", "sticker_ids")
SUBSTANCE = ("content", "embeds", "sticker_ids", "components", "poll", "message_reference")

MENTIONS = Object(
    optional={
        "parse": Array(Enum(("users", "roles", "everyone"))),
        "users": Array(Snowflake(), most=100),
        "roles": Array(Snowflake(), most=100),
        "replied_user": Boolean(),
    }
)
POLL_EMOJI = Object(optional={"id": Snowflake(), "name": String(32), "animated": Boolean()})
POLL = Object(
    {
        "question": Object({"text": String(300, 1)}, {"emoji": POLL_EMOJI}),
        "answers": Array(
            Object(
                {"poll_media": Object(optional={"text": String(55, 1), "emoji": POLL_EMOJI})}, {"answer_id": Number()}
            ),
            most=10,
            least=1,
        ),
    },
    {"duration": Number(1, 768), "allow_multiselect": Boolean(), "layout_type": Enum((1,))},
)
SHARED: dict[str, Schema] = {
    "content": String(most=2000),
    "allowed_mentions": MENTIONS,
    "flags": Number(0),
    "tts": Boolean(),
    "poll": POLL,
    "sticker_ids": Array(Snowflake(), most=3),
    **{name: Anything() for name in ("embeds", "components", "attachments")},
}
REFERENCE = Object(
    {"message_id": Snowflake()},
    {"type": Enum((0, 1)), "channel_id": Snowflake(), "guild_id": Snowflake(), "fail_if_not_exists": Boolean()},
)
CHANNEL_MESSAGE = Object(
    optional={**SHARED, "nonce": Anything(), "enforce_nonce": Boolean(), "message_reference": REFERENCE}
)
WEBHOOK_MESSAGE = Object(
    optional={
        **SHARED,
        "username": String(80, 1),
        "avatar_url": String(2048),
        "thread_name": String(100),
        "applied_tags": Array(Snowflake(), most=5),
    }
)
MESSAGE = Object(optional=SHARED)


def message_problems(
    body: object,
    path: str,
    files: Sequence[FileSize],
    context: Context,
    *,
    table: Schema = MESSAGE,
    is_new: bool = True,
) -> Iterator[Violation]:
    """Yield everything wrong with a message; `is_new` is false for an edit, in which a missing field stays as it is."""
    body = {} if body is None else body
    yield from table.problems(body, path)
    if not isinstance(body, dict):
        return
    is_v2 = bool(number(body.get("flags"), 0) & IS_COMPONENTS_V2) or bool(context.is_components_v2)
    known_files = names_after(body, files, context, is_new_message=is_new)
    yield from embed_problems(body.get("embeds"), join(path, "embeds"))
    yield from component_problems(body.get("components"), join(path, "components"), is_v2=is_v2, files=known_files)
    yield from attachment_problems(body.get("attachments"), join(path, "attachments"), files, is_new_message=is_new)
    yield from _mention_problems(body.get("allowed_mentions"), join(path, "allowed_mentions"))
    yield from _nonce_problems(body.get("nonce"), join(path, "nonce"))
    if is_v2:
        yield from _legacy_field_problems(body, path, context)
    if _is_empty(body, files, is_new=is_new, is_v2=is_v2):
        yield Violation(path, "EMPTY_MESSAGE", "Cannot send an empty message")


def _legacy_field_problems(body: dict[str, object], path: str, context: Context) -> Iterator[Violation]:
    for name in LEGACY_FIELDS:
        is_kept = name not in body and name in context.legacy_fields and not context.is_components_v2
        is_set = body.get(name) is not None and body[name] != []
        if is_kept or is_set:
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            yield Violation(join(path, name), code, message)
    if context.is_components_v2 and "flags" in body and not number(body["flags"], 0) & IS_COMPONENTS_V2:
        message = "MessageFlags.IS_COMPONENTS_V2 cannot be removed from a message"
        yield Violation(join(path, "flags"), "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message)


def _mention_problems(mentions: object, path: str) -> Iterator[Violation]:
    if not isinstance(mentions, dict) or not isinstance(mentions.get("parse"), list):
        return
    for name in ("users", "roles"):
        if name in mentions["parse"] and mentions.get(name):
            message = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            yield Violation(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


def _nonce_problems(nonce: object, path: str) -> Iterator[Violation]:
    if nonce is not None and len(str(nonce)) > NONCE_LENGTH:
        yield Violation(path, "NONCE_TYPE_TOO_LONG", f"Nonce must be {NONCE_LENGTH} or fewer in length.")


def _is_empty(body: dict[str, object], files: Sequence[FileSize], *, is_new: bool, is_v2: bool) -> bool:
    """Whether nothing is left to show: a new message says nothing, or an edit takes everything away in words."""
    if is_v2:
        return not body.get("components") and (is_new or "components" in body)
    cleared = ("content", "embeds", "components", "attachments")
    if not is_new and not all(name in body for name in cleared):
        return False
    fields = SUBSTANCE if is_new else cleared
    return not files and not any(_says_something(body.get(name)) for name in fields)


def _says_something(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)
