"""Ballots, deals and versions as the services answer with them, with canaries where answers stand."""

from dataclasses import replace

from bench.ballots import Ballot
from bench.model import BallotKind, ItemState, VoteValue
from services.gold_values import BallotSheet, Deal, DisputeLine, Move, VersionLine, VersionNews, Voted
from tests.cogs.cog_values import BIG, NOW, TASK

ACCEPTED, PROPOSED, WHY = "canary-accepted", "canary-proposed", "canary-why"
COUNTS = ((VoteValue.RIGHT, 3), (VoteValue.AMBIGUOUS, 0), (VoteValue.WRONG, 1))
GOLD_BALLOT = Ballot(
    TASK.guild_id, BIG + 20, TASK.id, "i1", 1, BallotKind.GOLD, ItemState.OPEN, opened_by=BIG + 5, opened_at=NOW
)
ANSWER_BALLOT = replace(GOLD_BALLOT, id=BIG + 21, kind=BallotKind.ANSWER, proposed_answer=PROPOSED, reason=WHY)
SETTLED = replace(
    GOLD_BALLOT,
    state=ItemState.SETTLED,
    sentence="Settled: 5 of 6 say right, trusted weight 5.4.",
    decided_at=NOW,
    decided_version=4,
)
WITHDRAWN = replace(GOLD_BALLOT, withdrawn_at=NOW)
DEAL = Deal(TASK, GOLD_BALLOT, "What does *cachai* mean?", (ACCEPTED, "you know?"), (("dialect", "chile"),), 12, 40)
ANSWER_DEAL = replace(DEAL, ballot=ANSWER_BALLOT)
VOTED = Voted(TASK, GOLD_BALLOT, VoteValue.RIGHT, None, None, DEAL)
VERSION = VersionLine(4, NOW, BIG + 5, "Settled: 5 of 6 say right.", ("Item i1: 1 answer added.", "Item i2: out."))
LINE = DisputeLine("i1", "What does cachai mean?", "3 systems agree on another answer", ItemState.OPEN, BIG + 20)


def move(system: str, before: tuple[int, int], after: tuple[int, int]) -> Move:
    return Move(system, "Ben", before, after, 0.8, 0.75)


NEWS = VersionNews(
    TASK,
    VERSION,
    (move("b", (2, 2), (1, 1)), move("a", (1, 1), (2, 3)), move("c", (3, 3), (3, 3))),
    b"png",
    "Ranks before and after gold v4",
)


def sheet_of(ballot: Ballot) -> BallotSheet:
    return BallotSheet(TASK, ballot, DEAL.prompt, COUNTS)
