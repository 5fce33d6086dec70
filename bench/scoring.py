"""From outputs and gold to a scorecard."""

import struct
import zlib
from collections.abc import Sequence

import numpy as np

from bench.errors import BadInput
from bench.language.extract import extractor
from bench.language.specification import Specification
from bench.language.steps import Step
from bench.metrics.base import FloatArray, Given, Metric, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import headline_interval
from bench.model import Gold, Item, Outputs, Scorecard
from bench.reading import not_blank, read_gold_once

_SIDES = "<II"
_FASTEST = 1  # a quarter of the time for less than twice the bytes: rescoring a large task is mostly packing


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


def _extracted(texts: Given, extraction: Step) -> Given:
    """The answers in outputs that are not blank."""
    if extraction.name == "whole":
        return texts
    extract = extractor(extraction)
    return tuple(None if text is None else extract(text) for text in texts)
