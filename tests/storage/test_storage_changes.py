"""What waits for the next version: items that members propose, and what the owner amends."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bench.amendments import Amendment
from bench.errors import NotFound
from bench.model import Item, ItemState, VoteValue
from storage.ballots import add_ballot
from storage.changes import (
    add_amendment,
    add_proposed_items,
    close_amendments,
    close_proposed_items,
    get_question,
    list_amendments,
    list_known_ids,
    list_proposed_items,
)
from storage.database import Database
from storage.gold import get_gold
from storage.presence import find_arrival, list_absent, list_inside
from storage.publishing import publish_gold
from storage.votes import count_voters, list_proposed_tallies, record_vote
from tests.fixtures.rows import GUILD, MINUTE, NOON, TASK, a_ballot, a_vote, some_items, with_task

NEW = Item("n1", "What is new?", ("this",), (("dialect", "chile"),), author="Dan")
NEWER = Item("n2", "What is newer?", ("that", "those"))


@pytest.fixture
async def task(database: Database) -> Database:
    await database.write(with_task)
    return database


async def test_proposed_items_wait_in_order_until_they_are_closed(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_proposed_items(connection, GUILD, TASK, [NEWER], 20, NOON)
        add_proposed_items(connection, GUILD, TASK, [NEW], 21, NOON + MINUTE)
        waiting = list_proposed_items(connection, GUILD, TASK)
        assert [(one.item, one.proposed_by) for one in waiting] == [(NEWER, 20), (NEW, 21)]
        assert get_question(connection, GUILD, TASK, "n1") == (NEW, 1)
        assert get_question(connection, GUILD, TASK, "q0")[0].id == "q0"
        assert {"q0", "q1", "q2", "n1", "n2"} == list_known_ids(connection, GUILD, TASK)
        close_proposed_items(connection, GUILD, TASK, ["n2"], 1)
        assert [one.item for one in list_proposed_items(connection, GUILD, TASK)] == [NEW]
        with pytest.raises(NotFound):
            get_question(connection, GUILD, TASK, "n2")

    await task.write(live)


async def test_an_id_that_the_task_had_is_not_proposed_again(task: Database) -> None:
    with pytest.raises(IntegrityError):
        await task.write(add_proposed_items, GUILD, TASK, [replace(NEW, id="q0")], 20, NOON)


async def test_a_proposed_item_is_voted_on_and_then_comes_into_the_gold_in_its_own_words(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_proposed_items(connection, GUILD, TASK, [NEW, NEWER], 20, NOON)
        add_ballot(connection, a_ballot(item_id="n1"))
        record_vote(connection, a_vote(user_id=30))
        record_vote(connection, a_vote(None, user_id=31))
        first, second = list_proposed_tallies(connection, GUILD, TASK)
        assert (first.item_id, first.author_id, first.author, first.right) == ("n1", 20, "Dan", 1)
        assert (second.state, second.ballot_id) == (ItemState.OPEN, None)
        assert count_voters(connection, GUILD, TASK) == 1
        publish_gold(connection, GUILD, TASK, (*some_items(), NEW), 7, "Taken in", NOON)
        close_proposed_items(connection, GUILD, TASK, ["n1"], 2)
        assert get_gold(connection, GUILD, TASK).items[-1] == NEW
        assert get_question(connection, GUILD, TASK, "n1") == (NEW, 1)
        (left,) = list_proposed_tallies(connection, GUILD, TASK)
        assert left.item_id == "n2"

    await task.write(live)


async def test_who_sent_before_an_item_came_was_not_asked_it(task: Database) -> None:
    one, two, three = some_items()

    def live(connection: Connection) -> None:
        publish_gold(connection, GUILD, TASK, (one, two, three, NEW), 7, "One more", NOON)
        publish_gold(connection, GUILD, TASK, (one, two, NEW, NEWER), 7, "One more, one out", NOON)
        publish_gold(connection, GUILD, TASK, (one, two, NEW, NEWER, three), 7, "It is back", NOON)
        assert list_absent(connection, GUILD, TASK, 1, 4) == {"n1", "n2"}
        assert list_absent(connection, GUILD, TASK, 3, 4) == {"q2"}
        assert list_absent(connection, GUILD, TASK, 4, 4) == frozenset()
        assert find_arrival(connection, GUILD, TASK, 1, 4) == 2
        assert find_arrival(connection, GUILD, TASK, 2, 4) == 3
        assert find_arrival(connection, GUILD, TASK, 4, 4) is None
        assert list_inside(connection, GUILD, TASK, 3, ["q2", "n1", "nowhere"]) == {"n1"}

    await task.write(live)


async def test_amendments_wait_oldest_first_and_are_closed_by_a_version(task: Database) -> None:
    edited = Amendment(GUILD, 8, TASK, "q0", replace(NEW, id="q0"), 7, "Clearer", NOON + MINUTE)
    out = Amendment(GUILD, 9, TASK, "q1", None, 7, "Twice the same", NOON)

    def live(connection: Connection) -> None:
        assert add_amendment(connection, edited) == edited
        assert add_amendment(connection, out) == out
        assert add_amendment(connection, replace(out, reason="Again")) == out
        assert list_amendments(connection, GUILD, TASK) == (out, edited)
        close_amendments(connection, GUILD, TASK, [9], 1)
        assert list_amendments(connection, GUILD, TASK) == (edited,)

    await task.write(live)


async def test_a_ballot_asks_about_a_proposed_item_as_about_any_other(task: Database) -> None:
    def live(connection: Connection) -> None:
        add_proposed_items(connection, GUILD, TASK, [NEW], 20, NOON)
        opened = add_ballot(connection, a_ballot(item_id="n1"))
        record_vote(connection, a_vote(VoteValue.WRONG, ballot_id=opened.id))
        (tally,) = list_proposed_tallies(connection, GUILD, TASK)
        assert (tally.ballot_id, tally.wrong) == (opened.id, 1)

    await task.write(live)
