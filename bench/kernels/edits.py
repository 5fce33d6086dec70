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


def _cut(sequences: Sequences, part: slice) -> Sequences:
    ends = np.concatenate(([0], sequences.ends))
    low, high, _ = part.indices(len(sequences.lengths))
    return Sequences(sequences.symbols[ends[low] : ends[high]], sequences.lengths[part])


def _texts(codes: npt.NDArray[np.integer], lengths: IntArray) -> list[str]:
    text = codes.astype("<u4").tobytes().decode("utf-32-le")
    ends = np.cumsum(lengths).tolist()
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
