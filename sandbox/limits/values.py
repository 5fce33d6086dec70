"""What the checker is told and what it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing in a request that Discord refuses.

    `path` leads to it from the top of the body with dots (``components.0.components.1.custom_id``; empty is the body
    itself); `code` and `message` are Discord's own where they are publicly known, otherwise in their manner.
    """

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FileSize:
    """An uploaded file: its name and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the request alone does not tell.

    `is_components_v2` says whether the message that is edited has the flag IS_COMPONENTS_V2 (None: a new message).
    `upload_limit` is the size in bytes that one file may have.
    `attachment_names` are the files that the edited message already has; None means unknown, and then references to
    files that are not in the request are not checked.
    `legacy_fields` are those of content, embeds, poll and sticker_ids that the edited message has now.
    """

    is_components_v2: bool | None = None
    upload_limit: int = 10 * MEBIBYTE
    attachment_names: frozenset[str] | None = None
    legacy_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TopLevelError:
    """An error that has a code of its own in Discord's JSON, instead of 50035 with a path."""

    status: int
    code: int
    message: str


TOP_LEVEL_ERRORS = MappingProxyType(
    {
        "FILE_TOO_LARGE": TopLevelError(413, 40005, "Request entity too large"),
        "EMPTY_MESSAGE": TopLevelError(400, 50006, "Cannot send an empty message"),
        "TOO_MANY_COMMANDS": TopLevelError(400, 30032, "Maximum number of application commands reached (100)."),
    }
)
"""The codes of violations that the wire tells otherwise (discord-api-docs: topics/opcodes-and-status-codes)."""


def form_errors(violations: Iterable[Violation]) -> dict[str, object]:
    """Nest violations as the `errors` object of Discord's error 50035 (discord-api-docs: reference, Error Messages)."""
    root: dict[str, object] = {}
    for violation in violations:
        node = root
        for step in violation.path.split(".") if violation.path else ():
            child = node.setdefault(step, {})
            if isinstance(child, dict):
                node = child
        errors = node.setdefault("_errors", [])
        if isinstance(errors, list):
            errors.append({"code": violation.code, "message": violation.message})
    return root
