"""A score without one's own items, and the advantage on them."""

import numpy as np
import pytest

from bench.stats.home import home_score
from bench.stats.intervals import interval_of

AUTHORS = ["Ada"] * 10 + ["Ben"] * 20 + [None] * 10


def test_the_score_leaves_out_what_its_owner_wrote() -> None:
    """9 of 10 at home, where the other has 5, and 15 of 30 elsewhere, where the other has 18: .4 more, and .1 less."""
    own = np.array([1.0] * 9 + [0.0] + [1.0] * 15 + [0.0] * 15)
    other = np.array([1.0] * 5 + [0.0] * 5 + [1.0] * 18 + [0.0] * 12)
    found = home_score(np.vstack((own, other)), 0, AUTHORS, "Ada")
    assert found is not None
    assert (found.own_items, found.score, found.interval) == (10, 0.5, interval_of(own[10:]))
    assert found.advantage == pytest.approx(0.4 - -0.1)
    assert found.sentence == (
        "Without the 10 items of their own: 50% (33–67). "  # noqa: RUF001
        "On those, the lead over the others is 50.0 points more than elsewhere."
    )


def test_items_that_are_easy_for_all_are_no_home() -> None:
    scores = np.vstack([np.array([1.0] * 10 + [0.0] * 30)] * 3)
    found = home_score(scores, 1, AUTHORS, "Ada")
    assert found is not None
    assert found.advantage == 0


def test_a_few_own_items_are_left_out_but_not_compared() -> None:
    found = home_score(np.ones((2, 40)), 0, ["Ada"] * 9 + ["Ben"] * 31, "Ada")
    assert found is not None
    assert found.advantage is None
    assert found.sentence == "Without the 9 items of their own: 100% (89–100)."  # noqa: RUF001


def test_who_wrote_nothing_or_everything_has_no_home_score() -> None:
    assert home_score(np.ones((2, 40)), 0, AUTHORS, "Cem") is None
    assert home_score(np.ones((2, 40)), 0, ["Ada"] * 40, "Ada") is None
