"""What the kernels count, one pair at a time and without numpy: the meaning that the tests hold them against."""

from collections import Counter
from collections.abc import Hashable, Sequence

Symbols = Sequence[Hashable]


def ngram_counts(symbols: Symbols, order: int) -> Counter[tuple[Hashable, ...]]:
    """How often each run of `order` symbols stands in a sequence."""
    return Counter(tuple(symbols[start : start + order]) for start in range(len(symbols) - order + 1))


def shared_ngrams(output: Symbols, reference: Symbols, order: int) -> int:
    """The n-grams that two sequences share, a repeated one as often as it stands in both."""
    return (ngram_counts(output, order) & ngram_counts(reference, order)).total()


def clipped_ngrams(output: Symbols, references: Sequence[Symbols], order: int) -> int:
    """The n-grams of an output, each at most as often as in the reference that has it most."""
    most: Counter[tuple[Hashable, ...]] = Counter()
    for reference in references:
        most |= ngram_counts(reference, order)
    return (ngram_counts(output, order) & most).total()


def edit_distance(first: Symbols, second: Symbols) -> int:
    """The fewest insertions, deletions and replacements that make one sequence the other (Levenshtein 1966)."""
    row = list(range(len(second) + 1))
    for place, symbol in enumerate(first, start=1):
        diagonal, row[0] = row[0], place
        for other_place, other in enumerate(second, start=1):
            best = min(row[other_place] + 1, row[other_place - 1] + 1, diagonal + (symbol != other))
            diagonal, row[other_place] = row[other_place], best
    return row[-1]


def common_length(first: Symbols, second: Symbols) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for symbol in first:
        diagonal = 0
        for place, other in enumerate(second, start=1):
            best = diagonal + 1 if symbol == other else max(row[place], row[place - 1])
            diagonal, row[place] = row[place], best
    return row[-1]
