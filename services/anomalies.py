"""What curators are told of the submissions of a task: flags to look at, never verdicts."""

from datetime import datetime

from bench.errors import NotAllowed, WrongState
from bench.model import Actor, Scorecard, Submission, Task
from bench.standing import Standings
from bench.stats.split import split_of
from services.anomaly_values import AnomalyPage, Evidence, Look
from services.guilds import is_curator, needed
from services.standings import StandingsOfTasks, unranked_members
from services.workers import LimitReached, Workers
from storage import gold, guilds, outputs, presence, submissions, tasks
from storage.database import Connection, Database

Scored = tuple[tuple[Submission, Scorecard], ...]


class Anomalies:
    """The curators' look at a task. It shows no answer and names no item, so that nobody becomes a reviewer by it."""

    def __init__(self, database: Database, workers: Workers, standings: StandingsOfTasks) -> None:
        self._database = database
        self._workers = workers
        self._standings = standings

    async def page(self, actor: Actor, task_id: int) -> AnomalyPage:
        """What deserves a look among all that is scored at the board's gold and metric.

        Raises NotAllowed for who does not curate, WrongState where the task is too large for one look.
        """
        await self._database.read(lambda connection: _must_curate(connection, actor, task_id))
        board = await self._standings.of(actor.guild_id, task_id)
        task, evidence = await self._database.read(lambda connection: _evidence(connection, task_id, board))
        looks: tuple[Look, ...] = ()
        if evidence.runs:
            sent = tuple(submission.id for submission, _ in evidence.runs)
            key = ("anomalies", board, sent, evidence.unranked, evidence.split)
            looks = await self._standings.once(key, lambda: self._found(evidence))
        return AnomalyPage(task, board.gold_version, board.signature, looks)

    async def _found(self, evidence: Evidence) -> tuple[Look, ...]:
        try:
            looks: tuple[Look, ...] = await self._workers.ask("find_anomalies", evidence)
        except LimitReached as limit:
            raise WrongState(
                f"The look was stopped: {limit}. This task has too many items or submissions for one look; what its "
                "board shows is not touched by that."
            ) from limit
        return looks


def _must_curate(connection: Connection, actor: Actor, task_id: int) -> None:
    task = tasks.get_task(connection, actor.guild_id, task_id)
    if not is_curator(actor, needed(guilds.find_settings(connection, actor.guild_id))):
        raise NotAllowed(f"Only curators look for anomalies in “{task.title}”: a flag is no verdict, and names people.")


def _evidence(connection: Connection, task_id: int, board: Standings) -> tuple[Task, Evidence]:
    of = (board.guild_id, task_id)
    task = tasks.get_task(connection, *of)
    version = board.gold_version
    scored = submissions.list_scorecards(connection, *of, version, board.signature)
    best = _best(scored)
    evidence = Evidence(
        gold.get_gold(connection, *of, version),
        board,
        tuple(sorted(scored, key=_arrival)),
        {one: tuple(outputs.list_buckets(connection, task.guild_id, one, None).values()) for one in best},
        {
            sent: presence.list_absent(connection, *of, sent, version)
            for sent in {submission.sent_version for submission, _ in scored}
        },
        unranked_members(connection, task),
        split_of(task),
    )
    return task, evidence


def _best(scored: Scored) -> list[int]:
    """The best submission of each person's system, of equals the earliest; what was asked more stands first."""
    by_system: dict[tuple[int, str], int] = {}
    for submission, _ in sorted(scored, key=lambda one: (-one[1].coverage.items, -one[1].score, *_arrival(one))):
        by_system.setdefault((submission.user_id, submission.system), submission.id)
    return list(by_system.values())


def _arrival(one: tuple[Submission, Scorecard]) -> tuple[datetime, int]:
    return one[0].received_at, one[0].id
