"""From the name in a specification to the metric that scores by it."""

from collections.abc import Callable

from bench.language.specification import Specification
from bench.metrics.base import Metric
from bench.metrics.exact import ExactMatch
from bench.metrics.labels import MultipleChoice
from bench.metrics.numeric import NumericMatch
from bench.metrics.overlap import TokenF1

_BUILDERS: dict[str, Callable[[Specification], Metric]] = {
    "exact": ExactMatch,
    "token_f1": TokenF1,
    "choice": lambda _specification: MultipleChoice(),
    "numeric": NumericMatch,
}


def build_metric(specification: Specification) -> Metric:
    """The metric of a specification, which is valid because it exists."""
    return _BUILDERS[specification.metric](specification)
