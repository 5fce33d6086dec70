"""Exact chances of so many hits. Light: no numpy."""

from collections.abc import Sequence


def poisson_binomial_tail(chances: Sequence[float], least: int) -> float:
    """The chance of at least `least` hits in independent draws that hit with these chances.

    Exact by one draw after the other (Hong 2013, https://doi.org/10.1016/j.csda.2012.10.006, section 2.2), summed from
    the small end, so that tiny chances keep their digits. With equal chances it is the binomial tail.
    """
    if least <= 0:
        return 1.0
    exactly = [1.0] + [0.0] * (least - 1)
    enough = 0.0
    for chance in chances:
        enough += exactly[-1] * chance
        exactly = [
            stays * (1 - chance) + comes * chance for stays, comes in zip(exactly, [0.0, *exactly[:-1]], strict=True)
        ]
    return min(1.0, enough)
