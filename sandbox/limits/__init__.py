"""Discord's limits, which its OpenAPI document states in part and leaves out in part: checked here without it.

Every limit stands in a table beside the page of discord-api-docs that states it. Nothing here was tried against Discord
itself.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from sandbox.limits.callbacks import callback_problems
from sandbox.limits.commands import command_list_problems, command_problems
from sandbox.limits.files import upload_problems
from sandbox.limits.messages import CHANNEL_MESSAGE, WEBHOOK_MESSAGE, message_problems
from sandbox.limits.threads import CHANNEL_EDIT, THREAD_OF_MESSAGE, thread_problems
from sandbox.limits.values import (
    MEBIBYTE,
    TOP_LEVEL_ERRORS,
    Context,
    FileSize,
    TopLevelError,
    Violation,
    form_errors,
)

__all__ = [
    "MEBIBYTE",
    "TOP_LEVEL_ERRORS",
    "Context",
    "FileSize",
    "TopLevelError",
    "Violation",
    "check_request",
    "form_errors",
]

Body = dict[str, object] | list[object] | None
Check = Callable[[Body, Sequence[FileSize], Context], Iterator[Violation]]

PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def check_request(method: str, route: str, body: Body, files: Sequence[FileSize], context: Context) -> list[Violation]:
    """Find everything in a request that Discord would refuse.

    `route` is a template such as ``/channels/{channel_id}/messages``; a method before it does not matter, nor do the
    names of its parameters. `body` is the JSON, in a multipart request that of `payload_json`. A route without rules of
    its own has only its uploads checked. Codes of TOP_LEVEL_ERRORS are told otherwise on the wire than as 50035.
    """
    path = PLACEHOLDER.sub("{}", route.rpartition(" ")[2]).removesuffix("/").replace("@original", "{}")
    check = CHECKS.get((method.upper(), path))
    found = list(upload_problems(files, context))
    if check is not None:
        found += check(body, files, context)
    return found


def _new_message(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    return message_problems(body, "", files, context, table=CHANNEL_MESSAGE)


def _new_webhook_message(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    return message_problems(body, "", files, context, table=WEBHOOK_MESSAGE)


def _edit(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    return message_problems(body, "", files, context, is_new=False)


def _callback(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    return callback_problems(body, files, context)


def _thread(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    return thread_problems(body, files, context)


def _thread_of_message(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    del files, context
    return THREAD_OF_MESSAGE.problems(body, "")


def _channel_edit(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    del files, context
    return CHANNEL_EDIT.problems(body, "")


def _commands(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    del files, context
    return command_list_problems(body)


def _command(body: Body, files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    del files, context
    return command_problems(body, "")


CHECKS: dict[tuple[str, str], Check] = {
    ("POST", "/channels/{}/messages"): _new_message,
    ("PATCH", "/channels/{}/messages/{}"): _edit,
    ("POST", "/channels/{}/messages/{}/threads"): _thread_of_message,
    ("POST", "/channels/{}/threads"): _thread,
    ("PATCH", "/channels/{}"): _channel_edit,
    ("POST", "/interactions/{}/{}/callback"): _callback,
    ("POST", "/webhooks/{}/{}"): _new_webhook_message,
    ("PATCH", "/webhooks/{}/{}/messages/{}"): _edit,
    ("PUT", "/applications/{}/commands"): _commands,
    ("PUT", "/applications/{}/guilds/{}/commands"): _commands,
    ("POST", "/applications/{}/commands"): _command,
    ("POST", "/applications/{}/guilds/{}/commands"): _command,
}
