"""Sums beside `math.fsum`."""

from math import fsum, inf, isnan, nan

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.kernels.sums import exact_sum

fractions = st.builds(lambda above, below: above / below, st.integers(0, 60), st.integers(1, 60))
values = st.one_of(fractions, st.floats(-5, 5), st.sampled_from([1e-300, 2.0**-60, 2.0**-61, 4.0, 1 - 2.0**-53]))


@given(st.lists(values, max_size=60))
@example([])
@example([0.1] * 10)
@example([-0.3, 0.1, 0.1])
@example([2.0**-60, 1.0, 2.0**-60])
@example([1e300, 1.0, -1e300])
def test_a_sum_is_rounded_once(numbers: list[float]) -> None:
    assert exact_sum(np.array(numbers, np.float64)) == fsum(numbers)


def test_many_values_are_summed_to_the_last_digit() -> None:
    numbers = np.random.default_rng(5).integers(0, 40, 300_000) / 39
    assert exact_sum(numbers) == fsum(numbers.tolist())
    assert exact_sum(numbers[::3]) == fsum(numbers[::3].tolist())


@pytest.mark.parametrize("numbers", [[1.0, nan], [1.0, inf], [-inf]])
def test_what_is_no_number_stays_none(numbers: list[float]) -> None:
    found = exact_sum(np.array(numbers))
    assert found == fsum(numbers) or isnan(found)
