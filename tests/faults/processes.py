"""The processes under a bot, as /proc tells of them."""

import asyncio
import os
import signal
from pathlib import Path

PROC = Path("/proc")


def parents() -> dict[int, int]:
    """The parent of every process."""
    found = {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = _fields(stat)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        found[int(stat.parent.name)] = int(fields[1])
    return found


def descendants(pid: int) -> set[int]:
    """All processes below this one."""
    above = parents()
    found: set[int] = set()
    new = {pid}
    while new:
        new = {child for child, parent in above.items() if parent in new} - found
        found |= new
    return found


def workers_of(bot: int) -> set[int]:
    """The worker processes of a bot: the children of its fork server, which carry its name."""
    above = parents()
    return {pid for pid in descendants(bot) if above.get(pid) != bot and b"forkserver" in _command(pid)}


def cpu_ticks(pid: int) -> int:
    """The processor time of a process so far, in ticks of a hundredth of a second; 0 if it is gone."""
    try:
        fields = _fields(PROC / str(pid) / "stat")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[11]) + int(fields[12])


async def kill_a_busy_worker(bot: int, busy_ticks: int, seconds: float = 40) -> None:
    """Kill the first worker that has used so much processor time from now on; TimeoutError if none does."""
    before = {pid: cpu_ticks(pid) for pid in workers_of(bot)}
    async with asyncio.timeout(seconds):
        while True:
            for pid, ticks in before.items():
                if cpu_ticks(pid) - ticks >= busy_ticks:
                    os.kill(pid, signal.SIGKILL)
                    return
            await asyncio.sleep(0.001)


async def ended(pids: set[int], seconds: float = 40) -> None:
    """Wait until none of these processes is there; TimeoutError if one stays."""
    async with asyncio.timeout(seconds):
        while pids & parents().keys():  # noqa: ASYNC110 - the system sends no word of it
            await asyncio.sleep(0.05)


def _command(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _fields(stat: Path) -> list[str]:
    """The fields behind the program's name: state, parent, …; the name itself may hold blanks and brackets."""
    return stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
