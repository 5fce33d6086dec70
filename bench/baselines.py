"""Entries without any skill, and one with all of it: what a benchmark must tell apart before it opens. Light."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from bench.answers import as_output, canonical_form
from bench.language.specification import Specification
from bench.model import Gold, Interval, Outputs

SEED = 1319
"""Fixed, so that everyone who recomputes a board finds the same shuffle."""


class BaselineKind(StrEnum):
    """The dummy entries; all but the gold itself are trivial."""

    EMPTY = "empty"
    CONSTANT = "constant"
    COPY = "copy"
    SHUFFLED = "shuffled"
    GOLD = "gold"

    @property
    def system(self) -> str:
        """The name of its system on a board."""
        return _SYSTEMS[self]


_SYSTEMS = {
    BaselineKind.EMPTY: "Empty outputs",
    BaselineKind.CONSTANT: "Always the most frequent answer",
    BaselineKind.COPY: "The prompt copied",
    BaselineKind.SHUFFLED: "The gold shuffled",
    BaselineKind.GOLD: "The gold itself",
}


@dataclass(frozen=True, slots=True)
class BaselineScore:
    """What a dummy entry scores, with the interval of the score."""

    kind: BaselineKind
    score: float
    interval: Interval


def baselines(gold: Gold, specification: Specification, *, seed: int = SEED) -> dict[BaselineKind, Outputs]:
    """The outputs of every dummy entry for all items of the gold. They hold gold: keep them as secret as that.

    Answers stand as a model that does as it is told would write them. Where the extraction is a pattern nobody can know
    how, so there the gold itself may score below 100%.
    """
    return {
        BaselineKind.EMPTY: Outputs({item.id: "" for item in gold.items}),
        BaselineKind.CONSTANT: _constant(gold, specification),
        BaselineKind.COPY: Outputs({item.id: item.prompt for item in gold.items}),
        BaselineKind.SHUFFLED: shuffled(gold, specification, seed=seed),
        BaselineKind.GOLD: _written(gold, specification, (item.answers[0] for item in gold.items)),
    }


def shuffled(gold: Gold, specification: Specification, *, seed: int = SEED) -> Outputs:
    """Each item answered with the first accepted answer of an item drawn without replacement, which may be itself."""
    answers = [item.answers[0] for item in gold.items]
    Random(seed).shuffle(answers)  # noqa: S311 - a baseline that all can repeat, no secret
    return _written(gold, specification, iter(answers))


def _constant(gold: Gold, specification: Specification) -> Outputs:
    """An answer counts once for an item however it is spelled; of equally frequent ones the first in the gold wins."""
    canonical = canonical_form(specification)
    forms = [{canonical(answer) or answer: answer for answer in reversed(item.answers)} for item in gold.counted]
    counts = Counter(form for spellings in forms for form in reversed(spellings))
    if not counts:
        return Outputs({})
    (most, _), *_ = counts.most_common(1)
    spelling = next(spellings[most] for spellings in forms if most in spellings)
    return _written(gold, specification, iter([spelling] * len(gold.items)))


def _written(gold: Gold, specification: Specification, answers: Iterator[str]) -> Outputs:
    return Outputs(
        {item.id: as_output(answer, specification) for item, answer in zip(gold.items, answers, strict=True)}
    )
