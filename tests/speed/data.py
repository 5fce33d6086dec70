"""Synthetic tasks: seeded, so that every run measures the same work."""

import random
from collections.abc import Callable, KeysView
from dataclasses import dataclass
from functools import cache, cached_property

import orjson

from bench.model import Gold, Item

SEED = 1319
LABELS = ("negative", "neutral", "positive")
_VOWELS, _ACCENTED = "aeiou", "áéíóúñü"
_ARTICLES = ("the", "a", "an", "el", "la", "los", "un")
_WRAPPINGS = ("{}.", "“{}”", "{}!", " {}", "¿{}?", "{} 😀", "The {}", "el {}", "{}\u00a0", "({})", "{}…")


@dataclass(frozen=True)
class Work:
    """A gold with 1-3 answers an item, and a JSONL file of outputs of which nearly half are right."""

    gold: Gold
    file: bytes

    @cached_property
    def expected(self) -> KeysView[str]:
        """The ids as a worker that keeps a gold has them."""
        return dict.fromkeys(self.ids).keys()

    @property
    def ids(self) -> list[str]:
        """The ids in the order of the gold."""
        return [item.id for item in self.gold.items]

    @property
    def outputs(self) -> list[str]:
        """The outputs in the order of the gold."""
        return [str(orjson.loads(line)["output"]) for line in self.file.splitlines()]

    @property
    def answers(self) -> list[tuple[str, ...]]:
        """The accepted answers in the order of the gold."""
        return [item.answers for item in self.gold.items]


def work(items: int) -> Work:
    """So many items of 1 to 12 words, a third of them Spanish; a third of the outputs is not ASCII."""
    chance = random.Random(SEED)  # noqa: S311 - the same data in every run
    return _work(chance, items, lambda: _phrase(chance, 1, 12))


def sentences(items: int) -> Work:
    """So many items of 15 to 40 words, as translations have."""
    chance = random.Random(SEED + 1)  # noqa: S311 - the same data in every run
    return _work(chance, items, lambda: _phrase(chance, 15, 40), wraps=False)


def labelled(items: int) -> tuple[list[str], list[str]]:
    """Labels as they are, and as a system gives them."""
    chance = random.Random(SEED + 2)  # noqa: S311 - the same data in every run
    had = chance.choices(LABELS, (5, 3, 2), k=items)
    return had, [label if chance.random() < 0.8 else chance.choice(LABELS) for label in had]


def shuffled(given: Work) -> bytes:
    """The file with its lines in another order."""
    lines = given.file.splitlines()
    random.Random(SEED).shuffle(lines)  # noqa: S311 - the same data in every run
    return b"\n".join(lines) + b"\n"


def _work(chance: random.Random, items: int, phrase: Callable[[], str], *, wraps: bool = True) -> Work:
    asked = tuple(_item(chance, number, phrase) for number in range(items))
    outputs = [_output(chance, item, phrase, wraps=wraps) for item in asked]
    lines = [orjson.dumps({"id": item.id, "output": text}) for item, text in zip(asked, outputs, strict=True)]
    return Work(Gold(asked, 1), b"\n".join(lines) + b"\n")


def _item(chance: random.Random, number: int, phrase: Callable[[], str]) -> Item:
    answers = dict.fromkeys(phrase() for _ in range(chance.choice((1, 1, 2, 2, 3))))
    return Item(f"item-{number:06}", f"What comes after {number}?", tuple(answers))


def _output(chance: random.Random, item: Item, phrase: Callable[[], str], *, wraps: bool) -> str:
    answer = chance.choice(item.answers)
    if chance.random() < 0.15:
        return phrase()
    if chance.random() < 0.45:
        answer = _changed(chance, answer)
    if wraps and chance.random() < 0.4:
        answer = chance.choice(_WRAPPINGS).format(answer.title() if chance.random() < 0.3 else answer)
    return answer


def _changed(chance: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(1 + len(words) // 5):
        words[chance.randrange(len(words))] = chance.choice(_vocabulary())
    return " ".join(words)


def _phrase(chance: random.Random, shortest: int, longest: int) -> str:
    words = chance.choices(
        _vocabulary()[: 3000 if chance.random() < 0.35 else 1500], k=chance.randint(shortest, longest)
    )
    if chance.random() < 0.5:
        words.insert(0, chance.choice(_ARTICLES))
    return " ".join(words) + chance.choice(("", "", "."))


@cache
def _vocabulary() -> list[str]:
    """1,500 words that look English, and as many that look Spanish."""
    chance = random.Random(SEED)  # noqa: S311 - the same data in every run
    plain = ["".join(chance.choices("bcdfglmnprst" + _VOWELS, k=chance.randint(2, 10))) for _ in range(1500)]
    accented = [f"{word}{chance.choice(_ACCENTED)}{chance.choice('nsr')}" for word in plain]
    return plain + [one if chance.random() < 0.3 else word for one, word in zip(accented, plain, strict=True)]
