"""From what the ballots decided to the gold that follows. Light: no numpy."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bench.ballots import Ballot
from bench.model import BallotKind, Gold, Item, ItemState

CONTESTED_STATES = frozenset({ItemState.AMBIGUOUS, ItemState.WRONG, ItemState.DISPUTED})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one ballot decided about an item; `answer` is the proposed one of an ANSWER ballot."""

    item_id: str
    kind: BallotKind
    state: ItemState
    answer: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, ballot: Ballot) -> "Verdict":
        """The verdict of a decided ballot."""
        return cls(ballot.item_id, ballot.kind, ballot.state, ballot.proposed_answer)


def applied(gold: Gold, verdicts: Iterable[Verdict], proposed: Iterable[Item] = ()) -> tuple[Item, ...]:
    """The items after the verdicts, in order: the same tuple where they change nothing.

    An item ruled ambiguous, wrong or disputed is contested and no longer counts; one that settles counts again. A
    proposed answer that settles joins the accepted ones, a `proposed` item that settles comes last into the gold. Items
    that are in neither are passed over.
    """
    by_item: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_item[verdict.item_id].append(verdict)
    taken_in = (item for item in proposed if is_taken_in(by_item.get(item.id, ())))
    return tuple(_after(item, by_item.get(item.id, [])) for item in (*gold.items, *taken_in))


def is_taken_in(verdicts: Iterable[Verdict]) -> bool:
    """Whether the last word on a proposed item is that its gold is right."""
    about_gold = [verdict.state for verdict in verdicts if verdict.kind is BallotKind.GOLD]
    return bool(about_gold) and about_gold[-1] is ItemState.SETTLED


def answered(item: Item, verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """The accepted answers of the item with those that settled; verdicts on other items are passed over."""
    answers = item.answers
    for verdict in verdicts:
        accepted = verdict.kind is BallotKind.ANSWER and verdict.state is ItemState.SETTLED
        if accepted and verdict.item_id == item.id and verdict.answer and verdict.answer not in answers:
            answers = (*answers, verdict.answer)
    return answers


def _after(item: Item, verdicts: list[Verdict]) -> Item:
    about_gold = [verdict.state for verdict in verdicts if verdict.kind is BallotKind.GOLD]
    contested = about_gold[-1] in CONTESTED_STATES if about_gold else item.contested
    answers = answered(item, verdicts)
    return (
        item
        if (contested, answers) == (item.contested, item.answers)
        else replace(item, contested=contested, answers=answers)
    )
