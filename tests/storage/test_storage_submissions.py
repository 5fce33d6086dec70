import asyncio

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bench.errors import NotFound
from bench.model import Coverage, Interval, SubmissionState
from storage.database import Database
from storage.publishing import publish_gold
from storage.schema import submission_file
from storage.submissions import (
    add_submission,
    count_attempts,
    count_entries,
    fail_submission,
    find_best_score,
    find_same,
    find_scorecard,
    find_submission,
    get_content,
    get_submission,
    list_scorecards,
    list_statistics,
    list_submissions,
    record_scorecard,
    refuse_submission,
    withdraw_submission,
)
from storage.tasks import add_task
from tests.fixtures.rows import (
    GUILD,
    MINUTE,
    NOON,
    SIGNATURE,
    TASK,
    a_scorecard,
    a_submission,
    a_task,
    some_items,
    with_submission,
    with_task,
)

EVERY_BYTE = bytes(range(256)) * 300


@pytest.fixture
async def task(database: Database) -> Database:
    await database.write(with_task)
    return database


async def test_a_submission_and_its_file_come_back_to_the_last_byte(task: Database) -> None:
    sent = a_submission(partial=True, note="ß 🙂\n2")

    def live(connection: Connection) -> None:
        assert find_submission(connection, GUILD, sent.id) is None
        assert add_submission(connection, sent, EVERY_BYTE) == sent
        assert get_submission(connection, GUILD, sent.id) == find_submission(connection, GUILD, sent.id) == sent
        assert get_content(connection, GUILD, sent.id) == EVERY_BYTE

    await task.write(live)


async def test_two_writers_with_the_same_interaction_store_one_submission_with_its_own_file(task: Database) -> None:
    def write(connection: Connection, number: int) -> str:
        content = f"file {number}".encode()
        return add_submission(connection, a_submission(filename=f"file {number}"), content).filename

    names = await asyncio.gather(*(task.write(write, number) for number in range(10)))
    assert len(set(names)) == 1
    files = await task.read(lambda connection: connection.execute(select(submission_file.c.content)).scalars().all())
    assert files == [names[0].encode()]


async def test_a_submission_needs_its_task(task: Database) -> None:
    with pytest.raises(IntegrityError):
        await task.write(add_submission, a_submission(task_id=404), b"")


async def test_what_is_not_there_is_not_found(task: Database) -> None:
    for look in (get_submission, get_content):
        with pytest.raises(NotFound, match=r"^There is no such submission in this server\.$"):
            await task.read(look, GUILD, 404)
    with pytest.raises(NotFound):
        await task.write(record_scorecard, GUILD, 404, a_scorecard(), NOON)


async def test_submissions_are_listed_by_task_and_person_newest_first(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_task(connection, a_task(id=TASK + 1))
        for number in range(12):
            about = {"task_id": TASK + number % 2, "user_id": 20 + number % 3}
            sent = a_submission(id=number, received_at=NOON + number * MINUTE, **about)
            add_submission(connection, sent, b"")
        withdraw_submission(connection, GUILD, 11, NOON)

        def ids(**choice: object) -> list[int]:
            return [one.id for one in list_submissions(connection, GUILD, **choice)]  # type: ignore[arg-type]

        assert ids() == list(range(10, -1, -1))
        assert ids(include_withdrawn=True, limit=3) == [11, 10, 9]
        assert ids(task_id=TASK) == [10, 8, 6, 4, 2, 0]
        assert ids(task_id=TASK, user_id=20) == [6, 0]
        assert ids(user_id=22) == [8, 5, 2]

    await task.write(live)


async def test_the_very_same_file_is_found_while_it_waits_or_is_scored(task: Database) -> None:
    def live(connection: Connection) -> None:
        sent = add_submission(connection, a_submission(), b"")
        same = (connection, GUILD, TASK, sent.user_id, sent.system, sent.sha256)
        assert find_same(*same) == sent
        assert find_same(connection, GUILD, TASK, 99, sent.system, sent.sha256) is None
        assert find_same(connection, GUILD, TASK, sent.user_id, "other", sent.sha256) is None
        assert find_same(connection, GUILD, TASK, sent.user_id, sent.system, "cd") is None
        record_scorecard(connection, GUILD, sent.id, a_scorecard(), NOON)
        assert find_same(*same) is not None
        withdraw_submission(connection, GUILD, sent.id, NOON)
        assert find_same(*same) is None
        again = add_submission(connection, a_submission(id=2), b"")
        assert find_same(*same) == again
        refuse_submission(connection, GUILD, again.id, "Line 3: …")
        assert find_same(*same) is None

    await task.write(live)


async def test_refused_and_failed_files_cost_no_attempt_and_withdrawn_ones_do(task: Database) -> None:
    def live(connection: Connection) -> None:
        for number in range(1, 7):
            add_submission(connection, a_submission(id=number, received_at=NOON + number * MINUTE), b"")
        assert refuse_submission(connection, GUILD, 2, "Line 3: …")
        assert fail_submission(connection, GUILD, 3, "a fault of ours")
        withdraw_submission(connection, GUILD, 4, NOON)
        record_scorecard(connection, GUILD, 5, a_scorecard(), NOON)
        assert count_attempts(connection, GUILD, TASK, 20, NOON) == 4
        assert count_attempts(connection, GUILD, TASK, 20, NOON + 5 * MINUTE) == 2
        assert count_attempts(connection, GUILD, TASK, 21, NOON) == 0

    await task.write(live)


async def test_a_submission_ends_once(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_submission(connection, a_submission(), b"")
        assert refuse_submission(connection, GUILD, 5_000, "Line 3: …")
        assert not fail_submission(connection, GUILD, 5_000, "late")
        refused = get_submission(connection, GUILD, 5_000)
        assert (refused.state, refused.refusal) == (SubmissionState.REFUSED, "Line 3: …")
        assert withdraw_submission(connection, GUILD, 5_000, NOON)
        assert not withdraw_submission(connection, GUILD, 5_000, NOON + MINUTE)
        assert get_submission(connection, GUILD, 5_000).withdrawn_at == NOON
        assert not withdraw_submission(connection, GUILD, 404, NOON)

    await task.write(live)


async def test_a_scorecard_comes_back_to_the_last_bit_and_makes_the_submission_scored(database: Database) -> None:
    await with_submission(database)
    card = a_scorecard(
        score=1 / 3,
        interval=Interval(0.1, 0.1 + 0.2, 2.5),
        coverage=Coverage(1, 3, ("q1", "q2"), ("x\n",)),
        statistics=EVERY_BYTE,
        practice=(0.5, 2),
        score_on_all=0.25,
    )

    def live(connection: Connection) -> None:
        assert find_scorecard(connection, GUILD, 5_000, 1, SIGNATURE) is None
        for _ in range(2):
            record_scorecard(connection, GUILD, 5_000, card, NOON)
            assert find_scorecard(connection, GUILD, 5_000, 1, SIGNATURE) == card
        assert get_submission(connection, GUILD, 5_000).state is SubmissionState.SCORED
        assert len(list_scorecards(connection, GUILD, TASK, 1, SIGNATURE)) == 1
        assert find_scorecard(connection, GUILD, 5_000, 1, "other") is None

    await database.write(live)


async def test_scores_of_other_versions_and_signatures_stand_beside_and_stay(database: Database) -> None:
    await with_submission(database)

    def live(connection: Connection) -> None:
        publish_gold(connection, GUILD, TASK, some_items(4), 7, "One more", NOON)
        cards = [a_scorecard(gold_version=version, score=version / 4) for version in (1, 2)]
        cards.append(a_scorecard(signature="other", score=0.9))
        for card in cards:
            record_scorecard(connection, GUILD, 5_000, card, NOON)
        for card in cards:
            assert find_scorecard(connection, GUILD, 5_000, card.gold_version, card.signature) == card
        ((_, newest),) = list_scorecards(connection, GUILD, TASK, 2, SIGNATURE)
        assert newest == cards[1]

    await database.write(live)
    unknown = a_scorecard(gold_version=3)
    with pytest.raises(IntegrityError):
        await database.write(record_scorecard, GUILD, 5_000, unknown, NOON)


async def test_scorecards_are_listed_best_first_and_of_equals_the_earlier_without_the_withdrawn(task: Database) -> None:
    scores = {1: 0.5, 2: 0.75, 3: 0.5, 4: 1.0, 5: 0.75}

    def live(connection: Connection) -> None:
        for number, score in scores.items():
            add_submission(connection, a_submission(id=number, received_at=NOON - number * MINUTE), b"")
            record_scorecard(connection, GUILD, number, a_scorecard(score=score), NOON)
        withdraw_submission(connection, GUILD, 4, NOON)
        listed = list_scorecards(connection, GUILD, TASK, 1, SIGNATURE)
        assert [(one.id, card.score) for one, card in listed] == [(5, 0.75), (2, 0.75), (3, 0.5), (1, 0.5)]
        assert len(list_scorecards(connection, GUILD, TASK, 1, SIGNATURE, limit=2)) == 2

    await task.write(live)


async def test_the_entries_of_a_board_are_counted_by_person_and_system(task: Database) -> None:
    def live(connection: Connection) -> None:
        makers = [(1, "a"), (1, "a"), (1, "b"), (2, "a"), (3, "c"), (4, "d")]
        for number, (user_id, system) in enumerate(makers):
            add_submission(connection, a_submission(id=number, user_id=user_id, system=system), b"")
            if number != 4:
                record_scorecard(connection, GUILD, number, a_scorecard(), NOON)
        withdraw_submission(connection, GUILD, 5, NOON)
        assert count_entries(connection, GUILD, TASK) == 3

    await task.write(live)


async def test_the_best_score_before_is_of_the_same_person_and_task_and_of_what_arrived_earlier(task: Database) -> None:
    scores = {1: 0.25, 2: 0.75, 3: 0.5, 4: 1.0, 5: 0.9}

    def live(connection: Connection) -> None:
        for number, score in scores.items():
            sent = a_submission(id=number, received_at=NOON + number * MINUTE, user_id=21 if number == 5 else 20)
            add_submission(connection, sent, b"")
            record_scorecard(connection, GUILD, number, a_scorecard(score=score), NOON)
        withdraw_submission(connection, GUILD, 4, NOON)
        best = {
            number: find_best_score(connection, get_submission(connection, GUILD, number), 1, SIGNATURE)
            for number in scores
        }
        assert best == {1: None, 2: 0.25, 3: 0.75, 4: 0.75, 5: None}
        assert find_best_score(connection, get_submission(connection, GUILD, 3), 1, "other") is None

    await task.write(live)


async def test_statistics_are_given_for_the_submissions_that_are_asked_for(task: Database) -> None:
    def live(connection: Connection) -> None:
        for number in (1, 2, 3):
            add_submission(connection, a_submission(id=number), b"")
            record_scorecard(connection, GUILD, number, a_scorecard(statistics=bytes([number])), NOON)
        assert sorted(list_statistics(connection, GUILD, [3, 1, 9], 1, SIGNATURE)) == [(1, b"\x01"), (3, b"\x03")]
        assert list_statistics(connection, GUILD, [1], 2, SIGNATURE) == ()
        assert list_statistics(connection, GUILD, [], 1, SIGNATURE) == ()

    await task.write(live)
