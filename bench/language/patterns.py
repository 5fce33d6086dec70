"""Patterns that people write: RE2 alone reads them, because its time is linear whatever the pattern and the text."""

import re
from functools import lru_cache

import re2

from bench.errors import BadSpecification
from bench.language.refusals import refused

LONGEST_PATTERN = 1000

_CLASSES = {"d": "0", "w": "a", "s": " ", "D": "a", "W": " ", "S": "a"}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_NOTHING = frozenset("bBAzQE")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(?:,\d*)?\})[?]?")
_GROUP = re.compile(r"\?(?:P?<\w+>|[imsU-]*:|[imsU-]+(?=\)))")
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]")
_PROPERTY = re.compile(r"[pP](?:\{[^}]*\}|.)|x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_CANDIDATES = "a0 Az-.,éя中_\n\t'\"!@#%&()"


@lru_cache(maxsize=4096)
def compiled(pattern: str, place: str, what: str) -> re2._Regexp:
    """The pattern, ready to search; BadSpecification that names the place where RE2 refuses it.

    https://github.com/google/re2/wiki/Syntax
    """
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        advice = "RE2 has no look-around and no back-references; take the part you want into a group."
        raise refused(place, f"RE2 refuses {what} ({reason}). {advice}") from None
    except UnicodeEncodeError:
        raise refused(place, f"{what} holds half a character (a lone surrogate).") from None


def answer_pattern(text: str) -> re2._Regexp | None:
    """The pattern that an accepted answer is, or None where RE2 cannot search for it."""
    if not text.strip() or len(text) > LONGEST_PATTERN:
        return None
    try:
        return compiled(text, "", "")
    except BadSpecification:
        return None


def found_in(pattern: re2._Regexp, text: str, *, whole: bool) -> bool:
    """Whether the pattern matches somewhere in the text or, with `whole`, the whole of it."""
    try:
        match = pattern.fullmatch(text) if whole else pattern.search(text)
    except UnicodeEncodeError:  # a lone surrogate: RE2 reads UTF-8, so the text is unreadable, hence not found
        return False
    return match is not None


def sample_match(text: str) -> str | None:
    """A text that is not blank and that the whole of the pattern matches, or None where none is found easily.

    It takes the first branch of each alternative and the fewest repetitions, and lets RE2 confirm what comes out.
    """
    pattern = answer_pattern(text)
    if pattern is None:
        return None
    try:
        sample, _ = _alternatives(text, 0)
    except (IndexError, ValueError, RecursionError):
        return None
    spellings = (sample, f"{sample}a", f"a{sample}", f"{sample}0")
    return next((one for one in spellings if one.strip() and found_in(pattern, one, whole=True)), None)


def _alternatives(pattern: str, position: int) -> tuple[str, int]:
    """The sample of what stands up to a closing bracket or the end, and where that is."""
    first, position = _sequence(pattern, position)
    while position < len(pattern) and pattern[position] == "|":
        other, position = _sequence(pattern, position + 1)
        first = first or other
    return first, position


def _sequence(pattern: str, position: int) -> tuple[str, int]:
    parts: list[str] = []
    while position < len(pattern) and pattern[position] not in "|)":
        part, position = _atom(pattern, position)
        quantifier = _QUANTIFIER.match(pattern, position)
        if quantifier is not None:
            position = quantifier.end()
            # One repetition also where none would do, so that `.*` gives something to see.
            part *= min(int(quantifier[1]), LONGEST_PATTERN) if quantifier[1] else 1
        parts.append(part)
    return "".join(parts), position


def _atom(pattern: str, position: int) -> tuple[str, int]:
    sign = pattern[position]
    if sign == "(":
        opening = _GROUP.match(pattern, position + 1)
        inside, end = _alternatives(pattern, position + 1 if opening is None else opening.end())
        return inside, end + 1
    if sign == "[":
        return _member(pattern, position)
    if sign == "\\":
        return _escape(pattern, position + 1)
    return {".": "a", "^": "", "$": ""}.get(sign, sign), position + 1


def _member(pattern: str, position: int) -> tuple[str, int]:
    match = _CLASS.match(pattern, position)
    if match is None:
        raise ValueError("a class that never closes")
    members = compiled(match.group(), "", "")
    inside = [sign for sign in match.group().strip("[]^") if sign != "\\"]
    candidates = (sign for sign in (*inside, *_CANDIDATES) if found_in(members, sign, whole=True))
    return next(candidates, ""), match.end()


def _escape(pattern: str, position: int) -> tuple[str, int]:
    named = _PROPERTY.match(pattern, position)
    if named is not None:
        code = named[1] or named[2]
        members = compiled(f"\\{named.group()}", "", "")
        sample = next((sign for sign in _CANDIDATES if found_in(members, sign, whole=True)), "")
        return (chr(int(code, 16)) if code else sample), named.end()
    sign = pattern[position]
    if sign in _NOTHING:
        return "", position + 1
    return (_CLASSES | _CONTROLS).get(sign, sign), position + 1
