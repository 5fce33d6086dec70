"""What one version of the gold changed against another, in values and in sentences. Light: no numpy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bench.model import Gold, Item, Tags
from bench.spellings import without_mark

BURST = timedelta(minutes=1)
"""Decisions within a minute become one version."""


class Movement(StrEnum):
    """Whether an item came to what is scored, or went: an item ruled contested is out while it stays in the gold."""

    STAYED = "stayed"
    ADDED = "added"
    BACK = "back"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item that differs between two versions.

    `before` is None for one that the gold did not have, `after` for one that it has no more.
    """

    before: Item | None
    after: Item | None
    movement: Movement

    @property
    def item_id(self) -> str:
        """The item's id."""
        item = self.after or self.before
        assert item is not None  # noqa: S101 - a change has one of its two sides
        return item.id

    @property
    def answers_added(self) -> tuple[str, ...]:
        """The accepted answers that the item did not have before; none for one that came or went whole."""
        return _without(self.after, self.before)

    @property
    def answers_removed(self) -> tuple[str, ...]:
        """The accepted answers that the item has no more; none for one that came or went whole."""
        return _without(self.before, self.after)

    @property
    def is_reworded(self) -> bool:
        """Whether the prompt is another one; the item's votes then start again."""
        return self.before is not None and self.after is not None and self.before.prompt != self.after.prompt

    @property
    def sentence(self) -> str:
        """The change in one line with the answers: for those who may see the gold."""
        words = [
            *(f"“{answer}” added" for answer in self.answers_added),
            *(f"“{answer}” removed" for answer in self.answers_removed),
        ]
        return self._told(words)

    @property
    def public_sentence(self) -> str:
        """The change in one line that holds no answer."""
        counted = ((len(self.answers_added), "added"), (len(self.answers_removed), "removed"))
        return self._told([f"{_count(number, 'answer')} {deed}" for number, deed in counted if number])

    def _told(self, about_answers: list[str]) -> str:
        moved = [] if self.movement is Movement.STAYED else [self.movement.value]
        return f"Item {self.item_id}: {', '.join([*moved, *about_answers, *self._other_words()])}."

    def _other_words(self) -> list[str]:
        before, after = self.before, self.after
        if before is None or after is None:
            return []
        is_reordered = before.answers != after.answers and set(before.answers) == set(after.answers)
        now_practice = "public for practice now" if after.practice else "counted now"
        told = (
            (is_reordered, "answers in another order"),
            (self.is_reworded, "reworded"),
            (before.practice != after.practice, now_practice),
            (_described(before) != _described(after), "described anew"),
        )
        return [words for is_so, words in told if is_so]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that lies between two versions, in the order of the later one, then what went out.

    `is_reordered` says that the items that stayed stand in another order.
    """

    from_version: int
    to_version: int
    changes: tuple[ItemChange, ...]
    is_reordered: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the two versions hold the same items in the same order."""
        return not self.changes and not self.is_reordered

    @property
    def public_sentence(self) -> str:
        """What changed, in one line that holds no answer: `2 answers added, 1 item out`, for example."""
        counts = {movement: sum(change.movement is movement for change in self.changes) for movement in Movement}
        figures = (
            (sum(len(change.answers_added) for change in self.changes), "answer", "added"),
            (sum(len(change.answers_removed) for change in self.changes), "answer", "removed"),
            (sum(change.is_reworded for change in self.changes), "item", "reworded"),
            (counts[Movement.OUT], "item", "out"),
            (counts[Movement.BACK], "item", "back"),
            (counts[Movement.ADDED], "item", "added"),
        )
        told = [f"{_count(number, noun)} {deed}" for number, noun, deed in figures if number]
        if not told:
            return "Nothing changed." if self.is_empty else "Nothing changed that is scored."
        return f"{', '.join(told)}."


def difference(before: Gold, after: Gold, earlier_ids: Collection[str] = ()) -> Difference:
    """The exact difference of two versions; `earlier_ids` are of older ones: an item of these that comes is *back*."""
    was, now = ({item.id: item for item in gold.items} for gold in (before, after))
    changes = [
        ItemChange(was.get(item.id), item, _movement(was.get(item.id), item, earlier_ids))
        for item in after.items
        if was.get(item.id) != item
    ]
    changes += [ItemChange(item, None, Movement.OUT) for item in before.items if item.id not in now]
    stayed_before = [item.id for item in before.items if item.id in now]
    stayed_after = [item.id for item in after.items if item.id in was]
    return Difference(before.version, after.version, tuple(changes), stayed_before != stayed_after)


def joins(opened_at: datetime, now: datetime) -> bool:
    """Whether a decision made now still joins the version that another one opened.

    Counted from the first decision of the version, so that a steady stream of decisions cannot put it off for ever.
    """
    return timedelta(0) <= now - opened_at < BURST


def _movement(before: Item | None, after: Item, earlier_ids: Collection[str]) -> Movement:
    if before is None:
        return Movement.BACK if after.id in earlier_ids else Movement.ADDED
    if before.contested == after.contested:
        return Movement.STAYED
    return Movement.OUT if after.contested else Movement.BACK


def _without(item: Item | None, other: Item | None) -> tuple[str, ...]:
    if item is None or other is None:
        return ()
    return tuple(answer for answer in item.answers if answer not in other.answers)


def _described(item: Item) -> tuple[Tags, str | None]:
    """What describes the item, without the mark of which only its owner may know."""
    return without_mark(item.tags), item.author


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
