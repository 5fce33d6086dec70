"""What each metric is, takes and means: light enough for the bot's own process, which never scores."""

from bench.metrics.catalogue_texts import EXACT, SEMANTIC, TEXT_METRICS, TOKEN_F1
from bench.metrics.catalogue_values import CHOICE, COMPOSITE, NUMERIC, VALUE_METRICS
from bench.metrics.descriptions import MetricDescription, OptionDescription, OptionValue, ScoredPair

__all__ = ["METRICS", "MetricDescription", "OptionDescription", "OptionValue", "ScoredPair", "find_metric"]

METRICS: tuple[MetricDescription, ...] = (
    EXACT,
    TOKEN_F1,
    CHOICE,
    NUMERIC,
    *TEXT_METRICS,
    *VALUE_METRICS,
    SEMANTIC,
    COMPOSITE,
)

_BY_NAME = {metric.name: metric for metric in METRICS}


def find_metric(name: str) -> MetricDescription | None:
    """The metric of that name, or None."""
    return _BY_NAME.get(name)
