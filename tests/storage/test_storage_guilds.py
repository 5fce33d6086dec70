from sqlalchemy import Connection

from bench.model import GuildSettings
from storage.database import Database
from storage.deployment import find_fact, record_fact
from storage.guilds import Member, find_member, find_settings, record_member, record_settings
from tests.fixtures.rows import GUILD, MINUTE, NOON, OTHER_GUILD


async def test_setting_up_again_replaces_what_was_decided(database: Database) -> None:
    def live(connection: Connection) -> None:
        assert find_settings(connection, GUILD) is None
        record_settings(connection, GuildSettings(GUILD, 31, 32, curator_role_id=4), 1, NOON)
        again = GuildSettings(GUILD, 31, 33, quorum=3, language="es")
        record_settings(connection, again, 1, NOON + MINUTE)
        assert find_settings(connection, GUILD) == again
        assert find_settings(connection, OTHER_GUILD) is None

    await database.write(live)


async def test_a_member_is_known_since_the_first_time_and_by_the_last_name(database: Database) -> None:
    def live(connection: Connection) -> None:
        assert find_member(connection, GUILD, 7) is None
        record_member(connection, GUILD, 7, "Ada", None, NOON)
        record_member(connection, GUILD, 7, "Ada 🦉", NOON - MINUTE, NOON + MINUTE)
        member = Member(GUILD, 7, "Ada 🦉", NOON - MINUTE, first_seen_at=NOON, seen_at=NOON + MINUTE)
        assert find_member(connection, GUILD, 7) == member

    await database.write(live)


async def test_a_fact_of_the_installation_is_replaced_by_the_next(database: Database) -> None:
    def live(connection: Connection) -> None:
        assert find_fact(connection, "command_tree") is None
        record_fact(connection, "command_tree", "first")
        record_fact(connection, "command_tree", "second")
        assert find_fact(connection, "command_tree") == "second"

    await database.write(live)
