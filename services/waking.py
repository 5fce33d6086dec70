"""Waiting for a moment, or for somebody who says that there may be something to do before it."""

import asyncio
from datetime import timedelta


class Waker:
    """What one loop waits on; a call of `wake` that comes while nobody waits is not lost."""

    def __init__(self) -> None:
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Let the loop look now."""
        self._awake.set()

    async def wait(self, longest: timedelta) -> None:
        """Return when woken or after `longest`, at once where that is past."""
        try:
            async with asyncio.timeout(max(0.0, longest.total_seconds())):
                await self._awake.wait()
        except TimeoutError:
            return
        finally:
            self._awake.clear()
