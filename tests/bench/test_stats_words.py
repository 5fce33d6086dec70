"""How figures read in sentences."""

import pytest

from bench.stats.words import about, chance_in_words, counted, p_in_words, percent_range, points


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0923, "p = .09"),
        (0.05, "p = .05"),
        (0.0504, "p = .0504"),
        (0.0496, "p = .05"),
        (0.004, "p = .004"),
        (0.0009, "p < .001"),
        (0.999, "p = 1"),
        (1.0, "p = 1"),
    ],
)
def test_a_p_value_shows_on_which_side_of_the_limit_it_lies(p: float, text: str) -> None:
    assert p_in_words(p) == text


@pytest.mark.parametrize(
    ("p", "text"), [(1 / 1024, "chance 1 in 1,024"), (0.00005, "chance below 1 in 10,000"), (0.04, "chance 1 in 25")]
)
def test_a_small_chance_is_one_in_so_many(p: float, text: str) -> None:
    assert chance_in_words(p) == text


def test_figures_read_as_on_the_board() -> None:
    assert percent_range(0.4412, 0.7577) == "44–76"  # noqa: RUF001 - the en dash of the board
    assert [points(0.04), points(-0.012), points(0.01)] == ["4.0 points", "1.2 points", "1.0 point"]
    assert [about(7), about(99), about(123), about(1349), about(98_700)] == ["7", "99", "120", "1,300", "99,000"]
    assert [counted(1, "item"), counted(1200, "item")] == ["1 item", "1,200 items"]
