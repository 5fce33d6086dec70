"""Reading a signature line into its parts, before anything is known about metrics."""

import re
import tomllib
from dataclasses import dataclass

from bench.errors import BadSpecification
from bench.language.refusals import refused, shown
from bench.language.steps import Step, split_colon_form, unquoted

SCORING_VERSION = "0.1"
"""The meaning of the names in a signature; it changes whenever any score could."""

PART_SIGNATURES = "parts"
"""Where an option would stand, a composite has the signatures of its parts."""

_SHAPE = 'metric(option=value)|extract:after("A:")|norm:multi-v1:es|agg:mean|touchstone:0.1'
_LABELS = ("extract", "norm", "agg", "touchstone")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PART = re.compile(rf'(?:{_QUOTED}|[^|"])*')
_CALL = re.compile(rf'([^("|]+)(?:\(((?:{_QUOTED}|[^"()])*)\))?')
_PART_LINE = re.compile(r"(\d+(?:\.\d+)?(?:e[-+]?\d+)?) (?:(\w+)=)?([\w-]+[|(].*)", re.DOTALL)
_STEP = re.compile(rf'((?:{_QUOTED}|[^"+])*)(?:\+|$)')
_LIST = rf"\[(?:{_QUOTED}|[^\"\]])*\]"
_OPTION = re.compile(rf'([^=,"]+)=({_LIST}|{_QUOTED}|[^,"]+)')


@dataclass(frozen=True, slots=True)
class SignatureParts:
    """What stands in a signature, unchecked."""

    metric: str
    options: tuple[tuple[str, object], ...]
    extraction: Step
    normalizer: Step
    trimmings: tuple[Step, ...]
    aggregation: str
    version: str
    parts: "tuple[SignaturePart, ...]" = ()


@dataclass(frozen=True, slots=True)
class SignaturePart:
    """What stands in a signature for one part of a composite, unchecked; its signature has no version."""

    weight: float
    name: str
    signature: str


def check_version(version: str) -> None:
    """Refuse a scoring version other than ours: the same names could mean another score."""
    if version != SCORING_VERSION:
        found = f"this is of scoring version {shown(version)}, and this program scores by {SCORING_VERSION}"
        raise refused("touchstone", f"{found}. Use the release that made it, or write the specification anew.")


def read_signature(line: str) -> SignatureParts:
    """The parts of a line of the canonical shape; BadSpecification where it has another shape or version."""
    metric, *labelled = _split(line)
    if labelled and labelled[-1].startswith("touchstone:"):
        check_version(_value(labelled[-1], "touchstone"))
    if len(labelled) != len(_LABELS):
        raise _misshapen(f"it has {len(labelled) + 1} parts between upright bars, not {len(_LABELS) + 1}")
    values = [_value(part, label) for part, label in zip(labelled, _LABELS, strict=True)]
    name, options = _call("metric", metric)
    values_of = _options(options or "")
    *trimmings, normalizer = _pipeline(values[1])
    return SignatureParts(
        metric=name,
        options=tuple(option for option in values_of if option[0] != PART_SIGNATURES),
        extraction=_step("extract", values[0]),
        normalizer=split_colon_form(normalizer),
        trimmings=tuple(_step("norm", trimming) for trimming in trimmings),
        aggregation=values[2],
        version=values[3],
        parts=tuple(_part(line) for option, lines in values_of if option == PART_SIGNATURES for line in _lines(lines)),
    )


def _lines(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise refused("parts", f"found {shown(value)}; expected a list of signatures in quotes.")
    return value


def _part(line: str) -> SignaturePart:
    match = _PART_LINE.fullmatch(line)
    if match is None:
        raise refused("parts", f"found {shown(line)}; expected a weight and a signature without its version.")
    return SignaturePart(float(match[1]), match[2] or "", match[3])


def _split(line: str) -> list[str]:
    """The parts between upright bars, where bars inside quotes do not count."""
    parts: list[str] = []
    position = 0
    while True:
        match = _PART.match(line, position)
        end = match.end() if match else position
        parts.append(line[position:end])
        if end == len(line):
            return parts
        if line[end] != "|":
            raise _misshapen("a quote is never closed")
        position = end + 1


def _value(part: str, label: str) -> str:
    found, colon, value = part.partition(":")
    if found != label or not colon:
        raise _misshapen(f"found {shown(part)} where {label}: is expected")
    return value


def _call(place: str, text: str) -> tuple[str, str | None]:
    match = _CALL.fullmatch(text)
    if match is None:
        raise refused(place, f"cannot read {shown(text)}; expected a name, with what it takes in round brackets.")
    return match[1], match[2]


def _pipeline(text: str) -> list[str]:
    """The steps between plus signs, where those inside quotes do not count; the last one is the named pipeline."""
    steps: list[str] = []
    position = 0
    while position <= len(text):
        match = _STEP.match(text, position)
        if match is None:
            raise _misshapen("a quote is never closed")
        steps.append(match[1])
        if match.end() == len(text) and not match.group().endswith("+"):
            break
        position = match.end()
    return steps


def _step(place: str, text: str) -> Step:
    name, argument = _call(place, text)
    return Step(name, None if argument is None else _argument(place, argument))


def _argument(place: str, literal: str) -> str:
    try:
        return unquoted(literal)
    except (tomllib.TOMLDecodeError, ValueError):
        raise refused(place, f"found {shown(literal)} in brackets; expected a text in straight quotes.") from None


def _options(text: str) -> tuple[tuple[str, object], ...]:
    options: list[tuple[str, object]] = []
    position = 0
    while position < len(text):
        match = _OPTION.match(text, position)
        if match is None or text[match.end() : match.end() + 1] not in ("", ","):
            raise refused("options", f"cannot read {shown(text[position:])}; expected name=value, with commas between.")
        options.append((match[1], _literal(match[1], match[2])))
        position = match.end() + 1
    return tuple(options)


def _literal(name: str, text: str) -> object:
    try:
        value: object = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        raise refused(
            f"options.{name}", f'cannot read {shown(text)}; expected a number, "text", true or false.'
        ) from None
    return value


def _misshapen(reason: str) -> BadSpecification:
    return BadSpecification(f"This is not a signature line: {reason}. It looks like this: {_SHAPE}")
