"""Whether gold is many people's: the table of the rule, and its limits."""

from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stats.concentration import Concern, concentration

AUTHORS = st.lists(st.integers(1, 8), min_size=1, max_size=80)


def written_by(*counts: int) -> list[int | None]:
    return [author for author, count in enumerate(counts) for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "effective", "top", "worth", "concern"),
    [
        ([1] * 60, 60, 1 / 60, 60, Concern.NONE),
        ([6] * 10, 10, 0.1, 42, Concern.NONE),
        ([12] * 5, 5, 0.2, 31, Concern.NOTE),
        ([30] + [3] * 10, 40 / 11, 0.5, 26, Concern.WARN),
        ([42, 4, 4, 4, 3, 3], 3600 / 1830, 0.7, 17, Concern.STOP),
        ([54] + [2] * 3, 3600 / 2928, 0.9, 12, Concern.STOP),
        ([60], 1, 1.0, 10, Concern.STOP),
    ],
)
def test_sixty_items_are_worth_what_the_table_says(
    counts: list[int], effective: float, top: float, worth: int, concern: Concern
) -> None:
    found = concentration(written_by(*counts))
    assert found.effective == pytest.approx(effective)
    assert found.top_share == pytest.approx(top)
    assert (found.worth, found.concern) == (worth, concern)


@pytest.mark.parametrize(
    ("counts", "concern"),
    [
        ([25, *[5] * 15], Concern.NONE),
        ([26, *[2] * 37], Concern.NOTE),
        ([1] * 8, Concern.NONE),
        ([1] * 7, Concern.NOTE),
        ([1] * 4, Concern.NOTE),
        ([1] * 3, Concern.WARN),
        ([40, *[1] * 60], Concern.NOTE),
        ([41, *[1] * 59], Concern.WARN),
        ([60, *[1] * 40], Concern.WARN),
        ([61, *[1] * 39], Concern.STOP),
    ],
)
def test_where_the_limits_lie(counts: list[int], concern: Concern) -> None:
    assert concentration(written_by(*counts)).concern is concern


def test_the_spread_says_itself() -> None:
    assert concentration(written_by(30, *[3] * 10)).sentence == (
        "One member wrote 50% of the gold (like 3.6 equal authors): 60 items are worth about 26."
    )
    assert concentration([*written_by(*[1] * 20), None]).sentence == (
        "One member wrote 5% of the gold, which is like 20.0 equal authors. For 1 of 21 items the author is not stated."
    )
    assert concentration([None] * 3).sentence == "No author is stated for any of the 3 items."


def test_items_without_an_author_are_shown_and_not_dropped() -> None:
    half = concentration([*written_by(10), *[None] * 10])
    assert (half.items, half.stated, half.concern) == (20, 10, Concern.STOP)
    assert concentration([*written_by(10), *[None] * 11]).concern is Concern.NOTE
    none = concentration([None] * 5)
    assert (none.concern, none.worth, none.authors) == (Concern.NOTE, 5, 0)


@given(AUTHORS)
def test_the_effective_number_lies_between_one_and_the_number_of_authors(authors: list[int]) -> None:
    found = concentration(authors)
    assert 1 - 1e-9 <= found.effective <= found.authors + 1e-9
    assert 1 / found.authors - 1e-9 <= found.top_share <= 1
    assert 1 <= found.worth <= found.items
    assert found.worth == floor(found.items / found.design_effect)
    assert concentration(sorted(authors)) == found


@given(AUTHORS)
def test_one_more_item_of_the_most_frequent_author_concentrates(authors: list[int]) -> None:
    most = max(set(authors), key=authors.count)
    assert concentration([*authors, most]).top_share >= concentration(authors).top_share
