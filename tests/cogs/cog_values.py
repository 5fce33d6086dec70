"""Values as the services answer with them, built by hand."""

from datetime import UTC, datetime

from bench.model import Interval, Submission, SubmissionState, Task, TaskState
from bench.standing import Entry, RankedEntry, Standings
from services.values import Attempts, Receipt, Result

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BIG = 1_400_000_000_000_000_000
SIGNATURE = 'token_f1|extract:after("A:")|norm:multi-v1:es|agg:mean|touchstone:0.1'
ATTEMPTS = Attempts(2, 5, NOW)
TASK = Task(
    guild_id=BIG,
    id=BIG + 1,
    title="Slang of *Chile*",
    statement="Say what the idiom means.\nOne line.",
    language="es",
    licence="CC-BY-4.0",
    signature=SIGNATURE,
    state=TaskState.OPEN,
    author_id=BIG + 2,
    gold_version=1,
    items=50,
    practice_items=5,
    attempts_per_day=5,
    created_at=NOW,
    opened_at=NOW,
    thread_id=BIG + 3,
)
SUBMISSION = Submission(
    guild_id=TASK.guild_id,
    id=BIG + 9,
    task_id=TASK.id,
    user_id=BIG + 4,
    user_name="Ben",
    system="gpt_4o <@1>",
    note="",
    filename="out`s.csv",
    size=100,
    sha256="0" * 64,
    state=SubmissionState.SCORED,
    received_at=NOW,
)


def ranked(place: int, score: float, low: int, high: int, system: str = "", user: str = "Ben") -> RankedEntry:
    entry = Entry(
        submission_id=BIG + 100 + place,
        user_id=BIG + place,
        user_name=user,
        system=system or f"system {place}",
        score=score,
        interval=Interval(max(0.0, score - 0.1), min(1.0, score + 0.1), 50),
        answered=50,
        items=50,
        attempts=place,
        received_at=NOW,
    )
    return RankedEntry(entry, place, low, high)


def standings_of(*entries: RankedEntry, claims_ranks: bool = True, items: int = 50) -> Standings:
    return Standings(BIG, BIG + 1, 1, SIGNATURE, items, entries, claims_ranks)


RESULT = Result(
    score=0.78,
    right=39,
    interval=Interval(0.664, 0.868, 50),
    answered=50,
    items=50,
    missing=0,
    practice=(4.0, 5),
    signature=SIGNATURE,
    gold_version=1,
    standing=ranked(2, 0.78, 2, 5),
    entries=12,
    best_before=0.74,
)
RECEIPT = Receipt(SUBMISSION, TASK, ATTEMPTS, 0, RESULT)
