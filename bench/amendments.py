"""What the owner of a task changes about its items; the votes on a changed item begin anew. Light: no numpy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bench.answers import checked_answer, is_known
from bench.errors import BadInput
from bench.language.specification import Specification
from bench.model import Item
from bench.parsing.limits import MAX_ANSWERS
from bench.spellings import without_mark
from bench.text import member_text

LONGEST_PROMPT = 4000


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the owner of a task does to one item; it waits for the next gold version, later ones over earlier ones.

    `id` is that of the interaction. `after` is the item as it shall be; None takes it out of the gold.
    """

    guild_id: int
    id: int
    task_id: int
    item_id: str
    after: Item | None = field(repr=False)
    actor_id: int
    reason: str
    at: datetime


def amended(items: Sequence[Item], amendments: Iterable[Amendment]) -> tuple[Item, ...]:
    """The items after the amendments: an item stays in its place, one that is brought back comes last."""
    by_id = {item.id: item for item in items}
    for amendment in amendments:
        if amendment.after is None:
            by_id.pop(amendment.item_id, None)
        else:
            by_id[amendment.item_id] = amendment.after
    return tuple(by_id.values())


def edited(item: Item, prompt: str, answers: Sequence[str], specification: Specification) -> Item:
    """The item with another prompt or other accepted answers; it counts again until the votes say otherwise.

    What the item says already is taken as it stands; what is new must be fit for a form and for the metric. A marked
    item with other answers is marked no more: none of those was drawn. Raises BadInput where nothing changes, and where
    an answer cannot be used or stands twice.
    """
    asked = prompt if prompt == item.prompt else member_text("prompt", prompt, LONGEST_PROMPT)
    accepted = item.answers if tuple(answers) == item.answers else _accepted(item, answers, specification)
    if (asked, accepted) == (item.prompt, item.answers):
        raise BadInput("Nothing was changed: prompt and answers are as they were.")
    tags = item.tags if accepted == item.answers else without_mark(item.tags)
    return replace(item, prompt=asked, answers=accepted, tags=tags, contested=False)


def _accepted(item: Item, answers: Sequence[str], specification: Specification) -> tuple[str, ...]:
    accepted: list[str] = []
    for answer in answers:
        checked = answer if answer in item.answers else checked_answer(answer, specification)
        if is_known(checked, accepted, specification):
            raise BadInput(
                f"Answer {len(accepted) + 1} equals an earlier one after normalisation; write each only once."
            )
        accepted.append(checked)
    if not 1 <= len(accepted) <= MAX_ANSWERS:
        raise BadInput(f"Found {len(accepted)} accepted answers; write 1 to {MAX_ANSWERS}, each on a line of its own.")
    return tuple(accepted)
