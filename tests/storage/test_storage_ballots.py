import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from bench.errors import NotFound
from bench.model import BallotKind, Item, ItemState
from storage.ballots import (
    add_ballot,
    decide_ballot,
    find_ballot,
    find_open_ballot,
    get_ballot,
    list_ballots,
    list_open_answers,
    list_unpublished,
    make_public,
    mark_published,
    reopen_ballot,
    withdraw_open_ballots,
)
from storage.database import Database
from storage.publishing import publish_gold
from storage.rows import columns_of
from storage.schema import ballot
from tests.fixtures.rows import BALLOT, GUILD, MINUTE, NOON, TASK, a_ballot, some_items, with_task

if TYPE_CHECKING:
    from bench.ballots import Ballot

SETTLED = "Settled: 3 of 3 say right, trusted weight 3.0."


def decide(connection: Connection, ballot_id: int = BALLOT, state: ItemState = ItemState.SETTLED) -> bool:
    return decide_ballot(connection, GUILD, ballot_id, state, SETTLED, NOON + MINUTE)


@pytest.fixture
async def task(database: Database) -> Database:
    await database.write(with_task)
    return database


async def test_a_ballot_comes_back_as_it_was_opened(task: Database) -> None:
    sent = a_ballot(proposed_answer="ñandú 🙂", reason="It is said so in Chile.", is_public=True)

    def live(connection: Connection) -> None:
        assert find_ballot(connection, GUILD, BALLOT) is None
        assert add_ballot(connection, sent) == sent
        assert get_ballot(connection, GUILD, BALLOT) == sent
        assert add_ballot(connection, a_ballot(reason="another click")) == sent

    await task.write(live)
    with pytest.raises(NotFound, match=r"^There is no such ballot in this server\.$"):
        await task.read(get_ballot, GUILD, 404)


async def test_the_same_question_is_open_once(task: Database) -> None:
    def live(connection: Connection) -> None:
        first = add_ballot(connection, a_ballot())
        assert add_ballot(connection, a_ballot(id=BALLOT + 1)) == first
        assert add_ballot(connection, a_ballot(id=BALLOT + 2, item_id="q1")).id == BALLOT + 2
        one = add_ballot(connection, a_ballot(id=BALLOT + 3, proposed_answer="x"))
        assert add_ballot(connection, a_ballot(id=BALLOT + 4, proposed_answer="x")) == one
        assert add_ballot(connection, a_ballot(id=BALLOT + 5, proposed_answer="X")).id == BALLOT + 5
        decide(connection)
        assert add_ballot(connection, a_ballot(id=BALLOT + 6)).id == BALLOT + 6

    await task.write(live)


@pytest.mark.parametrize("question", [{}, {"proposed_answer": "x"}])
async def test_twenty_who_ask_the_same_at_once_open_one_ballot(task: Database, question: dict[str, str]) -> None:
    ballots = [a_ballot(id=BALLOT + number, **question) for number in range(20)]
    opened = await asyncio.gather(*(task.write(add_ballot, one) for one in ballots))
    assert len({one.id for one in opened}) == 1
    assert await task.read(list_ballots, GUILD, TASK) == (opened[0],)


async def test_the_database_itself_refuses_a_second_open_ballot_on_the_same_gold(task: Database) -> None:
    second = insert(ballot).values(**columns_of(a_ballot(id=BALLOT + 1)))
    await task.write(add_ballot, a_ballot())
    with pytest.raises(IntegrityError):
        await task.write(lambda connection: connection.execute(second))
    await task.write(decide)
    await task.write(lambda connection: connection.execute(second))


async def test_a_ballot_needs_an_item_that_the_task_had_in_these_words(task: Database) -> None:
    for wrong in ({"item_id": "q404"}, {"revision": 2}, {"task_id": 404}, {"guild_id": 404}):
        with pytest.raises(NotFound, match=r"^There is no such item in this server\.$"):
            await task.write(add_ballot, a_ballot(**wrong))


async def test_an_open_ballot_is_found_by_its_question(task: Database) -> None:
    def live(connection: Connection) -> None:
        gold = add_ballot(connection, a_ballot())
        answer = add_ballot(connection, a_ballot(id=BALLOT + 1, proposed_answer="x"))
        question = (connection, GUILD, TASK, "q0", 1)
        assert find_open_ballot(*question, BallotKind.GOLD) == gold
        assert find_open_ballot(*question, BallotKind.ANSWER, "x") == answer
        assert find_open_ballot(*question, BallotKind.ANSWER, "y") is None
        assert find_open_ballot(connection, GUILD, TASK, "q0", 2, BallotKind.GOLD) is None
        decide(connection)
        assert find_open_ballot(*question, BallotKind.GOLD) is None

    await task.write(live)


async def test_ballots_are_listed_by_state_kind_and_item(task: Database) -> None:
    def live(connection: Connection) -> None:
        for number in range(6):
            answer = {} if number < 3 else {"proposed_answer": "x"}
            at = NOON + number * MINUTE
            add_ballot(connection, a_ballot(id=number, item_id=f"q{number % 3}", opened_at=at, **answer))
        decide(connection, 5)
        decide(connection, 1, ItemState.WRONG)
        withdraw_open_ballots(connection, GUILD, TASK, "q0", NOON)

        def ids(**choice: object) -> list[int]:
            return [one.id for one in list_ballots(connection, GUILD, TASK, **choice)]  # type: ignore[arg-type]

        assert ids() == [5, 4, 2, 1]
        assert ids(undecided_first=True) == [4, 2, 5, 1]
        assert ids(undecided_first=True, limit=3) == [4, 2, 5]
        assert ids(states={ItemState.WRONG, ItemState.SETTLED}) == [5, 1]
        assert ids(kinds={BallotKind.GOLD}) == [2, 1]
        assert ids(item_id="q1", states={ItemState.OPEN}) == [4]
        assert [one.id for one in list_open_answers(connection, GUILD, TASK)] == [4]

    await task.write(live)


async def test_the_first_decision_stands(task: Database) -> None:
    def live(connection: Connection) -> None:
        opened = add_ballot(connection, a_ballot())
        assert decide(connection)
        assert not decide(connection, state=ItemState.WRONG)
        decided = get_ballot(connection, GUILD, BALLOT)
        assert (decided.state, decided.sentence, decided.decided_at) == (ItemState.SETTLED, SETTLED, NOON + MINUTE)
        assert (decided.opened_at, decided.decided_version) == (opened.opened_at, None)
        assert not decide(connection, 404)

    await task.write(live)


async def test_of_two_curators_who_decide_at_once_one_is_told_that_it_is_decided(task: Database) -> None:
    await task.write(add_ballot, a_ballot())
    assert sorted(await asyncio.gather(*(task.write(decide) for _ in range(8)))) == [False] * 7 + [True]


async def test_a_decision_waits_until_a_version_takes_it_in(task: Database) -> None:
    def live(connection: Connection) -> None:
        for number, name in enumerate(("q0", "q1", "q2")):
            add_ballot(connection, a_ballot(id=number, item_id=name))
        decide_ballot(connection, GUILD, 1, ItemState.WRONG, "Wrong.", NOON + 2 * MINUTE)
        decide_ballot(connection, GUILD, 0, ItemState.SETTLED, "Settled.", NOON + 3 * MINUTE)
        assert [one.id for one in list_unpublished(connection, GUILD, TASK)] == [1, 0]
        assert mark_published(connection, GUILD, [1, 2], 1) == 1
        assert [one.id for one in list_unpublished(connection, GUILD, TASK)] == [0]
        assert get_ballot(connection, GUILD, 1).decided_version == 1
        assert get_ballot(connection, GUILD, 2).decided_version is None
        publish_gold(connection, GUILD, TASK, some_items(2), 7, "Less", NOON)
        assert mark_published(connection, GUILD, [0, 1], 2) == 1
        assert get_ballot(connection, GUILD, 1).decided_version == 1
        assert mark_published(connection, GUILD, [], 2) == 0

    await task.write(live)
    with pytest.raises(IntegrityError):
        await task.write(_publish_unknown)


def _publish_unknown(connection: Connection) -> None:
    add_ballot(connection, a_ballot(id=99, item_id="q2", proposed_answer="x"))
    decide(connection, 99)
    mark_published(connection, GUILD, [99], 404)


async def test_a_reopened_ballot_can_be_decided_and_published_anew(task: Database) -> None:
    def live(connection: Connection) -> None:
        opened = add_ballot(connection, a_ballot())
        assert not reopen_ballot(connection, GUILD, BALLOT)
        decide(connection)
        mark_published(connection, GUILD, [BALLOT], 1)
        assert reopen_ballot(connection, GUILD, BALLOT)
        assert get_ballot(connection, GUILD, BALLOT) == opened
        assert decide(connection, state=ItemState.WRONG)
        assert [one.id for one in list_unpublished(connection, GUILD, TASK)] == [BALLOT]

    await task.write(live)
    with pytest.raises(NotFound):
        await task.write(reopen_ballot, GUILD, 404)


async def test_a_ballot_whose_question_was_asked_again_is_not_reopened(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_ballot(connection, a_ballot())
        decide(connection)
        add_ballot(connection, a_ballot(id=BALLOT + 1))
        assert not reopen_ballot(connection, GUILD, BALLOT)
        decide(connection, BALLOT + 1)
        assert not reopen_ballot(connection, GUILD, BALLOT)
        assert reopen_ballot(connection, GUILD, BALLOT + 1)
        withdraw_open_ballots(connection, GUILD, TASK, "q0", NOON)
        assert reopen_ballot(connection, GUILD, BALLOT)

    await task.write(live)


async def test_with_the_words_go_all_open_ballots_about_them_and_nothing_else(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_ballot(connection, a_ballot(id=1, proposed_answer="old"))
        decide(connection, 1)
        add_ballot(connection, a_ballot(id=2))
        add_ballot(connection, a_ballot(id=3, proposed_answer="x"))
        add_ballot(connection, a_ballot(id=4, item_id="q1"))
        gone = withdraw_open_ballots(connection, GUILD, TASK, "q0", NOON)
        assert [(one.id, one.withdrawn_at) for one in gone] == [(2, NOON), (3, NOON)]
        assert withdraw_open_ballots(connection, GUILD, TASK, "q0", NOON) == ()
        assert [one.id for one in list_ballots(connection, GUILD, TASK)] == [4, 1]
        assert not decide(connection, 2)
        reworded = (Item("q0", "Reworded?", ("a0",)), *some_items()[1:])
        publish_gold(connection, GUILD, TASK, reworded, 7, "Reworded", NOON)
        assert add_ballot(connection, a_ballot(id=5, revision=2)).id == 5

    await task.write(live)


async def test_a_ballot_becomes_public_once(task: Database) -> None:
    await task.write(add_ballot, a_ballot())
    assert [await task.write(make_public, GUILD, BALLOT) for _ in range(2)] == [True, False]
    assert (await task.read(get_ballot, GUILD, BALLOT)).is_public
    assert not await task.write(make_public, GUILD, 404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": BallotKind.ANSWER},
        {"state": ItemState.WRONG},
        {"decided_at": NOON},
        {"sentence": "Settled."},
        {"decided_version": 1},
    ],
)
async def test_the_database_refuses_a_ballot_that_contradicts_itself(task: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        await task.write(add_ballot, a_ballot(**wrong))
    counted = select(func.count()).select_from(ballot)
    assert await task.read(lambda connection: connection.execute(counted).scalar_one()) == 0


def test_no_ballot_shows_the_proposed_answer_in_a_log() -> None:
    shown: Ballot = a_ballot(proposed_answer="canary")
    assert "canary" not in repr(shown)
