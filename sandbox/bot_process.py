"""A bot as a process of its own, pointed at the stand-in: started, stopped politely, or killed."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

POLITE_SECONDS = 25.0
BOT_COMMAND = (sys.executable, "-m", "bot")


class BotProcess:
    """One bot process after another with the same settings; what they print goes to one file."""

    def __init__(
        self, environment: Mapping[str, str], log: Path, *, folder: Path, command: Sequence[str] = BOT_COMMAND
    ) -> None:
        self._environment = dict(environment)
        self._command = command
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.log = log

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    async def start(self) -> None:
        """Start it in a session of its own, so that killing it reaches nobody else."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._folder,
                env={**os.environ, **self._environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ended(self) -> int:
        """Wait until it ends by itself; returns its exit code, negative where a signal ended it."""
        return 0 if self._process is None else await self._process.wait()

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end and wait; returns its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        process = self._process
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(number)
        try:
            return await asyncio.wait_for(process.wait(), POLITE_SECONDS)
        except TimeoutError:
            process.kill()
            return await process.wait()

    def words(self) -> str:
        """Everything that it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
