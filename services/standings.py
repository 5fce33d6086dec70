"""Who stands where: the best entry of each person's system, ranked by what the evidence allows.

Whoever has seen the gold is not ranked, with nothing of theirs: also what they sent before they saw it, for nobody can
tell what came first when a member votes and submits on one day. What was sent before an item came is not asked it: such
entries are compared with the others on the items that all were asked, until their next attempt.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bench.model import Actor, Scorecard, Submission, Task
from bench.standing import Entry, RankedEntry, Standings
from services.gold_values import Move
from services.progress import Progress
from services.values import Board
from services.workers import Workers
from storage import analysis, gold, presence, reviewers, submissions, tasks
from storage.columns import ItemRole
from storage.database import Connection, Database

RESULTS_KEPT = 64

Scored = tuple[Submission, Scorecard]


class StandingsOfTasks:
    """Standings and their pictures, computed in a worker and kept while nothing they rest on has changed."""

    def __init__(self, database: Database, workers: Workers, progress: Progress) -> None:
        self._database = database
        self._workers = workers
        self._progress = progress
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
        dummies = await self._database.read(
            lambda connection: analysis.list_baselines(
                connection, guild_id, task_id, standings.gold_version, task.signature
            )
        )
        rescoring = self._progress.of(guild_id, task_id)
        if not standings.ranked:
            return Board(task, standings, None, f"{task.title}: nobody is ranked yet.", dummies, rescoring)
        picture, words = await self.once(
            ("picture", standings, task.title), lambda: self._workers.ask("draw", standings, task.title)
        )
        return Board(task, standings, picture, words, dummies, rescoring)

    async def slopes(self, task: Task, gold_version: int, moves: tuple[Move, ...]) -> tuple[bytes, str]:
        """The picture of the moves at a gold version with its alternative text."""
        key = ("slopes", task.guild_id, task.id, gold_version, task.title, moves)
        drawn: tuple[bytes, str] = await self.once(
            key, lambda: self._workers.ask("draw_slopes_of", moves, task.title, gold_version)
        )
        return drawn

    async def place(self, actor: Actor, task_id: int) -> tuple[RankedEntry, ...]:
        """One's own entries in the standings, best first."""
        standings = await self.of(actor.guild_id, task_id)
        return tuple(ranked for ranked in standings.ranked if ranked.entry.user_id == actor.user_id)

    async def once(self, key: Hashable, compute: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - as computed
        """The result for this key: computed once, also for those who ask while it is being computed."""
        running = self._results.get(key)
        if running is None or (running.done() and (running.cancelled() or running.exception() is not None)):
            running = self._results[key] = asyncio.ensure_future(compute())
        self._results.move_to_end(key)
        while len(self._results) > RESULTS_KEPT:
            self._results.popitem(last=False)
        return await asyncio.shield(running)

    async def _of(self, guild_id: int, task_id: int, gold_version: int | None = None) -> tuple[Task, Standings]:
        def read(connection: Connection) -> tuple[Task, int, tuple[Entry, ...], frozenset[int]]:
            task = tasks.get_task(connection, guild_id, task_id)
            version = task.gold_version if gold_version is None else gold_version
            scored = submissions.list_scorecards(
                connection, guild_id, task_id, version, task.signature, statistics=False
            )
            entries = best_entries(scored)
            return task, version, _dated(connection, task, version, scored, entries), unranked_members(connection, task)

        task, version, entries, seen = await self._database.read(read)
        competing = tuple(entry for entry in entries if entry.user_id not in seen)
        unranked = tuple(entry for entry in entries if entry.user_id in seen)
        key = ("ranks", guild_id, task_id, version, task.signature, competing)
        standings: Standings = await self.once(key, lambda: self._ranked(task, version, competing))
        return task, replace(standings, unranked=unranked)

    async def _ranked(self, task: Task, version: int, entries: tuple[Entry, ...]) -> Standings:
        ids = [entry.submission_id for entry in entries]
        disputed = any(entry.score_on_all is not None for entry in entries)
        differ = any(entry.sent_before is not None for entry in entries)

        def read(connection: Connection) -> tuple[dict[int, bytes], int, tuple[tuple[str, ...], ...]]:
            statistics = submissions.list_statistics(connection, task.guild_id, ids, version, task.signature)
            contested = gold.count_contested(connection, task.guild_id, task.id, version) if disputed else 0
            return dict(statistics), contested, asked_by(connection, task, version, ids) if differ else ()

        by_id, contested, asked = await self._database.read(read)
        packed = tuple(by_id[submission_id] for submission_id in ids)
        standings: Standings = await self._workers.ask(
            "rank", task.guild_id, task.id, version, task.signature, entries, packed, task.items, asked
        )
        return replace(standings, contested=contested)


def unranked_members(connection: Connection, task: Task) -> frozenset[int]:
    """Who is not ranked at the task: its author and its reviewers, unless its gold is open to all."""
    if task.gold_is_open:
        return frozenset()
    return reviewers.list_reviewers(connection, task.guild_id, task.id) | {task.author_id}


def absent_of(connection: Connection, submission: Submission, version: int) -> frozenset[str]:
    """The items of a gold version that a submission was not asked, because they came after it was sent."""
    return presence.list_absent(connection, submission.guild_id, submission.task_id, submission.sent_version, version)


def best_entries(scored: Iterable[Scored]) -> tuple[Entry, ...]:
    """The best submission of each (person, system), the earlier one where scores are equal; best entry first.

    What was asked more items stands before what was asked fewer, whatever they scored: a later attempt counts what came
    to the gold meanwhile.
    """
    by_system: defaultdict[tuple[int, str], list[Scored]] = defaultdict(list)
    for submission, scorecard in scored:
        by_system[submission.user_id, submission.system].append((submission, scorecard))
    entries = [_entry(attempts) for attempts in by_system.values()]
    return tuple(sorted(entries, key=lambda entry: (-entry.score, entry.received_at, entry.submission_id)))


def _entry(attempts: list[Scored]) -> Entry:
    submission, scorecard = min(attempts, key=_best_first)
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


def _best_first(scored: Scored) -> tuple[int, float, datetime, int]:
    submission, scorecard = scored
    return -scorecard.coverage.items, -scorecard.score, submission.received_at, submission.id


def _dated(
    connection: Connection, task: Task, version: int, scored: Iterable[Scored], entries: tuple[Entry, ...]
) -> tuple[Entry, ...]:
    """The entries, each with the version whose items it was not asked, where it was asked fewer than others."""
    most = max((entry.items for entry in entries), default=0)
    if all(entry.items == most for entry in entries):
        return entries
    sent = {submission.id: submission.sent_version for submission, _ in scored}

    def dated(entry: Entry) -> Entry:
        if entry.items == most:
            return entry
        came_at = presence.find_arrival(connection, task.guild_id, task.id, sent[entry.submission_id], version)
        return replace(entry, sent_before=came_at)

    return tuple(map(dated, entries))


def asked_by(connection: Connection, task: Task, version: int, ids: list[int]) -> tuple[tuple[str, ...], ...]:
    """The counted items that each of these submissions was asked, in the order of the gold."""
    counted = gold.list_item_ids(connection, task.guild_id, task.id, version, role=ItemRole.COUNTED)
    absent = [absent_of(connection, submissions.get_submission(connection, task.guild_id, one), version) for one in ids]
    return tuple(tuple(item_id for item_id in counted if item_id not in without) for without in absent)
