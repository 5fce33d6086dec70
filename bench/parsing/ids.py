"""Item ids: one spelling for each, and the expected id that a wrong one was probably meant to be."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Final

ZERO_WIDTH: Final = "\ufeff\u200b\u200c\u200d\u2060"
BLANKS: Final = (
    " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + ZERO_WIDTH
)

_INDEXED_IDS = 20_000
_COMPARED_IDS = 300
_COMPARED_CHARACTERS = 60
_NOT_SKELETON = re.compile(r"[\W_]+")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def canonical_id(text: str) -> str:
    """The id in Unicode NFC, without blanks and invisible characters around it; zeros and case stay."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).strip(BLANKS)


class ClosestId:
    """Proposes for an unknown id the expected one that it resembles; the work per question is bounded."""

    def __init__(self, candidates: Iterable[str]) -> None:
        self._candidates = list(islice(candidates, _INDEXED_IDS))
        self._by_skeleton = {_skeleton(candidate): candidate for candidate in reversed(self._candidates)}

    def to(self, unknown: str) -> str | None:
        """The candidate that differs in case, zeros or punctuation only, else the most similar one, if any is."""
        unknown = unknown[:_COMPARED_CHARACTERS]
        same = self._by_skeleton.get(_skeleton(unknown))
        if same is not None:
            return same
        near = [name for name in self._candidates[:_COMPARED_IDS] if len(name) <= _COMPARED_CHARACTERS]
        matches = get_close_matches(unknown, near, n=1, cutoff=0.7)
        return matches[0] if matches else None


def _skeleton(text: str) -> str:
    return _LEADING_ZEROS.sub("", _NOT_SKELETON.sub("", text[:_COMPARED_CHARACTERS].casefold()))
