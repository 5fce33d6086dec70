"""Which items stay private: repeatable, even over the slices, and nobody's choice."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.errors import BadInput
from bench.stats.split import Split, SplitAdvice, drawn_split, split_advice, split_sentence

IDS = [f"q{place}" for place in range(200)]
DIALECTS = {item_id: "Munster" if place < 50 else "Ulster" for place, item_id in enumerate(IDS)}


def private_of(split: Split) -> set[str]:
    return {item_id for item_id in IDS if split.is_private(item_id)}


def test_a_split_is_offered_from_200_items_and_never_made_below_150() -> None:
    assert [split_advice(items) for items in (149, 150, 199, 200)] == [
        SplitAdvice.NO,
        SplitAdvice.CHOICE,
        SplitAdvice.CHOICE,
        SplitAdvice.OFFERED,
    ]
    with pytest.raises(BadInput, match="149 items; holding some back needs at least 150"):
        drawn_split("secret", IDS[:149])


def test_three_to_five_in_ten_may_be_private() -> None:
    for share in (0.29, 0.51):
        with pytest.raises(BadInput, match="choose between 30% and 50%"):
            drawn_split("secret", IDS, share=share)


@pytest.mark.parametrize("secret", ["a", "b", "c", "d"])
def test_the_whole_and_each_slice_are_split_nearly_alike(secret: str) -> None:
    """20 of 50 and 60 of 150 expected, where a single draw has a standard deviation of 3.5 and 6."""
    private = Counter(DIALECTS[item_id] for item_id in private_of(drawn_split(secret, IDS, DIALECTS)))
    assert abs(private.total() - 80) <= 1
    assert abs(private["Munster"] - 20) <= 2


def test_the_split_says_what_it_means() -> None:
    assert split_sentence(80, 200) == (
        "80 of 200 items stay private until the close; the board shows the other 120, "
        "and the final ranks are those of the private ones."
    )


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=8), st.permutations(IDS), st.floats(0.3, 0.5))
def test_the_split_depends_on_the_secret_and_the_ids_alone(secret: str, order: list[str], share: float) -> None:
    found, again = drawn_split(secret, IDS, DIALECTS, share=share), drawn_split(secret, order, DIALECTS, share=share)
    assert found == again


def test_the_seed_stays_out_of_what_is_logged() -> None:
    assert "hush" not in repr(Split("hush", 0.4))


def test_every_item_has_the_same_chance() -> None:
    """1000 splits: 400 expected, and a standard deviation of 15.5."""
    counts = Counter(item_id for seed in range(1000) for item_id in private_of(Split(str(seed), 0.4)))
    assert min(counts[item_id] for item_id in IDS) > 400 - 5 * 15.5
    assert max(counts.values()) < 400 + 5 * 15.5
