"""Synthetic tasks: seeded, so that every run measures the same work."""

import random
from dataclasses import dataclass

import orjson

from bench.model import Gold, Item

SEED = 1319
WORDS = ["the", "a", "red", "green", "blue", "house", "river", "walks", "slowly", "never", "again", "because", "of"]


@dataclass(frozen=True, slots=True)
class Work:
    """A gold with 1-3 answers an item, and a JSONL file of outputs of which about two in three are right."""

    gold: Gold
    file: bytes

    @property
    def ids(self) -> list[str]:
        """The ids in the order of the gold."""
        return [item.id for item in self.gold.items]


def work(items: int) -> Work:
    """So many items."""
    chance = random.Random(SEED)  # noqa: S311 - the same data in every run
    asked = tuple(_item(chance, number) for number in range(items))
    lines = [orjson.dumps({"id": item.id, "output": _output(chance, item)}) for item in asked]
    return Work(Gold(asked, 1), b"\n".join(lines) + b"\n")


def _item(chance: random.Random, number: int) -> Item:
    answers = {_phrase(chance) for _ in range(chance.randint(1, 3))}
    return Item(f"item-{number:06}", f"What comes after {number}?", tuple(sorted(answers)))


def _output(chance: random.Random, item: Item) -> str:
    return chance.choice(item.answers) if chance.random() < 2 / 3 else _phrase(chance)


def _phrase(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))
