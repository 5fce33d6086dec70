"""Threads and channels (discord-api-docs: resources/channel)."""

from collections.abc import Iterator, Sequence

from sandbox.limits.messages import message_problems
from sandbox.limits.schema import Anything, Array, Boolean, Enum, Number, Object, Schema, Snowflake, String
from sandbox.limits.values import Context, FileSize, Violation

APPLIED_TAGS: Schema = Array(Snowflake(), most=5)
NAME = String(100, 1)
THREAD: dict[str, Schema] = {
    "auto_archive_duration": Enum((60, 1440, 4320, 10080)),
    "rate_limit_per_user": Number(0, 21600),
}
FORUM_POST: Schema = Object(
    {"name": NAME, "message": Anything()}, {**THREAD, "applied_tags": APPLIED_TAGS, "type": Enum((11,))}
)
TEXT_THREAD: Schema = Object(
    {"name": NAME}, {**THREAD, "type": Enum((10, 11, 12)), "invitable": Boolean(), "location": Anything()}
)
THREAD_OF_MESSAGE: Schema = Object({"name": NAME}, {**THREAD, "location": Anything()})
CHANNEL_EDIT: Schema = Object(
    optional={
        **THREAD,
        "name": NAME,
        "archived": Boolean(),
        "locked": Boolean(),
        "invitable": Boolean(),
        "flags": Number(0),
        "applied_tags": APPLIED_TAGS,
        "type": Number(0),
        "position": Number(0),
        "topic": String(4096),
        "nsfw": Boolean(),
        "parent_id": Snowflake(),
        "permission_overwrites": Array(Anything(), most=100),
        "available_tags": Array(
            Object(
                {"name": String(20, 1)},
                {"id": Snowflake(), "moderated": Boolean(), "emoji_id": Snowflake(), "emoji_name": String(100)},
            ),
            most=20,
        ),
        "default_auto_archive_duration": THREAD["auto_archive_duration"],
        "default_thread_rate_limit_per_user": Number(0, 21600),
        "default_reaction_emoji": Anything(),
        "default_sort_order": Enum((0, 1)),
        "default_forum_layout": Enum((0, 1, 2)),
    }
)


def thread_problems(body: object, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    """Yield everything wrong with a new thread: a forum's post if it brings a message, else one in a text channel."""
    if not isinstance(body, dict) or "message" not in body:
        yield from TEXT_THREAD.problems(body, "")
        return
    yield from FORUM_POST.problems(body, "")
    yield from message_problems(body["message"], "message", files, context)
