"""What each character becomes under a normaliser, as one table over the code points."""

import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from bench.kernels.sequences import FILLER, IntArray
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

_LEADS = np.array([0, 0, 0xC0, 0xE0, 0xF0], np.uint32)

_BLANKS_PAST_ASCII = [chr(code) for code in range(0x80, 0x3001) if chr(code).isspace()]

Table = npt.NDArray[np.uint32]
Signs = npt.NDArray[np.uint8]


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


def fold_past_ascii(signs: Signs, folded: Callable[[], Table]) -> IntArray:
    """Replace, in UTF-8, each character past ASCII by what becomes of it, and fillers where that is shorter.

    Gives the places of those that the table calls odd, or that become longer: they stay.
    """
    # A filler starts no character.
    places = np.flatnonzero((signs - np.uint8(0xC0)) < 0x38)
    if not len(places):
        return places
    codes = _decoded(signs, places)
    become = folded().take(codes, mode="clip")
    changed = np.flatnonzero(become != codes)
    places, become = places.take(changed), become.take(changed)
    room, needed = _sizes(codes.take(changed)), _sizes(become)
    is_odd = (become == ODD) | (needed > room)
    fits = np.flatnonzero(~is_odd)
    _write(signs, places.take(fits), become.take(fits), needed.take(fits), room.take(fits))
    odd: IntArray = places[is_odd]
    return odd


def _decoded(signs: Signs, places: IntArray) -> Table:
    """The code points of the characters of two bytes and more that start at these places."""
    first = signs.take(places).astype(np.uint32)
    after = [signs.take(places + step, mode="clip").astype(np.uint32) & 0x3F for step in (1, 2, 3)]
    two = (first & 0x1F) << 6 | after[0]
    three = (first & 0x0F) << 12 | after[0] << 6 | after[1]
    four = (first & 0x07) << 18 | after[0] << 12 | after[1] << 6 | after[2]
    return np.where(first < 0xE0, two, np.where(first < 0xF0, three, four))


def _sizes(codes: Table) -> IntArray:
    """How many bytes each code point takes in UTF-8."""
    sizes: IntArray = np.searchsorted((0x80, 0x800, 0x10000), codes, "right") + 1
    return sizes


def _write(signs: Signs, places: IntArray, codes: Table, sizes: IntArray, room: IntArray) -> None:
    """Write code points of one to four bytes as UTF-8, and fillers into what is left of their room."""
    for step in range(4):
        has_room = np.flatnonzero(room > step)
        signs[places.take(has_room) + step] = FILLER[0]
        used = np.flatnonzero(sizes > step)
        shift = (6 * (sizes.take(used) - 1 - step)).astype(np.uint32)
        bits = codes.take(used) >> shift
        signs[places.take(used) + step] = bits & 0x3F | 0x80 if step else bits | _LEADS.take(sizes.take(used))


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
