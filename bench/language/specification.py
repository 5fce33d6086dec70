"""The specification of a metric: written by a person in TOML, pinned to every score as one canonical line.

TOML, where only `metric` is required::

    metric = "numeric"
    extract = "after:A:"
    normalize = "raw"

    [options]
    absolute = 0.01

The signature of the same: ``numeric(absolute=0.01)|extract:after("A:")|norm:raw|agg:mean|touchstone:0.1``.
"""

import re
import tomllib
from dataclasses import dataclass

from bench.errors import BadSpecification
from bench.language.extract import checked_extraction
from bench.language.normalize import checked_normalizer
from bench.language.options import Options, checked_options, written_value
from bench.language.refusals import refused, shown, unknown
from bench.language.signature import SCORING_VERSION, check_version, read_signature
from bench.language.steps import Step, quoted, split_colon_form
from bench.metrics.catalogue import METRICS, MetricDescription, find_metric

__all__ = ["SCORING_VERSION", "Specification", "Step", "parse_signature", "parse_specification", "parse_toml"]

LONGEST_SPECIFICATION = 4000

_KEYS = ("metric", "extract", "normalize", "options")
_TYPOGRAPHIC_QUOTES = re.compile("[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]")
_SIGNATURE = re.compile(r"\s*[\w-]+(\([^\n]*\))?\|")
_BARE_NAME = re.compile(r"\s*[\w-]+\s*")


@dataclass(frozen=True, slots=True)
class Specification:
    """How outputs become a score. One that exists is valid: anything else raises BadSpecification when it is made.

    `options` are brought into canonical form (sorted, defaults left out), so equal meanings are equal values.
    """

    metric: str
    extraction: Step
    normalizer: Step
    options: Options = ()
    version: str = SCORING_VERSION

    def __post_init__(self) -> None:
        """Refuse what cannot be scored."""
        check_version(self.version)
        metric = _metric(self.metric)
        checked_extraction(self.extraction)
        checked_normalizer(self.normalizer)
        if self.normalizer.name not in metric.normalizers:
            why = f"{metric.name} reads the answer itself, and {self.normalizer.name} could delete a part of it"
            raise refused("normalize", f"{why}. What goes with {metric.name}: {', '.join(metric.normalizers)}.")
        object.__setattr__(self, "options", checked_options(metric, self.options))

    @property
    def signature(self) -> str:
        """The canonical line that stands beside every score; `parse_signature` gives the specification back."""
        options = ",".join(f"{name}={written_value(value)}" for name, value in self.options)
        parts = (
            f"{self.metric}({options})" if options else self.metric,
            f"extract:{self.extraction.call_form}",
            f"norm:{self.normalizer.colon_form}",
            f"agg:{_metric(self.metric).aggregation}",
            f"touchstone:{self.version}",
        )
        return "|".join(parts)

    def to_toml(self) -> str:
        """The form that a person edits; `parse_toml` gives the specification back."""
        lines = [
            f"metric = {quoted(self.metric)}",
            f"extract = {quoted(self.extraction.colon_form)}",
            f"normalize = {quoted(self.normalizer.colon_form)}",
        ]
        if self.options:
            lines += ["", "[options]", *(f"{name} = {written_value(value)}" for name, value in self.options)]
        return "\n".join(lines) + "\n"


def parse_specification(text: str) -> Specification:
    """The specification that a person gives in any form: TOML, a signature line, or only the name of a metric."""
    if _SIGNATURE.match(text):
        return parse_signature(text)
    if _BARE_NAME.fullmatch(text):
        return parse_toml(f"metric = {quoted(text.strip())}")
    return parse_toml(text)


def parse_toml(text: str) -> Specification:
    """The specification in TOML; what is left out takes the defaults of the metric."""
    table = _toml_table(text)
    for key in table:
        if key not in _KEYS:
            raise unknown("key", key, _KEYS)
    if "metric" not in table:
        raise refused("metric", f"it is missing. Write for example:\n{METRICS[0].example}")
    metric = _metric(_text(table, "metric", ""))
    options = table.get("options", {})
    if not isinstance(options, dict):
        raise refused("options", f"found {shown(options)}; expected a table: a line [options] with the options below.")
    return Specification(
        metric.name,
        split_colon_form(_text(table, "extract", metric.default_extraction.colon_form)),
        split_colon_form(_text(table, "normalize", metric.default_normalizer.colon_form)),
        checked_options(metric, options.items()),
    )


def parse_signature(line: str) -> Specification:
    """The specification that a signature pins."""
    _check_length(line)
    parts = read_signature(line.strip())
    metric = _metric(parts.metric)
    if parts.aggregation != metric.aggregation:
        raise unknown("agg", parts.aggregation, (metric.aggregation,))
    options = checked_options(metric, parts.options)
    return Specification(metric.name, parts.extraction, parts.normalizer, options, parts.version)


def _metric(name: str) -> MetricDescription:
    metric = find_metric(name)
    if metric is None:
        raise unknown("metric", name, [known.name for known in METRICS])
    return metric


def _toml_table(text: str) -> dict[str, object]:
    _check_length(text)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        quotes = _TYPOGRAPHIC_QUOTES.search(text)
        remedy = (
            f'It holds the typographic quote {quotes.group()}; use straight ones: "'
            if quotes
            else f"Write for example:\n{METRICS[1].example}"
        )
        raise BadSpecification(f"The metric specification is not valid TOML: {error}. {remedy}") from None


def _text(table: dict[str, object], key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise refused(key, f'found {shown(value)}; expected a text in quotes, such as {key} = "{default or "exact"}".')
    return value


def _check_length(text: str) -> None:
    if len(text) > LONGEST_SPECIFICATION:
        found = f"The metric specification has {len(text)} characters"
        raise BadSpecification(f"{found}; at most {LONGEST_SPECIFICATION} are allowed.")
