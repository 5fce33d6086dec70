import asyncio
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bench.errors import WrongState
from storage.database import Database
from storage.gold import get_gold
from storage.maintenance import copy_sqlite
from storage.submissions import get_content
from storage.tasks import add_task, list_tasks
from tests.fixtures.rows import GUILD, NOON, TASK, a_task, some_items, with_submission


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/live/touchstone.db"


def unfinished_in(folder: Path) -> list[Path]:
    return list(folder.glob("copy.db.*"))


async def test_a_backup_is_dated_checked_and_opens_with_everything_in_it(url: str, tmp_path: Path) -> None:
    async with Database.open(url) as database:
        await with_submission(database)
        copy = await database.backup(tmp_path, NOON)
    assert copy == tmp_path / "touchstone-2026-11-23-120000.db"
    restored = tmp_path / "restored" / "touchstone.db"
    restored.parent.mkdir()
    copy.rename(restored)
    async with Database.open(f"sqlite+aiosqlite:///{restored}") as database:
        assert (await database.read(get_gold, GUILD, TASK)).items == some_items()
        assert await database.read(get_content, GUILD, 5_000) == b"id,output\n"


async def test_a_backup_in_the_midst_of_writing_holds_whole_transactions(url: str, tmp_path: Path) -> None:
    async with Database.open(url) as database:
        await with_submission(database)
        writing = [asyncio.ensure_future(database.write(add_task, a_task(id=number))) for number in range(1, 200)]
        await writing[20]
        copy = await database.backup(tmp_path / "copy.db", NOON)
        await asyncio.gather(*writing)
    async with Database.open(f"sqlite+aiosqlite:///{copy}") as database:
        copied = await database.read(list_tasks, GUILD, limit=1000)
    assert 21 < len(copied) <= 200
    assert unfinished_in(tmp_path) == []


async def test_a_backup_overwrites_nothing(url: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("precious")
    async with Database.open(url) as database:
        with pytest.raises(WrongState, match=r"kept\.db exists already and is not overwritten"):
            await database.backup(kept, NOON)
    assert kept.read_text() == "precious"


async def test_a_damaged_database_gives_no_backup(url: str, tmp_path: Path) -> None:
    async with Database.open(url) as database:
        await with_submission(database)
    file = tmp_path / "live" / "touchstone.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 :] = b"\xa5" * len(content[4096 * 3 :])
    file.write_bytes(content)
    with pytest.raises(WrongState, match=r"could not be copied: .* the database is damaged"):
        copy_sqlite(make_url(url), tmp_path / "copy.db", NOON)
    assert unfinished_in(tmp_path) == []


async def test_postgresql_is_left_to_its_own_tool(tmp_path: Path) -> None:
    with pytest.raises(WrongState, match="run pg_dump"):
        copy_sqlite(make_url("postgresql+asyncpg://localhost/x"), tmp_path, NOON)


async def test_where_there_is_no_database_there_is_none_made(url: str, tmp_path: Path) -> None:
    with pytest.raises(WrongState, match="There is no database at"):
        copy_sqlite(make_url(url), tmp_path, NOON)
    assert not (tmp_path / "live").exists()
