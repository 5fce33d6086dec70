import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from storage.database import Database
from storage.posts import (
    Address,
    PostRow,
    find_post,
    forget_message,
    list_due,
    list_posts,
    list_standing,
    mark_all_due,
    mark_due,
    next_due_at,
    park,
    put_off,
    record_posted,
    remove_post,
    retry_parked,
)
from tests.fixtures.rows import GUILD, MINUTE, NOON, OTHER_GUILD, set_up

BOARD = "board:5"
CHANNEL, THREAD, MESSAGE = 40, 41, 50
SECOND = timedelta(seconds=1)


@pytest.fixture
async def outbox(database: Database) -> Database:
    await database.write(set_up)
    await database.write(set_up, OTHER_GUILD)
    return database


def want(connection: Connection, due_at: datetime = NOON, key: str = BOARD, guild_id: int = GUILD) -> None:
    mark_due(connection, guild_id, key, key.partition(":")[0], 5, channel_id=CHANNEL, due_at=due_at)


def posted(connection: Connection, version: int, at: datetime, *, rest_until: datetime | None = None) -> bool:
    return record_posted(
        connection, GUILD, BOARD, version, THREAD, MESSAGE, f"hash {version}", at, rest_until=rest_until
    )


def board(connection: Connection) -> PostRow:
    found = find_post(connection, GUILD, BOARD)
    assert found is not None
    return found


async def test_a_wanted_post_is_due_until_it_is_posted(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        assert list_due(connection, NOON - SECOND) == ()
        (due,) = list_due(connection, NOON)
        assert (due.version, due.channel_id, due.message_id, due.content_hash) == (1, CHANNEL, None, None)
        assert posted(connection, 1, NOON + SECOND)
        assert list_due(connection, NOON + MINUTE) == ()
        assert next_due_at(connection) is None
        now = board(connection)
        assert (now.channel_id, now.message_channel_id, now.message_id) == (CHANNEL, THREAD, MESSAGE)
        assert (now.content_hash, now.posted_at, now.attempts, now.error) == ("hash 1", NOON + SECOND, 0, None)

    await outbox.write(live)


async def test_a_burst_of_changes_is_one_post_of_the_last_version_at_the_first_time(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        for seconds in (3, 5, 2, 9):
            want(connection, NOON + seconds * SECOND)
        assert next_due_at(connection) == NOON + 2 * SECOND
        (due,) = list_due(connection, NOON + MINUTE)
        assert due.version == 4
        posted(connection, 4, NOON + MINUTE)
        assert list_due(connection, NOON + 9 * MINUTE) == ()

    await outbox.write(live)


async def test_a_change_while_the_earlier_version_is_posted_is_not_lost(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        want(connection)
        assert posted(connection, 1, NOON + SECOND)
        (due,) = list_due(connection, NOON + SECOND)
        assert (due.version, due.content_hash, due.message_id) == (2, "hash 1", MESSAGE)

    await outbox.write(live)


async def test_a_post_that_rests_is_not_due_before_whatever_changes(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        rested = NOON + 5 * SECOND
        posted(connection, 1, NOON, rest_until=rested)
        want(connection, NOON + SECOND)
        assert next_due_at(connection) == rested
        want(connection, NOON + MINUTE)
        assert next_due_at(connection) == rested
        posted(connection, 3, rested, rest_until=rested + 5 * SECOND)
        want(connection, NOON + MINUTE)
        assert next_due_at(connection) == NOON + MINUTE

    await outbox.write(live)


async def test_a_change_that_came_during_the_posting_rests_too(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        want(connection)
        posted(connection, 1, NOON, rest_until=NOON + 5 * SECOND)
        assert next_due_at(connection) == NOON + 5 * SECOND

    await outbox.write(live)


async def test_a_post_that_is_put_off_is_not_tried_before_then_and_counts_its_failures(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        put_off(connection, GUILD, BOARD, NOON + MINUTE, "429")
        put_off(connection, GUILD, BOARD, NOON + 2 * MINUTE, "429 again")
        want(connection, NOON)
        now = board(connection)
        assert (now.due_at, now.attempts, now.error) == (NOON + 2 * MINUTE, 2, "429 again")
        posted(connection, now.version, NOON + 2 * MINUTE)
        assert (board(connection).attempts, board(connection).error) == (0, None)

    await outbox.write(live)


async def test_a_parked_post_waits_for_a_change(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        park(connection, GUILD, BOARD, "Missing Permissions", rest_until=NOON + MINUTE)
        assert board(connection).is_parked
        assert list_due(connection, NOON + 9 * MINUTE) == ()
        want(connection, NOON)
        assert not board(connection).is_parked
        assert next_due_at(connection) == NOON + MINUTE

    await outbox.write(live)


async def test_at_the_start_every_post_of_a_kind_is_looked_at_again(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        for key in (BOARD, "board:6", "task:5"):
            want(connection, key=key)
        want(connection, guild_id=OTHER_GUILD)
        posted(connection, 1, NOON)
        park(connection, GUILD, "board:6", "Missing Access")
        assert mark_all_due(connection, "board", NOON + MINUTE, guild_id=GUILD) == 2
        assert {(due.guild_id, due.key, due.version) for due in list_due(connection, NOON + MINUTE)} == {
            (GUILD, BOARD, 2),
            (GUILD, "board:6", 2),
            (GUILD, "task:5", 1),
            (OTHER_GUILD, BOARD, 1),
        }
        assert mark_all_due(connection, "board", NOON + MINUTE) == 3

    await outbox.write(live)


async def test_a_new_setup_tries_again_what_discord_refused_and_repeats_nothing_that_stands(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        mark_due(connection, GUILD, "news:1:thread", "news", 1, due_at=NOON)
        mark_due(connection, GUILD, "news:2:thread", "news", 2, due_at=NOON)
        record_posted(connection, GUILD, "news:1:thread", 1, THREAD, MESSAGE, "hash", NOON)
        park(connection, GUILD, "news:2:thread", "50013")
        posted(connection, 1, NOON)
        assert retry_parked(connection, OTHER_GUILD, NOON + MINUTE) == 0
        assert retry_parked(connection, GUILD, NOON + MINUTE) == 1
        due = [row.key for row in list_due(connection, NOON + MINUTE)]
        assert due == ["news:2:thread"]
        assert [row.key for row in list_posts(connection, GUILD, "news")] == ["news:1:thread", "news:2:thread"]

    await outbox.write(live)


async def test_a_deleted_message_is_forgotten_and_the_next_is_a_new_one(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        posted(connection, 1, NOON)
        assert not forget_message(connection, GUILD, BOARD, MESSAGE + 1), "another message stands there by now"
        assert [row.key for row in list_standing(connection, ["board"])] == [BOARD]
        assert forget_message(connection, GUILD, BOARD, MESSAGE)
        assert list_standing(connection, ["board"]) == ()
        now = board(connection)
        assert (now.message_id, now.message_channel_id, now.content_hash, now.posted_at) == (None, None, None, None)
        assert (now.channel_id, now.version) == (CHANNEL, 1)

    await outbox.write(live)


async def test_the_age_of_a_post_is_that_of_its_message_and_not_of_its_last_edit(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        posted(connection, 1, NOON)
        posted(connection, 1, NOON + MINUTE)
        assert board(connection).posted_at == NOON
        record_posted(connection, GUILD, BOARD, 1, THREAD, MESSAGE + 1, "hash", NOON + 2 * MINUTE)
        assert board(connection).posted_at == NOON + 2 * MINUTE

    await outbox.write(live)


async def test_a_post_that_moves_to_another_channel_starts_anew_there(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        posted(connection, 1, NOON)
        mark_due(connection, GUILD, BOARD, "board", 5, due_at=NOON)
        assert (board(connection).channel_id, board(connection).message_id) == (CHANNEL, MESSAGE)
        mark_due(connection, GUILD, BOARD, "board", 5, channel_id=77, due_at=NOON)
        assert (board(connection).channel_id, board(connection).message_id) == (77, None)

    await outbox.write(live)


async def test_the_address_of_a_reply_stays_until_its_post_is_removed(outbox: Database) -> None:
    address = Address(9, "the token", NOON + 15 * MINUTE)

    def live(connection: Connection) -> None:
        mark_due(connection, GUILD, "receipt:8", "receipt", 8, address=address, due_at=NOON)
        mark_due(connection, GUILD, "receipt:8", "receipt", 8, due_at=NOON)
        (due,) = list_due(connection, NOON)
        assert (due.address, due.channel_id, due.version) == (address, None, 2)
        assert "the token" not in repr(due)
        assert record_posted(connection, GUILD, "receipt:8", 2, None, None, "hash", NOON)
        assert remove_post(connection, GUILD, "receipt:8")
        assert not remove_post(connection, GUILD, "receipt:8")
        assert find_post(connection, GUILD, "receipt:8") is None
        kept = text("SELECT count(*) FROM post WHERE token IS NOT NULL")
        assert connection.execute(kept).scalar_one() == 0

    await outbox.write(live)


async def test_a_removed_post_does_not_come_back_when_its_posting_ends(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        want(connection)
        remove_post(connection, GUILD, BOARD)
        assert not posted(connection, 1, NOON)
        assert find_post(connection, GUILD, BOARD) is None

    await outbox.write(live)


async def test_the_longest_due_come_first_and_no_more_than_asked(outbox: Database) -> None:
    def live(connection: Connection) -> None:
        for number in (3, 1, 2):
            want(connection, NOON - number * MINUTE, key=f"news:{number}")
        assert [due.key for due in list_due(connection, NOON, limit=2)] == ["news:3", "news:2"]

    await outbox.write(live)


async def test_changes_that_race_the_publisher_are_all_shown_in_the_end(outbox: Database) -> None:
    """Forty changes against a publisher that is always a step behind: at rest the last version stands posted."""
    changes = 40
    done = asyncio.Event()

    async def change() -> None:
        await asyncio.gather(*(outbox.write(want) for _ in range(changes)))
        done.set()

    async def publish() -> int:
        sent = 0
        while True:
            ended = done.is_set()
            due = await outbox.read(list_due, NOON)
            for row in due:
                await asyncio.sleep(0)
                await outbox.write(posted, row.version, NOON)
                sent = row.version
            if ended and not due:
                return sent

    _, last = await asyncio.gather(change(), publish())
    now = await outbox.read(board)
    assert (now.version, last, now.content_hash, now.due_at) == (changes, changes, f"hash {changes}", None)
