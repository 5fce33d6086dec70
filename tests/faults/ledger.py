"""What stands in the database of a bot that has stopped, however it stopped."""

import shutil
import sqlite3
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

# The next leader is told ten minutes after the last one at the earliest, so that post may well wait.
OPEN_POSTS = "SELECT key FROM post WHERE (due_at IS NOT NULL OR error IS NOT NULL) AND kind <> 'leader'"
POSTED_NEWS = "SELECT count(*) FROM post WHERE kind IN ('news', 'leader') AND message_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Ledger:
    """`submissions` are (user id, state) by id, `scorecards` their number by submission and gold version.

    `open_jobs` are the jobs that wait or run, `open_posts` the messages that are due or were given up; both by key.
    `news` counts the messages that tell something in the task's thread.
    """

    submissions: dict[int, tuple[int, str]]
    scorecards: Counter[tuple[int, int]]
    open_jobs: set[str]
    open_posts: set[str]
    news: int

    def attempts_of(self, user_id: int) -> int:
        """How many attempts a person has used."""
        return sum(user == user_id and state in {"queued", "scored"} for user, state in self.submissions.values())


def read_ledger(folder: Path) -> Ledger:
    """Read a copy of the database with the WAL that a killed bot leaves: the bot finds its own as it left it."""
    with tempfile.TemporaryDirectory() as name:
        copies = [shutil.copy(file, name) for file in sorted((folder / "data").glob("touchstone.db*"))]
        connection = sqlite3.connect(min(copies, key=len))
        try:
            return _read(connection)
        finally:
            connection.close()


def _read(connection: sqlite3.Connection) -> Ledger:
    def rows(statement: str) -> list[tuple[int | str, ...]]:
        return connection.execute(statement).fetchall()

    return Ledger(
        {int(key): (int(user), str(state)) for key, user, state in rows("SELECT id, user_id, state FROM submission")},
        Counter((int(key), int(gold)) for key, gold in rows("SELECT submission_id, gold_version FROM scorecard")),
        {str(key) for (key,) in rows("SELECT key FROM job WHERE state IN ('queued', 'running')")},
        {str(key) for (key,) in rows(OPEN_POSTS)},
        int(rows(POSTED_NEWS)[0][0]),
    )
