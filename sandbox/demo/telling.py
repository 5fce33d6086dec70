"""What every chapter of the story needs: a deed is done over the wire, its answer is awaited, shown and timed."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sandbox.actors import Actor, Message, Reply
from sandbox.demo.data import StoryData
from sandbox.demo.narration import SHOWN_LINES, Narrator
from sandbox.demo.stage import Stage, seen, timed, unescaped

ANSWER_SECONDS: Final = 60.0
RECEIVED: Final = "**Received**"
SCORE: Final = re.compile(r"^## (\d+\.\d+%)$", re.MULTILINE)
RIGHT: Final = re.compile(r"\*\*([\d,]+)\*\* right;")


class StoryBrokenError(Exception):
    """The bot did not do what the story tells; the text says where."""


@dataclass(frozen=True, slots=True)
class ShownScore:
    """A score as a receipt shows it; `right` counts the right items where an item is right or wrong."""

    percent: str
    right: int | None

    def __str__(self) -> str:
        """Both in words."""
        return self.percent if self.right is None else f"{self.right:,} right, {self.percent}"


def read_score(text: str) -> ShownScore | None:
    """The score in a receipt's text, None where it holds none."""
    score, right = SCORE.search(text), RIGHT.search(text)
    if score is None:
        return None
    return ShownScore(score[1], None if right is None else int(right[1].replace(",", "")))


@dataclass(slots=True)
class Outcome:
    """What came of the story: the scores by system and then by file name, and the board."""

    scores: dict[str, dict[str, ShownScore]] = field(default_factory=dict)
    board_text: str = ""
    picture: Path | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Telling:
    """One telling of a story on a stage."""

    stage: Stage
    story: StoryData
    narrator: Narrator
    outcome: Outcome = field(default_factory=Outcome)

    def deed(self, actor: Actor, what: str, *details: tuple[str, str]) -> None:
        """Say what a member does."""
        self.narrator.deed(actor.name, what, *details)

    def show(self, message: Message, where: str, milliseconds: float, *, lines: int = SHOWN_LINES) -> None:
        """Show a message; channels and threads may be new since the last one."""
        self.narrator.names = self.stage.names()
        self.narrator.answer(seen(message), where, milliseconds, lines=lines)

    async def answer(self, actor: Actor, act: Awaitable[Reply], *words: str, lines: int = SHOWN_LINES) -> Reply:
        """Do a deed and show its answer, which must hold `words`."""
        reply, milliseconds = await timed(self.settled(act))
        for word in words:
            if word not in unescaped(reply):
                raise StoryBrokenError(f"Expected an answer with “{word}”, found: {reply.text}")
        self.show_reply(actor, reply, milliseconds, lines=lines)
        return reply

    async def receipt(self, actor: Actor, act: Awaitable[Reply], *, lines: int) -> Reply:
        """Do a deed whose answer is a receipt, and show it once it says more than that the file is received."""
        reply, milliseconds = await timed(self.settled(act, without=RECEIVED))
        self.show_reply(actor, reply, milliseconds, lines=lines)
        return reply

    def show_reply(self, actor: Actor, reply: Reply, milliseconds: float, *, lines: int) -> None:
        """Show an answer and who sees it."""
        where = f"only {actor.name} sees this" if reply.ephemeral else "everyone sees this"
        self.show(reply.message, where, milliseconds, lines=lines)

    async def settled(self, act: Awaitable[Reply], *, without: str | None = None) -> Reply:
        """The answer to a deed when it no longer thinks, and no longer holds what stands there only for a while."""
        reply = await act
        await reply.settled(ANSWER_SECONDS)
        if without is not None and not await self.holds(lambda: without not in reply.text):
            raise StoryBrokenError(f"After {ANSWER_SECONDS:.0f} s the answer still says: {reply.text}")
        return reply

    async def holds(self, condition: Callable[[], bool]) -> bool:
        """Wait until a condition holds; whether it does."""
        return await self.stage.sandbox.world.wait_until(condition, ANSWER_SECONDS)
