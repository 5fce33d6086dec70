"""The score on all items beside the score on the agreed ones, so that everyone sees what a lead rests on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bench.language.specification import Specification
from bench.metrics.base import total
from bench.metrics.registry import build_metric
from bench.model import Item, Outputs, Scorecard
from bench.scoring import statistics_of, unpack


def with_score_on_all(
    scorecard: Scorecard, outputs: Outputs, contested: Sequence[Item], specification: Specification
) -> Scorecard:
    """The scorecard with `score_on_all`: its counted items and the contested ones as if they counted.

    `outputs` must hold what the submission has for the contested items. Where nothing is contested it is None.
    """
    if not contested:
        return replace(scorecard, score_on_all=None)
    metric = build_metric(specification)
    beside = statistics_of(metric, outputs, contested, specification.extraction)
    on_all = np.concatenate((unpack(scorecard.statistics), beside))
    return replace(scorecard, score_on_all=metric.aggregate(total(on_all)))
