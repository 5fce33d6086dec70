"""From outputs and gold to a scorecard; and whether a metric can serve a gold at all."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.errors import BadInput, Problem
from bench.language.extract import extractor
from bench.language.specification import Specification
from bench.language.steps import Step
from bench.metrics.base import FloatArray, Metric, total
from bench.metrics.registry import build_metric
from bench.model import Coverage, Gold, Item, Outputs, Scorecard
from bench.stats.intervals import interval_of

_SIDES = "<II"
_FASTEST = 1  # a quarter of the time for less than twice the bytes: rescoring a large task is mostly packing


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the metric gives to the gold itself (must be 1) and to empty outputs (must be 0)."""

    gold_score: float
    empty_score: float


def score(outputs: Outputs, gold: Gold, specification: Specification) -> Scorecard:
    """The scorecard of outputs. An item without an output, or with a blank one, is wrong; it is never skipped."""
    if not gold.counted:
        raise BadInput("The gold has no item that counts, so there is nothing to score. Add items without practice.")
    metric = build_metric(specification)
    statistics = statistics_of(metric, outputs, gold.counted, specification.extraction)
    item_scores = metric.item_scores(statistics)
    return Scorecard(
        signature=specification.signature,
        gold_version=gold.version,
        score=metric.aggregate(total(statistics)),
        interval=interval_of(item_scores),
        coverage=_coverage(outputs, gold),
        statistics=pack(statistics),
        practice=practice_score(metric, outputs, gold.practice, specification.extraction),
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
    answered = [_answered_with_itself(metric, item, specification) for item in items]
    empty = Outputs({item.id: "" for item in items})
    statistics = statistics_of(metric, empty, items, specification.extraction)
    return SelfTest(
        gold_score=sum(answered) / len(answered) if answered else 0.0,
        empty_score=metric.aggregate(total(statistics)) if items else 0.0,
    )


def gold_problems(items: Sequence[Item], specification: Specification) -> tuple[Problem, ...]:
    """What of the gold the metric cannot serve, by item; no text holds an answer."""
    metric = build_metric(specification)
    problems = (_problem(metric, item, specification) for item in items)
    return tuple(problem for problem in problems if problem is not None)


def statistics_of(metric: Metric, outputs: Outputs, items: Sequence[Item], extraction: Step) -> FloatArray:
    """The statistics of these items, items x k; those of an item do not depend on which others are scored with it."""
    extract = extractor(extraction)
    texts = (outputs.by_id.get(item.id) for item in items)
    answers = [extract(text) if text and text.strip() else None for text in texts]
    return metric.statistics(answers, [item.answers for item in items])


def is_answered(outputs: Outputs, item_id: str) -> bool:
    """Whether the outputs hold anything but blanks for the item."""
    text = outputs.by_id.get(item_id)
    return bool(text and text.strip())


def _coverage(outputs: Outputs, gold: Gold) -> Coverage:
    """The ids are sorted, so that the order of a file leaves no trace in a scorecard."""
    known = {item.id for item in gold.items}
    ids = [item.id for item in gold.counted]
    return Coverage(
        answered=sum(is_answered(outputs, item_id) for item_id in ids),
        items=len(ids),
        missing_ids=tuple(sorted(item_id for item_id in ids if item_id not in outputs.by_id)),
        unknown_ids=tuple(sorted(name for name in outputs.by_id if name not in known)),
    )


def practice_score(
    metric: Metric, outputs: Outputs, items: Sequence[Item], extraction: Step
) -> tuple[float, int] | None:
    """How much of the practice items is right, and how many they are; None where there are none."""
    if not items:
        return None
    scores = metric.item_scores(statistics_of(metric, outputs, items, extraction))
    return float(scores.sum()), len(items)


def _answered_with_itself(metric: Metric, item: Item, specification: Specification) -> float:
    """The lowest score that an accepted answer gets, given as a model that does as it is told would give it."""
    if not item.answers or not all(metric.serves(answer) for answer in item.answers):
        return 0.0
    outputs = [_extracted(answer, specification.extraction) for answer in item.answers]
    scores = metric.item_scores(metric.statistics(outputs, [item.answers] * len(outputs)))
    return float(scores.min())


def _extracted(answer: str, extraction: Step) -> str | None:
    """What extraction leaves of an answer; for a pattern no output can be made that it is sure to find in."""
    if extraction.name == "regex":
        return answer
    return extractor(extraction)(f"{extraction.argument} {answer}" if extraction.name == "after" else answer)


def _problem(metric: Metric, item: Item, specification: Specification) -> Problem | None:
    place = f'the accepted answers of item "{item.id}"'
    if not item.answers:
        return Problem(f"none in {place}", "at least one", "Add an answer or take the item out.", column="answers")
    if not all(metric.serves(answer) for answer in item.answers):
        expected, remedy = _EXPECTED[specification.metric]
        return Problem(f"one in {place} that {specification.metric} cannot use", expected, remedy, column="answers")
    if _answered_with_itself(metric, item, specification) < 1.0:
        found = f"one in {place} that no output can give, because the extraction would cut it"
        expected = f"answers that {specification.extraction.colon_form} finds whole"
        return Problem(found, expected, "Choose another extraction, or shorten the answer.", column="answers")
    return None


_EXPECTED = {
    "exact": ("an answer of which something is left after normalisation", "Mend the answer, or normalize with raw."),
    "token_f1": ("an answer of which a word is left after normalisation", "Mend the answer, or normalize with raw."),
    "choice": ("one letter from A to J", "Write the letter of the right option, or choose the metric exact."),
    "numeric": (
        "a number such as 18, 1,234.50 or 1e3 with the decimal mark of the metric's options",
        "Write the number alone, or choose the metric exact.",
    ),
}
