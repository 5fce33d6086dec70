"""Answers to interactions (discord-api-docs: interactions/receiving-and-responding, Interaction Response Object)."""

from collections.abc import Iterator, Sequence

from sandbox.limits.commands import CHOICE_VALUES, LOCALES
from sandbox.limits.messages import message_problems
from sandbox.limits.modals import modal_problems
from sandbox.limits.schema import Anything, Array, Enum, Map, Number, Object, Schema, String, join, required
from sandbox.limits.values import Context, FileSize, Violation

PONG, MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, AUTOCOMPLETE, MODAL, LAUNCH_ACTIVITY = 1, 4, 5, 6, 7, 8, 9, 12

CALLBACK: Schema = Object(
    {"type": Enum((PONG, MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, AUTOCOMPLETE, MODAL, LAUNCH_ACTIVITY))},
    {"data": Anything()},
)
DEFERRED: Schema = Object(optional={"flags": Number(0)})
SUGGESTIONS: Schema = Object(
    {
        "choices": Array(
            Object(
                {"name": String(100, 1), "value": CHOICE_VALUES},
                {"name_localizations": Map(LOCALES, String(100, 1))},
            ),
            most=25,
        )
    }
)


def callback_problems(body: object, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    """Yield everything wrong with an answer to an interaction; paths begin with ``data`` as Discord's do."""
    yield from CALLBACK.problems(body, "")
    if not isinstance(body, dict):
        return
    data = body.get("data")
    match body.get("type"):
        case 4:
            yield from message_problems(data, "data", files, context)
        case 5:
            yield from DEFERRED.problems(data or {}, "data")
        case 7:
            yield from message_problems(data, "data", files, context, is_new=False)
        case 8:
            yield from SUGGESTIONS.problems(data, "data")
        case 9 if data is None:
            yield required(join("", "data"))
        case 9:
            yield from modal_problems(data, "data")
        case _:
            return
