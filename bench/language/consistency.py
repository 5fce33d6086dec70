"""What the options of one specification must not say together."""

from collections import Counter

from bench.language.normalize import normalizer
from bench.language.options import Options, option_value
from bench.language.refusals import refused, shown
from bench.language.steps import Step
from bench.metrics.descriptions import MetricDescription


def check_options_together(
    metric: MetricDescription, options: Options, normalizing: Step, trimmings: tuple[Step, ...]
) -> None:
    """Refuse labels that normalisation makes equal or empty, and a decimal mark beside the language that sets it."""
    names = {option.name for option in metric.options}
    if "labels" in names:
        _check_labels(option_value(metric, options, "labels"), normalizing, trimmings)
    if (
        "decimal" in names
        and option_value(metric, options, "language")
        and option_value(metric, options, "decimal") == ","
    ):
        raise refused("options.decimal", "the language sets the decimal mark already. Take one of the two out.")


def _check_labels(labels: object, normalizing: Step, trimmings: tuple[Step, ...]) -> None:
    if not isinstance(labels, tuple):
        raise refused("options.labels", f"found {shown(labels)}; expected a list of texts.")
    normalize = normalizer(normalizing, trimmings)
    forms = Counter(normalize(label) for label in labels)
    if "" in forms:
        raise refused("options.labels", f"normalisation by {normalizing.colon_form} leaves nothing of a label.")
    form, times = forms.most_common(1)[0]
    if times > 1:
        found = f"{times} labels are {shown(form)} after normalisation by {normalizing.colon_form}"
        raise refused("options.labels", f"{found}. Keep one, or normalize with raw.")
