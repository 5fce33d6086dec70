"""The words of mteval-v13a and of rouge-score (`bench.language.words`) of many texts at once.

The patterns of mteval set signs apart by what stands beside them, which a table of bytes can tell; only runs of full
stops and commas, where the patterns depend on which match came first, and the rare escapes go the slow way.
"""

import string
from collections.abc import Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt

from bench.kernels.folding import with_plain_blanks
from bench.kernels.sequences import IntArray, Sequences, joined, merged, spaced_words, words
from bench.language.words import mteval_words

_FEWEST = 64
_ESCAPES = ("&", "<skipped>", "-\n")
_BLANKS = bytes((9, 10, 11, 12, 13, 28, 29, 31))
_AS_BLANKS = bytes(32 if code in _BLANKS else code for code in range(256))
_SYMBOLS = np.array([32 < code < 127 and not chr(code).isalnum() and chr(code) not in "',-." for code in range(256)])
_ENGLISH = bytes(
    code if code == 30 or chr(code) in string.ascii_lowercase + string.digits else 32 for code in range(256)
)
_DIGITS = np.array([48 <= code < 58 for code in range(256)])
_STOPS = np.array([chr(code) in ",." for code in range(256)])

_Signs = npt.NDArray[np.uint8]


def mteval_sequences(texts: Sequence[str]) -> Sequences:
    """The sequences of the words of each text."""
    if len(texts) < _FEWEST:
        return words(list(map(mteval_words, texts)))
    whole = joined(texts)
    slow = np.zeros(len(texts), bool)
    for escape in _ESCAPES:
        if escape in whole:
            slow |= np.fromiter((escape in text for text in texts), bool, len(texts))
    signs = np.frombuffer(with_plain_blanks(whole), np.uint8)
    slow[_rows_with_runs(signs)] = True
    quick = spaced_words(_set_apart(signs).translate(_AS_BLANKS), len(texts))
    if not slow.any():
        return quick
    places = np.flatnonzero(slow), np.flatnonzero(~slow)
    chosen = quick.symbols[np.repeat(~slow, quick.lengths)]
    return merged(
        places,
        (words(list(map(mteval_words, compress(texts, slow.tolist())))), Sequences(chosen, quick.lengths[~slow])),
    )


def english_sequences(texts: Sequence[str]) -> Sequences:
    """The sequences of the words that the package rouge-score sees: runs of a-z and 0-9 in lower case."""
    return spaced_words(joined(texts).lower().encode("utf-8", "surrogatepass").translate(_ENGLISH), len(texts))


def _rows_with_runs(signs: _Signs) -> IntArray:
    stops = np.flatnonzero(_STOPS[signs])
    runs = stops[1:][np.diff(stops) == 1]
    return np.unique(np.searchsorted(np.flatnonzero(signs == 30), runs))


def _set_apart(signs: _Signs) -> bytes:
    """The text with a blank on both sides of each sign that is a word of its own."""
    apart = _SYMBOLS[signs]
    # A blank before and after, so that every sign has neighbours.
    digits = _DIGITS[np.concatenate((signs[:0], np.array([32], np.uint8), signs, np.array([32], np.uint8)))]
    stops = np.flatnonzero(_STOPS[signs])
    apart[stops] = ~(digits[stops] & digits[stops + 2])
    dashes = np.flatnonzero(signs == ord("-"))
    apart[dashes] = digits[dashes]
    spread = np.repeat(signs, 1 + 2 * apart)
    alone = np.flatnonzero(apart)
    middles = alone + 2 * np.arange(len(alone)) + 1
    spread[middles - 1] = 32
    spread[middles + 1] = 32
    return spread.tobytes()
