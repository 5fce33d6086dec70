"""Uploads (discord-api-docs: reference, Uploading Files; resources/message, Attachment Request Structure)."""

from collections.abc import Iterator, Sequence

from sandbox.limits.schema import Anything, Array, Boolean, Object, Schema, Snowflake, String, bad_length, indexed, join
from sandbox.limits.values import MEBIBYTE, Context, FileSize, Violation

FILES_PER_MESSAGE = 10
REQUEST_LIMIT = 25 * MEBIBYTE

SENT_BACK = ("proxy_url", "url", "size", "height", "width", "content_type", "spoiler", "ephemeral", "flags")
"""What a client echoes of an attachment that it keeps; Discord reads its id only."""

ATTACHMENTS: Schema = Array(
    Object(
        {"id": Snowflake()},
        {
            "filename": String(1024, 1),
            "title": String(1024),
            "description": String(1024),
            "is_spoiler": Boolean(),
            "duration_secs": Anything(),
            "waveform": String(400),
            **{name: Anything() for name in SENT_BACK},
        },
    ),
    most=FILES_PER_MESSAGE,
)


def upload_problems(files: Sequence[FileSize], context: Context) -> Iterator[Violation]:
    """Yield too many files, files that are too large, and a request that is too large as a whole."""
    if len(files) > FILES_PER_MESSAGE:
        yield bad_length("files", FILES_PER_MESSAGE)
    for index, file in enumerate(files):
        if file.size > context.upload_limit:
            message = f"{file.name} has {file.size} bytes, and the limit is {context.upload_limit}."
            yield Violation(f"files.{index}", "FILE_TOO_LARGE", message)
    total = sum(file.size for file in files)
    if total > REQUEST_LIMIT:
        yield Violation("files", "FILE_TOO_LARGE", f"The files have {total} bytes, and the limit is {REQUEST_LIMIT}.")


def attachment_problems(
    attachments: object, path: str, files: Sequence[FileSize], *, is_new_message: bool
) -> Iterator[Violation]:
    """Yield what is wrong with the list of attachments, and entries of a new message for which no file was sent."""
    if attachments is None:
        return
    yield from ATTACHMENTS.problems(attachments, path)
    sent = {str(index) for index in range(len(files))}
    for place, attachment in indexed(attachments, path) if is_new_message else ():
        identity = attachment.get("id")
        if identity is not None and str(identity) not in sent:
            message = f"No file was sent for the attachment {identity}"
            yield Violation(join(place, "id"), "ATTACHMENT_NOT_FOUND", message)


def names_after(
    body: dict[str, object], files: Sequence[FileSize], context: Context, *, is_new_message: bool
) -> frozenset[str] | None:
    """The names of the files that the message will have, or None where that cannot be known."""
    if not is_new_message and context.attachment_names is None:
        return None
    renamed = (attachment.get("filename") for _, attachment in indexed(body.get("attachments"), ""))
    sent = {file.name for file in files} | {name for name in renamed if isinstance(name, str)}
    return frozenset(sent) | (context.attachment_names or frozenset())
