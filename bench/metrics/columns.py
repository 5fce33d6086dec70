"""The columns of a score: a composite's parts each on its own, and any other metric as one."""

from bench.language.specification import Specification
from bench.metrics.base import FloatArray, Metric, total
from bench.metrics.composite import Composite
from bench.metrics.registry import build_metric
from bench.metrics.resampling import headline_interval
from bench.standing import Column


def columns_of(specification: Specification, statistics: FloatArray) -> tuple[Column, ...]:
    """The columns behind a score, from the statistics of its items, items x k, as `bench.scoring.unpack` gives them."""
    metric = build_metric(specification)
    if not isinstance(metric, Composite):
        return (_column(specification.metric, 1.0, metric, statistics),)
    weights = sum(member.weight for member in metric.members)
    return tuple(
        _column(member.name, member.weight / weights, member.metric, part) for member, part in metric.split(statistics)
    )


def _column(name: str, share: float, metric: Metric, statistics: FloatArray) -> Column:
    score = metric.aggregate(total(statistics)) if len(statistics) else 0.0
    return Column(name, share, score, headline_interval(metric, statistics))
