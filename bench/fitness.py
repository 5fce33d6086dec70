"""Whether a metric can serve a gold at all: each accepted answer, given as an output, must score in full."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.answers import as_output
from bench.errors import Problem
from bench.language.extract import extractor
from bench.language.specification import Specification
from bench.metrics.base import FloatArray, total
from bench.metrics.catalogue import find_metric
from bench.metrics.registry import build_metric
from bench.model import Gold, Item, Outputs
from bench.scoring import statistics_of


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the metric gives to the gold itself (must be 1) and to empty outputs (must be 0)."""

    gold_score: float
    empty_score: float


@dataclass(frozen=True, slots=True)
class Served:
    """How a metric serves items: which it can use, and the lowest score that an accepted answer of each gets."""

    specification: Specification
    usable: list[bool]
    lowest: FloatArray


def self_test(gold: Gold, specification: Specification) -> SelfTest:
    """The scores of the gold answered with itself, by its least favoured accepted answers, and of empty outputs."""
    metric = build_metric(specification)
    items = gold.counted
    if not items:
        return SelfTest(0.0, 0.0)
    empty = Outputs({item.id: "" for item in items})
    statistics = statistics_of(metric, empty, items, specification.extraction)
    return SelfTest(
        gold_score=float(_own_scores(items, specification).sum()) / len(items),
        empty_score=metric.aggregate(total(statistics)),
    )


def gold_problems(items: Sequence[Item], specification: Specification) -> tuple[Problem, ...]:
    """What of the gold the metric cannot serve, by item; no text holds an answer."""
    build_metric(specification)
    served = [_served(items, leaf) for leaf in _leaves(specification)]
    found = (
        problem
        for place, item in enumerate(items)
        for one in served
        if (problem := _problem(item, place, one)) is not None
    )
    return tuple(dict.fromkeys(found))


def _leaves(specification: Specification) -> Iterator[Specification]:
    """A metric itself, or the parts of a composite."""
    for part in specification.parts:
        yield from _leaves(part.specification)
    if not specification.parts:
        yield specification


def _own_scores(items: Sequence[Item], specification: Specification) -> FloatArray:
    """The lowest score of each item's accepted answers; for a composite the mean of its parts' ones."""
    if not specification.parts:
        return _served(items, specification).lowest
    scores = [part.weight * _own_scores(items, part.specification) for part in specification.parts]
    mean: FloatArray = np.sum(scores, axis=0) / sum(part.weight for part in specification.parts)
    return mean


def _served(items: Sequence[Item], specification: Specification) -> Served:
    """All answers of all items at once: a metric takes as long for one as for a thousand."""
    metric = build_metric(specification)
    usable = [bool(item.answers) and all(map(metric.serves, item.answers)) for item in items]
    chosen = [item for item, is_usable in zip(items, usable, strict=True) if is_usable]
    lowest = np.zeros(len(items))
    if chosen:
        outputs = [_as_extracted(answer, specification) for item in chosen for answer in item.answers]
        gold = [item.answers for item in chosen for _ in item.answers]
        scores = metric.item_scores(metric.statistics(outputs, gold))
        starts = np.cumsum([0, *(len(item.answers) for item in chosen[:-1])])
        lowest[np.array(usable)] = np.minimum.reduceat(scores, starts)
    return Served(specification, usable, lowest)


def _as_extracted(answer: str, specification: Specification) -> str | None:
    """What extraction leaves of an answer; for a pattern no output can be made that it is sure to find in."""
    output = as_output(answer, specification)
    return output if specification.extraction.name == "regex" else extractor(specification.extraction)(output)


def _problem(item: Item, place: int, served: Served) -> Problem | None:
    specification = served.specification
    description = find_metric(specification.metric)
    where = f'the accepted answers of item "{item.id}"'
    if not item.answers:
        return Problem(f"none in {where}", "at least one", "Add an answer or take the item out.", column="answers")
    if description and not served.usable[place]:
        found = f"one in {where} that {specification.metric} cannot use"
        return Problem(found, description.answers, description.remedy, column="answers")
    if served.lowest[place] < 1.0:
        found = f"one in {where} that no output can give, because the extraction would cut it"
        expected = f"answers that {specification.extraction.colon_form} finds whole"
        return Problem(found, expected, "Choose another extraction, or shorten the answer.", column="answers")
    return None
