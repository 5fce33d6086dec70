"""Voting on gold: dealing, voting, suggesting and disputing; whoever is shown an answer becomes a reviewer with it."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from bench.answers import checked_answer, checked_reason, checked_suggestion
from bench.ballots import Ballot
from bench.errors import NotAllowed, NotFound, WrongState
from bench.language.specification import parse_signature
from bench.model import Actor, BallotKind, ItemState, Task, TaskState, VoteValue
from services.ballots import VOTED_STATES, become_reviewer, cast, note, refuse_own
from services.clock import Clock
from services.dealing import deal_of, next_deal
from services.gold_values import BallotSheet, Deal, Voted
from services.posts import Posts, ballot_due
from services.runner import Runner
from storage import ballots, changes, gold, reviewers, tasks, votes
from storage.database import Connection, Database

ITEMS_OFFERED = 25


class GoldVotes:
    """Use cases of voters and of those who dispute an item."""

    def __init__(
        self,
        database: Database,
        posts: Posts,
        runner: Runner,
        clock: Clock,
        settle_for: timedelta,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._posts = posts
        self._runner = runner
        self._clock = clock
        self._settle_for = settle_for
        self._draw = draw

    async def is_reviewer(self, actor: Actor, task_id: int) -> bool:
        """Whether the member has seen gold of the task before; its author has in any case."""

        def read(connection: Connection) -> bool:
            task = tasks.get_task(connection, actor.guild_id, task_id)
            seen = reviewers.is_reviewer(connection, actor.guild_id, task_id, actor.user_id)
            return seen or actor.user_id == task.author_id

        return await self._database.read(read)

    async def deal(self, actor: Actor, task_id: int, interaction_id: int) -> Deal | None:
        """The ballot that this member's vote helps most; None where nothing is left to vote on."""
        now = self._clock()

        def write(connection: Connection) -> Deal | None:
            task = _voted_on(tasks.lock_task(connection, actor.guild_id, task_id))
            found = next_deal(connection, actor, task, interaction_id, now, self._draw())
            if found is not None:
                become_reviewer(connection, actor, task, now)
            return found

        return await self._database.write(write)

    async def open_ballot(self, actor: Actor, ballot_id: int) -> Deal:
        """A certain ballot, as it stands in the task's thread, with what only reviewers see."""
        now = self._clock()

        def write(connection: Connection) -> Deal:
            ballot = ballots.get_ballot(connection, actor.guild_id, ballot_id)
            task = _voted_on(tasks.get_task(connection, actor.guild_id, ballot.task_id))
            said = votes.find_vote(connection, actor.guild_id, ballot_id, actor.user_id)
            is_check = said is not None and said.is_check  # which must not be told from an ordinary ballot
            if (ballot.state is not ItemState.OPEN and not is_check) or ballot.withdrawn_at is not None:
                raise WrongState(f"This ballot is decided. {ballot.sentence or ''}".strip())
            refuse_own(connection, actor, task, ballot)
            become_reviewer(connection, actor, task, now)
            return deal_of(connection, task, ballot)

        return await self._database.write(write)

    async def vote(self, actor: Actor, ballot_id: int, value: VoteValue | None, interaction_id: int) -> Voted:
        """Record what a member says to a ballot (None skips it) and deal the next one."""
        now = self._clock()

        def write(connection: Connection) -> Voted:
            done = cast(connection, actor, ballot_id, value, now, self._settle_for)
            following = next_deal(connection, actor, done.task, interaction_id, now, self._draw())
            decision = done.ballot.sentence if done.is_decisive else None
            return Voted(done.task, done.ballot, value, done.before, decision, following)

        voted = await self._database.write(write)
        self._posts.wake()
        if voted.decision is not None:
            self._runner.wake()
        return voted

    async def suggest(self, actor: Actor, ballot_id: int, answer: str, reason: str, interaction_id: int) -> Voted:
        """Propose one more accepted answer for the item of a ballot; the ballot itself still waits for the vote."""
        now = self._clock()

        def write(connection: Connection) -> Voted:
            asked = ballots.get_ballot(connection, actor.guild_id, ballot_id)
            task = _voted_on(tasks.lock_task(connection, actor.guild_id, asked.task_id))
            if not reviewers.is_reviewer(connection, actor.guild_id, task.id, actor.user_id):
                raise NotAllowed("Only members who vote on this gold suggest answers here; use /dispute instead.")
            item, _ = changes.get_question(connection, task.guild_id, task.id, asked.item_id)
            checked = checked_suggestion(answer, item.answers, parse_signature(task.signature))
            opened = _propose(connection, actor, task, item.id, checked, checked_reason(reason), interaction_id, now)
            return Voted(task, opened, None, None, None, deal_of(connection, task, asked))

        voted = await self._database.write(write)
        self._wake()
        return voted

    async def dispute(
        self, actor: Actor, task_id: int, item_id: str, claimed_answer: str, why: str, interaction_id: int
    ) -> BallotSheet:
        """Open a ballot on an answer that a submitter holds to be right; nothing of the gold is looked at or shown."""
        now = self._clock()

        def write(connection: Connection) -> BallotSheet:
            task = tasks.lock_task(connection, actor.guild_id, task_id)
            if task.state is not TaskState.OPEN:
                raise WrongState(f"Items of “{task.title}” can be disputed while it is open; it is {task.state.value}.")
            _known_item(connection, task, item_id)
            claimed = checked_answer(claimed_answer, parse_signature(task.signature))
            opened = _propose(connection, actor, task, item_id, claimed, checked_reason(why), interaction_id, now)
            return sheet_of_ballot(connection, opened)

        sheet = await self._database.write(write)
        self._wake()
        return sheet

    async def find_items(self, actor: Actor, task_id: int, text: str) -> tuple[tuple[str, str], ...]:
        """The items whose id or prompt contains the text, as (id, prompt), in the order of the task."""

        def read(connection: Connection) -> tuple[tuple[str, str], ...]:
            tasks.get_task(connection, actor.guild_id, task_id)
            return gold.find_prompts(connection, actor.guild_id, task_id, text, ITEMS_OFFERED)

        return await self._database.read(read)

    async def ballot_sheet(self, guild_id: int, ballot_id: int) -> BallotSheet:
        """A ballot as everyone may see it."""
        return await self._database.read(
            lambda connection: sheet_of_ballot(connection, ballots.get_ballot(connection, guild_id, ballot_id))
        )

    def _wake(self) -> None:
        self._posts.wake()
        self._runner.wake()


def sheet_of_ballot(connection: Connection, ballot: Ballot) -> BallotSheet:
    """The public side of a ballot: the prompt and how the votes stand."""
    task = tasks.get_task(connection, ballot.guild_id, ballot.task_id)
    item = changes.get_asked(connection, ballot)
    said = [vote.value for vote in votes.list_votes(connection, ballot.guild_id, ballot.id) if not vote.is_check]
    return BallotSheet(task, ballot, item.prompt, tuple((value, said.count(value)) for value in VoteValue))


def _propose(
    connection: Connection,
    actor: Actor,
    task: Task,
    item_id: str,
    answer: str,
    reason: str,
    ballot_id: int,
    now: datetime,
) -> Ballot:
    """Open the ballot on a proposed answer, or find the one that asks the same, and let it stand in the thread."""
    _, revision = changes.get_question(connection, task.guild_id, task.id, item_id)
    proposed = Ballot(
        task.guild_id,
        ballot_id,
        task.id,
        item_id,
        revision,
        BallotKind.ANSWER,
        ItemState.OPEN,
        actor.user_id,
        now,
        proposed_answer=answer,
        reason=reason,
        is_public=True,
    )
    opened = ballots.add_ballot(connection, proposed)
    if opened.id == ballot_id:
        note(connection, actor, task, opened, "proposal", now)
    ballot_due(connection, task, opened.id, now)
    return opened


def _known_item(connection: Connection, task: Task, item_id: str) -> None:
    if item_id not in gold.list_item_ids(connection, task.guild_id, task.id):
        raise NotFound(f"“{task.title}” has no item {item_id[:60]!r}; choose one from the list.")


def _voted_on(task: Task) -> Task:
    if task.state not in VOTED_STATES:
        raise WrongState(f"“{task.title}” is {task.state.value}, so its gold takes no votes.")
    return task
