"""Who stands where: the best entry of each person's system, ranked by what the evidence allows.

Whoever has seen the gold is not ranked, with nothing of theirs: also what they sent before they saw it, for nobody can
tell what came first when a member votes and submits on one day.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import replace
from typing import Any

from bench.model import Actor, Entry, RankedEntry, Scorecard, Standings, Submission, Task
from services.gold_values import Move
from services.values import Board
from services.workers import Workers
from storage import gold, reviewers, submissions, tasks
from storage.database import Connection, Database

RESULTS_KEPT = 64

Scored = tuple[Submission, Scorecard]


class StandingsOfTasks:
    """Standings and their pictures, computed in a worker and kept while nothing they rest on has changed."""

    def __init__(self, database: Database, workers: Workers) -> None:
        self._database = database
        self._workers = workers
        self._results: OrderedDict[Hashable, asyncio.Task[Any]] = OrderedDict()

    async def of(self, guild_id: int, task_id: int) -> Standings:
        """The standings at the task's present gold and metric."""
        return (await self._of(guild_id, task_id))[1]

    async def at(self, guild_id: int, task_id: int, gold_version: int) -> Standings:
        """The standings as they were, or are, at a gold version."""
        return (await self._of(guild_id, task_id, gold_version))[1]

    async def board(self, guild_id: int, task_id: int) -> Board:
        """The standings with their picture, or without one while nobody has submitted."""
        task, standings = await self._of(guild_id, task_id)
        if not standings.ranked:
            return Board(task, standings, None, f"{task.title}: nobody is ranked yet.")
        picture, words = await self._once(
            ("picture", standings, task.title), lambda: self._workers.ask("draw", standings, task.title)
        )
        return Board(task, standings, picture, words)

    async def slopes(self, task: Task, gold_version: int, moves: tuple[Move, ...]) -> tuple[bytes, str]:
        """The picture of the moves at a gold version with its alternative text."""
        key = ("slopes", task.guild_id, task.id, gold_version, task.title, moves)
        drawn: tuple[bytes, str] = await self._once(
            key, lambda: self._workers.ask("draw_slopes_of", moves, task.title, gold_version)
        )
        return drawn

    async def place(self, actor: Actor, task_id: int) -> tuple[RankedEntry, ...]:
        """One's own entries in the standings, best first."""
        standings = await self.of(actor.guild_id, task_id)
        return tuple(ranked for ranked in standings.ranked if ranked.entry.user_id == actor.user_id)

    async def _of(self, guild_id: int, task_id: int, gold_version: int | None = None) -> tuple[Task, Standings]:
        def read(connection: Connection) -> tuple[Task, int, tuple[Scored, ...], frozenset[int]]:
            task = tasks.get_task(connection, guild_id, task_id)
            version = task.gold_version if gold_version is None else gold_version
            scored = submissions.list_scorecards(
                connection, guild_id, task_id, version, task.signature, statistics=False
            )
            return task, version, scored, unranked_members(connection, task)

        task, version, scored, seen = await self._database.read(read)
        entries = best_entries(scored)
        competing = tuple(entry for entry in entries if entry.user_id not in seen)
        unranked = tuple(entry for entry in entries if entry.user_id in seen)
        key = ("ranks", guild_id, task_id, version, task.signature, competing)
        standings: Standings = await self._once(key, lambda: self._ranked(task, version, competing))
        return task, replace(standings, unranked=unranked)

    async def _ranked(self, task: Task, version: int, entries: tuple[Entry, ...]) -> Standings:
        ids = [entry.submission_id for entry in entries]

        disputed = any(entry.score_on_all is not None for entry in entries)

        def read(connection: Connection) -> tuple[dict[int, bytes], int]:
            statistics = submissions.list_statistics(connection, task.guild_id, ids, version, task.signature)
            contested = gold.count_contested(connection, task.guild_id, task.id, version) if disputed else 0
            return dict(statistics), contested

        by_id, contested = await self._database.read(read)
        packed = tuple(by_id[submission_id] for submission_id in ids)
        standings: Standings = await self._workers.ask(
            "rank", task.guild_id, task.id, version, task.signature, entries, packed, task.items
        )
        return replace(standings, contested=contested)

    async def _once(self, key: Hashable, compute: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - as computed
        """The result for this key: computed once, also for those who ask while it is being computed."""
        running = self._results.get(key)
        if running is None or (running.done() and (running.cancelled() or running.exception() is not None)):
            running = self._results[key] = asyncio.ensure_future(compute())
        self._results.move_to_end(key)
        while len(self._results) > RESULTS_KEPT:
            self._results.popitem(last=False)
        return await asyncio.shield(running)


def unranked_members(connection: Connection, task: Task) -> frozenset[int]:
    """Who is not ranked at the task: its author and its reviewers, unless its gold is open to all."""
    if task.gold_is_open:
        return frozenset()
    return reviewers.list_reviewers(connection, task.guild_id, task.id) | {task.author_id}


def best_entries(scored: Iterable[Scored]) -> tuple[Entry, ...]:
    """The best submission of each (person, system), the earlier one where scores are equal; best entry first."""
    by_system: defaultdict[tuple[int, str], list[Scored]] = defaultdict(list)
    for submission, scorecard in scored:
        by_system[submission.user_id, submission.system].append((submission, scorecard))
    entries = [_entry(attempts) for attempts in by_system.values()]
    return tuple(sorted(entries, key=lambda entry: (-entry.score, entry.received_at, entry.submission_id)))


def _entry(attempts: list[Scored]) -> Entry:
    submission, scorecard = min(attempts, key=lambda scored: (-scored[1].score, scored[0].received_at, scored[0].id))
    return Entry(
        submission.id,
        submission.user_id,
        submission.user_name,
        submission.system,
        scorecard.score,
        scorecard.interval,
        scorecard.coverage.answered,
        scorecard.coverage.items,
        len(attempts),
        submission.received_at,
        scorecard.score_on_all,
    )
