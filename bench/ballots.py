"""The questions that are put to voters, and what each of them said."""

from dataclasses import dataclass, field
from datetime import datetime

from bench.model import BallotKind, ItemState, VoteValue


@dataclass(frozen=True, slots=True)
class Ballot:
    """A question put to the voters about one item at one revision of its text.

    `id` is that of the interaction that opened it. `proposed_answer` is what an ANSWER ballot is about. `sentence` says
    the decision; `decided_version` is the gold version that took it in, None until then. `is_public` ballots also stand
    in the task's thread, without any answer.
    """

    guild_id: int
    id: int
    task_id: int
    item_id: str
    revision: int
    kind: BallotKind
    state: ItemState
    opened_by: int
    opened_at: datetime
    proposed_answer: str | None = field(default=None, repr=False)
    reason: str = ""
    is_public: bool = False
    decided_at: datetime | None = None
    sentence: str | None = None
    decided_version: int | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """What one member said to a ballot; None for a skipped one, which is kept so that it is not dealt again.

    `correct` is there for hidden checks only: votes on items that were settled before.
    """

    guild_id: int
    ballot_id: int
    user_id: int
    value: VoteValue | None
    at: datetime
    changed_at: datetime | None = None
    is_check: bool = False
    correct: bool | None = None
