"""The events as one member sees them: what a page in a browser lives from."""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sandbox.events import Event
from sandbox.permissions import permissions_in

if TYPE_CHECKING:
    from sandbox.model import Member
    from sandbox.world import World


class Feed:
    """A stream of events from the moment it is entered: `with sandbox.feed(ada) as events: async for event in events`.

    A member hears of channels that the member sees, and of messages that only this member sees.
    """

    def __init__(self, world: "World", member: "Member | None", *, kept: int = 10_000) -> None:
        self._world = world
        self._member = member
        self._queue: asyncio.Queue[Event] = asyncio.Queue(kept)
        self._stop: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._stop = self._world.listen(self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop listening."""
        if self._stop is not None:
            self._stop()

    def _hear(self, event: Event) -> None:
        if self._is_for_member(event) and not self._queue.full():
            self._queue.put_nowait(event)

    def _is_for_member(self, event: Event) -> bool:
        member = self._member
        if member is None:
            return True
        if event.guild is not member.guild or event.only_for not in {None, member.id}:
            return False
        return event.channel is None or bool(permissions_in(member, event.channel))

    def __aiter__(self) -> AsyncIterator[Event]:
        """The events, without end."""
        return self._events()

    async def _events(self) -> AsyncIterator[Event]:
        while True:
            yield await self._queue.get()
