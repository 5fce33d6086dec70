"""What the dealer reads: how far the vote on each item has come, and what a member need not be asked again."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, event

from bench.model import ItemState, VoteValue
from storage.ballots import add_ballot, decide_ballot, withdraw_open_ballots
from storage.database import Database
from storage.publishing import publish_gold
from storage.votes import list_answered, list_dealt, list_tallies, record_vote
from tests.fixtures.rows import BALLOT, GUILD, NOON, TASK, a_ballot, a_vote, some_items, with_task

RIGHT, AMBIGUOUS, WRONG = VoteValue


def decide(connection: Connection, ballot_id: int = BALLOT, state: ItemState = ItemState.SETTLED) -> None:
    assert decide_ballot(connection, GUILD, ballot_id, state, "Decided.", NOON)


@pytest.fixture
async def asked(database: Database) -> Database:
    """A task of three items, and an open ballot on the first."""
    await database.write(with_task)
    await database.write(add_ballot, a_ballot())
    return database


async def test_what_a_member_judged_or_skipped_is_not_dealt_again(asked: Database) -> None:
    def live(connection: Connection) -> None:
        for number, item_id in enumerate(("q1", "q2"), start=2):
            add_ballot(connection, a_ballot(id=number, item_id=item_id))
        add_ballot(connection, a_ballot(id=9, item_id="q2", proposed_answer="x"))
        record_vote(connection, a_vote())
        record_vote(connection, a_vote(None, ballot_id=2))
        record_vote(connection, a_vote(ballot_id=9))
        assert list_dealt(connection, GUILD, TASK, 20) == {"q0", "q1"}
        assert list_answered(connection, GUILD, TASK, 20) == {BALLOT, 2, 9}
        assert list_dealt(connection, GUILD, TASK, 21) == set()
        assert list_answered(connection, GUILD, TASK, 21) == set()
        decide(connection, 3)
        record_vote(connection, a_vote(user_id=21, ballot_id=3, is_check=True, correct=True))
        assert list_dealt(connection, GUILD, TASK, 21) == {"q2"}

    await asked.write(live)


async def test_an_item_in_other_words_or_asked_about_again_is_dealt_anew(asked: Database) -> None:
    one, two, three = some_items()

    def live(connection: Connection) -> None:
        add_ballot(connection, a_ballot(id=2, item_id="q1"))
        for ballot_id in (BALLOT, 2):
            record_vote(connection, a_vote(ballot_id=ballot_id))
            decide(connection, ballot_id, ItemState.DISPUTED)
        assert list_dealt(connection, GUILD, TASK, 20) == {"q0", "q1"}
        publish_gold(connection, GUILD, TASK, (replace(one, prompt="Reworded?"), two, three), 8, "Reworded", NOON)
        assert list_dealt(connection, GUILD, TASK, 20) == {"q1"}
        add_ballot(connection, a_ballot(id=3, item_id="q1"))
        assert list_dealt(connection, GUILD, TASK, 20) == set()

    await asked.write(live)


async def test_the_tally_says_of_each_item_how_far_its_vote_has_come(asked: Database) -> None:
    def live(connection: Connection) -> None:
        add_ballot(connection, a_ballot(id=2, item_id="q2", proposed_answer="x"))
        record_vote(connection, a_vote(ballot_id=2))
        for user_id, value in enumerate((RIGHT, RIGHT, WRONG, AMBIGUOUS, None)):
            record_vote(connection, a_vote(value, user_id))
        first, second, third = list_tallies(connection, GUILD, TASK)
        assert (first.item_id, first.revision, first.author_id) == ("q0", 1, 7)
        assert (first.ballot_id, first.state, first.has_open_answer_ballot) == (BALLOT, ItemState.OPEN, False)
        assert (first.right, first.ambiguous, first.wrong) == (2, 1, 1)
        assert (second.ballot_id, second.state, second.right) == (None, ItemState.OPEN, 0)
        assert (third.ballot_id, third.right, third.has_open_answer_ballot) == (None, 0, True)
        decide(connection)
        decide(connection, 2)
        first, _, third = list_tallies(connection, GUILD, TASK)
        assert (first.state, first.right, third.has_open_answer_ballot) == (ItemState.SETTLED, 2, False)

    await asked.write(live)


async def test_the_tally_follows_the_words_the_role_and_the_last_ballot_of_an_item(asked: Database) -> None:
    one, two, three = some_items()

    def live(connection: Connection) -> None:
        record_vote(connection, a_vote())
        decide(connection, state=ItemState.DISPUTED)
        contested = replace(one, contested=True)
        publish_gold(connection, GUILD, TASK, (contested, two, replace(three, practice=True)), 8, "Disputed", NOON)
        tallies = list_tallies(connection, GUILD, TASK)
        assert [(tally.item_id, tally.state) for tally in tallies] == [
            ("q0", ItemState.DISPUTED),
            ("q1", ItemState.OPEN),
        ]
        add_ballot(connection, a_ballot(id=BALLOT + 1))
        assert list_tallies(connection, GUILD, TASK)[0].ballot_id == BALLOT + 1
        withdraw_open_ballots(connection, GUILD, TASK, "q0", NOON)
        assert list_tallies(connection, GUILD, TASK)[0].ballot_id == BALLOT
        publish_gold(connection, GUILD, TASK, (two, replace(contested, prompt="Reworded?")), 9, "Reworded", NOON)
        last = list_tallies(connection, GUILD, TASK)[1]
        assert (last.item_id, last.revision, last.author_id, last.ballot_id, last.right) == ("q0", 2, 9, None, 0)

    await asked.write(live)


async def test_a_tally_of_any_size_is_one_statement(asked: Database) -> None:
    def live(connection: Connection) -> None:
        for number, item_id in enumerate(("q1", "q2"), start=2):
            add_ballot(connection, a_ballot(id=number, item_id=item_id))
        statements: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *told: statements.append(told[2]))
        assert len(list_tallies(connection, GUILD, TASK)) == 3
        assert len(statements) == 1

    await asked.write(live)
