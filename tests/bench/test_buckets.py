"""Outputs in buckets: every item comes back alone as it went in together with the others."""

from hypothesis import given
from hypothesis import strategies as st

from bench.buckets import bucket_count, bucket_of, buckets_of, pack_outputs, unpack_outputs
from bench.model import Outputs

ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
outputs = st.dictionaries(ids, st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=30))


@given(outputs, st.integers(1, 9), st.data())
def test_a_few_items_are_read_from_their_own_buckets_only(
    by_id: dict[str, str | None], count: int, data: st.DataObject
) -> None:
    packed = pack_outputs(Outputs(by_id), count)
    wanted = data.draw(st.lists(st.sampled_from(sorted(by_id)), unique=True)) if by_id else []
    chosen = [packed[number] for number in buckets_of(wanted, count)]
    assert unpack_outputs(chosen, wanted).by_id == {item_id: by_id[item_id] for item_id in wanted}


def test_an_item_without_an_output_is_left_out() -> None:
    packed = pack_outputs(Outputs({"a": "1", "b": None}), 1)
    assert unpack_outputs(packed, ["b", "c"]).by_id == {"b": None}


def test_a_bucket_holds_some_sixty_four_items_however_large_the_task_is() -> None:
    assert [bucket_count(items) for items in (0, 1, 64, 65, 100_000)] == [1, 1, 1, 2, 1563]
    spread = [bucket_of(f"item-{number}", 100) for number in range(6_400)]
    assert max(spread.count(number) for number in range(100)) < 110
