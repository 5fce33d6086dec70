r"""Structure in what a model wrote: JSON, lists, steps of a chain, and the ``\boxed{}`` of mathematics."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Context, Decimal, InvalidOperation
from typing import NoReturn, TypeVar

from bench.language.numbers import LONGEST_NUMBER

Json = object
"""What JSON writes: None, bool, Decimal, str, list or dict."""

Value = TypeVar("Value")

_MOST_FALSE_STARTS = 500
"""Brackets that open no JSON value, after which the search in a text ends, so that hostile text stays cheap."""

_LARGEST_EXPONENT = 1000
_EXACT = Context(prec=5000)
_OPENING = re.compile(r"[{\[]")
_BOXED = re.compile(r"\\(?:boxed|fbox)\s*(?:\{|\s([^\s{}$]+))")
_BRACE = re.compile("[{}]")
_STEP_MARK = re.compile(r"(?i:(?:step|paso|passo|étape|schritt)\s*\d+\s*[.):]|\d{1,3}[.)](?=\s)|[-*\u2022](?=\s))\s*")
_WHOLE: Callable[..., Json] = json.JSONDecoder.decode
_FROM: Callable[..., tuple[Json, int]] = json.JSONDecoder.raw_decode
_SEPARATORS = {",": ",", ";": ";", "|": "|", "newline": "\n"}
_ANY_SEPARATOR = re.compile(r"[,;\n\u3001\uff0c\uff1b\u060c]")


class _Written(str):
    """A number as it is written, for extraction: 1.50 stays 1.50."""

    __slots__ = ()


def read_json(text: str) -> Json:
    """The value of a JSON text (RFC 8259) with numbers as exact decimals.

    Raises ValueError for anything else: for a key that stands twice, NaN, and a number too long or large to be exact.
    """
    value: Json = _decoded(_WHOLE, text, _number)
    return value


def canonical_json(value: Json, normalize: Callable[[str], str]) -> str:
    """A text that is equal for equal values: keys sorted, 1.0 as 1, texts (but not keys) normalised."""
    if isinstance(value, dict):
        members = (f"{json.dumps(key)}:{canonical_json(value[key], normalize)}" for key in sorted(value))
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical_json(one, normalize) for one in value) + "]"
    if isinstance(value, Decimal):
        return str(_EXACT.normalize(value)) if value else "0"
    return json.dumps(normalize(value) if isinstance(value, str) else value)


def json_fields(value: Json, normalize: Callable[[str], str], path: str = "") -> Iterator[tuple[str, str]]:
    """Each leaf of a JSON value as its path and canonical text; the places in a list are part of the path."""
    if isinstance(value, dict) and value:
        for key in value:
            yield from json_fields(value[key], normalize, f"{path}.{json.dumps(key)}")
    elif isinstance(value, list) and value:
        for place, one in enumerate(value):
            yield from json_fields(one, normalize, f"{path}[{place}]")
    else:
        yield path, canonical_json(value, normalize)


def at_json_path(text: str, path: str) -> str | None:
    """What stands at a path such as ``answer.value.0`` in the last JSON object or array of a text that has it.

    ``$`` is the whole object or array. A text is given without its quotes, a number as it is written, and anything
    else as JSON; null and an absent path are None.
    """
    found = None
    for value in _json_values(text):
        there = value if path == "$" else _step_down(value, path.split("."))
        if there is not None:
            found = there
    return None if found is None else _as_text(found)


def last_boxed(text: str) -> str | None:
    r"""What stands in the last ``\boxed{…}`` or ``\fbox{…}`` whose braces close, as in MATH (Hendrycks et al. 2021).

    https://arxiv.org/abs/2103.03874. Also ``\boxed 5``, as its authors' code reads it.
    """
    closing = _closing_braces(text)
    for match in reversed(list(_BOXED.finditer(text))):
        end = closing.get(match.end() - 1)
        if match[1] or end is not None:
            return (match[1] or text[match.end() : end]).strip() or None
    return None


def elements(text: str, separator: str) -> list[str]:
    """The elements of a list: of a JSON array, or what stands between separators, without blanks around it.

    `separator` is one of ``any`` (comma, semicolon, line end and their full-width forms), ``,``, ``;``, ``|`` and
    ``newline``. Empty elements are left out.
    """
    array = _array(text)
    if array is not None:
        return [written for one in array if (written := _as_text(one).strip())]
    parts = _ANY_SEPARATOR.split(text) if separator == "any" else text.split(_SEPARATORS[separator])
    return [part.strip() for part in parts if part.strip()]


def step_lines(text: str) -> list[str]:
    """The steps of a chain: of a JSON array, or the lines that are not blank, without number or dash before them."""
    array = _array(text)
    lines = text.replace("\r", "\n").split("\n") if array is None else [_as_text(one) for one in array]
    return [step for line in lines if (step := _STEP_MARK.sub("", line.strip(), count=1).strip())]


def _array(text: str) -> list[object] | None:
    if not text.lstrip().startswith("["):
        return None
    try:
        value: Json = _decoded(_WHOLE, text, _Written)
    except ValueError:
        return None
    return value if isinstance(value, list) else None


def _json_values(text: str) -> Iterator[object]:
    """The objects and arrays in a text from left to right; what stands inside another is not told on its own."""
    position = false_starts = 0
    while (opening := _OPENING.search(text, position)) is not None and false_starts < _MOST_FALSE_STARTS:
        try:
            value, position = _decoded(_FROM, text, _Written, opening.start())
        except ValueError:
            false_starts += 1
            position = opening.end()
        else:
            yield value


def _step_down(value: object, path: list[str]) -> object:
    for key in path:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isascii() and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_nested(one)}" for key, one in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_nested, value)) + "]"
    return json.dumps(value)


def _nested(value: object) -> str:
    is_text = isinstance(value, str) and not isinstance(value, _Written)
    return json.dumps(value, ensure_ascii=False) if is_text else _as_text(value)


def _closing_braces(text: str) -> dict[int, int]:
    """Where each opened brace closes; those that never do are left out."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for brace in _BRACE.finditer(text):
        if brace.group() == "{":
            opened.append(brace.start())
        elif opened:
            closing[opened.pop()] = brace.start()
    return closing


def _decoded(decode: Callable[..., Value], text: str, number: Callable[[str], object], *start: int) -> Value:
    decoder = json.JSONDecoder(
        parse_float=number, parse_int=number, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats
    )
    try:
        return decode(decoder, text, *start)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _number(written: str) -> Decimal:
    if len(written) > LONGEST_NUMBER:
        raise ValueError("a number of too many digits")
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise ValueError("a number with too large an exponent") from None
    if abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError("a number with too large an exponent")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _without_repeats(members: list[tuple[str, object]]) -> dict[str, object]:
    composed = {unicodedata.normalize("NFC", key): value for key, value in members}
    if len(composed) != len(members):
        raise ValueError("a key stands twice")
    return composed
