"""Which ballot comes next for a member, found inside the transaction that also opens it."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from bench.ballots import Ballot
from bench.dealing import Candidate, deal
from bench.model import Actor, ItemState, Task, TaskState, VoteValue
from bench.spellings import without_mark
from bench.stats.consensus import posterior_of
from services.ballots import gold_ballot
from services.gold_values import Deal
from storage import ballots, changes, votes
from storage.database import Connection
from storage.votes import Tally

CHECKS_TO_JOIN = 5
"""So many items a member is shown of a pilot, also where others have decided them all."""


def next_deal(
    connection: Connection, actor: Actor, task: Task, ballot_id: int, now: datetime, draw: float
) -> Deal | None:
    """Deal the ballot that this member's vote helps most, opened under `ballot_id` if it is the first on its item.

    Answers that others proposed come first: each is a ballot that waits for votes already.
    """
    tallies = _tallies(connection, task)
    waiting = _waiting_answer(connection, actor, task, tallies)
    if waiting is not None:
        return deal_of(connection, task, waiting, tallies)
    dealt = votes.list_dealt(connection, task.guild_id, task.id, actor.user_id)
    author = {task.author_id, actor.user_id} == {actor.user_id}
    candidates = [] if author else [_candidate(tally) for tally in tallies]
    may_join = task.state is not TaskState.OPEN and len(dealt) < CHECKS_TO_JOIN
    item_id = deal(candidates, actor.user_id, dealt, draw, may_join=may_join)
    if item_id is None:
        return None
    known = next(tally for tally in tallies if tally.item_id == item_id)
    if known.ballot_id is not None:
        ballot = ballots.get_ballot(connection, task.guild_id, known.ballot_id)
    else:
        ballot = gold_ballot(connection, task, item_id, known.revision, actor, ballot_id, now)
    return deal_of(connection, task, ballot, tallies)


def deal_of(connection: Connection, task: Task, ballot: Ballot, tallies: Collection[Tally] | None = None) -> Deal:
    """A ballot with all that its voter must see."""
    if tallies is None:
        tallies = _tallies(connection, task)
    item = changes.get_asked(connection, ballot)
    decided = sum(tally.state is not ItemState.OPEN for tally in tallies)
    return Deal(task, ballot, item.prompt, item.answers, without_mark(item.tags), decided, len(tallies))


def _tallies(connection: Connection, task: Task) -> tuple[Tally, ...]:
    """The items of the gold, then those that wait to come into it."""
    of = (task.guild_id, task.id)
    return (*votes.list_tallies(connection, *of), *votes.list_proposed_tallies(connection, *of))


def _candidate(tally: Tally) -> Candidate:
    return Candidate(
        tally.item_id,
        tally.state,
        tally.author_id,
        votes=tally.right + tally.ambiguous + tally.wrong,
        contest=_contest(tally.right, tally.ambiguous, tally.wrong),
        is_suspect=tally.suspected_answer is not None,
        known=VoteValue.RIGHT if tally.state is ItemState.SETTLED else None,
    )


@cache
def _contest(right: int, ambiguous: int, wrong: int) -> float:
    """How contested so many votes are; most items of a task have the same few numbers."""
    return posterior_of(right, ambiguous, wrong).contest


def _waiting_answer(connection: Connection, actor: Actor, task: Task, tallies: Collection[Tally]) -> Ballot | None:
    """The longest waiting ballot on a proposed answer that the member has not answered and did not propose."""
    if actor.user_id == task.author_id or not any(tally.has_open_answer_ballot for tally in tallies):
        return None
    answered = votes.list_answered(connection, task.guild_id, task.id, actor.user_id)
    open_ones = ballots.list_open_answers(connection, task.guild_id, task.id)
    return next((one for one in open_ones if one.id not in answered and one.opened_by != actor.user_id), None)
