"""Submissions with their files, and what became of them.

A scorecard is kept under its submission, gold version and metric signature: a stale score is a row that is missing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, LargeBinary, RowMapping, func, insert, literal, select, tuple_, update

from bench.errors import NotFound
from bench.model import Coverage, Interval, Scorecard, Submission, SubmissionState
from storage.rows import add_once, columns_of, record, value_of
from storage.schema import scorecard, submission, submission_file
from storage.types import Moment

COUNTED_STATES = (SubmissionState.QUEUED, SubmissionState.SCORED)


def add_submission(connection: Connection, new: Submission, content: bytes) -> Submission:
    """Keep a new submission with its file; a repeated id gives the one that is kept already, whose file stays."""
    row, is_new = add_once(connection, submission, columns_of(new))
    if is_new:
        file = {"guild_id": new.guild_id, "submission_id": new.id, "content": content}
        connection.execute(insert(submission_file).values(**file))
    return value_of(Submission, row)


def find_submission(connection: Connection, guild_id: int, submission_id: int) -> Submission | None:
    """The submission, or None."""
    row = connection.execute(select(submission).where(_is(guild_id, submission_id))).mappings().first()
    return None if row is None else value_of(Submission, row)


def get_submission(connection: Connection, guild_id: int, submission_id: int) -> Submission:
    """The submission, or NotFound."""
    found = find_submission(connection, guild_id, submission_id)
    if found is None:
        raise _no_submission()
    return found


def get_content(connection: Connection, guild_id: int, submission_id: int) -> bytes:
    """The file's bytes as they arrived, or NotFound."""
    chosen = select(submission_file.c.content).where(
        submission_file.c.guild_id == guild_id, submission_file.c.submission_id == submission_id
    )
    content: bytes | None = connection.execute(chosen).scalar_one_or_none()
    if content is None:
        raise _no_submission()
    return content


def list_submissions(
    connection: Connection,
    guild_id: int,
    *,
    task_id: int | None = None,
    user_id: int | None = None,
    include_withdrawn: bool = False,
    limit: int = 1000,
) -> tuple[Submission, ...]:
    """The newest submissions first, of one task or all, of one person or all."""
    chosen = (
        select(submission)
        .where(submission.c.guild_id == guild_id)
        .order_by(submission.c.received_at.desc(), submission.c.id.desc())
        .limit(limit)
    )
    if task_id is not None:
        chosen = chosen.where(submission.c.task_id == task_id)
    if user_id is not None:
        chosen = chosen.where(submission.c.user_id == user_id)
    if not include_withdrawn:
        chosen = chosen.where(submission.c.withdrawn_at.is_(None))
    return tuple(value_of(Submission, row) for row in connection.execute(chosen).mappings())


def find_same(
    connection: Connection, guild_id: int, task_id: int, user_id: int, system: str, sha256: str
) -> Submission | None:
    """The person's newest submission of the very same file for the same system that waits or is scored; None if none.

    Two uploads at once see each other only behind `lock_task`.
    """
    chosen = (
        select(submission)
        .where(_by(guild_id, task_id, user_id), submission.c.system == system, submission.c.sha256 == sha256)
        .where(submission.c.state.in_(COUNTED_STATES), submission.c.withdrawn_at.is_(None))
        .order_by(submission.c.received_at.desc(), submission.c.id.desc())
        .limit(1)
    )
    row = connection.execute(chosen).mappings().first()
    return None if row is None else value_of(Submission, row)


def count_attempts(connection: Connection, guild_id: int, task_id: int, user_id: int, since: datetime) -> int:
    """How many attempts the person used since then: those that wait or are scored, withdrawn ones too.

    Right only behind `lock_task` where the next attempt depends on it.
    """
    chosen = (
        select(func.count())
        .select_from(submission)
        .where(_by(guild_id, task_id, user_id), submission.c.received_at >= since)
        .where(submission.c.state.in_(COUNTED_STATES))
    )
    return connection.execute(chosen).scalar_one()


def count_entries(connection: Connection, guild_id: int, task_id: int) -> int:
    """How many lines the task's board has: the (person, system) pairs with a scored submission not withdrawn."""
    scored = (submission.c.state == SubmissionState.SCORED) & submission.c.withdrawn_at.is_(None)
    pairs = (
        select(submission.c.user_id, submission.c.system)
        .where(submission.c.guild_id == guild_id, submission.c.task_id == task_id, scored)
        .distinct()
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(pairs)).scalar_one()


def refuse_submission(connection: Connection, guild_id: int, submission_id: int, refusal: str) -> bool:
    """Note why the file of a waiting submission cannot be used; False if it no longer waits."""
    return _end(connection, guild_id, submission_id, SubmissionState.REFUSED, refusal)


def fail_submission(connection: Connection, guild_id: int, submission_id: int, refusal: str) -> bool:
    """Note what of ours failed with a waiting submission; False if it no longer waits."""
    return _end(connection, guild_id, submission_id, SubmissionState.FAILED, refusal)


def withdraw_submission(connection: Connection, guild_id: int, submission_id: int, at: datetime) -> bool:
    """Take a submission off the board; False if it is withdrawn already or not there."""
    standing = _is(guild_id, submission_id) & submission.c.withdrawn_at.is_(None)
    return connection.execute(update(submission).where(standing).values(withdrawn_at=at)).rowcount == 1


def record_scorecard(connection: Connection, guild_id: int, submission_id: int, card: Scorecard, at: datetime) -> None:
    """Keep a scorecard and call its submission scored. The same one again changes nothing. Raises NotFound."""
    of = get_submission(connection, guild_id, submission_id)
    right, items = card.practice or (None, None)
    row = {
        "guild_id": guild_id,
        "submission_id": submission_id,
        "gold_version": card.gold_version,
        "signature": card.signature,
        "task_id": of.task_id,
        "score": card.score,
        "score_on_all": card.score_on_all,
        "low": card.interval.low,
        "high": card.interval.high,
        "effective_items": card.interval.effective_items,
        "answered": card.coverage.answered,
        "items": card.coverage.items,
        "missing_ids": card.coverage.missing_ids,
        "unknown_ids": card.coverage.unknown_ids,
        "practice_right": right,
        "practice_items": items,
        "statistics": card.statistics,
        "scored_at": at,
    }
    record(connection, scorecard, row, keep=frozenset({"scored_at"}))
    scored = {"state": SubmissionState.SCORED, "refusal": None}
    connection.execute(update(submission).where(_is(guild_id, submission_id)).values(**scored))


def find_scorecard(
    connection: Connection, guild_id: int, submission_id: int, gold_version: int, signature: str
) -> Scorecard | None:
    """The scorecard at this version and signature; None if it was not scored so."""
    chosen = select(scorecard).where(
        scorecard.c.guild_id == guild_id,
        scorecard.c.submission_id == submission_id,
        scorecard.c.gold_version == gold_version,
        scorecard.c.signature == signature,
    )
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _scorecard(row)


def list_scorecards(
    connection: Connection,
    guild_id: int,
    task_id: int,
    gold_version: int,
    signature: str,
    *,
    statistics: bool = True,
    limit: int = 5000,
    without: Collection[int] = (),
) -> tuple[tuple[Submission, Scorecard], ...]:
    """What is scored at this version and signature and not withdrawn, best first; of equals the earlier first.

    What the members `without` sent is left out. Without `statistics` the arrays stay in the database and the
    scorecards carry empty bytes.
    """
    same = (scorecard.c.guild_id == submission.c.guild_id) & (scorecard.c.submission_id == submission.c.id)
    packed = scorecard.c.statistics if statistics else literal(b"", LargeBinary())
    others = [column for column in scorecard.c if column.name not in submission.c and column.name != "statistics"]
    chosen = (
        select(submission, *others, packed.label("statistics"))
        .join(scorecard, same)
        .where(scorecard.c.guild_id == guild_id, scorecard.c.task_id == task_id)
        .where(scorecard.c.gold_version == gold_version, scorecard.c.signature == signature)
        .where(submission.c.withdrawn_at.is_(None), submission.c.user_id.not_in(without))
        .order_by(scorecard.c.score.desc(), submission.c.received_at, submission.c.id)
        .limit(limit)
    )
    rows = connection.execute(chosen).mappings()
    return tuple((value_of(Submission, row), _scorecard(row)) for row in rows)


def find_best_score(connection: Connection, sent: Submission, gold_version: int, signature: str) -> float | None:
    """The best score that the sender of a submission had at its task when it arrived; None if there was none."""
    same = (scorecard.c.guild_id == submission.c.guild_id) & (scorecard.c.submission_id == submission.c.id)
    arrived = tuple_(submission.c.received_at, submission.c.id)
    chosen = (
        select(func.max(scorecard.c.score))
        .join(submission, same)
        .where(_by(sent.guild_id, sent.task_id, sent.user_id), submission.c.withdrawn_at.is_(None))
        .where(scorecard.c.gold_version == gold_version, scorecard.c.signature == signature)
        .where(arrived < tuple_(literal(sent.received_at, Moment()), sent.id))
    )
    best: float | None = connection.execute(chosen).scalar_one()
    return best


def list_statistics(
    connection: Connection, guild_id: int, submission_ids: Sequence[int], gold_version: int, signature: str
) -> tuple[tuple[int, bytes], ...]:
    """(submission, packed statistics) of those that are scored; they never change at a version and signature."""
    chosen = select(scorecard.c.submission_id, scorecard.c.statistics).where(
        scorecard.c.guild_id == guild_id,
        scorecard.c.submission_id.in_(submission_ids),
        scorecard.c.gold_version == gold_version,
        scorecard.c.signature == signature,
    )
    return tuple((row.submission_id, row.statistics) for row in connection.execute(chosen))


def _end(connection: Connection, guild_id: int, submission_id: int, state: SubmissionState, refusal: str) -> bool:
    waiting = _is(guild_id, submission_id) & (submission.c.state == SubmissionState.QUEUED)
    return connection.execute(update(submission).where(waiting).values(state=state, refusal=refusal)).rowcount == 1


def _is(guild_id: int, submission_id: int) -> ColumnElement[bool]:
    return (submission.c.guild_id == guild_id) & (submission.c.id == submission_id)


def _by(guild_id: int, task_id: int, user_id: int) -> ColumnElement[bool]:
    of_task = (submission.c.guild_id == guild_id) & (submission.c.task_id == task_id)
    return of_task & (submission.c.user_id == user_id)


def _no_submission() -> NotFound:
    return NotFound("There is no such submission in this server.")


def _scorecard(row: RowMapping) -> Scorecard:
    right, items = row["practice_right"], row["practice_items"]
    return Scorecard(
        signature=row["signature"],
        gold_version=row["gold_version"],
        score=row["score"],
        interval=Interval(row["low"], row["high"], row["effective_items"]),
        coverage=Coverage(row["answered"], row["items"], tuple(row["missing_ids"]), tuple(row["unknown_ids"])),
        statistics=row["statistics"],
        practice=None if items is None else (right, items),
        score_on_all=row["score_on_all"],
    )
