from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bench.errors import BadInput, NotFound
from bench.model import Gold, Item
from storage.database import Database
from storage.gold import get_gold, list_item_ids, list_samples
from storage.publishing import publish_gold
from storage.schema import gold_answer, gold_version, item
from storage.tasks import add_task, get_task
from tests.fixtures.rows import GUILD, MINUTE, NOON, TASK, a_task, set_up, some_items

task_ids = count(1)


def publish(connection: Connection, items: tuple[Item, ...], task_id: int = TASK) -> Gold:
    return publish_gold(connection, GUILD, task_id, items, 7, "Agreed", NOON)


def rows_of(connection: Connection, version: int) -> set[str]:
    chosen = select(gold_answer.c.item_id).where(gold_answer.c.version == version)
    return set(connection.execute(chosen).scalars())


@pytest.fixture
async def proposed(database: Database) -> Database:
    await database.write(set_up)
    await database.write(add_task, a_task())
    return database


async def test_the_first_version_comes_back_item_by_item_in_order(proposed: Database) -> None:
    items = (
        Item(
            "z", "¿Qué?\nDos líneas", ("sí", "SÍ", " 007 "), (("dialect", "chile"), ("dialect", "peru")), author="Ada"
        ),
        Item("a", "practice", ("x",), practice=True),
        Item("m", "", ("",)),
    )

    def live(connection: Connection) -> None:
        assert publish(connection, items) == Gold(items, 1)
        assert get_gold(connection, GUILD, TASK) == get_gold(connection, GUILD, TASK, 1) == Gold(items, 1)
        assert list_item_ids(connection, GUILD, TASK) == ("z", "a", "m")
        assert list_samples(connection, GUILD, TASK, 5) == ("¿Qué?\nDos líneas", "")
        assert list_samples(connection, GUILD, TASK, 1) == ("¿Qué?\nDos líneas",)

    await proposed.write(live)


async def test_a_version_keeps_only_what_it_changed(proposed: Database) -> None:
    first = some_items(1000)
    changed = replace(first[5], answers=("another", "a5"))
    second = (*first[:5], changed, *first[6:])
    third = second[1:]
    fourth = (*third, Item("new", "New?", ("n",)))
    fifth = (first[0], *fourth)

    def live(connection: Connection) -> None:
        for items in (first, second, third, fourth, fifth):
            publish(connection, items)
        kept = [rows_of(connection, version) for version in range(1, 6)]
        assert kept == [{one.id for one in first}, {"q5"}, {"q0"}, {"new"}, {"q0"}]
        for version, items in enumerate((first, second, third, fourth, fifth), start=1):
            assert get_gold(connection, GUILD, TASK, version).items == items
            assert list_item_ids(connection, GUILD, TASK, version) == tuple(one.id for one in items)

    await proposed.write(live)


async def test_the_task_says_which_version_and_how_many_items(proposed: Database) -> None:
    def live(connection: Connection) -> None:
        practice = Item("p", "Practice?", ("p",), practice=True)
        publish(connection, some_items(4))
        publish(connection, (*some_items(3), practice))
        task = get_task(connection, GUILD, TASK)
        assert (task.gold_version, task.items, task.practice_items) == (2, 3, 1)

    await proposed.write(live)


async def test_gold_that_does_not_differ_makes_no_version(proposed: Database) -> None:
    def live(connection: Connection) -> None:
        publish(connection, some_items())
        assert publish_gold(connection, GUILD, TASK, some_items(), 8, "Again", NOON + MINUTE) == Gold(some_items(), 1)
        assert connection.execute(select(gold_version.c.actor_id)).scalars().all() == [7]

    await proposed.write(live)


async def test_other_answers_leave_the_revision_of_an_item_and_other_words_make_the_next(proposed: Database) -> None:
    one, two, three = some_items()

    def live(connection: Connection) -> None:
        publish(connection, (one, two, three))
        publish(connection, (one, replace(two, answers=("b",)), replace(three, practice=True)))
        publish(connection, (replace(one, prompt="In other words?"), two, three))
        publish(connection, (one, two, three))
        revisions = connection.execute(select(item.c.item_id, item.c.revision, item.c.prompt).order_by(item.c.revision))
        assert [tuple(row) for row in revisions if row.item_id == "q0"] == [
            ("q0", 1, one.prompt),
            ("q0", 2, "In other words?"),
            ("q0", 3, one.prompt),
        ]
        assert get_gold(connection, GUILD, TASK, 2).items[1].answers == ("b",)
        assert get_gold(connection, GUILD, TASK, 3).items[0].prompt == "In other words?"

    await proposed.write(live)


async def test_a_version_that_is_not_there_is_not_found(proposed: Database) -> None:
    with pytest.raises(NotFound, match="no such gold"):
        await proposed.read(get_gold, GUILD, TASK)
    await proposed.write(publish, some_items())
    for version in (0, 2, -1):
        with pytest.raises(NotFound, match="no such gold"):
            await proposed.read(get_gold, GUILD, TASK, version)
    with pytest.raises(NotFound, match="no such task"):
        await proposed.write(publish, some_items(), task_id=404)


async def test_gold_without_a_counted_item_or_with_an_id_twice_is_refused(proposed: Database) -> None:
    one = some_items()[0]
    for items in ((), (replace(one, practice=True),)):
        with pytest.raises(BadInput, match="no item that counts"):
            await proposed.write(publish, items)
    with pytest.raises(BadInput, match="an item's id twice"):
        await proposed.write(publish, (one, replace(one, prompt="other")))


words = st.text(st.sampled_from("aé \n0"), max_size=2)
an_item = st.builds(
    Item,
    st.sampled_from("abcdef"),
    words,
    st.lists(words, min_size=1, max_size=2).map(tuple),
    st.lists(st.tuples(words, words), max_size=1).map(tuple),
    st.booleans(),
    st.none() | words,
    st.booleans(),
).filter(lambda one: not (one.practice and one.contested))
some_gold = st.lists(an_item, min_size=1, max_size=6, unique_by=lambda one: one.id).filter(
    lambda items: any(not one.practice and not one.contested for one in items)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions=st.lists(some_gold, min_size=1, max_size=6))
async def test_whatever_changes_every_version_can_be_read(database: Database, versions: list[list[Item]]) -> None:
    task_id = next(task_ids)

    def live(connection: Connection) -> None:
        set_up(connection)
        add_task(connection, a_task(id=task_id))
        published = [publish(connection, tuple(items), task_id) for items in versions]
        for gold, items in zip(published, versions, strict=True):
            assert get_gold(connection, GUILD, task_id, gold.version) == gold == Gold(tuple(items), gold.version)
            assert list_item_ids(connection, GUILD, task_id, gold.version) == tuple(one.id for one in items)
        assert get_gold(connection, GUILD, task_id) == published[-1]
        assert list_samples(connection, GUILD, task_id, 9) == tuple(one.prompt for one in published[-1].counted)

    await database.write(live)
