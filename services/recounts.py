"""A curator counts a ballot again, without some accounts, and says why; all of it is written down."""

from datetime import timedelta

from bench.errors import NotAllowed, WrongState
from bench.model import Actor, BallotKind, ItemState
from bench.text import member_text
from services.ballots import RECOUNT, note, tally, version_due_for
from services.clock import Clock
from services.gold import sheet_of_ballot
from services.gold_values import BallotSheet
from services.guilds import is_curator, needed
from services.posts import Posts, ballot_due
from services.runner import Runner
from storage import ballots, guilds, tasks
from storage.database import Connection, Database

LONGEST_REASON = 300


class Recounts:
    """The curators' appeal against a decision."""

    def __init__(self, database: Database, posts: Posts, runner: Runner, clock: Clock, settle_for: timedelta) -> None:
        self._database = database
        self._posts = posts
        self._runner = runner
        self._clock = clock
        self._settle_for = settle_for

    async def recount(self, actor: Actor, ballot_id: int, without: frozenset[int], reason: str) -> BallotSheet:
        """Decide a ballot again by the votes of all but these accounts; left open where they no longer decide it."""
        now = self._clock()
        why = member_text("reason", reason, LONGEST_REASON)

        def write(connection: Connection) -> BallotSheet:
            task_id = ballots.get_ballot(connection, actor.guild_id, ballot_id).task_id
            task = tasks.lock_task(connection, actor.guild_id, task_id)
            # Read behind the lock: another curator may have counted meanwhile.
            ballot = ballots.get_ballot(connection, actor.guild_id, ballot_id)
            if not is_curator(actor, needed(guilds.find_settings(connection, actor.guild_id))):
                raise NotAllowed("Only curators can recount a ballot.")
            if ballot.state is not ItemState.OPEN and not ballots.reopen_ballot(connection, actor.guild_id, ballot_id):
                raise WrongState("The same was asked again meanwhile; recount the newer ballot.")
            excluded = " ".join(map(str, sorted(without)))
            note(connection, actor, task, ballot, RECOUNT, now, without=excluded, why=why)
            decision = tally(connection, ballot, now)
            if decision.state is not ItemState.OPEN:
                is_answer = ballot.kind is BallotKind.ANSWER
                sentence = decision.suggestion_sentence if is_answer else decision.sentence
                ballots.decide_ballot(connection, actor.guild_id, ballot_id, decision.state, sentence, now)
                version_due_for(connection, task, ballot_id, actor.user_id, now + self._settle_for)
            if ballot.is_public:
                ballot_due(connection, task, ballot_id, now)
            return sheet_of_ballot(connection, ballots.get_ballot(connection, actor.guild_id, ballot_id))

        sheet = await self._database.write(write)
        self._posts.wake()
        self._runner.wake()
        return sheet
