import asyncio
import logging
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bench.errors import BadInput, WrongState
from bench.model import Item
from storage.database import Database
from storage.deployment import find_fact, record_fact
from storage.publishing import publish_gold
from storage.tasks import add_task, list_tasks
from tests.fixtures.rows import GUILD, NOON, TASK, a_task, set_up


async def test_what_is_written_is_there_after_the_next_start(database_url: str) -> None:
    async with Database.open(database_url) as database:
        await database.write(record_fact, "tree", "abc")
    async with Database.open(database_url) as database:
        assert await database.read(find_fact, "tree") == "abc"


async def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    def write_and_fail(connection: Connection) -> None:
        record_fact(connection, "half", "done")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(write_and_fail)
    assert await database.read(find_fact, "half") is None


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await database.read(record_fact, "a", "b")
    await database.write(record_fact, "a", "c")
    assert await database.read(find_fact, "a") == "c"


async def test_a_read_sees_one_moment_while_others_write(database: Database) -> None:
    await database.write(record_fact, "a", "before")
    loop = asyncio.get_running_loop()
    first_look, written = asyncio.Event(), asyncio.Event()

    async def change() -> None:
        await first_look.wait()
        await database.write(record_fact, "a", "after")
        written.set()

    def look_twice(connection: Connection) -> tuple[str | None, str | None]:
        first = find_fact(connection, "a")
        first_look.set()
        while not written.is_set():
            connection.execute(text("SELECT 1"))
        return first, find_fact(connection, "a")

    change_task = loop.create_task(change())
    assert await database.read(look_twice) == ("before", "before")
    await change_task
    assert await database.read(find_fact, "a") == "after"


async def test_a_hundred_cancellations_leave_nothing_stuck_and_nothing_half_done(database: Database) -> None:
    """Each writes two facts: whoever is cancelled, both are there or neither, and the next one gets through."""
    chance = random.Random(20261123)  # noqa: S311 - the same points at each run

    def write_two(connection: Connection, number: int) -> None:
        record_fact(connection, f"first:{number}", "x")
        connection.execute(text("SELECT 1")).all()
        record_fact(connection, f"second:{number}", "x")

    def facts(connection: Connection) -> set[str]:
        return set(connection.execute(text("SELECT name FROM fact")).scalars())

    began = time.perf_counter()
    for number in range(5):
        await database.write(write_two, -1 - number)
    usual = (time.perf_counter() - began) / 5
    cancelled = 0
    for number in range(100):
        writing = asyncio.ensure_future(database.write(write_two, number))
        await asyncio.sleep(chance.uniform(0, usual))
        cancelled += writing.cancel()
        await asyncio.wait([writing])
        await asyncio.wait_for(database.write(record_fact, "next", "x"), 5)
    names = await database.read(facts)
    halves = {name.split(":")[1] for name in names if name.startswith("first:")}
    assert halves == {name.split(":")[1] for name in names if name.startswith("second:")}
    assert cancelled > 20


async def test_an_error_that_nobody_waits_for_is_logged(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    def fail(connection: Connection) -> None:
        del connection
        raise ZeroDivisionError("late")

    async with Database.open(database_url) as database:
        writing = asyncio.ensure_future(database.write(fail))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
    assert "after its caller had been cancelled" in caplog.text
    assert "ZeroDivisionError: late" in caplog.text
    assert caplog.records[-1].levelno == logging.ERROR


async def test_what_was_begun_goes_to_its_end_when_cancelled_and_closing_waits_for_it(
    database_url: str,
) -> None:
    async with Database.open(database_url) as database:
        writing = [asyncio.ensure_future(database.write(record_fact, f"{number}", "x")) for number in range(20)]
        await asyncio.sleep(0)
        for one in writing:
            one.cancel()
    async with Database.open(database_url) as database:
        count = text("SELECT count(*) FROM fact")
        assert await database.read(lambda connection: connection.execute(count).scalar_one()) == 20


async def test_an_error_of_the_database_does_not_tell_the_gold(database: Database) -> None:
    def refused(connection: Connection) -> None:
        set_up(connection)
        add_task(connection, a_task(thread_id=77))
        canary = (Item("q", "the prompt", ("the canary",)),)
        publish_gold(connection, GUILD, TASK, canary, 1, "First version", NOON)
        publish_gold(connection, GUILD, TASK, (*canary, Item("r", "x", ("b",))), 1, "Second", NOON)
        connection.execute(text("UPDATE gold_answer SET role = :role"), {"role": "the canary"})

    with pytest.raises(IntegrityError) as refusal:
        await database.write(refused)
    assert "the canary" not in str(refusal.value)
    assert "SQL parameters hidden" in str(refusal.value)


async def test_fifty_writers_at_once_all_get_through(database: Database) -> None:
    await database.write(set_up)
    writes = [database.write(add_task, a_task(id=number)) for number in range(1, 51)]
    await asyncio.gather(*writes)
    stored = await database.read(list_tasks, GUILD, limit=100)
    assert [task.id for task in stored] == list(range(50, 0, -1))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "is not an address of a database; expected sqlite"),
        ("mysql://localhost/x", "begins with mysql; expected sqlite"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite+aiosqlite://", "names no file"),
    ],
)
async def test_an_address_that_cannot_be_used_is_refused_in_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        async with Database.open(url):
            pass


async def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(WrongState, match=r"cannot be opened: .*Check that it is there") as refusal:
        async with Database.open("postgresql+asyncpg://bot:hush@127.0.0.1:1/touchstone"):
            pass
    assert "hush" not in str(refusal.value)


async def test_a_file_that_is_no_database_is_told_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_bytes(b"my notes, " * 500)
    with pytest.raises(WrongState, match=r"notes\.db cannot be opened: file is not a database"):
        async with Database.open(f"sqlite+aiosqlite:///{file}"):
            pass
    assert file.read_bytes() == b"my notes, " * 500


async def test_a_second_process_is_refused_the_folder_until_the_first_is_gone(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/touchstone.db"
    hold = (
        "import asyncio, sys; from storage.database import Database\n"
        "async def hold():\n"
        "    async with Database.open(sys.argv[1]):\n"
        "        print('open', flush=True); sys.stdin.readline()\n"
        "asyncio.run(hold())"
    )
    first = subprocess.Popen(  # noqa: ASYNC220 - the other process, which must not be of this loop
        [sys.executable, "-c", hold, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout
    assert first.stdout.readline() == "open\n"
    with pytest.raises(WrongState, match=f"another Touchstone is already running on {tmp_path} .process {first.pid}."):
        async with Database.open(url):
            pass
    first.kill()
    first.wait()
    first.stdout.close()
    async with Database.open(url) as database:
        assert "already" not in (await database.describe()).url


@pytest.mark.parametrize(
    ("ending", "status"),
    [("pass", 0), ("raise SystemExit(3)", 3), ("asyncio.current_task().cancel(); await asyncio.sleep(1)", 1)],
)
def test_a_process_ends_however_it_leaves_the_database(tmp_path: Path, ending: str, status: int) -> None:
    program = (
        "import asyncio, sys; from storage.database import Database\n"
        "from storage.deployment import find_fact\n"
        "async def main():\n"
        "    async with Database.open(sys.argv[1]) as database:\n"
        "        reads = [asyncio.ensure_future(database.read(find_fact, 'a')) for _ in range(9)]\n"
        "        await asyncio.sleep(0.01)\n"
        f"        {ending}\n"
        "asyncio.run(main())"
    )
    url = f"sqlite+aiosqlite:///{tmp_path}/touchstone.db"
    ended = subprocess.run([sys.executable, "-c", program, url], check=False, timeout=20, capture_output=True)
    assert ended.returncode == status


async def test_sqlite_is_set_up_to_survive_the_loss_of_power(tmp_path: Path) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    async with Database.open(f"sqlite+aiosqlite:///{tmp_path}/touchstone.db") as database:
        assert await database.write(pragmas) == ["wal", 2, 1, 5000]
        query_only = "PRAGMA query_only"
        assert await database.read(lambda connection: connection.exec_driver_sql(query_only).scalar_one()) == 1
        report = await database.describe()
        assert report.version == f"SQLite {sqlite3.sqlite_version}"


async def test_a_description_names_version_revision_and_size(database: Database, database_url: str) -> None:
    report = await database.describe()
    assert report.version.startswith("SQLite 3" if "sqlite" in database_url else "PostgreSQL 1")
    assert report.revision is not None
    assert report.size > 50_000
