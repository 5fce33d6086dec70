"""Edit distances and longest common subsequences of many pairs of sequences, by rapidfuzz.

rapidfuzz compares texts bit-parallel (Myers 1999, https://doi.org/10.1145/316542.316550), so words become code points.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq, Levenshtein
from rapidfuzz.process import cpdist

from bench.kernels.sequences import IntArray, Sequences

_SURROGATES, _LAST_CODE = 0xD800, 0x10FFFF
_MOST_CODES = _LAST_CODE - 0x800
"""Different words that can be told apart as code points."""


def distances(first: Sequence[str], second: Sequence[str]) -> IntArray:
    """The Levenshtein distance of each pair of texts, shape (pairs,)."""
    return cpdist(first, second, scorer=Levenshtein.distance, dtype=np.int64)


def common_lengths(first: Sequence[str], second: Sequence[str]) -> IntArray:
    """The length of the longest common subsequence of each pair of texts, shape (pairs,)."""
    return cpdist(first, second, scorer=LCSseq.similarity, dtype=np.int64)


def as_texts(first: Sequences, second: Sequences) -> tuple[list[str], list[str]]:
    """Both as texts in which each symbol is one character, equal symbols being equal characters.

    Beyond a million different symbols they are numbered within each pair.
    """
    symbols, codes = np.unique(np.concatenate((first.symbols, second.symbols)), return_inverse=True)
    if len(symbols) > _MOST_CODES:
        half = len(first.lengths) // 2
        before, after = (as_texts(_cut(first, part), _cut(second, part)) for part in (slice(half), slice(half, None)))
        return before[0] + after[0], before[1] + after[1]
    codes[codes >= _SURROGATES] += 0x800
    cut = len(first.symbols)
    return _texts(codes[:cut], first.lengths), _texts(codes[cut:], second.lengths)


class Vocabulary:
    """References as texts in which each word is one character, and outputs in the same code."""

    def __init__(self, references: Sequences) -> None:
        """Number the words of the references; a word that none of them has becomes one that none of them has."""
        self._references = references
        self._symbols = np.unique(references.symbols)
        self._fits = len(self._symbols) < _MOST_CODES
        self._texts = self._coded(references) if self._fits else []

    def pairs(self, outputs: Sequences) -> tuple[list[str], list[str]]:
        """The outputs, one for each reference, and the references."""
        if not self._fits:
            return as_texts(outputs, self._references)
        return self._coded(outputs), self._texts

    def _coded(self, sequences: Sequences) -> list[str]:
        unknown = len(self._symbols)
        if not unknown:
            return ["\0" * length for length in sequences.lengths.tolist()]
        codes = np.searchsorted(self._symbols, sequences.symbols)
        codes[codes == unknown] = 0
        codes[self._symbols.take(codes) != sequences.symbols] = unknown
        codes[codes >= _SURROGATES] += 0x800
        return _texts(codes, sequences.lengths)


def _cut(sequences: Sequences, part: slice) -> Sequences:
    ends = np.concatenate(([0], sequences.ends))
    low, high, _ = part.indices(len(sequences.lengths))
    return Sequences(sequences.symbols[ends[low] : ends[high]], sequences.lengths[part])


def _texts(codes: npt.NDArray[np.integer], lengths: IntArray) -> list[str]:
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    ends = np.cumsum(lengths).tolist()
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
