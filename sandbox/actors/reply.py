"""What came back when a member did something: a message, or a form to fill in."""

from typing import TYPE_CHECKING

from sandbox.actors.errors import ActorError, NoAnswer
from sandbox.actors.forms import Form
from sandbox.actors.message import File, Message
from sandbox.actors.person import Person
from sandbox.interactions import Interaction, ResponseKind
from sandbox.wire import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.actors.forms import Field, Value


class Reply:
    """The bot's answer to one act: a message, always as it is at this moment, or a form."""

    def __init__(self, person: Person, interaction: Interaction) -> None:
        self._person = person
        self.interaction = interaction
        self._revision = 0 if interaction.original is None else interaction.original.revision

    @property
    def is_form(self) -> bool:
        """Whether the bot opened a form."""
        return self.interaction.modal is not None

    @property
    def form(self) -> "OpenForm":
        """The form; ActorError, with what the bot said, if it answered with a message."""
        if self.interaction.modal is None:
            raise ActorError(f"The bot opened no form but said: {self.text!r}")
        return OpenForm(self._person, self.interaction)

    @property
    def title(self) -> str:
        """The form's title."""
        return self.form.title

    @property
    def fields(self) -> "list[Field]":
        """The form's fields."""
        return self.form.fields

    async def submit(self, values: "Mapping[str, Value] | None" = None, **named: "Value") -> "Reply":
        """Fill in the form and send it; see `Form.filled`."""
        return await self.form.submit(values, **named)

    @property
    def message(self) -> Message:
        """The message that answers: the new one, or the one whose button was pressed."""
        if self.interaction.modal is not None:
            raise ActorError(f"The bot said nothing but opened the form {self.interaction.modal.get('title')!r}")
        if self.interaction.original is None:
            raise ActorError("The bot acknowledged without a message.")
        return Message(self.interaction.original)

    @property
    def id(self) -> int:
        """The message's id."""
        return self.message.id

    @property
    def text(self) -> str:
        """All visible text; the form's title if it is a form."""
        return str(self.interaction.modal.get("title")) if self.interaction.modal is not None else self.message.text

    @property
    def ephemeral(self) -> bool:
        """Whether only this member sees it."""
        return self.message.ephemeral

    @property
    def buttons(self) -> list[str]:
        """The buttons' labels."""
        return self.message.buttons

    @property
    def attachments(self) -> list[File]:
        """The files."""
        return self.message.attachments

    @property
    def embeds(self) -> list[Json]:
        """The embeds' JSON."""
        return self.message.embeds

    @property
    def raw(self) -> Json:
        """Discord's JSON of the message or the form."""
        return self.interaction.modal if self.interaction.modal is not None else self.message.raw

    @property
    def followups(self) -> list[Message]:
        """The further messages, oldest first."""
        return [Message(one) for one in self.interaction.followups]

    async def settled(self, timeout: float = 10.0) -> "Reply":  # noqa: ASYNC109 - the wait is the point
        """Wait until "thinking…" is over, or something followed a silent acknowledgement; else NoAnswer."""
        await self._wait(self._is_settled, timeout, "it is still thinking")
        return self

    def _is_settled(self) -> bool:
        interaction = self.interaction
        if interaction.response is ResponseKind.DEFER_UPDATE:
            edited = interaction.original is not None and interaction.original.revision > self._revision
            return edited or interaction.acts > 1
        return interaction.original is None or not interaction.original.is_loading

    async def until(self, text: str, timeout: float = 10.0) -> "Reply":  # noqa: ASYNC109 - the wait is the point
        """Wait until the message contains `text`; NoAnswer, with what it says instead, if it does not."""
        await self._wait(lambda: text in self.text, timeout, f"{text!r} did not appear")
        return self

    async def followup(self, number: int = 0, timeout: float = 10.0) -> Message:  # noqa: ASYNC109 - the wait is the point
        """Wait for a further message, counted from 0."""
        await self._wait(lambda: len(self.interaction.followups) > number, timeout, "no further message came")
        return self.followups[number]

    async def _wait(self, condition: "Callable[[], bool]", timeout: float, otherwise: str) -> None:  # noqa: ASYNC109 - the wait is the point
        if not await self._person.world.wait_until(condition, timeout):
            said = self.text if self.interaction.original is not None else ""
            raise NoAnswer(f"After {timeout:g} s {otherwise}; the bot's message: {said!r}")

    def __repr__(self) -> str:
        """What the bot said."""
        return f"<Reply {self.text[:120]!r}>"


class OpenForm(Form):
    """A form before the person whom it was opened for."""

    async def submit(self, values: "Mapping[str, Value] | None" = None, **named: "Value") -> Reply:
        """Fill in and send; see `filled` for what the fields take."""
        interaction = self.filled({**(values or {}), **named})
        await self._person.send(interaction)
        return Reply(self._person, interaction)
