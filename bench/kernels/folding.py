"""What each character becomes under a normaliser, as one table over the code points."""

import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from bench.language.languages import ARTICLES, DOTTED_I, ELIDING
from bench.language.normalize import is_without_blanks
from bench.language.steps import Step

CODES = 0x20000
"""The code points that a table tells apart; those above share its last place."""

ODD = 0x110000
"""In a table: what becomes of this character depends on its neighbours, or is more than one character."""

_KNOWN = (*range(0x80, 0x3000), *range(0x1F000, 0x1FB00))
_HANGUL = range(0xAC00, 0xD7A4)
_BLANK, _DELETED, _APOSTROPHE = 32, ord("!"), ord("'")
_APOSTROPHES = "\u2019\u02bc"
_MARKS_OF_NUMBERS = ".,-"

_BLANKS_PAST_ASCII = [chr(code) for code in range(0x80, 0x3001) if chr(code).isspace()]

Table = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Rules:
    """A pipeline in bulk.

    `folded` gives the table of what characters past ASCII become; ASCII letters are `folds` or not, and the bytes
    `deleted` are taken out. With `keeps_numbers` the marks ``.,-`` stay between digits alone, with `elides` an
    apostrophe between letters parts them; whole words in `articles` are dropped.
    """

    folded: Callable[[], Table]
    folds: bool = True
    deleted: bytes = b""
    keeps_numbers: bool = False
    elides: bool = False
    articles: frozenset[str] = frozenset()


def rules_of(step: Step) -> Rules | None:
    """The rules of a pipeline, or None where only the slow way is right."""
    language = step.argument or "und"
    if step.name == "squad-en":
        return Rules(_lowered, deleted=string.punctuation.encode(), articles=frozenset(("a", "an", "the")))
    if step.name == "raw":
        return Rules(blanks_alone, folds=False)
    if step.name == "fold-v1":
        return Rules(_case_folded)
    if language == "ar" or language in DOTTED_I:
        return None
    elides = language in ELIDING
    table = _cleaned_and_elided if elides else _cleaned
    return Rules(table, deleted=_MULTI_DELETED, keeps_numbers=True, elides=elides, articles=ARTICLES[language])


@cache
def _cleaned() -> Table:
    return _table(lambda sign: _DELETED if _is_punctuation(sign) else _folded(sign))


@cache
def _case_folded() -> Table:
    return _table(_folded)


@cache
def _cleaned_and_elided() -> Table:
    """Beside an apostrophe a symbol is no letter, which the bytes do not show."""

    def become(sign: str) -> int:
        if sign in _APOSTROPHES:
            return _APOSTROPHE if _is_punctuation(sign) else ODD
        if _is_punctuation(sign):
            return _DELETED
        return _folded(sign) if sign.isspace() or sign.isalpha() else ODD

    return _table(become)


@cache
def _lowered() -> Table:
    """Beside a symbol an article of SQuAD is one, though it is no word of its own; sigma minds the end of its word."""

    def become(sign: str) -> int:
        if sign.isspace():
            return _BLANK
        lower = sign.lower()
        return ord(lower) if sign.isalnum() and len(lower) == 1 and sign != "\u03a3" else ODD

    table = _table(become)
    table[[code for code in range(0x80) if is_control(code)]] = ODD
    return table


@cache
def blanks_alone() -> Table:
    """Only blanks past ASCII become a blank; everything else stays."""
    table = np.arange(CODES + 1, dtype=np.uint32)
    table[CODES] = ODD
    for code in range(0x80, 0x3001):
        if chr(code).isspace():
            table[code] = _BLANK
    return table


def with_plain_blanks(text: str) -> bytes:
    """The text in UTF-8, in which every blank past ASCII is a plain one."""
    for blank in _BLANKS_PAST_ASCII:
        if blank in text:
            text = text.replace(blank, " ")
    return text.encode("utf-8", "surrogatepass")


def _table(become: Callable[[str], int]) -> Table:
    table = np.full(CODES + 1, ODD, np.uint32)
    for plain in (range(0x80), _HANGUL):
        table[plain.start : plain.stop] = plain
    for code in _KNOWN:
        table[code] = become(chr(code))
    return table


def _folded(sign: str) -> int:
    """What a character becomes by case folding where it is one that no neighbour changes."""
    if sign.isspace():
        return _BLANK
    folded = sign.casefold()
    simple = unicodedata.normalize("NFC", unicodedata.normalize("NFD", sign).casefold()) == folded
    stable = unicodedata.normalize("NFC", sign) == sign and not 0x1100 <= ord(sign) <= 0x11FF
    category = unicodedata.category(sign)
    if len(folded) > 1 or not (simple and stable) or category[0] in "MC" or category == "Nd" or is_without_blanks(sign):
        return ODD
    return ord(folded)


def is_control(code: int) -> bool:
    """Whether an ASCII code is a control character that is no blank."""
    return code < 9 or 14 <= code < 28 or code == 127


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign).startswith("P")


_MULTI_DELETED = "".join(
    sign for sign in map(chr, range(0x80)) if _is_punctuation(sign) and sign not in _MARKS_OF_NUMBERS
).encode()
