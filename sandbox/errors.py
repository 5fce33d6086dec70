"""Refusals of Discord's REST API."""

from sandbox.wire import Json


class DiscordError(Exception):
    """A request that Discord refuses: HTTP status, JSON error code and text, and for forms the nested `errors`.

    Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
    """

    def __init__(self, status: int, code: int, message: str, *, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> Json:
        """The answer's JSON."""
        body: Json = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


def unknown_channel() -> DiscordError:
    """404 10003."""
    return DiscordError(404, 10003, "Unknown Channel")


def unknown_guild() -> DiscordError:
    """404 10004."""
    return DiscordError(404, 10004, "Unknown Guild")


def unknown_message() -> DiscordError:
    """404 10008."""
    return DiscordError(404, 10008, "Unknown Message")


def unknown_member() -> DiscordError:
    """404 10007."""
    return DiscordError(404, 10007, "Unknown Member")


def unknown_role() -> DiscordError:
    """404 10011."""
    return DiscordError(404, 10011, "Unknown Role")


def unknown_webhook() -> DiscordError:
    """404 10015: also what a follow-up before the first response gets."""
    return DiscordError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> DiscordError:
    """404 10062: never existed, or its three seconds are over."""
    return DiscordError(404, 10062, "Unknown interaction")


def unknown_command() -> DiscordError:
    """404 10063."""
    return DiscordError(404, 10063, "Unknown application command")


def already_acknowledged() -> DiscordError:
    """400 40060."""
    return DiscordError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> DiscordError:
    """403 50001: the channel cannot be seen."""
    return DiscordError(403, 50001, "Missing Access")


def missing_permissions() -> DiscordError:
    """403 50013."""
    return DiscordError(403, 50013, "Missing Permissions")


def not_the_author() -> DiscordError:
    """403 50005."""
    return DiscordError(403, 50005, "Cannot edit a message authored by another user")


def thread_archived() -> DiscordError:
    """400 50083."""
    return DiscordError(400, 50083, "Thread is archived")


def invalid_form(field: str, code: str, message: str) -> DiscordError:
    """400 50035 with one wrong field, named by its path (`data.components.0`)."""
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(field.split(".")):
        errors = {part: errors}
    return DiscordError(400, 50035, "Invalid Form Body", errors=errors)
