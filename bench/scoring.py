"""From outputs and gold to a scorecard; and whether a metric can serve a gold at all."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.answers import as_output
from bench.errors import BadInput, Problem
from bench.language.extract import extractor
from bench.language.specification import Specification
from bench.language.steps import Step
from bench.metrics.base import FloatArray, Metric, total
from bench.metrics.catalogue import find_metric
from bench.metrics.registry import build_metric
from bench.metrics.resampling import headline_interval
from bench.model import Gold, Item, Outputs, Scorecard
from bench.reading import not_blank, read_gold_once

_SIDES = "<II"
_FASTEST = 1  # a quarter of the time for less than twice the bytes: rescoring a large task is mostly packing


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the metric gives to the gold itself (must be 1) and to empty outputs (must be 0)."""

    gold_score: float
    empty_score: float


def score(outputs: Outputs, gold: Gold, specification: Specification) -> Scorecard:
    """The scorecard of outputs. An item without an output, or with a blank one, is wrong; it is never skipped."""
    read = read_gold_once(gold)
    if not read.counted:
        raise BadInput("The gold has no item that counts, so there is nothing to score. Add items without practice.")
    metric = build_metric(specification)
    texts = not_blank(read.texts(outputs))
    statistics = read.scorer(specification)(_extracted(texts, specification.extraction))
    return Scorecard(
        signature=specification.signature,
        gold_version=gold.version,
        score=metric.aggregate(total(statistics)),
        interval=headline_interval(metric, statistics),
        coverage=read.coverage(outputs, texts),
        statistics=pack(statistics),
        practice=practice_score(metric, outputs, read.practice, specification.extraction),
    )


def item_scores_of(scorecard: Scorecard, specification: Specification) -> FloatArray:
    """The score of each counted item, shape (items,), from a stored scorecard."""
    return build_metric(specification).item_scores(unpack(scorecard.statistics))


def pack(array: FloatArray) -> bytes:
    """A two-dimensional array as compressed little-endian doubles behind its shape; `unpack` gives the same bits."""
    rows, columns = array.shape
    # Column by column, because the values of one column resemble each other and compress well.
    return zlib.compress(struct.pack(_SIDES, rows, columns) + array.astype("<f8").tobytes(order="F"), _FASTEST)


def unpack(blob: bytes) -> FloatArray:
    """The array that `pack` stored; ValueError where the bytes are damaged."""
    try:
        content = zlib.decompress(blob)
        rows, columns = struct.unpack_from(_SIDES, content)
        values = np.frombuffer(content, dtype="<f8", offset=struct.calcsize(_SIDES))
        return values.reshape((rows, columns), order="F").astype(np.float64)
    except (zlib.error, struct.error, ValueError) as error:
        raise ValueError(f"Stored statistics are damaged: {error}") from None


def self_test(gold: Gold, specification: Specification) -> SelfTest:
    """The scores of the gold answered with itself, by its least favoured accepted answers, and of empty outputs."""
    metric = build_metric(specification)
    items = gold.counted
    answered = [_answered_with_itself(item, specification) for item in items]
    empty = Outputs({item.id: "" for item in items})
    statistics = statistics_of(metric, empty, items, specification.extraction)
    return SelfTest(
        gold_score=sum(answered) / len(answered) if answered else 0.0,
        empty_score=metric.aggregate(total(statistics)) if items else 0.0,
    )


def gold_problems(items: Sequence[Item], specification: Specification) -> tuple[Problem, ...]:
    """What of the gold the metric cannot serve, by item; no text holds an answer."""
    build_metric(specification)
    return tuple(dict.fromkeys(problem for item in items for problem in _problems(item, specification)))


def statistics_of(metric: Metric, outputs: Outputs, items: Sequence[Item], extraction: Step) -> FloatArray:
    """The statistics of these items, items x k; those of an item do not depend on which others are scored with it."""
    texts = not_blank(tuple(outputs.by_id.get(item.id) for item in items))
    return metric.statistics(_extracted(texts, extraction), [item.answers for item in items])


def is_answered(outputs: Outputs, item_id: str) -> bool:
    """Whether the outputs hold anything but blanks for the item."""
    text = outputs.by_id.get(item_id)
    return bool(text and text.strip())


def practice_score(
    metric: Metric, outputs: Outputs, items: Sequence[Item], extraction: Step
) -> tuple[float, int] | None:
    """How much of the practice items is right, and how many they are; None where there are none."""
    if not items:
        return None
    scores = metric.item_scores(statistics_of(metric, outputs, items, extraction))
    return float(scores.sum()), len(items)


def _extracted(texts: tuple[str | None, ...], extraction: Step) -> tuple[str | None, ...]:
    """The answers in outputs that are not blank."""
    if extraction.name == "whole":
        return texts
    extract = extractor(extraction)
    return tuple(None if text is None else extract(text) for text in texts)


def _answered_with_itself(item: Item, specification: Specification) -> float:
    """The lowest score that an accepted answer gets, given as a model that does as it is told would give it.

    For a composite it is the mean of its parts, each given the answer as it alone asks for it.
    """
    if specification.parts:
        scores = [_answered_with_itself(item, part.specification) * part.weight for part in specification.parts]
        return sum(scores) / sum(part.weight for part in specification.parts)
    metric = build_metric(specification)
    if not item.answers or not all(metric.serves(answer) for answer in item.answers):
        return 0.0
    outputs = [_as_extracted(answer, specification) for answer in item.answers]
    return float(metric.item_scores(metric.statistics(outputs, [item.answers] * len(outputs))).min())


def _as_extracted(answer: str, specification: Specification) -> str | None:
    """What extraction leaves of an answer; for a pattern no output can be made that it is sure to find in."""
    output = as_output(answer, specification)
    return output if specification.extraction.name == "regex" else extractor(specification.extraction)(output)


def _problems(item: Item, specification: Specification) -> Iterator[Problem]:
    """What one metric, or each part of a composite, cannot use."""
    for part in specification.parts:
        yield from _problems(item, part.specification)
    if specification.parts:
        return
    metric, description = build_metric(specification), find_metric(specification.metric)
    place = f'the accepted answers of item "{item.id}"'
    if not item.answers:
        yield Problem(f"none in {place}", "at least one", "Add an answer or take the item out.", column="answers")
    elif description and not all(metric.serves(answer) for answer in item.answers):
        found = f"one in {place} that {specification.metric} cannot use"
        yield Problem(found, description.answers, description.remedy, column="answers")
    elif _answered_with_itself(item, specification) < 1.0:
        found = f"one in {place} that no output can give, because the extraction would cut it"
        expected = f"answers that {specification.extraction.colon_form} finds whole"
        yield Problem(found, expected, "Choose another extraction, or shorten the answer.", column="answers")
