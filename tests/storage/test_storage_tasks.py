import asyncio

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bench.errors import NotFound
from bench.model import TaskState
from storage.database import Database
from storage.drafts import add_draft, get_draft
from storage.events import Event, add_event, get_event, list_events
from storage.tasks import (
    add_task,
    change_state,
    find_task,
    get_task,
    list_approvals,
    list_links,
    list_tasks,
    lock_task,
    record_approval,
    record_link,
    remove_approval,
    remove_link,
    set_gold_is_open,
    set_thread,
)
from tests.fixtures.rows import GUILD, MINUTE, NOON, TASK, a_task, set_up


@pytest.fixture
async def guild(database: Database) -> Database:
    await database.write(set_up)
    return database


async def test_a_task_comes_back_as_it_was_given(guild: Database) -> None:
    task = a_task(thread_id=9, opened_at=NOON, title="¿Qué “bacán” 🙂?", gold_is_open=True)
    assert await guild.write(add_task, task) == task
    assert await guild.read(get_task, GUILD, TASK) == task
    assert await guild.read(find_task, GUILD, TASK) == task


async def test_gold_is_opened_and_hidden_again(guild: Database) -> None:
    assert not (await guild.write(add_task, a_task())).gold_is_open
    for gold_is_open in (True, False):
        await guild.write(set_gold_is_open, GUILD, TASK, gold_is_open)
        assert (await guild.read(get_task, GUILD, TASK)).gold_is_open is gold_is_open
    with pytest.raises(NotFound, match="no such task"):
        await guild.write(set_gold_is_open, GUILD, 404, gold_is_open=True)


async def test_a_repeated_interaction_gives_the_task_that_it_made(guild: Database) -> None:
    first = await guild.write(add_task, a_task())
    again = await guild.write(add_task, a_task(title="Another"))
    assert first == again


async def test_two_writers_with_the_same_interaction_store_one_task(guild: Database) -> None:
    titles = [f"Writer {number}" for number in range(10)]
    stored = await asyncio.gather(*(guild.write(add_task, a_task(title=title)) for title in titles))
    assert len({task.title for task in stored}) == 1
    assert await guild.read(lambda connection: len(list_tasks(connection, GUILD))) == 1


async def test_what_is_not_there_is_said_in_one_sentence(guild: Database) -> None:
    for look in (get_task, lock_task):
        with pytest.raises(NotFound, match=r"^There is no such task in this server\.$"):
            await guild.write(look, GUILD, TASK)
    with pytest.raises(NotFound):
        await guild.write(set_thread, GUILD, TASK, 1)
    assert await guild.read(find_task, GUILD, TASK) is None


async def test_a_task_needs_a_guild_that_is_set_up(guild: Database) -> None:
    with pytest.raises(IntegrityError):
        await guild.write(add_task, a_task(guild_id=404))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [4, 3, 2, 1]),
        ("  ", [4, 3, 2, 1]),
        ("SLANG", [2, 1]),
        ("ÑANDÚ", [3]),
        ("\uff33\uff4c\uff41\uff4e\uff47", [2, 1]),
        ("100%", [4]),
        ("100", [4, 3]),
        ("_", [4]),
        ("\\", []),
        ("/", [2]),
        ("nothing", []),
    ],
)
async def test_titles_are_searched_in_any_case_and_literally(guild: Database, text: str, found: list[int]) -> None:
    titles = ["Slang of Chile", "slang/jargon", "El ñandú 1000", "100%_sure"]

    def live(connection: Connection) -> list[int]:
        for number, title in enumerate(titles, start=1):
            add_task(connection, a_task(id=number, title=title, created_at=NOON + number * MINUTE))
        return [task.id for task in list_tasks(connection, GUILD, text=text)]

    assert await guild.write(live) == found


async def test_tasks_are_listed_by_state_newest_first_and_never_more_than_asked(guild: Database) -> None:
    def live(connection: Connection) -> None:
        states = list(TaskState)
        for number in range(50):
            state = states[number % len(states)]
            add_task(connection, a_task(id=number, state=state, created_at=NOON + number * MINUTE))
        assert [task.id for task in list_tasks(connection, GUILD, limit=3)] == [49, 48, 47]
        assert len(list_tasks(connection, GUILD)) == 25
        chosen = frozenset({TaskState.OPEN, TaskState.CLOSED})
        assert {task.state for task in list_tasks(connection, GUILD, states=chosen)} == chosen
        assert list_tasks(connection, GUILD, states=[]) == ()

    await guild.write(live)


async def test_of_two_who_open_a_task_at_once_one_does(guild: Database) -> None:
    await guild.write(add_task, a_task(state=TaskState.PILOT))

    def launch(connection: Connection) -> bool:
        return change_state(connection, GUILD, TASK, TaskState.PILOT, TaskState.OPEN, NOON + MINUTE)

    assert sorted(await asyncio.gather(*(guild.write(launch) for _ in range(5)))) == [False] * 4 + [True]
    task = await guild.read(get_task, GUILD, TASK)
    assert (task.state, task.opened_at, task.closed_at) == (TaskState.OPEN, NOON + MINUTE, None)


async def test_closing_notes_its_time_and_opening_again_takes_it_back(guild: Database) -> None:
    def live(connection: Connection) -> None:
        add_task(connection, a_task(state=TaskState.OPEN, opened_at=NOON))
        assert change_state(connection, GUILD, TASK, TaskState.OPEN, TaskState.CLOSED, NOON + MINUTE)
        assert get_task(connection, GUILD, TASK).closed_at == NOON + MINUTE
        assert change_state(connection, GUILD, TASK, TaskState.CLOSED, TaskState.OPEN, NOON + 2 * MINUTE)
        assert get_task(connection, GUILD, TASK).closed_at is None

    await guild.write(live)


async def test_who_holds_a_task_counts_alone(guild: Database) -> None:
    """Ten members read the state and write what follows from it: behind the lock none of them is overtaken."""
    await guild.write(add_task, a_task(thread_id=0))

    def count_up(connection: Connection) -> None:
        task = lock_task(connection, GUILD, TASK)
        set_thread(connection, GUILD, TASK, (task.thread_id or 0) + 1)

    await asyncio.gather(*(guild.write(count_up) for _ in range(10)))
    assert (await guild.read(get_task, GUILD, TASK)).thread_id == 10


async def test_an_approval_counts_once_and_can_be_taken_back(guild: Database) -> None:
    def live(connection: Connection) -> None:
        add_task(connection, a_task())
        assert record_approval(connection, GUILD, TASK, 1, as_curator=False, at=NOON)
        assert not record_approval(connection, GUILD, TASK, 1, as_curator=False, at=NOON + MINUTE)
        assert record_approval(connection, GUILD, TASK, 2, as_curator=True, at=NOON + MINUTE)
        assert list_approvals(connection, GUILD, TASK) == ((1, False), (2, True))
        assert not record_approval(connection, GUILD, TASK, 1, as_curator=True, at=NOON + MINUTE)
        assert list_approvals(connection, GUILD, TASK) == ((1, True), (2, True))
        assert remove_approval(connection, GUILD, TASK, 1)
        assert not remove_approval(connection, GUILD, TASK, 1)
        assert list_approvals(connection, GUILD, TASK) == ((2, True),)

    await guild.write(live)


async def test_a_channel_is_linked_once_and_unlinked_once(guild: Database) -> None:
    def live(connection: Connection) -> None:
        add_task(connection, a_task())
        assert record_link(connection, GUILD, TASK, 50, 1, NOON)
        assert not record_link(connection, GUILD, TASK, 50, 2, NOON + MINUTE)
        assert record_link(connection, GUILD, TASK, 40, 2, NOON + MINUTE)
        assert list_links(connection, GUILD, TASK) == (50, 40)
        assert remove_link(connection, GUILD, TASK, 50)
        assert not remove_link(connection, GUILD, TASK, 50)
        assert list_links(connection, GUILD, TASK) == (40,)

    await guild.write(live)


async def test_a_form_is_given_back_to_its_writer_only(guild: Database) -> None:
    form = {"title": "Slang", "statement": "é\n1e3", "attempts_per_day": 10**30}

    def live(connection: Connection) -> None:
        add_draft(connection, GUILD, 3, 7, form, NOON)
        add_draft(connection, GUILD, 3, 7, {"title": "another"}, NOON)
        assert get_draft(connection, GUILD, 3, 7) == form
        with pytest.raises(NotFound, match="no such form"):
            get_draft(connection, GUILD, 3, 8)

    await guild.write(live)


async def test_what_was_done_is_listed_newest_first_page_by_page(guild: Database) -> None:
    def live(connection: Connection) -> None:
        add_task(connection, a_task())
        kinds = ["proposed", "approved", "approved", "launched"]
        ids = [add_event(connection, GUILD, NOON, 7, kind, TASK, None, {"kind": kind}) for kind in kinds]
        apart = add_event(connection, GUILD, NOON, 7, "setup", None, 5, {})
        assert ids == sorted(ids)
        assert get_event(connection, GUILD, apart) == Event(GUILD, apart, NOON, 7, "setup", None, 5, {})
        assert [event.id for event in list_events(connection, GUILD)] == [apart, *reversed(ids)]
        assert [event.id for event in list_events(connection, GUILD, task_id=TASK, limit=2)] == [ids[3], ids[2]]
        assert [event.id for event in list_events(connection, GUILD, before_id=ids[2])] == [ids[1], ids[0]]
        assert [event.id for event in list_events(connection, GUILD, kind="approved")] == [ids[2], ids[1]]
        with pytest.raises(NotFound, match="no such event"):
            get_event(connection, GUILD, apart + 1)

    await guild.write(live)
