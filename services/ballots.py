"""What happens to a ballot, each step written for the inside of one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.ballots import Ballot, Vote
from bench.errors import NotAllowed, WrongState
from bench.model import Actor, BallotKind, ItemState, Task, TaskState, VoteValue
from bench.stats.consensus import Decision, decide
from bench.stats.trust import Voter, find_burst, full_age_days, weighted
from services.clock import created_at
from services.guilds import needed
from services.posts import ballot_due, board_due, task_post_due
from storage import ballots, changes, events, guilds, jobs, reviewers, submissions, tasks, votes
from storage.database import Connection
from storage.jobs import Job

PUBLISH_KIND = "publish"
RECOUNT = "recount"
DAYS_UNKNOWN = 0.0
OBJECTIONS_FOR_THE_THREAD = 2
MOST_RECOUNTS = 1000
DAY = timedelta(days=1)
VOTED_STATES = frozenset({TaskState.PROPOSED, TaskState.PILOT, TaskState.OPEN})


def become_reviewer(connection: Connection, actor: Actor, task: Task, now: datetime) -> None:
    """Whoever is shown gold is a reviewer of the task from then on, and not ranked on its board."""
    guilds.record_member(connection, actor.guild_id, actor.user_id, actor.name, actor.joined_at, now)
    if reviewers.is_reviewer(connection, task.guild_id, task.id, actor.user_id):
        return
    is_new = reviewers.record_reviewer(connection, task.guild_id, task.id, actor.user_id, now, "voter")
    if is_new and submissions.list_submissions(connection, task.guild_id, task_id=task.id, user_id=actor.user_id):
        board_due(connection, task, needed(guilds.find_settings(connection, task.guild_id)), now)


def gold_ballot(
    connection: Connection, task: Task, item_id: str, revision: int, actor: Actor, ballot_id: int, now: datetime
) -> Ballot:
    """The open ballot on an item's accepted answers, in these words, or a new one under this id."""
    opened = Ballot(
        task.guild_id,
        ballot_id,
        task.id,
        item_id,
        revision,
        BallotKind.GOLD,
        ItemState.OPEN,
        actor.user_id,
        now,
    )
    return ballots.add_ballot(connection, opened)


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote that was recorded: its ballot after it, what the member had said before, and whether it decided."""

    task: Task
    ballot: Ballot
    before: VoteValue | None
    is_decisive: bool


def cast(
    connection: Connection, actor: Actor, ballot_id: int, value: VoteValue | None, now: datetime, settle_for: timedelta
) -> Cast:
    """Record a vote and decide if it decides.

    `settle_for` is how long decisions gather before they become a gold version. Raises WrongState on a ballot that
    takes no votes and NotAllowed for the item's author.
    """
    ballot = ballots.get_ballot(connection, actor.guild_id, ballot_id)
    task = tasks.lock_task(connection, actor.guild_id, ballot.task_id)
    if task.state not in VOTED_STATES:
        raise WrongState(f"“{task.title}” is {task.state.value}, so its gold takes no votes.")
    refuse_own(connection, actor, task, ballot)
    become_reviewer(connection, actor, task, now)
    check = _as_check(ballot, value)
    vote = Vote(actor.guild_id, ballot_id, actor.user_id, value, now, is_check=check is not None, correct=check)
    before = votes.record_vote(connection, vote)
    if before is None or before.value is not value:
        note(connection, actor, task, ballot, "vote", now, value=None if value is None else value.value)
    said_before = None if before is None else before.value
    if ballot.state is not ItemState.OPEN:
        return Cast(task, ballot, said_before, is_decisive=False)
    decision = tally(connection, ballot, now)
    is_decisive = _decide(connection, actor, task, ballot, decision, now, settle_for)
    if is_decisive:
        ballot = ballots.get_ballot(connection, actor.guild_id, ballot_id)
    if ballot.is_public or _became_contested(connection, ballot, decision):
        ballot_due(connection, task, ballot.id, now)
    if task.state is not TaskState.OPEN:
        task_post_due(connection, task, needed(guilds.find_settings(connection, task.guild_id)), now)
    return Cast(task, ballot, said_before, is_decisive)


def tally(connection: Connection, ballot: Ballot, now: datetime) -> Decision:
    """What the votes of a ballot amount to now, without those that a curator's last recount left out."""
    counted = _counted(connection, ballot)
    voters = _voters(connection, ballot, [vote.user_id for vote in counted], now)
    pairs = [(vote.value, voter) for vote, voter in zip(counted, voters, strict=True) if vote.value is not None]
    return decide(weighted(pairs))


def version_due_for(connection: Connection, task: Task, cause_id: int, user_id: int, run_at: datetime) -> None:
    """What a ballot or an amendment decided becomes a gold version at `run_at`, with all else that is decided then."""
    key = f"{PUBLISH_KIND}:{task.id}:{cause_id}:{run_at.timestamp():.3f}"
    jobs.add_job(connection, Job(task.guild_id, key, PUBLISH_KIND, task.id, user_id, queued_at=run_at, run_at=run_at))


def _decide(
    connection: Connection,
    actor: Actor,
    task: Task,
    ballot: Ballot,
    decision: Decision,
    now: datetime,
    settle_for: timedelta,
) -> bool:
    """Write the decision down, where there is one and nobody was faster."""
    if decision.state is ItemState.OPEN:
        return False
    is_answer = ballot.kind is BallotKind.ANSWER
    sentence = decision.suggestion_sentence if is_answer else decision.sentence
    if not ballots.decide_ballot(connection, ballot.guild_id, ballot.id, decision.state, sentence, now):
        return False
    burst = find_burst(vote.at for vote in _counted(connection, ballot))
    note(connection, actor, task, ballot, "decision", now, state=decision.state.value, sentence=sentence)
    if burst is not None:
        note(connection, actor, task, ballot, "burst", now, sentence=burst.sentence)
    version_due_for(connection, task, ballot.id, actor.user_id, now + settle_for)
    return True


def _counted(connection: Connection, ballot: Ballot) -> Sequence[Vote]:
    left_out = _left_out(connection, ballot)
    found = votes.list_votes(connection, ballot.guild_id, ballot.id)
    return [vote for vote in found if vote.value is not None and not vote.is_check and vote.user_id not in left_out]


def _left_out(connection: Connection, ballot: Ballot) -> frozenset[int]:
    """The accounts that the last recount of the ballot left out; none where there was none."""
    recounts = events.list_events(
        connection, ballot.guild_id, task_id=ballot.task_id, kind=RECOUNT, limit=MOST_RECOUNTS
    )
    last = next((event for event in recounts if event.subject_id == ballot.id), None)
    return frozenset(map(int, last.data["without"].split())) if last is not None else frozenset()


def _voters(connection: Connection, ballot: Ballot, user_ids: Sequence[int], now: datetime) -> list[Voter]:
    checks = votes.count_checks(connection, ballot.guild_id, ballot.task_id, user_ids)
    joined = guilds.list_joined(connection, ballot.guild_id, user_ids)
    full_age = full_age_days((now - created_at(ballot.guild_id)) / DAY)
    return [Voter(_days(joined.get(user), now), *checks.get(user, (0, 0)), full_age_days=full_age) for user in user_ids]


def _days(joined_at: datetime | None, now: datetime) -> float:
    return DAYS_UNKNOWN if joined_at is None else (now - joined_at) / DAY


def _as_check(ballot: Ballot, value: VoteValue | None) -> bool | None:
    """Whether a vote on a settled item answers that hidden check rightly; None where it is an ordinary vote."""
    if ballot.state is not ItemState.SETTLED or ballot.kind is not BallotKind.GOLD or value is None:
        return None
    return value is VoteValue.RIGHT


def refuse_own(connection: Connection, actor: Actor, task: Task, ballot: Ballot) -> None:
    """Raise NotAllowed for the author of the item, and for who proposed the answer."""
    writer, named = changes.get_writer(connection, ballot)
    if actor.user_id in {task.author_id, writer} or named == str(actor.user_id):
        raise NotAllowed("You wrote this item, so others vote on it.")
    if ballot.kind is BallotKind.ANSWER and ballot.opened_by == actor.user_id:
        raise NotAllowed("You proposed this answer, so others vote on it.")


def _became_contested(connection: Connection, ballot: Ballot, decision: Decision) -> bool:
    """Whether the ballot is contested enough for the thread, and was not there before."""
    if decision.objections < OBJECTIONS_FOR_THE_THREAD:
        return False
    return ballots.make_public(connection, ballot.guild_id, ballot.id)


def note(
    connection: Connection, actor: Actor, task: Task, ballot: Ballot, kind: str, now: datetime, **facts: str | None
) -> None:
    """Write one line of the record, which is added to and never changed."""
    events.add_event(connection, task.guild_id, now, actor.user_id, kind, task.id, ballot.id, dict(facts))
