"""The kernels beside their plain meaning, on fuzzed sequences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.kernels import plain
from bench.kernels.edits import as_texts, common_lengths, distances
from bench.kernels.groups import first_best, maxima
from bench.kernels.ngrams import NgramIndex
from bench.kernels.sequences import Sequences, characters, words

TOKENS = st.text("aé東😀\0", min_size=1, max_size=20) | st.sampled_from(
    ["a", "b", "a" * 8, "a" * 9, "a" * 16, "b\0", "b"]
)
TOKEN_LISTS = st.lists(TOKENS, max_size=9)
ITEMS = st.lists(st.tuples(TOKEN_LISTS, st.lists(TOKEN_LISTS, max_size=3)), max_size=6)
ORDERS = 4


@given(ITEMS)
def test_shared_and_clipped_ngrams_are_those_of_counters(items: list[tuple[list[str], list[list[str]]]]) -> None:
    references = [reference for _, group in items for reference in group]
    counts = np.array([len(group) for _, group in items], dtype=np.int64)
    outputs = words([output for output, _ in items])
    index = NgramIndex(words(references), counts, ORDERS)
    assert index.shared(outputs).tolist() == [
        [plain.shared_ngrams(output, reference, order + 1) for order in range(ORDERS)]
        for output, group in items
        for reference in group
    ]
    assert index.clipped(outputs).tolist() == [
        [plain.clipped_ngrams(output, group, order + 1) for order in range(ORDERS)] for output, group in items
    ]


@pytest.mark.parametrize("kept", [0, 10**9])
def test_many_items_in_many_chunks_are_counted_as_each_alone(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.kernels.ngrams._MOST_KEPT", kept)
    chance = np.random.default_rng(7)
    outputs, references = ([[str(n) for n in chance.integers(0, 30, 60)] for _ in range(3000)] for _ in range(2))
    index = NgramIndex(words(references), np.ones(3000, np.int64), 2)
    shared = index.shared(words(outputs))
    for item in range(0, 3000, 97):
        assert shared[item].tolist() == [plain.shared_ngrams(outputs[item], references[item], n) for n in (1, 2)]


@given(st.lists(st.tuples(TOKEN_LISTS, TOKEN_LISTS), max_size=6))
def test_distances_and_common_lengths_are_those_of_the_tables(pairs: list[tuple[list[str], list[str]]]) -> None:
    first, second = as_texts(words([one for one, _ in pairs]), words([other for _, other in pairs]))
    assert distances(first, second).tolist() == [plain.edit_distance(one, other) for one, other in pairs]
    assert common_lengths(first, second).tolist() == [plain.common_length(one, other) for one, other in pairs]


def test_more_different_words_than_there_are_characters_are_still_told_apart() -> None:
    symbols = np.arange(1_200_000, dtype=np.uint64)
    sequences = Sequences(symbols, np.full(600_000, 2))
    moved = Sequences(symbols[::-1].copy(), np.full(600_000, 2))
    same, reversed_ = as_texts(sequences, sequences), as_texts(sequences, moved)
    assert not distances(*same).any()
    assert (distances(*reversed_) == 2).all()


@given(st.lists(st.text(max_size=30), max_size=8))
def test_characters_are_code_points(texts: list[str]) -> None:
    found = characters(texts)
    assert found.symbols.tolist() == [ord(sign) for text in texts for sign in text]
    assert found.lengths.tolist() == list(map(len, texts))


@given(st.lists(st.lists(st.floats(-5, 5), max_size=4), max_size=8))
def test_the_best_of_each_group_is_the_first_largest(groups: list[list[float]]) -> None:
    values = np.array([value for group in groups for value in group], dtype=np.float64)
    counts = np.array([len(group) for group in groups], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    assert maxima(values, counts, empty=-9.0).tolist() == [max(group, default=-9.0) for group in groups]
    expected = [
        start + group.index(max(group)) if group else -1 for group, start in zip(groups, starts.tolist(), strict=True)
    ]
    assert first_best(values, counts).tolist() == expected


BRANCHING = st.text("abcdefghij", max_size=12)


@settings(max_examples=200)
@given(st.lists(st.tuples(BRANCHING, st.lists(BRANCHING, max_size=3)), max_size=4), st.sampled_from([0, 1, 2, 99]))
def test_entries_with_many_children_and_with_few_are_found_alike(
    items: list[tuple[str, list[str]]], most_siblings: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bench.kernels.ngrams._MOST_SIBLINGS", most_siblings)
        counts = np.array([len(group) for _, group in items], dtype=np.int64)
        index = NgramIndex(characters([reference for _, group in items for reference in group]), counts, 6)
    shared = index.shared(characters([output for output, _ in items]))
    assert shared.tolist() == [
        [plain.shared_ngrams(output, reference, order + 1) for order in range(6)]
        for output, group in items
        for reference in group
    ]
