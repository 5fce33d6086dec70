from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bench.errors import WrongState
from storage.columns import metadata
from storage.database import Database
from storage.engines import migrating_engine, read_url, sqlite_file
from storage.gold import get_gold
from storage.migrations import current_revision, upgrade
from storage.publishing import publish_gold
from storage.reviewers import list_reviewers
from storage.submissions import list_scorecards
from storage.tasks import get_task
from storage.votes import list_tallies
from tests.fixtures.rows import NOON


def checks_of(connection: Connection) -> dict[str, dict[str, str]]:
    """The CHECK constraints, which the comparison of Alembic leaves out."""
    look = inspect(connection)
    return {
        table: {str(check["name"]): check["sqltext"] for check in look.get_check_constraints(table)}
        for table in metadata.tables
    }


async def test_the_migrated_tables_are_those_of_the_schema(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    assert await database.read(differences) == []


async def test_the_migrated_checks_are_those_of_the_schema(database: Database) -> None:
    def migrated_and_wanted(connection: Connection) -> tuple[object, object]:
        migrated = checks_of(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        metadata.drop_all(connection)
        metadata.create_all(connection)
        return migrated, checks_of(connection)

    migrated, wanted = await database.write(migrated_and_wanted)
    assert migrated == wanted
    assert "ck_job_lease" in str(wanted)


async def test_the_migrated_partial_indexes_are_those_of_the_schema(database: Database) -> None:
    def partial(connection: Connection) -> list[tuple[str, str]]:
        lists = {
            "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
            "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '% WHERE %'",
        }
        found = connection.execute(text(f"{lists[connection.dialect.name]} ORDER BY 1"))
        return [(name, " ".join(definition.split())) for name, definition in found]

    def migrated_and_wanted(connection: Connection) -> tuple[object, object]:
        migrated = partial(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)
        return migrated, partial(connection)

    migrated, wanted = await database.write(migrated_and_wanted)
    assert migrated == wanted
    assert "uq_ballot_open_gold" in str(wanted)


FIRST_TABLES = """
INSERT INTO guild VALUES (1, 31, 32, NULL, 2, 'en', 7, 0);
INSERT INTO task VALUES (1, 2, 'T', 't', 'S', 'en', 'CC0', 'exact', 'open', 7, 2, 1, 0, 5, 1000, 0, NULL, NULL);
INSERT INTO gold_version VALUES (1, 2, 1, 7, 'First', 0), (1, 2, 2, 8, 'Edited', 0);
INSERT INTO item VALUES (1, 2, 'a', 1, 'A?', '[]', NULL), (1, 2, 'b', 1, 'B?', '[]', NULL),
    (1, 2, 'b', 2, 'b?', '[]', NULL);
INSERT INTO gold_answer VALUES (1, 2, 'a', 1, 1, 0, '["x"]', 'counted'), (1, 2, 'a', 2, 1, 0, '["y"]', 'counted'),
    (1, 2, 'b', 1, 1, 1, '["x"]', 'counted'), (1, 2, 'b', 2, 2, 1, '["x"]', 'counted');
INSERT INTO submission VALUES (1, 5, 2, 20, 'Ben', 's', '', 'f.csv', 1, 'ab', 'scored', 0, FALSE, NULL, NULL);
INSERT INTO scorecard VALUES (1, 5, 2, 'exact', 2, 0.5, 0.1, 0.9, 2, 2, 2, '[]', '[]', NULL, NULL, :packed, 0);
"""


async def at_the_first_revision(url: str) -> None:
    """A database with one of everything, as it was before there was a vote on gold."""
    address = read_url(url)
    file = sqlite_file(address)
    if file is not None:
        file.parent.mkdir()
    engine = migrating_engine(address)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, "0001")
        for statement in FIRST_TABLES.strip().split(";\n"):
            await connection.execute(text(statement.removesuffix(";")), {"packed": b"packed"})
    await engine.dispose()


async def test_what_was_there_before_the_vote_on_gold_is_there_after_it(database_url: str) -> None:
    await at_the_first_revision(database_url)

    def live(connection: Connection) -> None:
        assert not get_task(connection, 1, 2).gold_is_open
        gold = get_gold(connection, 1, 2)
        assert [(one.id, one.prompt, one.answers) for one in gold.items] == [("a", "A?", ("y",)), ("b", "b?", ("x",))]
        assert [(one.item_id, one.author_id) for one in list_tallies(connection, 1, 2)] == [("a", 7), ("b", 8)]
        assert list_reviewers(connection, 1, 2) == {7}
        ((_, card),) = list_scorecards(connection, 1, 2, 2, "exact")
        assert (card.score, card.score_on_all) == (0.5, None)
        contested = (replace(gold.items[0], contested=True), gold.items[1])
        assert publish_gold(connection, 1, 2, contested, 7, "Disputed", NOON) == get_gold(connection, 1, 2)

    async with Database.open(database_url) as database:
        await database.write(live)


async def test_opening_again_changes_nothing(database_url: str) -> None:
    async with Database.open(database_url) as database:
        first = await database.read(current_revision)
    async with Database.open(database_url) as database:
        assert await database.read(current_revision) == first is not None


async def test_a_migration_that_fails_half_way_leaves_no_trace(database_url: str) -> None:
    def fail_half_way(connection: Connection) -> None:
        upgrade(connection)
        raise ZeroDivisionError

    async with Database.open(database_url) as database:
        await database.write(metadata.drop_all)
        await database.write(lambda connection: connection.execute(text("DROP TABLE alembic_version")))
        with pytest.raises(ZeroDivisionError):
            await database.write(fail_half_way)
        assert await database.read(lambda connection: inspect(connection).get_table_names()) == []


async def test_tables_of_a_newer_touchstone_are_refused_in_one_sentence(database_url: str) -> None:
    async with Database.open(database_url) as database:
        newer = text("UPDATE alembic_version SET version_num = '9999'")
        await database.write(lambda connection: connection.execute(newer))
    with pytest.raises(WrongState, match="revision 9999, which this Touchstone does not know"):
        async with Database.open(database_url):
            pass


async def test_every_key_begins_with_the_guild_and_every_reference_carries_it() -> None:
    apart = {"fact", "event"}
    for name, table in metadata.tables.items():
        if name not in apart:
            assert next(iter(table.primary_key.columns)).name == "guild_id", name
        for reference in table.foreign_key_constraints:
            assert reference.column_keys[0] == "guild_id", (name, reference.column_keys)
