"""What stands on a board compared: two systems with each other, and the best ones slice by slice.

Only ranked entries are compared: what was sent by a member who has seen the gold says nothing of the system.
"""

from collections.abc import Sequence
from typing import Final

from bench.errors import BadInput, NotFound, WrongState
from bench.model import Task
from bench.spellings import without_mark
from bench.standing import Entry, Standings
from services.comparison_values import (
    ComparedSystems,
    ComparisonPage,
    ItemScores,
    ScoresOfBoard,
    SlicesOfBoard,
    SlicesPage,
)
from services.names import told_apart
from services.standings import StandingsOfTasks, asked_by
from services.workers import Workers
from storage import gold, submissions, tasks
from storage.database import Connection, Database

FEWEST_ITEMS: Final = 20
"""As on the board: below this nothing is claimed of two systems."""

SYSTEMS_BY_SLICE: Final = 10


class Comparisons:
    """Comparisons of what is ranked on a task's board, computed in a worker and kept while the board is the same."""

    def __init__(self, database: Database, workers: Workers, standings: StandingsOfTasks) -> None:
        self._database = database
        self._workers = workers
        self._standings = standings

    async def systems(self, guild_id: int, task_id: int) -> tuple[tuple[str, str], ...]:
        """(key, name) of each system that can be compared, best first; the key stays the same over new attempts."""
        entries = entries_of(await self._standings.of(guild_id, task_id))
        return tuple((key_of(entry), name) for entry, name in zip(entries, names_of(entries), strict=True))

    async def compare(self, guild_id: int, task_id: int, first: str, second: str) -> ComparisonPage:
        """Two systems, each given by its key or its name, on the items that both were asked.

        Raises NotFound for a system that is not ranked, BadInput for one that is given twice or whose name is that of
        several, WrongState where there is no pair to compare or fewer than 20 items.
        """
        board = await self._standings.of(guild_id, task_id)
        entries = entries_of(board)
        if len(entries) < 2:
            found = "One system is" if entries else "No system is"
            raise WrongState(f"{found} ranked here so far; a comparison needs two.")
        pair = find_system(board, first), find_system(board, second)
        names = names_of(entries)
        one, other = (names[place] for place in pair)
        if pair[0] == pair[1]:
            raise BadInput(f"“{one}” was chosen twice; choose another system as the second.")
        task, scores = await self._scores(board, entries)
        common = set(scores.scores[pair[0]].item_ids) & set(scores.scores[pair[1]].item_ids)
        if len(common) < FEWEST_ITEMS:
            raise WrongState(f"Both were asked {len(common)} items; below {FEWEST_ITEMS} any difference may be luck.")
        compared: ComparedSystems = await self._standings.once(
            ("compared", task.title, board, pair),
            lambda: self._workers.ask("compare_pair", task.title, board.signature, scores, pair),
        )
        return ComparisonPage(task, board.gold_version, board.signature, one, other, compared)

    async def slices(self, guild_id: int, task_id: int) -> SlicesPage:
        """The ten best systems by slices. Raises WrongState where nobody is ranked or the items have no tags."""
        board = await self._standings.of(guild_id, task_id)
        entries = entries_of(board)
        if not entries:
            raise WrongState("No system is ranked here so far, so there is nothing to slice.")
        task, scores = await self._scores(board, entries[:SYSTEMS_BY_SLICE])
        if not any(map(without_mark, scores.tags.values())):
            raise WrongState("The items of this task have no tags, by which scores could be sliced.")
        found: SlicesOfBoard = await self._standings.once(
            ("slices", task.title, board),
            lambda: self._workers.ask("slice_board", task.title, board.signature, scores),
        )
        hidden = max(0, len(entries) - SYSTEMS_BY_SLICE)
        return SlicesPage(task, board.gold_version, board.signature, hidden, found)

    async def _scores(self, board: Standings, entries: Sequence[Entry]) -> tuple[Task, ScoresOfBoard]:
        guild_id, task_id, version = board.guild_id, board.task_id, board.gold_version
        ids = [entry.submission_id for entry in entries]

        def read(connection: Connection) -> tuple[Task, ScoresOfBoard]:
            task = tasks.get_task(connection, guild_id, task_id)
            found = dict(submissions.list_statistics(connection, guild_id, ids, version, board.signature))
            if len(found) < len(ids):
                raise WrongState("The board has changed this very moment; ask once more.")
            asked = asked_by(connection, task, version, ids)
            scores = tuple(ItemScores(found[one], item_ids) for one, item_ids in zip(ids, asked, strict=True))
            tags = {item.id: item.tags for item in gold.get_gold(connection, guild_id, task_id, version).counted}
            return task, ScoresOfBoard(tuple(names_of(entries)), scores, tags)

        return await self._database.read(read)


def entries_of(board: Standings) -> list[Entry]:
    """The ranked entries, best first."""
    return [ranked.entry for ranked in board.ranked]


def names_of(entries: Sequence[Entry]) -> list[str]:
    """What the entries are called on the board."""
    return told_apart([(entry.system, entry.user_name) for entry in entries])


def key_of(entry: Entry) -> str:
    """What tells a system from all others of a board, also after its member's next attempt."""
    return f"{entry.user_id}:{entry.system}"


def find_system(board: Standings, wanted: str) -> int:
    """The place among the ranked entries of the one whose key or name this is."""
    entries = entries_of(board)
    named = wanted.strip().casefold()
    for place, entry in enumerate(entries):
        if key_of(entry) == wanted:
            return place
    full = [place for place, name in enumerate(names_of(entries)) if name.casefold() == named]
    found = full or [place for place, entry in enumerate(entries) if entry.system.casefold() == named]
    if len(found) == 1:
        return found[0]
    shown = wanted.strip()[:80]
    if found:
        raise BadInput(f"{len(found)} systems are called “{shown}”; choose one from the list while you type.")
    if any(named in {entry.system.casefold(), key_of(entry).casefold()} for entry in board.unranked):
        raise NotFound("Whoever sent that system has seen the gold; only ranked entries are compared.")
    raise NotFound(f"No system called “{shown}” is ranked here; choose one from the list while you type.")
