"""The specification of a metric: written by a person in TOML, pinned to every score as one canonical line.

TOML, where only `metric` is required::

    metric = "numeric"
    extract = "after:A:"
    normalize = "raw"

    [options]
    absolute = 0.01

The signature of the same: ``numeric(absolute=0.01)|extract:after("A:")|norm:raw|agg:mean|touchstone:0.1``. Trimming
steps stand before the pipeline, ``normalize = ["trim:*", "multi-v1:es"]``, in a signature
``norm:trim("*")+multi-v1:es``. A composite has ``[[parts]]``, each a specification with a `weight` and, where two are
of one metric, a `name`; what they extract, they extract from what the composite extracted.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bench.errors import BadSpecification
from bench.language.consistency import check_options_together
from bench.language.extract import checked_extraction
from bench.language.normalize import checked_normalizer, checked_trimmings
from bench.language.options import Options, checked_options, written_value
from bench.language.refusals import refused, shown, unknown
from bench.language.signature import PART_SIGNATURES, SCORING_VERSION, SignaturePart, check_version, read_signature
from bench.language.steps import Step, quoted, split_colon_form
from bench.language.tables import LONGEST_SPECIFICATION, check_length, metric_table, rows_of, text_of, texts_of
from bench.metrics.catalogue import METRICS, MetricDescription, find_metric

__all__ = [
    "LONGEST_SPECIFICATION",
    "SCORING_VERSION",
    "Part",
    "Specification",
    "Step",
    "parse_signature",
    "parse_specification",
    "parse_toml",
]

COMPOSITE = "composite"
MOST_PARTS = 8

_Source = TypeVar("_Source")

_KEYS = ("metric", "extract", "normalize", "options", "parts")
_PART_KEYS = ("metric", "extract", "normalize", "options", "weight", "name")
_SIGNATURE = re.compile(r"\s*[\w-]+(\([^\n]*\))?\|")
_BARE_NAME = re.compile(r"\s*[\w-]+\s*")
_PART_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")


@dataclass(frozen=True, slots=True)
class Part:
    """One metric of a composite. `weight` is 0 or more; with 0 its column is shown and counts nothing."""

    specification: "Specification"
    weight: float = 1.0
    name: str = ""

    def __post_init__(self) -> None:
        """Take the metric's name where none is given, and refuse what cannot be a part."""
        object.__setattr__(self, "name", self.name or self.specification.metric)
        if not _PART_NAME.fullmatch(self.name):
            found = f"found {shown(self.name)}; expected at most 30 small letters, digits and _, first a letter"
            raise refused("parts.name", f"{found}, such as {self.specification.metric}.")
        if not (math.isfinite(self.weight) and 0 <= self.weight <= 1e6):
            raise refused("parts.weight", f"found {shown(self.weight)}; expected a number from 0 to 1000000.")
        if self.specification.metric == COMPOSITE:
            raise refused("parts.metric", "a composite cannot be part of a composite. Write its parts here instead.")

    @property
    def written(self) -> str:
        """Its form in a signature: ``2 words=token_f1|extract:whole|norm:raw|agg:mean``."""
        name = "" if self.name == self.specification.metric else f"{self.name}="
        return f"{written_value(float(self.weight))} {name}{self.specification.unversioned_signature}"


@dataclass(frozen=True, slots=True)
class Specification:
    """How outputs become a score. One that exists is valid: anything else raises BadSpecification when it is made.

    `options` are brought into canonical form (sorted, defaults left out), so equal meanings are equal values.
    `trimmings` come before the normaliser. Only a composite has `parts`.
    """

    metric: str
    extraction: Step
    normalizer: Step
    options: Options = ()
    version: str = SCORING_VERSION
    trimmings: tuple[Step, ...] = ()
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be scored."""
        check_version(self.version)
        metric = _metric(self.metric)
        checked_extraction(self.extraction)
        checked_normalizer(self.normalizer)
        checked_trimmings(self.trimmings)
        if self.normalizer.name not in metric.normalizers:
            why = f"{metric.name} reads the answer itself, and {self.normalizer.name} could delete a part of it"
            raise refused("normalize", f"{why}. What goes with {metric.name}: {', '.join(metric.normalizers)}.")
        object.__setattr__(self, "options", checked_options(metric, self.options))
        check_options_together(metric, self.options, self.normalizer, self.trimmings)
        _check_parts(self)
        if self.parts and len(self.signature) > LONGEST_SPECIFICATION:
            raise refused("parts", f"the signature would be longer than {LONGEST_SPECIFICATION} characters. Use fewer.")

    @property
    def signature(self) -> str:
        """The canonical line that stands beside every score; `parse_signature` gives the specification back."""
        return f"{self.unversioned_signature}|touchstone:{self.version}"

    @property
    def unversioned_signature(self) -> str:
        """The signature without the scoring version, as it stands for a part of a composite."""
        written = [f"{name}={written_value(value)}" for name, value in self.options]
        if self.parts:
            written.append(f"{PART_SIGNATURES}={written_value(tuple(part.written for part in self.parts))}")
        normalization = "+".join([*(step.call_form for step in self.trimmings), self.normalizer.colon_form])
        parts = (
            f"{self.metric}({','.join(written)})" if written else self.metric,
            f"extract:{self.extraction.call_form}",
            f"norm:{normalization}",
            f"agg:{_metric(self.metric).aggregation}",
        )
        return "|".join(parts)

    def to_toml(self) -> str:
        """The form that a person edits; `parse_toml` gives the specification back."""
        lines = _toml_keys(self)
        if self.options:
            lines += ["", "[options]", *(f"{name} = {written_value(value)}" for name, value in self.options)]
        for part in self.parts:
            lines += ["", "[[parts]]", *_toml_keys(part.specification), f"weight = {written_value(float(part.weight))}"]
            lines += [f"name = {quoted(part.name)}"] if part.name != part.specification.metric else []
            options = [f"{name} = {written_value(value)}" for name, value in part.specification.options]
            lines += [f"options = {{ {', '.join(options)} }}"] if options else []
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
    table = metric_table(text)
    rows = rows_of(table, "parts")
    parts = [_in_place(number, _part_of_table, row) for number, row in enumerate(rows, start=1)]
    return _standing_alone(_of_table(table, _KEYS, tuple(parts)))


def parse_signature(line: str) -> Specification:
    """The specification that a signature pins."""
    return _standing_alone(_of_signature(line))


def _of_signature(line: str) -> Specification:
    check_length(line)
    read = read_signature(line.strip())
    parts = [_in_place(number, _part_of_signature, part) for number, part in enumerate(read.parts, start=1)]
    metric = _metric(read.metric)
    if read.aggregation != metric.aggregation:
        raise unknown("agg", read.aggregation, (metric.aggregation,))
    options = checked_options(metric, read.options)
    return Specification(
        metric.name, read.extraction, read.normalizer, options, read.version, read.trimmings, tuple(parts)
    )


def _of_table(table: dict[str, object], keys: tuple[str, ...], parts: tuple[Part, ...]) -> Specification:
    for key in table:
        if key not in keys:
            raise unknown("key", key, keys)
    if "metric" not in table:
        raise refused("metric", f"it is missing. Write for example:\n{METRICS[0].example}")
    metric = _metric(text_of(table, "metric", ""))
    options = table.get("options", {})
    if not isinstance(options, dict):
        raise refused("options", f"found {shown(options)}; expected a table: a line [options] with the options below.")
    *trimmings, normalizer = texts_of(table, "normalize", metric.default_normalizer.colon_form)
    return Specification(
        metric.name,
        split_colon_form(text_of(table, "extract", metric.default_extraction.colon_form)),
        split_colon_form(normalizer),
        checked_options(metric, options.items()),
        SCORING_VERSION,
        tuple(map(split_colon_form, trimmings)),
        parts,
    )


def _part_of_table(row: dict[str, object]) -> Part:
    weight = row.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        raise refused("weight", f"found {shown(weight)}; expected a number without quotes, such as 0.5.")
    inner = {key: value for key, value in row.items() if key not in ("weight", "name")}
    return Part(_of_table(inner, _PART_KEYS, ()), float(min(weight, 1e300)), text_of(row, "name", ""))


def _part_of_signature(part: SignaturePart) -> Part:
    specification = _of_signature(f"{part.signature}|touchstone:{SCORING_VERSION}")
    return Part(specification, part.weight, part.name)


def _standing_alone(specification: Specification) -> Specification:
    """The specification itself, unless its metric may only be a part of others."""
    metric = _metric(specification.metric)
    if not metric.stands_alone:
        advice = f"Write for example:\n{metric.example}"
        raise refused("metric", f"{metric.name} cannot be the whole score. {metric.caution} {advice}")
    return specification


def _in_place(number: int, build: Callable[[_Source], Part], source: _Source) -> Part:
    """The part, or its refusal with the number of the part in front."""
    try:
        return build(source)
    except BadSpecification as refusal:
        text = str(refusal).replace("Metric specification, ", f"Metric specification, part {number}, ", 1)
        raise BadSpecification(text) from None


def _check_parts(specification: Specification) -> None:
    parts = specification.parts
    if specification.metric != COMPOSITE:
        if parts:
            raise refused("parts", f"{specification.metric} has none; only a composite is made of other metrics.")
        return
    singles = [metric.name for metric in METRICS if metric.name != COMPOSITE]
    if not parts:
        wanted = 'write one [[parts]] for each, with metric = "…" and weight = 1'
        raise refused("parts", f"a composite of nothing has no score; {wanted}. What exists: {', '.join(singles)}.")
    if len(parts) > MOST_PARTS:
        raise refused("parts", f"{len(parts)} are given; at most {MOST_PARTS} are allowed.")
    names = [part.name for part in parts]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise refused(
            "parts.name", f'two parts are called {twice}; give one of them another, as in name = "{twice}_2".'
        )
    if sum(part.weight for part in parts) <= 0:
        raise refused("parts.weight", "the weights sum to zero, so nothing would count. Give a part a weight above 0.")
    if not any(part.weight and _metric(part.specification.metric).stands_alone for part in parts):
        raise refused(
            "parts", f"{names[0]} cannot be the whole score: {_metric(parts[0].specification.metric).caution}"
        )


def _toml_keys(specification: Specification) -> list[str]:
    steps = [quoted(step.colon_form) for step in (*specification.trimmings, specification.normalizer)]
    return [
        f"metric = {quoted(specification.metric)}",
        f"extract = {quoted(specification.extraction.colon_form)}",
        f"normalize = {steps[0] if len(steps) == 1 else '[' + ', '.join(steps) + ']'}",
    ]


def _metric(name: str) -> MetricDescription:
    metric = find_metric(name)
    if metric is None:
        raise unknown("metric", name, [known.name for known in METRICS])
    return metric
