"""What is computed about a gold beside the submissions' scores."""

import pytest
from sqlalchemy import Connection

from bench.baselines import BaselineKind, BaselineScore
from bench.model import Interval
from storage.analysis import PackedAnalysis, find_analysis, list_baselines, record_analysis, record_baselines
from storage.database import Database
from storage.tasks import get_task, record_waived
from tests.fixtures.rows import GUILD, MINUTE, NOON, SIGNATURE, TASK, with_task

EMPTY = BaselineScore(BaselineKind.EMPTY, 0.0, Interval(0.0, 0.1, 24.0))
COPY = BaselineScore(BaselineKind.COPY, 0.25, Interval(0.1, 0.4, 24.0))


@pytest.fixture
async def task(database: Database) -> Database:
    await database.write(with_task)
    return database


async def test_baselines_belong_to_a_version_and_a_metric_and_are_replaced(task: Database) -> None:
    def live(connection: Connection) -> None:
        record_baselines(connection, GUILD, TASK, 1, SIGNATURE, [EMPTY, COPY])
        assert list_baselines(connection, GUILD, TASK, 1, SIGNATURE) == (COPY, EMPTY)
        record_baselines(connection, GUILD, TASK, 1, SIGNATURE, [COPY])
        assert list_baselines(connection, GUILD, TASK, 1, SIGNATURE) == (COPY, EMPTY)
        assert list_baselines(connection, GUILD, TASK, 2, SIGNATURE) == ()
        assert list_baselines(connection, GUILD, TASK, 1, "another") == ()

    await task.write(live)


async def test_the_last_analysis_of_the_items_stands(task: Database) -> None:
    first, second = PackedAnalysis(1, 5, b"\x00a", NOON), PackedAnalysis(1, 6, b"b", NOON + MINUTE)

    def live(connection: Connection) -> None:
        assert find_analysis(connection, GUILD, TASK) is None
        record_analysis(connection, GUILD, TASK, first)
        record_analysis(connection, GUILD, TASK, second)
        assert find_analysis(connection, GUILD, TASK) == second

    await task.write(live)


async def test_a_task_remembers_what_was_waived_at_its_launch(task: Database) -> None:
    def live(connection: Connection) -> None:
        assert get_task(connection, GUILD, TASK).waived == ()
        record_waived(connection, GUILD, TASK, ["At least 5 members vote"])
        assert get_task(connection, GUILD, TASK).waived == ("At least 5 members vote",)

    await task.write(live)
