"""A small community that uses the services: its members, its files, and the steps that many stories begin with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bench.model import Actor, GuildSettings
from services.assembly import Services
from services.values import Receipt, ReplyAddress, TaskDraft, TaskSheet, UploadedFile

GUILD = 1_000
FORUM, BOARD, CURATOR_ROLE = 2_000, 2_001, 3_000
ITEMS = 24


@dataclass
class MovableClock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


def member(name: str, *, guild: int = GUILD, roles: frozenset[int] = frozenset(), manages: bool = False) -> Actor:
    return Actor(guild, 10_000 + sum(name.encode()), name, roles, manages_guild=manages)


ADA = member("Ada", manages=True)
CARLA = member("Carla", roles=frozenset({CURATOR_ROLE}))
BEN, DAN, EVE = member("Ben"), member("Dan"), member("Eve")


def gold_file(items: int = ITEMS, *, practice: int = 0) -> UploadedFile:
    rows = ["id,prompt,answer,practice"]
    rows += [f"q{number},What is {number} + {number}?,{2 * number},{number < practice}" for number in range(items)]
    return UploadedFile("gold.csv", "\n".join(rows).encode())


def outputs_file(right: int, *, items: int = ITEMS, name: str = "outputs.csv") -> UploadedFile:
    """Outputs of which the first `right` are right."""
    rows = ["id,output"]
    rows += [f"q{number},{2 * number if number < right else 'no idea'}" for number in range(items)]
    return UploadedFile(name, "\n".join(rows).encode())


DRAFT = TaskDraft("Doubling", "Double the number.", "en", 'metric = "exact"', attempts_per_day=3)


@dataclass
class Community:
    """The services and their clock, with the steps that many stories begin with."""

    services: Services
    clock: MovableClock
    interactions: "count[int]" = field(default_factory=lambda: count(900_000_000))

    async def set_up(self, guild: int = GUILD) -> None:
        settings = GuildSettings(guild, FORUM, BOARD, CURATOR_ROLE)
        await self.services.guilds.setup(member("Ada", guild=guild, manages=True), settings)

    async def propose(
        self, author: Actor = BEN, draft: TaskDraft = DRAFT, gold: UploadedFile | None = None
    ) -> TaskSheet:
        return await self.services.tasks.propose(author, draft, gold or gold_file(), next(self.interactions))

    async def open_task(self, gold: UploadedFile | None = None) -> int:
        await self.set_up()
        sheet = await self.propose(gold=gold)
        await self.services.tasks.approve(CARLA, sheet.task.id)
        await self.services.tasks.launch(CARLA, sheet.task.id, waive=True)
        return sheet.task.id

    async def submit(
        self, actor: Actor, task_id: int, file: UploadedFile, *, system: str = "model", interaction: int | None = None
    ) -> Receipt:
        address = ReplyAddress(1, "token", self.clock() + timedelta(minutes=15))
        number = interaction or next(self.interactions)
        return await self.services.submissions.receive(actor, task_id, system, "", file, number, address)
