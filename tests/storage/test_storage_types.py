import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, StatementError

from bench.errors import BadInput
from bench.model import Interval
from storage.database import Database
from storage.deployment import find_fact, record_fact
from storage.events import add_event, get_event
from storage.guilds import find_member, record_member
from storage.submissions import find_scorecard, record_scorecard
from storage.tasks import add_task, find_task
from tests.fixtures.rows import GUILD, NOON, a_scorecard, a_submission, a_task, set_up, with_submission

many_values_one_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
storable = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "found"),
    [("ab\0c", "a NUL character at position 3"), ("\ud83d", "half of a character .*U\\+D83D.* at position 1")],
)
async def test_text_that_one_of_the_databases_cannot_keep_is_refused_in_a_sentence(
    database: Database, text: str, found: str
) -> None:
    await database.write(set_up)
    with pytest.raises(BadInput, match=f"^The title: found {found}; expected ordinary text. Remove it"):
        await database.write(add_task, a_task(title=text))


@pytest.mark.parametrize("data", [{"a\0": 1}, {"list": ["ok", ["\0"]]}, {"deep": {"a": "\udc00"}}, {"n": math.inf}])
async def test_json_is_looked_through_for_what_cannot_be_kept(database: Database, data: dict[str, object]) -> None:
    await database.write(set_up)
    with pytest.raises(BadInput, match=r"^The event's data: found "):
        await database.write(add_event, GUILD, NOON, 1, "x", None, None, data)


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf])
async def test_a_score_that_is_not_finite_is_refused_and_not_stored(database: Database, score: float) -> None:
    await with_submission(database)
    card = a_scorecard(score=score)
    with pytest.raises(BadInput, match="cannot be stored; expected a finite one"):
        await database.write(record_scorecard, GUILD, 5_000, card, NOON)


async def test_an_id_beyond_64_bits_is_refused_alike_when_reading_and_when_writing(database: Database) -> None:
    with pytest.raises(BadInput, match=r"1\.000e\+20 is too large"):
        await database.read(find_task, GUILD, 10**20)
    with pytest.raises(BadInput, match="is too large"):
        await database.write(set_up, 2**63)
    await database.write(set_up, 2**63 - 1)


async def test_a_naive_time_is_a_mistake_of_the_program(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the mistake in question
    with pytest.raises(StatementError, match="must be an aware datetime"):
        await database.write(record_member, GUILD, 1, "Ada", naive, NOON)


@many_values_one_database
@given(text=storable)
async def test_all_other_text_comes_back_as_it_was(database: Database, text: str) -> None:
    await database.write(record_fact, "text", text)
    assert await database.read(find_fact, "text") == text


@many_values_one_database
@given(at=st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
async def test_a_moment_comes_back_to_the_millisecond_and_in_utc(database: Database, at: datetime) -> None:
    elsewhere = at.astimezone(timezone(timedelta(hours=-3)))
    await database.write(record_member, GUILD, 1, "Ada", elsewhere, NOON)
    member = await database.read(find_member, GUILD, 1)
    assert member is not None
    assert member.joined_at == at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert member.joined_at.tzinfo is UTC


@many_values_one_database
@given(score=st.floats(allow_nan=False, allow_infinity=False))
async def test_a_number_comes_back_to_the_last_bit(database: Database, score: float) -> None:
    await with_submission(database)

    def there_and_back(connection: Connection) -> tuple[object, object]:
        card = a_scorecard(score=score)
        record_scorecard(connection, GUILD, 5_000, card, NOON)
        event_id = add_event(connection, GUILD, NOON, 1, "x", None, None, {"score": score})
        stored = find_scorecard(connection, GUILD, 5_000, 1, card.signature)
        return stored and stored.score, get_event(connection, GUILD, event_id).data

    assert await database.write(there_and_back) == (score, {"score": score})


async def test_an_interval_of_a_scorecard_is_in_order(database: Database) -> None:
    await with_submission(database)
    upside_down = a_scorecard(interval=Interval(0.9, 0.1, 3.0))
    with pytest.raises(IntegrityError, match="ck_scorecard_interval"):
        await database.write(record_scorecard, GUILD, a_submission().id, upside_down, NOON)
