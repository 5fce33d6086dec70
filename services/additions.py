"""New items for a task that lives: proposed by members, voted on like all others, taken in by a gold version."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from bench.errors import BadFile, BadInput, Problem, WrongState
from bench.model import Actor, Item, Task
from bench.spellings import drawn
from services.ballots import VOTED_STATES
from services.clock import Clock
from services.guilds import needed
from services.posts import Happening, Posts, news_due, task_post_due
from services.values import NewsKind, Refusal, UploadedFile
from services.workers import LimitReached, Workers
from storage import changes, gold, guilds, reviewers, tasks
from storage.database import Connection, Database

MOST_WAITING = 500
THE_FORM = "form.jsonl"


@dataclass(frozen=True, slots=True)
class Added:
    """What a member proposed: how many items, and how many of the task wait for votes now."""

    task: Task
    items: int
    waiting: int


class Additions:
    """The way of an item into a living gold."""

    def __init__(self, database: Database, workers: Workers, posts: Posts, clock: Clock) -> None:
        self._database = database
        self._workers = workers
        self._posts = posts
        self._clock = clock

    async def propose_one(self, actor: Actor, task_id: int, prompt: str, answers: Sequence[str], tags: str) -> Added:
        """Propose one item as it was typed, under the next free id."""
        typed = {"id": await self._free_id(actor, task_id), "prompt": prompt, "answers": answers}
        row = typed | ({"tags": tags} if tags.strip() else {})
        return await self.propose(actor, task_id, UploadedFile(THE_FORM, msgspec.json.encode(row)))

    async def propose(self, actor: Actor, task_id: int, file: UploadedFile) -> Added:
        """Propose the items of a file; none of them is in the gold before it is settled.

        Raises BadFile with every problem, those too that only the task's other items make.
        """
        task = await self._database.read(lambda connection: _living(connection, actor, task_id))
        items = await self._checked(task, file)
        now = self._clock()

        def write(connection: Connection) -> Added:
            tasks.lock_task(connection, actor.guild_id, task_id)
            return _add(connection, actor, _living(connection, actor, task_id), items, now)

        added = await self._database.write(write)
        self._posts.wake()
        return added

    async def _checked(self, task: Task, file: UploadedFile) -> tuple[Item, ...]:
        try:
            outcome = await self._workers.ask("check_items", file.content, file.name, task.signature)
        except LimitReached as limit:
            raise BadInput(f"Reading the items was stopped: {limit}. Make the file smaller.") from limit
        if isinstance(outcome, Refusal):
            raise outcome.error
        items: tuple[Item, ...] = outcome
        return drawn(items, secrets.randbelow)

    async def _free_id(self, actor: Actor, task_id: int) -> str:
        known = await self._database.read(
            lambda connection: changes.list_known_ids(connection, actor.guild_id, task_id)
        )
        return next(name for number in range(1, len(known) + 2) if (name := f"new-{number}") not in known)


def _add(connection: Connection, actor: Actor, task: Task, items: tuple[Item, ...], now: datetime) -> Added:
    of = (task.guild_id, task.id)
    waiting = changes.list_proposed_items(connection, *of)
    problems = clashes(
        items,
        changes.list_known_ids(connection, *of),
        dict(gold.list_prompts(connection, *of)) | {one.item.prompt: one.item.id for one in waiting},
    )
    if problems:
        raise BadFile(problems)
    if len(waiting) + len(items) > MOST_WAITING:
        raise BadInput(
            f"{len(waiting)} proposed items wait for votes already, and {len(items)} more would be over the "
            f"{MOST_WAITING} that may wait at once. Vote on some first (/gold vote), or propose fewer."
        )
    named = [replace(item, author=item.author or actor.name) for item in items]
    guilds.record_member(connection, actor.guild_id, actor.user_id, actor.name, actor.joined_at, now)
    changes.add_proposed_items(connection, *of, named, actor.user_id, now)
    reviewers.record_reviewer(connection, *of, actor.user_id, now, "author")
    news_due(connection, task, Happening(NewsKind.ITEMS_PROPOSED, actor.user_id, now, {"items": len(items)}))
    task_post_due(connection, task, needed(guilds.find_settings(connection, task.guild_id)), now)
    return Added(task, len(items), len(waiting) + len(items))


def clashes(items: Sequence[Item], known_ids: frozenset[str], known_prompts: dict[str, str]) -> list[Problem]:
    """What of the items the task has already, or may not have; no text holds an answer."""
    problems = [
        Problem(f"the id `{item.id}`, which the task has or had", "new ids", "Choose another id.", column="id")
        for item in items
        if item.id in known_ids
    ]
    asked = Counter(item.prompt for item in items)
    for item in items:
        if item.prompt in known_prompts:
            found = f"the prompt of item `{known_prompts[item.prompt]}` again, in item `{item.id}`"
            remedy = "Leave it out; to accept another answer there, suggest it while you vote."
            problems.append(Problem(found, "prompts that the task does not have", remedy, column="prompt"))
        elif asked[item.prompt] > 1:
            found = f"the prompt of item `{item.id}` more than once"
            problems.append(Problem(found, "each prompt once", "Leave one of the two out.", column="prompt"))
        if item.practice or item.contested:
            found = f"item `{item.id}` marked as {'practice' if item.practice else 'contested'}"
            problems.append(Problem(found, "items that shall count", "Remove that column.", column="practice"))
    return problems


def _living(connection: Connection, actor: Actor, task_id: int) -> Task:
    task = tasks.get_task(connection, actor.guild_id, task_id)
    if task.state not in VOTED_STATES:
        raise WrongState(f"“{task.title}” is {task.state.value}, so no items can be added.")
    return task
