from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.placing import Box, beside, spread, thinned

PLACES = st.lists(st.floats(0, 200), min_size=1, max_size=8).map(sorted)


def test_labels_that_are_apart_stay_where_they_are() -> None:
    assert spread([10, 50, 90], 27, 0, 100) == [10, 50, 90]


def test_labels_of_one_place_stand_around_it() -> None:
    assert spread([50, 50, 50], 10, 0, 100) == [40, 50, 60]
    assert spread([100, 100], 10, 0, 100) == [90, 100], "as far as the edge allows"


@given(PLACES)
def test_labels_never_touch_nor_change_their_order_nor_leave_their_room(wanted: list[float]) -> None:
    places = spread(wanted, 27, 5, 225)
    assert all(after - before >= 27 - 1e-6 for before, after in pairwise(places))
    assert places[0] >= 5 - 1e-6
    assert places[-1] <= 225 + 1e-6


@given(st.lists(st.floats(0, 1_000), max_size=40), st.floats(0, 20))
def test_what_is_kept_is_apart_and_what_is_left_out_would_not_be(starts: list[float], gap: float) -> None:
    spans = [(start, start + 15) for start in starts]
    kept = thinned(spans, gap)
    assert kept[:1] == [0][: len(spans)], "the first always has its place"
    for one, other in combinations(kept, 2):
        assert abs(spans[one][0] - spans[other][0]) >= 15 + gap - 1e-6
    for number in set(range(len(spans))) - set(kept):
        assert any(abs(spans[number][0] - spans[other][0]) < 15 + gap + 1e-6 for other in kept)


@pytest.mark.parametrize(
    ("other", "meets"), [(Box(5, 5, 15, 15), True), (Box(10, 0, 20, 10), False), (Box(2, 2, 3, 3), True)]
)
def test_boxes_meet_where_they_cover_something_together(other: Box, *, meets: bool) -> None:
    box = Box(0, 0, 10, 10)
    assert box.meets(other) is meets
    assert other.meets(box) is meets
    assert other.is_inside(box) is (other == Box(2, 2, 3, 3))


@given(st.lists(st.tuples(st.floats(0, 340), st.floats(0, 300)), min_size=1, max_size=8), st.floats(10, 126))
def test_labels_beside_any_places_are_in_the_room_and_apart(places: list[tuple[float, float]], width: float) -> None:
    room = Box(0, 0, 340, 304)
    boxes: list[Box] = []
    for place in places:
        boxes.append(beside(place, (width, 13), room, boxes, [Box(x - 4, y - 4, x + 4, y + 4) for x, y in places]))
    assert all(box.is_inside(room) for box in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_a_label_gives_way_to_what_is_avoided_but_covers_it_before_it_has_no_place() -> None:
    room = Box(0, 0, 100, 40)
    at_once = beside((10, 20), (40, 10), room, [])
    assert at_once == Box(18, 15, 58, 25)
    assert not beside((10, 20), (40, 10), room, [], [at_once]).meets(at_once)
    assert beside((10, 20), (40, 10), room, [], [room]) == at_once
