"""What became of a submission, as its sender sees it at any moment."""

from collections.abc import Callable

from discord import ButtonStyle

from bench.model import SubmissionState
from cogs.screens.boards import attempts_line
from cogs.screens.screen import BAD, GOOD, NEUTRAL, Screen, button, panel, row, screen, text
from cogs.screens.troubles import refused_file
from cogs.screens.words import code, interval, moment, percent, plural, points, rank_range, safe, said
from services.values import Receipt, Result

RANKS_CLAIMED_FROM = 20
SMALLEST_SHOWN_CHANGE = 0.0005


def receipt(receipt: Receipt) -> Screen:
    """The receipt in the state that the submission is in."""
    return STATES[receipt.submission.state](receipt)


def is_final(receipt: Receipt) -> bool:
    """Whether nothing more will come."""
    scored = receipt.submission.state is SubmissionState.SCORED and receipt.result is not None
    return scored or receipt.submission.state in {SubmissionState.REFUSED, SubmissionState.FAILED}


def _queued(receipt: Receipt) -> Screen:
    ahead = f"{plural(receipt.ahead, 'file')} ahead of yours" if receipt.ahead else "yours is next"
    sentence = f"**Received**: {_what(receipt)}. It is safe, and it is being scored; {ahead}."
    return screen(panel(text(_same(receipt), sentence, attempts_line(receipt.attempts)), colour=NEUTRAL))


def _scored(receipt: Receipt) -> Screen:
    result = receipt.result
    if result is None:
        return _queued(receipt)
    submission = receipt.submission
    head = text(
        _same(receipt),
        f"## {percent(result.score)}",
        f"{_what(receipt)} · 95% interval {interval(result.interval)}",
    )
    body = text(
        "This submission is withdrawn and not on the board." if submission.withdrawn_at else _rank(result),
        _change(result),
        _on_all(result),
        _coverage(result),
        _practice(result),
        attempts_line(receipt.attempts),
    )
    small = text(f"-# gold v{result.gold_version} · {code(result.signature, 180)}")
    buttons = row(
        button("My place", "place", receipt.task.id),
        button("How it is scored", "scoring", receipt.task.id),
        button("Submit again", "submit", receipt.task.id, ButtonStyle.primary),
    )
    return screen(panel(head, body, small, buttons, colour=GOOD))


def _refused(receipt: Receipt) -> Screen:
    heading = (
        f"**The file cannot be scored**: {_what(receipt)}. No attempt was used; mend it and send it again. "
        f"{attempts_line(receipt.attempts)}"
    )
    return refused_file(heading, receipt.submission.refusal or "")


def _failed(receipt: Receipt) -> Screen:
    return screen(
        panel(
            text(
                _same(receipt),
                f"**Scoring did not work**: {_what(receipt)}. No attempt was used; send it again.",
                said(receipt.submission.refusal or ""),
                attempts_line(receipt.attempts),
            ),
            colour=BAD,
        )
    )


STATES: dict[SubmissionState, Callable[[Receipt], Screen]] = {
    SubmissionState.QUEUED: _queued,
    SubmissionState.SCORED: _scored,
    SubmissionState.REFUSED: _refused,
    SubmissionState.FAILED: _failed,
}


def _what(receipt: Receipt) -> str:
    submission = receipt.submission
    return f"**{safe(submission.system)}** at {safe(receipt.task.title, 200)} ({code(submission.filename, 80)})"


def _same(receipt: Receipt) -> str | None:
    if receipt.same_as is None:
        return None
    sent = moment(receipt.submission.received_at)
    return f"You sent this very file for this system {sent}; nothing new was stored and no attempt was used."


def _rank(result: Result) -> str | None:
    if not result.ranked:
        return "Not ranked: you have seen this task's gold."
    if result.standing is None:
        return None
    of = plural(result.entries, "entry", "entries")
    if result.entries == 1:
        return "The only entry so far: there is nobody to compare with yet."
    if result.items < RANKS_CLAIMED_FROM:
        return f"Among {of}; below {RANKS_CLAIMED_FROM} items no ranks are claimed."
    best = ", and *may be the best*" if result.standing.may_be_best else ""
    return f"Rank **{rank_range(result.standing)}** of {of}{best}."


def _change(result: Result) -> str:
    if result.best_before is None:
        return "Your first score here."
    difference = result.score - result.best_before
    before = percent(result.best_before)
    if abs(difference) < SMALLEST_SHOWN_CHANGE:
        return f"The same as your best so far ({before})."
    direction = "above" if difference > 0 else "below"
    return f"{points(difference)} {direction} your best so far ({before})."


def _on_all(result: Result) -> str | None:
    if result.score_on_all is None:
        return None
    return f"On all items, those too on which the votes do not agree: {percent(result.score_on_all)}."


def _coverage(result: Result) -> str:
    right = "" if result.right is None else f"**{result.right:,}** right; "
    answered = f"{right}{result.answered:,} of {plural(result.items, 'item')} answered"
    if not result.missing:
        return f"{answered}."
    return f"{answered}; {plural(result.missing, 'missing one')} counted as wrong."


def _practice(result: Result) -> str | None:
    if result.practice is None:
        return None
    right, items = result.practice
    if right == round(right):
        return f"Practice: {right:,.0f} of {plural(items, 'item')} right (these never count)."
    return f"Practice: {right / items:.0%} on {plural(items, 'item')} (these never count)."
