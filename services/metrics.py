"""Metrics tried out, before a task is proposed with one and after. Nothing is stored, and no gold is read."""

from bench.errors import BadInput
from services.job_values import TriedOut
from services.values import Refusal
from services.workers import LimitReached, Workers


class Metrics:
    """What a specification makes of pairs that a person pastes."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    async def try_out(self, specification: str, pairs: str) -> TriedOut:
        """Score pasted pairs, and show the specification's edge cases.

        `specification` is in any form that a person may give, `pairs` has one on each line. BadInput names the place in
        the one and the line in the other.
        """
        try:
            outcome = await self._workers.ask("try_out", specification, pairs)
        except LimitReached as limit:
            raise BadInput(f"Trying it was stopped: {limit}. Paste fewer or shorter pairs.") from limit
        if isinstance(outcome, Refusal):
            raise outcome.error
        tried: TriedOut = outcome
        return tried
