"""The words of many texts at once, as the normalisers of `bench.language.normalize` cut them one by one.

Texts are joined and pass through tables, one for code points and one for bytes, at the speed of C. What a table could
get wrong (marks that compose, scripts without blanks, an article beside a symbol) is recognised by its characters and
goes the slow way alone.
"""

import re
import string
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bench.kernels.folding import Rules, Signs, fold_past_ascii, is_control, rules_of, with_plain_blanks
from bench.kernels.sequences import FILLER, RECORD, IntArray, Sequences, joined, merged, mixed, spaced_words, words
from bench.kernels.texts import Texts
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


class BulkTokenizer:
    """The function from texts to the sequences of their tokens, each as `bench.language.normalize.tokenizer` gives."""

    def __init__(self, step: Step, trimmings: Trimmings = ()) -> None:
        self._rules = rules_of(step)
        self._trim = trimmer(trimmings) if trimmings else None
        self._tokens = tokenizer(step)
        self._is_squad = step.name == "squad-en"
        articles = sorted(self._rules.articles) if self._rules else []
        self._articles = words([articles]).symbols
        self._last: tuple[Sequence[str | None], Sequences] | None = None

    def __call__(self, texts: Sequence[str | None]) -> Sequences:
        """The tokens of each text, None having none. The very same value is read once if it comes twice in a row."""
        if self._last is not None and self._last[0] is texts:
            return self._last[1]
        found = self._read(texts)
        # A list could have changed in between.
        self._last = (texts, found) if isinstance(texts, (tuple, Texts)) else None
        return found

    def _read(self, texts: Sequence[str | None]) -> Sequences:
        in_bulk = self._rules if len(texts) >= _FEWEST else None
        if isinstance(texts, Texts) and in_bulk is not None and self._trim is None:
            return self._of_any(texts.data, texts, in_bulk)
        given = [text or "" for text in texts]
        if self._trim is not None:
            given = list(map(self._trim, given))
        if in_bulk is None:
            return words(list(map(self._tokens, given)))
        return self._of_any((joined(given) + RECORD).encode("utf-8", "surrogatepass"), given, in_bulk)

    def _of_any(self, data: bytes, texts: Sequence[str | None], rules: Rules) -> Sequences:
        """The tokens of texts that stand in `data` too, as `bench.kernels.texts.Texts` have it."""
        buffer = bytearray(data)
        signs = np.frombuffer(buffer, np.uint8)
        odd = fold_past_ascii(signs, rules.folded)
        if self._is_squad:
            odd = np.concatenate((odd, _controls(signs)))
        quick = self._without_articles(_sequences(buffer, len(texts), rules))
        if not len(odd):
            return quick
        is_odd = np.zeros(len(texts), bool)
        is_odd[np.searchsorted(np.flatnonzero(signs == ord(RECORD)), odd)] = True
        places = np.flatnonzero(is_odd), np.flatnonzero(~is_odd)
        kept = Sequences(quick.symbols[np.repeat(~is_odd, quick.lengths)], quick.lengths[places[1]])
        return merged(places, (self._slow([texts[place] or "" for place in places[0].tolist()]), kept))

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


def _sequences(buffer: bytearray, count: int, rules: Rules) -> Sequences:
    """The words of texts whose blanks and marks past ASCII are replaced already; they may hold fillers."""
    if rules.elides:
        buffer = buffer.translate(None, FILLER)
        _split_elisions(np.frombuffer(buffer, np.uint8))
    if rules.keeps_numbers:
        _delete_marks_outside_numbers(np.frombuffer(buffer, np.uint8))
    folded = buffer.translate(_BYTES if rules.folds else _BYTES_IN_CASE, rules.deleted + FILLER)
    return spaced_words(folded[:-1], count)


def _controls(signs: Signs) -> IntArray:
    """The places of control characters: beside them an article of SQuAD is one, though it is no word of its own."""
    places = np.flatnonzero((signs < 28) | (signs == 127))
    controls: IntArray = places[_CONTROLS[signs.take(places)]]
    return controls


def _delete_marks_outside_numbers(signs: Signs) -> None:
    """Turn each ``,`` ``-`` ``.`` that has no digit on both sides into a mark that is deleted."""
    marks = np.flatnonzero((signs - np.uint8(44)) < 3)
    inner = marks[(marks > 0) & (marks < len(signs) - 1)]
    inside = _DIGITS[signs[inner - 1]] & _DIGITS[signs[inner + 1]]
    kept = inner[inside]
    written = signs[kept]
    signs[marks] = ord("!")
    signs[kept] = written


def _split_elisions(signs: Signs) -> None:
    marks = np.flatnonzero(signs == ord("'"))
    marks = marks[(marks > 0) & (marks < len(signs) - 1)]
    between = _LETTERS[signs[marks - 1]] & _LETTERS[signs[marks + 1]]
    signs[marks[between]] = 32
