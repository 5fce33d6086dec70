import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import BadInput
from cogs.gold import accounts, ballot_number


@given(st.sets(st.integers(1, 2**63 - 1), min_size=1, max_size=50))
def test_every_mentioned_account_is_left_out_and_no_other(ids: set[int]) -> None:
    assert accounts(" ".join(f"<@{one}>" for one in ids)) == ids
    assert accounts(", ".join(f"<@!{one}>" for one in ids)) == ids


def test_nobody_leaves_nobody_out() -> None:
    assert accounts(" Nobody ") == frozenset()


@pytest.mark.parametrize("text", ["", "  ", "Ada", "<@1> and <@2>", "<@&5>", "<@99999999999999999999>", "<@0>", "12"])
def test_what_is_no_account_is_refused_whole(text: str) -> None:
    with pytest.raises(BadInput, match="mention them"):
        accounts(text)


def test_more_accounts_than_a_person_could_look_at_are_refused() -> None:
    with pytest.raises(BadInput, match="101 accounts"):
        accounts(" ".join(f"<@{one}>" for one in range(1, 102)))


def test_a_ballot_is_given_by_its_number() -> None:
    assert ballot_number(" 1400000000000000020 ") == 1_400_000_000_000_000_020
    for text in ("", "x", "-1", "9" * 19, "9" * 20, "\N{ARABIC-INDIC DIGIT ONE}"):
        with pytest.raises(BadInput, match="no ballot"):
            ballot_number(text)
