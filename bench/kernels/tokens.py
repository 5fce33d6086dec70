"""The words of many texts at once, as the normalisers of `bench.language.normalize` cut them one by one.

Texts are joined and pass through tables, one for code points and one for bytes, at the speed of C. What a table could
get wrong (marks that compose, scripts without blanks, an article beside a symbol) is recognised by its characters and
goes the slow way alone.
"""

import re
import string
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import not_
from typing import cast

import numpy as np
import numpy.typing as npt

from bench.kernels.folding import ODD, Rules, is_control, rules_of, with_plain_blanks
from bench.kernels.sequences import RECORD, Sequences, joined, merged, mixed, spaced_words, utf8, words
from bench.language.normalize import Trimmings, tokenizer, trimmer
from bench.language.steps import Step

_FEWEST = 64
"""Texts below which the slow way is the quicker one."""

_BLANKS = bytes((9, 10, 11, 12, 13, 28, 29, 31))
_BYTES = bytes(32 if code in _BLANKS else code + 32 if 65 <= code <= 90 else code for code in range(256))
_BYTES_IN_CASE = bytes(32 if code in _BLANKS else code for code in range(256))
_SQUAD_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_DIGITS = np.array([48 <= code < 58 for code in range(256)])
_LETTERS = np.array([code >= 0x80 or chr(code).isalpha() for code in range(256)])
_CONTROLS = np.array(list(map(is_control, range(256))))

_Signs = npt.NDArray[np.uint8]


class BulkTokenizer:
    """The function from texts to the sequences of their tokens, each as `bench.language.normalize.tokenizer` gives."""

    def __init__(self, step: Step, trimmings: Trimmings = ()) -> None:
        self._rules = rules_of(step)
        self._trim = trimmer(trimmings) if trimmings else None
        self._tokens = tokenizer(step)
        self._is_squad = step.name == "squad-en"
        articles = sorted(self._rules.articles) if self._rules else []
        self._articles = words([articles]).symbols
        self._last: tuple[tuple[str | None, ...], Sequences] | None = None

    def __call__(self, texts: Sequence[str | None]) -> Sequences:
        """The tokens of each text, None having none. The very same tuple is read once if it comes twice in a row."""
        if self._last is not None and self._last[0] is texts:
            return self._last[1]
        found = self._read(list(cast("Sequence[str]", texts)) if all(texts) else [text or "" for text in texts])
        # A list could have changed in between.
        self._last = (texts, found) if isinstance(texts, tuple) else None
        return found

    def _read(self, texts: list[str]) -> Sequences:
        if self._trim is not None:
            texts = list(map(self._trim, texts))
        if self._rules is None or len(texts) < _FEWEST:
            return words(list(map(self._tokens, texts)))
        is_ascii = bytes(map(str.isascii, texts))
        plain = np.frombuffer(is_ascii, bool)
        first = self._of_ascii(list(compress(texts, is_ascii)), self._rules)
        second = self._of_any(list(compress(texts, map(not_, is_ascii))), self._rules)
        places = np.flatnonzero(plain), np.flatnonzero(~plain)
        return merged(places, (first, second))

    def _of_ascii(self, texts: list[str], rules: Rules) -> Sequences:
        data = joined(texts).encode()
        signs = np.frombuffer(data, np.uint8)
        # Beside a control character an article of SQuAD is one, though it is no word of its own.
        if self._is_squad and len(signs) and signs[signs != 30].min(initial=32) < 28 and _CONTROLS[signs].any():
            return self._slow(texts)
        return self._without_articles(_sequences(data, len(texts), rules))

    def _of_any(self, texts: list[str], rules: Rules) -> Sequences:
        if not texts:
            return words([])
        codes = np.frombuffer((joined(texts) + RECORD).encode("utf-32-le", "surrogatepass"), "<u4")
        folded = rules.folded().take(codes, mode="clip")
        odd = np.flatnonzero(folded == ODD)
        ends = np.flatnonzero(codes == ord(RECORD))
        is_odd = np.zeros(len(texts), bool)
        is_odd[np.searchsorted(ends, odd)] = True
        if len(odd):
            folded = folded[np.repeat(~is_odd, np.diff(ends, prepend=-1))]
        places = np.flatnonzero(is_odd), np.flatnonzero(~is_odd)
        quick = self._without_articles(_sequences(utf8(folded[:-1]), len(places[1]), rules))
        return merged(places, (self._slow(list(compress(texts, is_odd.tolist()))), quick))

    def _slow(self, texts: list[str]) -> Sequences:
        if not self._is_squad:
            return words(list(map(self._tokens, texts)))
        # The published rule itself, none of whose steps minds that the texts are joined.
        plain = joined(texts).lower().encode("utf-8", "surrogatepass").translate(None, string.punctuation.encode())
        without = _SQUAD_ARTICLES.sub(" ", plain.decode("utf-8", "surrogatepass"))
        data = with_plain_blanks(without).translate(_BYTES_IN_CASE)
        return spaced_words(data, len(texts))

    def _without_articles(self, found: Sequences) -> Sequences:
        if not len(self._articles):
            return found
        kept = np.ones(len(found.symbols), bool)
        for article in self._articles:
            kept &= found.symbols != article
        before = np.concatenate(([0], np.cumsum(kept)))
        return Sequences(found.symbols[kept], np.diff(before[np.concatenate(([0], found.ends))]))


@lru_cache(maxsize=16)
def bulk_tokenizer(step: Step, trimmings: Trimmings = ()) -> BulkTokenizer:
    """The one tokenizer of a pipeline, so that metrics which share outputs share their tokens."""
    return BulkTokenizer(step, trimmings)


def sequence_keys(sequences: Sequences) -> npt.NDArray[np.uint64]:
    """A 64-bit hash of each sequence, in which the order counts."""
    starts = sequences.ends - sequences.lengths
    places = np.arange(len(sequences.symbols)) - np.repeat(starts, sequences.lengths)
    placed = mixed(sequences.symbols + mixed(places.astype(np.uint64)))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(placed)))
    keys: npt.NDArray[np.uint64] = sums[sequences.ends] - sums[starts]
    return keys + sequences.lengths.astype(np.uint64)


def _sequences(data: bytes, count: int, rules: Rules) -> Sequences:
    """The words of texts whose blanks and marks past ASCII are replaced already."""
    if rules.elides or rules.keeps_numbers:
        signs = np.frombuffer(data, np.uint8).copy()
        if rules.keeps_numbers:
            _delete_marks_outside_numbers(signs)
        if rules.elides:
            _split_elisions(signs)
        data = signs.tobytes()
    return spaced_words(data.translate(_BYTES if rules.folds else _BYTES_IN_CASE, rules.deleted), count)


def _delete_marks_outside_numbers(signs: _Signs) -> None:
    """Turn each ``,`` ``-`` ``.`` that has no digit on both sides into a mark that is deleted."""
    marks = np.flatnonzero((signs - np.uint8(44)) < 3)
    inner = marks[(marks > 0) & (marks < len(signs) - 1)]
    inside = _DIGITS[signs[inner - 1]] & _DIGITS[signs[inner + 1]]
    kept = inner[inside]
    written = signs[kept]
    signs[marks] = ord("!")
    signs[kept] = written


def _split_elisions(signs: _Signs) -> None:
    marks = np.flatnonzero(signs == ord("'"))
    marks = marks[(marks > 0) & (marks < len(signs) - 1)]
    between = _LETTERS[signs[marks - 1]] & _LETTERS[signs[marks + 1]]
    signs[marks[between]] = 32
