"""How a system does on the parts of a benchmark, by tag, and whether a part is really harder for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import erfc, fsum, inf, sqrt

import numpy as np
import numpy.typing as npt

from bench.model import Interval, Tags
from bench.spellings import without_mark
from bench.stats.intervals import FloatArray, interval_of
from bench.stats.pairs import holm
from bench.stats.words import counted, p_in_words, percent_range

FEWEST_SHOWN = 10
FEWEST_COMPARED = 30
ALPHA = 0.05

IntArray = npt.NDArray[np.int64]
ScoreOf = Callable[[IntArray], float]


@dataclass(frozen=True, slots=True)
class Slice:
    """The items with one value of a tag; `value` is None for those where the tag is not stated. `rows` are theirs."""

    key: str
    value: str | None
    rows: IntArray = field(repr=False)

    @property
    def name(self) -> str:
        """What the slice is called in a sentence."""
        return f"{self.key} not stated" if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class SliceScore:
    """A system's score on a slice; below 10 items all but the number of items is None.

    `elsewhere` is the score on the tag's other items and `p` the value of the test between both, corrected for the
    number of slices; both are None where the slice or the others have fewer than 30 items, or the tag is not stated.
    """

    key: str
    value: str | None
    name: str
    items: int
    score: float | None = None
    interval: Interval | None = None
    elsewhere: float | None = None
    p: float | None = None

    @property
    def is_apart(self) -> bool:
        """Whether the difference to the other items is more than luck."""
        return self.p is not None and self.p <= ALPHA

    @property
    def sentence(self) -> str:
        """The slice in one line."""
        if self.score is None or self.interval is None:
            return f"{self.name}: {counted(self.items, 'item')}, too few to show."
        spread = percent_range(self.interval.low, self.interval.high)
        found = f"{self.name} {self.score:.0%} ({spread}, {self.items:,} items)"
        if self.value is None:
            return f"{found}."
        if self.elsewhere is None or self.p is None:
            return f"{found}: not enough items to tell."
        verdict = "a real gap" if self.is_apart else "no more than luck may do"
        return f"{found} against {self.elsewhere:.0%} elsewhere: {verdict} ({p_in_words(self.p)} after correction)."


def slices_of(tags: Sequence[Tags]) -> tuple[Slice, ...]:
    """The slices of items with these tags: by key as they come, the largest value first, what is not stated last.

    Marked items are no slice: who saw one could tell which they are.
    """
    rows: dict[str, dict[str, list[int]]] = {}
    for row, pairs in enumerate(tags):
        for key, value in dict.fromkeys(without_mark(pairs)):
            rows.setdefault(key, {}).setdefault(value, []).append(row)
    found = []
    for key, values in rows.items():
        largest_first = sorted(values.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        found += [Slice(key, value, np.array(chosen, dtype=np.int64)) for value, chosen in largest_first]
        stated = np.zeros(len(tags), dtype=np.bool_)
        stated[np.concatenate([piece.rows for piece in found if piece.key == key])] = True
        if not stated.all():
            found.append(Slice(key, None, np.flatnonzero(~stated)))
    return tuple(found)


def score_slices(
    item_scores: FloatArray, slices: Sequence[Slice], *, score_of: ScoreOf | None = None
) -> tuple[SliceScore, ...]:
    """The system's score on each slice, from its item scores, shape (items,).

    `score_of` gives the score of some rows where that is not the mean of their item scores. Shown from 10 items;
    compared with the tag's other items from 30 by a two-proportion z test (for graded scores with their pooled
    variance), with Holm's correction over all that are compared.
    """
    score_of = score_of or mean_of(item_scores)
    rests = [_rest(piece, len(item_scores)) for piece in slices]
    corrected = _corrected(item_scores, slices, rests)
    return tuple(
        _slice_score(item_scores, piece, rest, p, score_of)
        for piece, rest, p in zip(slices, rests, corrected, strict=True)
    )


def is_shown(piece: Slice) -> bool:
    """Whether the slice has the items that a score needs."""
    return len(piece.rows) >= FEWEST_SHOWN


def mean_of(item_scores: FloatArray) -> ScoreOf:
    """The function from rows to the mean of their item scores."""
    return lambda rows: fsum(item_scores[rows].tolist()) / len(rows)


def _slice_score(
    item_scores: FloatArray, piece: Slice, rest: IntArray, p: float | None, score_of: ScoreOf
) -> SliceScore:
    items = len(piece.rows)
    if not is_shown(piece):
        return SliceScore(piece.key, piece.value, piece.name, items)
    return SliceScore(
        key=piece.key,
        value=piece.value,
        name=piece.name,
        items=items,
        score=score_of(piece.rows),
        interval=interval_of(item_scores[piece.rows]),
        elsewhere=None if p is None else score_of(rest),
        p=p,
    )


def _corrected(item_scores: FloatArray, slices: Sequence[Slice], rests: Sequence[IntArray]) -> list[float | None]:
    """Two values that make up a tag are one question and one test, which is counted once."""
    questions = [
        min(piece.rows.tobytes(), rest.tobytes())
        if piece.value is not None and min(len(piece.rows), len(rest)) >= FEWEST_COMPARED
        else None
        for piece, rest in zip(slices, rests, strict=True)
    ]
    p_values = {
        question: _z_test(item_scores, piece.rows, rest)
        for question, piece, rest in zip(questions, slices, rests, strict=True)
        if question is not None
    }
    adjusted = dict(zip(p_values, holm(np.array(list(p_values.values()))).tolist(), strict=True))
    return [None if question is None else adjusted[question] for question in questions]


def _z_test(item_scores: FloatArray, rows: IntArray, rest: IntArray) -> float:
    """For right and wrong the pooled variance p(1-p) makes this the usual test of two proportions."""
    both = item_scores[np.concatenate((rows, rest))]
    gap = abs(float(item_scores[rows].mean() - item_scores[rest].mean()))
    error = sqrt(float(both.var()) * (1 / len(rows) + 1 / len(rest)))
    z = gap / error if error > 0 else inf if gap > 0 else 0.0
    return erfc(z / sqrt(2))


def _rest(piece: Slice, items: int) -> IntArray:
    outside = np.ones(items, dtype=np.bool_)
    outside[piece.rows] = False
    return np.flatnonzero(outside)
