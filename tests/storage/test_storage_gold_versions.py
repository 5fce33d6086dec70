from dataclasses import replace

import pytest
from sqlalchemy import Connection

from bench.errors import BadInput, NotFound
from bench.model import Gold, Item
from storage.database import Database
from storage.gold import (
    ChangedItem,
    changes_between,
    find_prompts,
    get_gold,
    get_item,
    list_samples,
    list_versions,
)
from storage.publishing import publish_gold
from storage.tasks import add_task, get_task
from tests.fixtures.rows import GUILD, MINUTE, NOON, TASK, a_task, set_up, some_items

ONE, TWO, THREE = some_items()
PRACTICE = Item("p", "Practice?", ("p",), practice=True)
NEW = Item("new", "New?", ("n",))
TWO_MORE = replace(TWO, answers=("a1", "b1"))
THREE_REWORDED = replace(THREE, prompt="Other words?")
HISTORY = (
    (ONE, TWO, THREE, PRACTICE),
    (ONE, TWO_MORE, THREE_REWORDED, PRACTICE),
    (replace(ONE, contested=True), TWO_MORE, NEW),
    (NEW, TWO_MORE, ONE, THREE),
)


def publish_history(connection: Connection) -> None:
    set_up(connection)
    add_task(connection, a_task())
    for number, items in enumerate(HISTORY, start=1):
        publish_gold(connection, GUILD, TASK, items, number, f"Reason {number}", NOON + number * MINUTE)


@pytest.fixture
async def published(database: Database) -> Database:
    await database.write(publish_history)
    return database


async def test_a_contested_item_comes_back_as_one_and_does_not_count(published: Database) -> None:
    items = (ONE, replace(TWO, contested=True), PRACTICE)

    def live(connection: Connection) -> None:
        gold = publish_gold(connection, GUILD, TASK, items, 7, "Disputed", NOON)
        assert get_gold(connection, GUILD, TASK) == gold == Gold(items, 5)
        task = get_task(connection, GUILD, TASK)
        assert (task.gold_version, task.items, task.practice_items) == (5, 1, 1)
        assert list_samples(connection, GUILD, TASK, 5) == (ONE.prompt,)

    await published.write(live)


async def test_a_practice_item_is_never_contested(published: Database) -> None:
    odd = replace(PRACTICE, contested=True)
    gold = await published.write(publish_gold, GUILD, TASK, (ONE, odd), 7, "Odd", NOON)
    assert gold.items == (ONE, PRACTICE)
    assert await published.read(get_gold, GUILD, TASK) == gold


async def test_gold_of_which_everything_is_contested_is_refused(published: Database) -> None:
    with pytest.raises(BadInput, match="no item that counts"):
        await published.write(publish_gold, GUILD, TASK, (replace(ONE, contested=True), PRACTICE), 7, "All", NOON)


async def test_an_item_is_read_with_the_revision_of_its_words(published: Database) -> None:
    def live(connection: Connection) -> None:
        def of(item_id: str, version: int | None = None, **words: int) -> tuple[Item, int]:
            return get_item(connection, GUILD, TASK, item_id, version, **words)

        assert of("q1") == (TWO_MORE, 1)
        assert of("q1", 1) == (TWO, 1)
        assert of("q0", 3) == (replace(ONE, contested=True), 1)
        assert of("q2") == (THREE, 3)
        assert of("q2", 2) == (THREE_REWORDED, 2)
        assert of("q2", revision=2) == (THREE_REWORDED, 2)
        assert of("q2", revision=1) == (THREE, 1)
        assert of("p", revision=1) == (PRACTICE, 1)

    await published.read(live)


@pytest.mark.parametrize(
    ("item_id", "version", "revision"),
    [("q404", None, None), ("p", None, None), ("q2", 3, None), ("new", 2, None), ("q2", None, 4), ("q2", 1, 2)],
)
async def test_an_item_that_is_not_in_the_gold_is_not_found(
    published: Database, item_id: str, version: int | None, revision: int | None
) -> None:
    with pytest.raises(NotFound, match=r"^There is no such item in this server\.$"):
        await published.read(get_item, GUILD, TASK, item_id, version, revision=revision)


async def test_the_history_says_what_each_version_did_and_why(published: Database) -> None:
    versions = await published.read(list_versions, GUILD, TASK)
    assert [one.number for one in versions] == [4, 3, 2, 1]
    assert [(one.actor_id, one.reason, one.at) for one in versions] == [
        (number, f"Reason {number}", NOON + number * MINUTE) for number in (4, 3, 2, 1)
    ]
    assert [(one.added, one.removed, one.changed) for one in reversed(versions)] == [
        (4, 0, 0),
        (0, 0, 2),
        (1, 2, 1),
        (1, 0, 1),
    ]
    assert [one.number for one in await published.read(list_versions, GUILD, TASK, limit=1)] == [4]
    assert await published.read(list_versions, GUILD, 404) == ()


async def test_a_version_says_exactly_what_it_changed(published: Database) -> None:
    contested = replace(ONE, contested=True)

    def live(connection: Connection) -> None:
        def changes(version: int, since: int | None = None) -> list[ChangedItem]:
            return list(changes_between(connection, GUILD, TASK, version, since=since))

        assert changes(1) == [ChangedItem(one.id, None, one) for one in HISTORY[0]]
        assert changes(2) == [ChangedItem("q1", TWO, TWO_MORE), ChangedItem("q2", THREE, THREE_REWORDED)]
        assert {one.item_id: (one.before, one.after) for one in changes(3)} == {
            "q0": (ONE, contested),
            "new": (None, NEW),
            "q2": (THREE_REWORDED, None),
            "p": (PRACTICE, None),
        }
        assert changes(4) == [ChangedItem("q0", contested, ONE), ChangedItem("q2", None, THREE)]
        assert {one.item_id: (one.before, one.after) for one in changes(4, since=1)} == {
            "q1": (TWO, TWO_MORE),
            "new": (None, NEW),
            "p": (PRACTICE, None),
        }
        assert changes(4, since=4) == []
        assert changes(4, since=0) == [ChangedItem(one.id, None, one) for one in HISTORY[3]]

    await published.read(live)
    for version in (0, 5):
        with pytest.raises(NotFound, match="no such gold"):
            await published.read(changes_between, GUILD, TASK, version)


async def test_items_are_found_by_any_part_of_their_prompt_or_id_in_any_case(published: Database) -> None:
    items = (Item("Ñ-1", "¿Qué es ÑANDÚ?", ("x",)), Item("b", "100% _sure_?", ("x",)), PRACTICE)

    def live(connection: Connection) -> None:
        publish_gold(connection, GUILD, TASK, items, 7, "Other items", NOON)

        def found(text: str, limit: int = 25) -> list[str]:
            return [item_id for item_id, _ in find_prompts(connection, GUILD, TASK, text, limit)]

        assert found("ñandú") == found("ñ-1") == ["Ñ-1"]
        assert found("%") == found("_SURE_") == ["b"]
        assert found(" ") == ["Ñ-1", "b", "p"]
        assert found("", 2) == ["Ñ-1", "b"]
        assert found("q1") == found("b\n?") == []
        assert find_prompts(connection, GUILD, TASK, "practice") == (("p", "Practice?"),)

    await published.write(live)
