"""What stands in the database of a bot that has stopped, however it stopped."""

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

# The next leader is told ten minutes after the last one at the earliest, so that post may well wait.
OPEN_POSTS = "SELECT key FROM post WHERE (due_at IS NOT NULL OR error IS NOT NULL) AND kind <> 'leader'"
# The items are looked at a while after a score, so that job may well wait too.
OPEN_JOBS = "SELECT key FROM job WHERE state IN ('queued', 'running') AND kind <> 'items'"
POSTED_NEWS = "SELECT count(*) FROM post WHERE kind IN ('news', 'leader') AND message_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class GoldLedger:
    """What is written of the votes: each vote and each event of one as (ballot, user, value), decisions by ballot.

    `decided_versions` has for each decided ballot the gold version that took it in, `versions` are all numbers.
    """

    votes: Counter[tuple[int, int, str]]
    vote_events: Counter[tuple[int, int, str]]
    decisions: Counter[int]
    decided_versions: dict[int, int | None]
    versions: list[int]


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
    """What the submissions and the messages have come to."""
    with _copied(folder) as connection:
        return _read(connection)


@contextmanager
def _copied(folder: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database with the WAL that a killed bot leaves: the bot finds its own as it left it."""
    with tempfile.TemporaryDirectory() as name:
        copies = [shutil.copy(file, name) for file in sorted((folder / "data").glob("touchstone.db*"))]
        with closing(sqlite3.connect(min(copies, key=len))) as connection:
            yield connection


def read_gold_ledger(folder: Path) -> GoldLedger:
    """The same for the votes on gold."""
    with _copied(folder) as connection:
        return _read_gold(connection)


def _read_gold(connection: sqlite3.Connection) -> GoldLedger:
    said = "SELECT ballot_id, user_id, value FROM vote"
    told = "SELECT subject_id, actor_id, json_extract(data, '$.value') FROM event WHERE kind = 'vote'"
    decided = "SELECT id, decided_version FROM ballot WHERE state <> 'open'"
    return GoldLedger(
        Counter((int(ballot), int(user), str(value)) for ballot, user, value in connection.execute(said)),
        Counter((int(ballot), int(user), str(value)) for ballot, user, value in connection.execute(told)),
        Counter(int(one) for (one,) in connection.execute("SELECT subject_id FROM event WHERE kind = 'decision'")),
        {int(ballot): version for ballot, version in connection.execute(decided)},
        [int(one) for (one,) in connection.execute("SELECT version FROM gold_version ORDER BY version")],
    )


def _read(connection: sqlite3.Connection) -> Ledger:
    def rows(statement: str) -> list[tuple[int | str, ...]]:
        return connection.execute(statement).fetchall()

    return Ledger(
        {int(key): (int(user), str(state)) for key, user, state in rows("SELECT id, user_id, state FROM submission")},
        Counter((int(key), int(gold)) for key, gold in rows("SELECT submission_id, gold_version FROM scorecard")),
        {str(key) for (key,) in rows(OPEN_JOBS)},
        {str(key) for (key,) in rows(OPEN_POSTS)},
        int(rows(POSTED_NEWS)[0][0]),
    )
