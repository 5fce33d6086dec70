"""The life of a task: proposed, approved, launched, closed, and told in the open."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from bench.errors import BadInput
from bench.gate import Check
from bench.model import Actor, Gold, GuildSettings, Task, TaskState
from bench.spellings import drawn
from bench.text import language_tag, member_line, member_text
from services import steps
from services.analyses import baselines_due
from services.clock import Clock
from services.guilds import needed
from services.posts import Posts, task_post_due
from services.runner import Runner
from services.sheets import PROPOSED, checklist_of, sheet_of
from services.values import CheckedGold, Refusal, TaskDraft, TaskSheet, UploadedFile
from services.workers import LimitReached, Workers
from storage import drafts, events, gold, guilds, publishing, tasks
from storage.database import Connection, Database

LONGEST_TITLE = 90
LONGEST_STATEMENT = 2000
LONGEST_LICENCE = 60
MOST_ATTEMPTS_PER_DAY = 50

Step = Callable[[Connection, Actor, int, datetime], None]


class Tasks:
    """Use cases around tasks. Rights are checked here, on every call, from the member who acts."""

    def __init__(self, database: Database, workers: Workers, posts: Posts, runner: Runner, clock: Clock) -> None:
        self._database = database
        self._workers = workers
        self._posts = posts
        self._runner = runner
        self._clock = clock

    async def prepare(self, actor: Actor, draft: TaskDraft, draft_id: int) -> None:
        """Keep what a member typed, so that a refused form can be opened again filled in."""
        await self._settings(actor.guild_id)
        now = self._clock()
        await self._database.write(
            lambda connection: drafts.add_draft(connection, actor.guild_id, draft_id, actor.user_id, asdict(draft), now)
        )

    async def draft(self, actor: Actor, draft_id: int) -> TaskDraft:
        """What was typed then; only its writer may have it."""
        row = await self._database.read(
            lambda connection: drafts.get_draft(connection, actor.guild_id, draft_id, actor.user_id)
        )
        return TaskDraft(**row)

    async def propose(self, actor: Actor, draft: TaskDraft, file: UploadedFile, interaction_id: int) -> TaskSheet:
        """Check a proposal with its gold file and put it before the community."""
        settings = await self._settings(actor.guild_id)
        checked = await self._check(draft, file)
        now = self._clock()
        counted = sum(not item.practice for item in checked.items)
        task = Task(
            actor.guild_id,
            interaction_id,
            member_line("title", draft.title, LONGEST_TITLE),
            member_text("statement", draft.statement, LONGEST_STATEMENT),
            language_tag(draft.language),
            member_line("licence", draft.licence, LONGEST_LICENCE),
            checked.signature,
            TaskState.PROPOSED,
            actor.user_id,
            gold_version=1,
            items=counted,
            practice_items=len(checked.items) - counted,
            attempts_per_day=_allowed(draft.attempts_per_day),
            created_at=now,
            gold_is_open=draft.gold_is_open,
        )

        def write(connection: Connection) -> None:
            if tasks.find_task(connection, task.guild_id, task.id) is not None:
                return
            guilds.record_member(connection, actor.guild_id, actor.user_id, actor.name, actor.joined_at, now)
            tasks.add_task(connection, task)
            publishing.publish_gold(
                connection, task.guild_id, task.id, checked.items, actor.user_id, "First version", now
            )
            events.add_event(
                connection,
                task.guild_id,
                at=now,
                actor_id=actor.user_id,
                kind=PROPOSED,
                task_id=task.id,
                subject_id=task.id,
                data={"gold_score": checked.gold_score, "empty_score": checked.empty_score},
            )
            baselines_due(connection, task, 1, now)
            task_post_due(connection, task, settings, now)

        await self._database.write(write)
        self._posts.wake()
        self._runner.wake()
        return await self.sheet(task.guild_id, task.id)

    async def get(self, guild_id: int, task_id: int) -> Task:
        """One task of the guild."""
        return await self._database.read(lambda connection: tasks.get_task(connection, guild_id, task_id))

    async def search(
        self, guild_id: int, text: str = "", states: frozenset[TaskState] | None = None, limit: int = 25
    ) -> tuple[Task, ...]:
        """Tasks whose title matches, newest first."""
        return await self._database.read(
            lambda connection: tasks.list_tasks(connection, guild_id, text=text, states=states, limit=limit)
        )

    async def sheet(self, guild_id: int, task_id: int) -> TaskSheet:
        """All that the task's post shows."""
        return await self._database.read(lambda connection: sheet_of(connection, guild_id, task_id))

    async def approve(self, actor: Actor, task_id: int) -> TaskSheet:
        """Approve a proposal."""
        return await self._change(actor, task_id, steps.approve)

    async def take_back(self, actor: Actor, task_id: int) -> TaskSheet:
        """Take one's own approval back."""
        return await self._change(actor, task_id, steps.take_back)

    async def launch(self, actor: Actor, task_id: int, *, waive: bool = False) -> TaskSheet:
        """Open an approved task for submissions; a curator may `waive` what its pilot has not met."""
        return await self._change(actor, task_id, partial(steps.launch, waive=waive))

    async def checklist(self, guild_id: int, task_id: int) -> tuple[Task, tuple[Check, ...]]:
        """The launch gate of a task, line by line, as it stands now."""

        def read(connection: Connection) -> tuple[Task, tuple[Check, ...]]:
            task = tasks.get_task(connection, guild_id, task_id)
            return task, checklist_of(connection, task, needed(guilds.find_settings(connection, guild_id)))

        return await self._database.read(read)

    async def close(self, actor: Actor, task_id: int) -> TaskSheet:
        """End an open task."""
        return await self._change(actor, task_id, steps.close)

    async def link(self, actor: Actor, task_id: int, channel_id: int) -> TaskSheet:
        """Mirror the task's news into one more channel."""
        return await self._change(
            actor, task_id, lambda connection, actor, task, now: steps.link(connection, actor, task, channel_id, now)
        )

    async def unlink(self, actor: Actor, task_id: int, channel_id: int) -> TaskSheet:
        """End the mirroring into a channel."""
        return await self._change(
            actor, task_id, lambda connection, actor, task, now: steps.unlink(connection, actor, task, channel_id, now)
        )

    async def kit(self, actor: Actor, task_id: int) -> bytes:
        """The zip with which a member makes a submission: prompts, samples and a notebook, never hidden gold."""

        def read(connection: Connection) -> tuple[Task, Gold]:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            return task, gold.get_gold(connection, actor.guild_id, task_id, task.gold_version)

        task, agreed = await self._database.read(read)
        packed: bytes = await self._workers.ask("kit", task, agreed)
        return packed

    async def record_thread(self, guild_id: int, task_id: int, thread_id: int) -> None:
        """The task's thread exists now."""
        await self._database.write(lambda connection: tasks.set_thread(connection, guild_id, task_id, thread_id))
        self._posts.wake()

    async def _check(self, draft: TaskDraft, file: UploadedFile) -> CheckedGold:
        try:
            outcome = await self._workers.ask("check_gold", file.content, file.name, draft.specification)
        except LimitReached as limit:
            raise BadInput(f"Reading the gold file was stopped: {limit}. Make it smaller and send it again.") from limit
        if isinstance(outcome, Refusal):
            raise outcome.error
        checked: CheckedGold = outcome
        return replace(checked, items=drawn(checked.items, secrets.randbelow))

    async def _settings(self, guild_id: int) -> GuildSettings:
        return needed(await self._database.read(lambda connection: guilds.find_settings(connection, guild_id)))

    async def _change(self, actor: Actor, task_id: int, step: Step) -> TaskSheet:
        """Take one step in one transaction and answer with the sheet as it stands after it."""
        now = self._clock()

        def write(connection: Connection) -> TaskSheet:
            step(connection, actor, task_id, now)
            return sheet_of(connection, actor.guild_id, task_id)

        sheet = await self._database.write(write)
        self._posts.wake()
        return sheet


def _allowed(attempts_per_day: int) -> int:
    if not 1 <= attempts_per_day <= MOST_ATTEMPTS_PER_DAY:
        raise BadInput(f"Attempts per day are {attempts_per_day}; choose from 1 to {MOST_ATTEMPTS_PER_DAY}.")
    return attempts_per_day
