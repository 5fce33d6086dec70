"""What a request and its answer are held against: Discord's limits, and its OpenAPI document if it is there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.errors import DiscordError
from sandbox.interactions import Interaction
from sandbox.journal import Journal
from sandbox.limits import TOP_LEVEL_ERRORS, Context, FileSize, Violation, check_request, form_errors
from sandbox.model import Message
from sandbox.uploads import IncomingFile
from sandbox.wire import snowflake
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.openapi import Document


class Checks:
    """Holds requests and answers against the rules; every breach stands in the journal's `violations`."""

    def __init__(self, world: World, journal: Journal, document: "Document | None") -> None:
        self._world = world
        self._journal = journal
        self._document = document

    def request(
        self,
        route: str,
        path: str,
        ids: Mapping[str, str],
        body: Any,  # noqa: ANN401 - JSON
        files: Sequence[IncomingFile],
    ) -> None:
        """Note a request that breaks a rule; refuse one that breaks a limit (400 50035, 413 40005)."""
        method = route.partition(" ")[0]
        if self._document is not None and body is not None:
            self._note(f"{route}: request", self._document.request_problems(method, path, body))
        sizes = [FileSize(file.name, len(file.content)) for file in files]
        violations = check_request(method, route, body, sizes, self._context(route, ids, body))
        if violations:
            self._note(route, [f"{one.path}: {one.code}: {one.message}" for one in violations])
            raise _refusal(violations)

    def response(self, route: str, path: str, status: int, body: Any) -> None:  # noqa: ANN401 - JSON
        """Note an answer of this stand-in that breaks the document."""
        if self._document is not None:
            method = route.partition(" ")[0]
            self._note(f"{route}: response {status}", self._document.response_problems(method, path, status, body))

    def _note(self, where: str, problems: Sequence[str]) -> None:
        self._journal.violations += [f"{where}: {problem}" for problem in problems]

    def _context(self, route: str, ids: Mapping[str, str], body: Any) -> Context:  # noqa: ANN401 - JSON
        limit = self._upload_limit(ids)
        message = self._edited_message(route, ids, body)
        if message is None:
            return Context(upload_limit=limit)
        present = {"content": message.content, "embeds": message.embeds, "poll": message.poll}
        is_v2 = message.is_components_v2 and not message.is_loading
        return Context(is_v2, limit, legacy_fields=frozenset(name for name, value in present.items() if value))

    def _upload_limit(self, ids: Mapping[str, str]) -> int:
        interaction = self._interaction(ids)
        channel = self._world.channels.get(snowflake(ids.get("channel_id")))
        channel = interaction.channel if interaction is not None else channel
        return Context().upload_limit if channel is None else channel.guild.upload_limit

    def _edited_message(self, route: str, ids: Mapping[str, str], body: Any) -> Message | None:  # noqa: ANN401 - JSON
        if route == "PATCH /channels/{channel_id}/messages/{message_id}":
            channel = self._world.channels.get(snowflake(ids["channel_id"]))
            return None if channel is None else channel.messages.get(snowflake(ids["message_id"]))
        interaction = self._interaction(ids)
        if interaction is None:
            return None
        if route.startswith("PATCH"):
            wanted = snowflake(ids.get("message_id"))
            return interaction.channel.messages.get(wanted, interaction.original)
        is_update = isinstance(body, dict) and body.get("type") == 7
        return interaction.message if is_update else None

    def _interaction(self, ids: Mapping[str, str]) -> Interaction | None:
        token = ids.get("webhook_token") or ids.get("interaction_token")
        return None if token is None else self._world.interactions.peek(token)


def _refusal(violations: Sequence[Violation]) -> DiscordError:
    for one in violations:
        if one.code in TOP_LEVEL_ERRORS:
            error = TOP_LEVEL_ERRORS[one.code]
            return DiscordError(error.status, error.code, error.message)
    return DiscordError(400, 50035, "Invalid Form Body", errors=form_errors(violations))
