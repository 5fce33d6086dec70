"""Which items stay private: repeatable, even over the slices, and nobody's choice."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.errors import BadInput
from bench.stats.split import SplitAdvice, split_advice, split_items

IDS = [f"q{place}" for place in range(200)]
DIALECTS = {item_id: "Munster" if place < 50 else "Ulster" for place, item_id in enumerate(IDS)}


def test_a_split_is_offered_from_200_items_and_never_made_below_150() -> None:
    assert [split_advice(items) for items in (149, 150, 199, 200)] == [
        SplitAdvice.NO,
        SplitAdvice.CHOICE,
        SplitAdvice.CHOICE,
        SplitAdvice.OFFERED,
    ]
    with pytest.raises(BadInput, match="149 items; holding some back needs at least 150"):
        split_items("seed", IDS[:149])


def test_three_to_five_in_ten_may_be_private() -> None:
    for share in (0.29, 0.51):
        with pytest.raises(BadInput, match="choose between 30% and 50%"):
            split_items("seed", IDS, share=share)


def test_each_slice_is_split_alike() -> None:
    private = Counter(DIALECTS[item_id] for item_id in split_items("seed", IDS, DIALECTS).private_ids)
    assert private == {"Munster": 20, "Ulster": 60}


def test_small_slices_share_what_whole_items_leave() -> None:
    """Forty slices of five at 30% ask for 1.5 each: twenty give one and twenty two."""
    strata = {item_id: str(place % 40) for place, item_id in enumerate(IDS)}
    private = Counter(strata[item_id] for item_id in split_items("seed", IDS, strata, share=0.3).private_ids)
    assert Counter(private.values()) == {1: 20, 2: 20}


def test_the_split_says_what_it_means() -> None:
    assert split_items("seed", IDS).sentence == (
        "80 of 200 items stay private until the close; the board shows the other 120, "
        "and the final ranks are those of the private ones."
    )


@settings(max_examples=30)
@given(st.text(max_size=8), st.permutations(IDS), st.floats(0.3, 0.5), st.booleans())
def test_the_split_depends_on_the_seed_and_the_ids_alone(
    seed: str, order: list[str], share: float, is_stratified: bool
) -> None:
    strata = DIALECTS if is_stratified else None
    found, again = split_items(seed, IDS, strata, share=share), split_items(seed, order, strata, share=share)
    assert set(found.private_ids) == set(again.private_ids)
    assert len(found.private_ids) == round(share * 200)
    assert sorted(found.public_ids + found.private_ids) == sorted(IDS)


def test_an_item_more_moves_at_most_one_other() -> None:
    before, after = set(split_items("seed", IDS).private_ids), set(split_items("seed", [*IDS, "new"]).private_ids)
    assert len((before ^ after) - {"new"}) <= 1


def test_every_item_has_the_same_chance() -> None:
    """1000 seeds: 400 expected, and a standard deviation of 15.5."""
    counts = Counter(item_id for seed in range(1000) for item_id in split_items(str(seed), IDS).private_ids)
    assert min(counts.values()) > 400 - 5 * 15.5
    assert max(counts.values()) < 400 + 5 * 15.5
