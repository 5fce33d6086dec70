"""The services on a real database with real worker processes."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.assembly import open_services
from services.workers import WorkerLimits
from storage.database import Database
from tests.services.community import Community, MovableClock


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def community(database: Database, clock: MovableClock) -> AsyncIterator[Community]:
    async with open_services(database, WorkerLimits(), clock) as services:
        yield Community(services, clock)


@pytest.fixture
async def village(database: Database, clock: MovableClock) -> AsyncIterator[Community]:
    """A community whose decisions on gold become a version at once."""
    async with open_services(database, WorkerLimits(), clock, settle_for=timedelta(0)) as services:
        yield Community(services, clock)
