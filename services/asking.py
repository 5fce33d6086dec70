"""Asking the voters about an item once more, when something new speaks about it; their earlier votes stay on record."""

from datetime import datetime

from bench.answers import is_known
from bench.ballots import Ballot
from bench.language.specification import parse_signature
from bench.model import BallotKind, ItemState, Task
from services.ballots import VOTED_STATES
from services.clock import snowflake
from storage import ballots, changes, events
from storage.database import Connection

THE_SUBMISSIONS = 0
"""Who opened a ballot that no member did."""

IDS_EACH = 2


def ask_again(
    connection: Connection, task: Task, item_id: str, answer: str, reason: str, now: datetime, ordinal: int
) -> bool:
    """Put an answer that the submissions agree on before the voters; False where they were asked about it before.

    Where the item was decided, its gold is asked about anew too: the submissions are new evidence.
    """
    if task.state not in VOTED_STATES:
        return False
    item, revision = changes.get_question(connection, task.guild_id, task.id, item_id)
    specification = parse_signature(task.signature)
    earlier = ballots.list_ballots(connection, task.guild_id, task.id, item_id=item_id)
    proposed = [ballot.proposed_answer for ballot in earlier if ballot.proposed_answer is not None]
    if is_known(answer, (*item.answers, *proposed), specification):
        return False
    first_id = snowflake(now, IDS_EACH * ordinal)
    opened = Ballot(
        task.guild_id,
        first_id,
        task.id,
        item_id,
        revision,
        BallotKind.ANSWER,
        ItemState.OPEN,
        THE_SUBMISSIONS,
        now,
        proposed_answer=answer,
        reason=reason,
    )
    ballots.add_ballot(connection, opened)
    about_gold = [ballot for ballot in earlier if ballot.kind is BallotKind.GOLD and ballot.revision == revision]
    if about_gold and about_gold[0].state is not ItemState.OPEN:
        open_anew(connection, task, item_id, revision, THE_SUBMISSIONS, first_id + 1, now, reason)
    events.add_event(connection, task.guild_id, now, THE_SUBMISSIONS, "suspect", task.id, first_id, {"what": reason})
    return True


def open_anew(
    connection: Connection,
    task: Task,
    item_id: str,
    revision: int,
    opened_by: int,
    ballot_id: int,
    now: datetime,
    reason: str,
) -> Ballot:
    """Open a ballot on the gold of an item, whatever an earlier one decided."""
    opened = Ballot(
        task.guild_id,
        ballot_id,
        task.id,
        item_id,
        revision,
        BallotKind.GOLD,
        ItemState.OPEN,
        opened_by,
        now,
        reason=reason,
    )
    return ballots.add_ballot(connection, opened)
