"""One process per data folder: a second one would write beside the first and could damage a SQLite file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.errors import WrongState

LOCK_NAME = "touchstone.lock"


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Hold the folder, which is made if it is missing, until the end; the system frees it when the process dies."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK_NAME).open("a+")
    except OSError as error:
        raise WrongState(f"The data folder {folder} cannot be used: {error.strerror}. Make it writable.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise WrongState(
                f"another Touchstone is already running on {folder} (process {holder}). Stop it first, "
                "or give this one another folder in DATABASE_URL."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
