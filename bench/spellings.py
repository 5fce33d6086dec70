"""Marked items: a gold file says that the accepted answers of an item are spellings as good as each other.

The bot draws one of them to stand first. Who answers without having seen the stored gold writes the drawn one by chance
alone, whatever spelling a model prefers: the draw is ours. The mark is a tag that only owners and exports of the gold
show. Light: no numpy.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from bench.model import Item, Tags

MARK: Final = "canary"
"""The tag's name. Its value is how many of the answers, from the first, are such spellings; any other word is all."""


def without_mark(tags: Tags) -> Tags:
    """The tags that members may see."""
    return tuple((name, value) for name, value in tags if not _is_mark(name))


def shown(item: Item) -> Item:
    """The item as it is shown to those who may see its answers but not whether it is marked."""
    return replace(item, tags=without_mark(item.tags))


def is_marked(item: Item) -> bool:
    """Whether the accepted answers of the item are said to be spellings as good as each other."""
    return any(_is_mark(name) for name, _ in item.tags)


def spellings_of(item: Item) -> tuple[str, ...]:
    """The spellings of a marked item, the drawn one first where it is in the gold; none of another item.

    What the voters accept later stands behind them and is none.
    """
    value = next((value for name, value in item.tags if _is_mark(name)), None)
    if value is None:
        return ()
    stated = int(value) if value.isdecimal() else 0
    return item.answers[:stated] if stated > 1 else item.answers


def are_different(spellings: Iterable[str]) -> bool:
    """Whether there are two or more, and no two are the same but for the blanks around them."""
    stripped = [spelling.strip() for spelling in spellings]
    return 1 < len(stripped) == len(set(stripped))


def drawn(items: Iterable[Item], pick: Callable[[int], int]) -> tuple[Item, ...]:
    """The items as they come into the gold: of each marked one a drawn spelling stands first, and they are counted.

    `pick` gives a number below another one, each with the same chance, and must not be foreseeable.
    """
    return tuple(_drawn(item, spellings, pick) if (spellings := spellings_of(item)) else item for item in items)


def _drawn(item: Item, spellings: tuple[str, ...], pick: Callable[[int], int]) -> Item:
    place = pick(len(spellings))
    answers = (spellings[place], *spellings[:place], *item.answers[place + 1 :])
    tags = tuple((MARK, str(len(spellings))) if _is_mark(name) else (name, value) for name, value in item.tags)
    return replace(item, answers=answers, tags=tags)


def _is_mark(name: str) -> bool:
    return name.casefold() == MARK
