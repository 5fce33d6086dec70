"""What may be read of a task's gold: its versions, the items in doubt, and the export, each for whom it is meant."""

import msgspec

from bench.ballots import Ballot
from bench.errors import NotAllowed
from bench.history import difference
from bench.model import Actor, Gold, Item, ItemState, Task, TaskState
from bench.standing import Standings
from services.ballots import become_reviewer
from services.clock import Clock
from services.gold_values import DisputeLine, Move, VersionLine, VersionNews
from services.guilds import is_curator, needed
from services.standings import StandingsOfTasks
from services.values import UploadedFile
from storage import ballots, changes, events, gold, guilds, reviewers, suspects, tasks
from storage.database import Connection, Database

VERSIONS_TOLD = 20
DISPUTES_TOLD = 25
IN_DOUBT = frozenset({ItemState.OPEN, ItemState.AMBIGUOUS, ItemState.WRONG, ItemState.DISPUTED})


class GoldRecords:
    """Reading around gold. What shows an answer asks for a reviewer, the author or a curator."""

    def __init__(self, database: Database, standings: StandingsOfTasks, clock: Clock) -> None:
        self._database = database
        self._standings = standings
        self._clock = clock

    async def version_news(self, guild_id: int, event_id: int) -> VersionNews:
        """A gold version as it is announced, with each entry's rank and score before and after it."""

        def read(connection: Connection) -> tuple[Task, VersionLine]:
            event = events.get_event(connection, guild_id, event_id)
            task = tasks.get_task(connection, guild_id, event.task_id or 0)
            told = gold.list_versions(connection, guild_id, task.id)
            version = next(one for one in told if one.number == event.data["number"])
            return task, version_line(connection, guild_id, task.id, version)

        task, version = await self._database.read(read)
        before, after = [await self._standings.at(guild_id, task.id, number) for number in _pair(version.number)]
        moves = moves_between(before, after)
        if not moves:
            return VersionNews(task, version, moves, None, "")
        picture, words = await self._standings.slopes(task, version.number, moves)
        return VersionNews(task, version, moves, picture, words)

    async def history(self, guild_id: int, task_id: int) -> tuple[VersionLine, ...]:
        """The newest versions with what each changed, in words that hold no answer."""

        def read(connection: Connection) -> tuple[VersionLine, ...]:
            tasks.get_task(connection, guild_id, task_id)
            told = gold.list_versions(connection, guild_id, task_id, VERSIONS_TOLD)
            return tuple(version_line(connection, guild_id, task_id, version) for version in told)

        return await self._database.read(read)

    async def disputes(self, actor: Actor, task_id: int) -> tuple[DisputeLine, ...]:
        """The items that deserve a second look: what submissions suspect first, then what voters contest."""

        def read(connection: Connection) -> tuple[DisputeLine, ...]:
            _initiated(connection, actor, task_id)
            suspected = [
                DisputeLine(
                    one.item_id, _prompt(connection, actor, task_id, one.item_id), one.reason, ItemState.OPEN, None
                )
                for one in suspects.list_suspects(connection, actor.guild_id, task_id)
            ]
            contested = ballots.list_ballots(
                connection, actor.guild_id, task_id, states=IN_DOUBT, undecided_first=True, limit=DISPUTES_TOLD
            )
            lines = [_line(connection, one) for one in contested if one.is_public or one.sentence]
            return tuple((*suspected, *lines)[:DISPUTES_TOLD])

        return await self._database.read(read)

    async def export(self, actor: Actor, task_id: int, version: int | None = None) -> UploadedFile:
        """The gold of a version as JSONL, to recompute a board offline; for everyone once the task is closed.

        Before that it is for reviewers, the author and curators, who become reviewers by it.
        """
        now = self._clock()

        def write(connection: Connection) -> tuple[Task, Gold]:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            if task.state not in {TaskState.CLOSED, TaskState.ARCHIVED}:
                _initiated(connection, actor, task_id)
                become_reviewer(connection, actor, task, now)
            return task, gold.get_gold(connection, actor.guild_id, task_id, version)

        task, agreed = await self._database.write(write)
        content = b"".join(msgspec.json.encode(_row(item)) + b"\n" for item in agreed.items)
        return UploadedFile(f"gold-{task.id}-v{agreed.version}.jsonl", content)


def moves_between(before: Standings, after: Standings) -> tuple[Move, ...]:
    """Rank and score of every entry that stands on both sides, in the order of the later standings."""
    was = {(ranked.entry.user_id, ranked.entry.system): ranked for ranked in before.ranked}
    return tuple(
        Move(
            now.entry.system,
            now.entry.user_name,
            (then.rank_low, then.rank_high),
            (now.rank_low, now.rank_high),
            then.entry.score,
            now.entry.score,
        )
        for now in after.ranked
        if (then := was.get((now.entry.user_id, now.entry.system))) is not None
    )


def version_line(connection: Connection, guild_id: int, task_id: int, version: gold.GoldVersion) -> VersionLine:
    """One version in public words."""
    changes: tuple[str, ...] = ("The first version.",)
    if version.number > 1:
        changed = gold.changes_between(connection, guild_id, task_id, version.number)
        before = Gold(tuple(one.before for one in changed if one.before is not None), version.number - 1)
        after = Gold(tuple(one.after for one in changed if one.after is not None), version.number)
        changes = tuple(change.public_sentence for change in difference(before, after).changes)
    return VersionLine(version.number, version.at, version.actor_id, version.reason, changes)


def _pair(number: int) -> tuple[int, int]:
    return number - 1, number


def _initiated(connection: Connection, actor: Actor, task_id: int) -> None:
    """Raise NotAllowed for who may not see gold."""
    task = tasks.get_task(connection, actor.guild_id, task_id)
    settings = needed(guilds.find_settings(connection, actor.guild_id))
    seen = reviewers.is_reviewer(connection, actor.guild_id, task_id, actor.user_id)
    if not (seen or actor.user_id == task.author_id or is_curator(actor, settings)):
        raise NotAllowed(f"Only reviewers of “{task.title}”, its author and curators see this, for it shows gold.")


def _prompt(connection: Connection, actor: Actor, task_id: int, item_id: str) -> str:
    return changes.get_question(connection, actor.guild_id, task_id, item_id)[0].prompt


def _line(connection: Connection, ballot: Ballot) -> DisputeLine:
    prompt = changes.get_asked(connection, ballot).prompt
    reason = ballot.sentence or ballot.reason or "Voters do not agree yet."
    return DisputeLine(ballot.item_id, prompt, reason, ballot.state, ballot.id)


def _row(item: Item) -> dict[str, object]:
    row: dict[str, object] = {"id": item.id, "prompt": item.prompt, "answers": list(item.answers)}
    if item.tags:
        row["tags"] = dict(item.tags)
    if item.practice:
        row["practice"] = True
    if item.contested:
        row["contested"] = True
    return row
