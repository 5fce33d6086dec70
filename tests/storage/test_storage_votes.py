import asyncio
from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bench.ballots import Vote
from bench.errors import NotFound, WrongState
from bench.model import ItemState, VoteValue
from storage.ballots import add_ballot, decide_ballot, reopen_ballot, withdraw_open_ballots
from storage.database import Database
from storage.publishing import publish_gold
from storage.tasks import add_task
from storage.votes import count_checks, find_vote, list_tallies, list_votes, record_vote
from tests.fixtures.rows import BALLOT, GUILD, MINUTE, NOON, TASK, a_ballot, a_task, a_vote, some_items, with_task

RIGHT, AMBIGUOUS, WRONG = VoteValue
ballot_ids = count(1)


def decide(connection: Connection, ballot_id: int = BALLOT, state: ItemState = ItemState.SETTLED) -> None:
    assert decide_ballot(connection, GUILD, ballot_id, state, "Decided.", NOON)


def counted(connection: Connection, item_id: str = "q0") -> tuple[int, int, int]:
    tally = next(one for one in list_tallies(connection, GUILD, TASK) if one.item_id == item_id)
    return tally.right, tally.ambiguous, tally.wrong


@pytest.fixture
async def asked(database: Database) -> Database:
    """A task of three items, and an open ballot on the first."""
    await database.write(with_task)
    await database.write(add_ballot, a_ballot())
    return database


async def test_a_second_vote_of_one_person_replaces_the_first_and_keeps_its_time(asked: Database) -> None:
    later = NOON + MINUTE

    def live(connection: Connection) -> None:
        first = a_vote()
        assert record_vote(connection, first) is None
        assert record_vote(connection, a_vote(WRONG, at=later)) == first
        second = replace(first, value=WRONG, changed_at=later)
        assert list_votes(connection, GUILD, BALLOT) == (second,)
        assert counted(connection) == (0, 0, 1)
        assert record_vote(connection, a_vote(None, at=later + MINUTE)) == second
        assert counted(connection) == (0, 0, 0)

    await asked.write(live)


async def test_the_same_vote_again_changes_nothing(asked: Database) -> None:
    def live(connection: Connection) -> None:
        record_vote(connection, a_vote())
        assert record_vote(connection, a_vote(at=NOON + MINUTE)) == a_vote()
        assert find_vote(connection, GUILD, BALLOT, 20) == a_vote()
        decide(connection)
        assert record_vote(connection, a_vote(at=NOON + MINUTE)) == a_vote()
        assert record_vote(connection, a_vote(at=NOON + MINUTE, is_check=True, correct=True)) == a_vote()
        assert list_votes(connection, GUILD, BALLOT) == (a_vote(),)

    await asked.write(live)


async def test_votes_are_listed_in_the_order_in_which_people_came(asked: Database) -> None:
    def live(connection: Connection) -> None:
        for user_id, minutes in ((3, 0), (1, 2), (2, 1)):
            record_vote(connection, a_vote(user_id=user_id, at=NOON + minutes * MINUTE))
        record_vote(connection, a_vote(None, user_id=3, at=NOON + 9 * MINUTE))
        said = list_votes(connection, GUILD, BALLOT)
        assert [(vote.user_id, vote.value) for vote in said] == [(3, None), (2, RIGHT), (1, RIGHT)]
        assert find_vote(connection, GUILD, BALLOT, 404) is None

    await asked.write(live)


async def test_fifty_people_who_vote_at_once_and_click_twice_leave_one_vote_each(asked: Database) -> None:
    clicks = [a_vote(value, user_id) for user_id in range(50) for value in (RIGHT, WRONG)]
    before = await asyncio.gather(*(asked.write(record_vote, vote) for vote in clicks))
    votes = await asked.read(list_votes, GUILD, BALLOT)
    assert sorted(vote.user_id for vote in votes) == list(range(50))
    assert sum(vote is None for vote in before) == 50
    values = Counter(vote.value for vote in votes)
    assert await asked.read(counted) == (values[RIGHT], 0, values[WRONG])


async def test_a_decision_in_the_same_transaction_counts_every_vote_before_it(asked: Database) -> None:
    def vote_and_decide(connection: Connection, user_id: int) -> bool:
        try:
            record_vote(connection, a_vote(user_id=user_id))
        except WrongState:
            return False
        if len(list_votes(connection, GUILD, BALLOT)) == 3:
            decide(connection)
        return True

    taken = await asyncio.gather(*(asked.write(vote_and_decide, user_id) for user_id in range(20)))
    assert sum(taken) == len(await asked.read(list_votes, GUILD, BALLOT)) == 3


async def test_a_decided_ballot_takes_no_vote(asked: Database) -> None:
    await asked.write(record_vote, a_vote())
    await asked.write(decide)
    for late in (a_vote(WRONG), a_vote(None), a_vote(user_id=21)):
        with pytest.raises(WrongState, match=r"^This ballot is decided \(settled\), so it takes no more votes\. Take"):
            await asked.write(record_vote, late)
    assert await asked.read(list_votes, GUILD, BALLOT) == (a_vote(),)


async def test_a_withdrawn_ballot_takes_nothing(asked: Database) -> None:
    await asked.write(record_vote, a_vote())
    await asked.write(withdraw_open_ballots, GUILD, TASK, "q0", NOON)
    for late in (a_vote(), a_vote(WRONG), a_vote(None, 21), a_vote(user_id=21, is_check=True, correct=True)):
        with pytest.raises(WrongState, match="This ballot is withdrawn, because its item was changed or left out"):
            await asked.write(record_vote, late)


async def test_a_ballot_that_is_not_there_takes_nothing(asked: Database) -> None:
    for stray in (a_vote(ballot_id=404), a_vote(guild_id=404)):
        with pytest.raises(NotFound, match=r"^There is no such ballot in this server\.$"):
            await asked.write(record_vote, stray)


async def test_a_decided_ballot_checks_those_who_did_not_vote_on_it(asked: Database) -> None:
    check = a_vote(user_id=21, is_check=True, correct=True)

    def live(connection: Connection) -> None:
        record_vote(connection, a_vote())
        with pytest.raises(WrongState, match="checks nobody"):
            record_vote(connection, check)
        decide(connection)
        assert record_vote(connection, check) is None
        for again in (
            replace(check, value=WRONG, correct=False),
            a_vote(None, 21),
            replace(check, user_id=20, value=WRONG),
        ):
            with pytest.raises(WrongState, match="no more votes"):
                record_vote(connection, again)
        assert record_vote(connection, a_vote(None, 22)) is None
        assert record_vote(connection, a_vote(WRONG, 22, is_check=True, correct=False)) == a_vote(None, 22)
        assert counted(connection) == (1, 0, 0)

    await asked.write(live)


async def test_hidden_checks_are_counted_by_person_and_task(asked: Database) -> None:
    def live(connection: Connection) -> None:
        add_task(connection, a_task(id=TASK + 1))
        publish_gold(connection, GUILD, TASK + 1, some_items(), 7, "First", NOON)
        add_ballot(connection, a_ballot(id=2, item_id="q1"))
        add_ballot(connection, a_ballot(id=3, task_id=TASK + 1))
        for ballot_id, correct in ((BALLOT, True), (2, False), (3, True)):
            decide(connection, ballot_id)
            for user_id in (20, 21):
                record_vote(connection, a_vote(user_id=user_id, ballot_id=ballot_id, is_check=True, correct=correct))
        add_ballot(connection, a_ballot(id=4, item_id="q2"))
        record_vote(connection, a_vote(user_id=22, ballot_id=4))
        checks = count_checks(connection, GUILD, TASK, [20, 22])
        assert checks == {20: (1, 1), 22: (0, 0)}
        assert count_checks(connection, GUILD, TASK + 1, {21}) == {21: (1, 0)}
        assert count_checks(connection, GUILD, TASK, []) == {}

    await asked.write(live)


async def test_the_database_refuses_a_verdict_on_what_is_no_check(asked: Database) -> None:
    with pytest.raises(IntegrityError):
        await asked.write(record_vote, a_vote(correct=True))


async def test_a_reopened_ballot_takes_votes_beside_those_that_it_has(asked: Database) -> None:
    def live(connection: Connection) -> None:
        record_vote(connection, a_vote())
        decide(connection)
        record_vote(connection, a_vote(user_id=21, is_check=True, correct=True))
        reopen_ballot(connection, GUILD, BALLOT)
        record_vote(connection, a_vote(WRONG, 21))
        record_vote(connection, a_vote(WRONG, 22))
        assert [vote.is_check for vote in list_votes(connection, GUILD, BALLOT)] == [False] * 3
        assert counted(connection) == (1, 0, 2)

    await asked.write(live)


clicks = st.lists(st.tuples(st.integers(1, 4), st.sampled_from([None, *VoteValue])), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clicks=clicks)
async def test_whoever_clicks_what_the_last_word_of_each_counts_once(
    database: Database, clicks: list[tuple[int, VoteValue | None]]
) -> None:
    ballot_id = next(ballot_ids)

    def live(connection: Connection) -> None:
        with_task(connection)
        withdraw_open_ballots(connection, GUILD, TASK, "q0", NOON)
        add_ballot(connection, a_ballot(id=ballot_id))
        said: dict[int, VoteValue | None] = {}
        for minutes, (user_id, value) in enumerate(clicks):
            vote = Vote(GUILD, ballot_id, user_id, value, NOON + minutes * MINUTE)
            before = record_vote(connection, vote)
            assert (before.value if before else "nothing") == said.get(user_id, "nothing")
            said[user_id] = value
        assert {vote.user_id: vote.value for vote in list_votes(connection, GUILD, ballot_id)} == said
        values = Counter(said.values())
        assert counted(connection) == (values[RIGHT], values[AMBIGUOUS], values[WRONG])

    await database.write(live)
