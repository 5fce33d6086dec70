"""What a number of items could tell apart, before anyone has submitted. Light: no numpy."""

from math import sqrt

_Z_TEST = 1.959963984540054
_Z_POWER = 0.8416212335729143
_SHARE_DIFFERING = 0.23
_FEWEST_FOR_CONNOR = 30


def smallest_detectable_gap(items: int) -> float:
    """The gap between two scores, as a fraction, that is found in 80% of cases by McNemar's test at .05.

    Connor (1987, Biometrics 43(1), 207-211) solved for the gap, for systems that differ on 23% of the items
    (measured for systems near 75%): about 24 points for 30 items, 18 for 50, 13 for 100, 9 for 200, 4 for 1000.
    Below 30 items the gap would pass that share, and the simpler formula of equal systems stands in.
    """
    if items < 1:
        return 1.0
    test = _Z_TEST * sqrt(_SHARE_DIFFERING)
    if items < _FEWEST_FOR_CONNOR:
        return min(1.0, (test + _Z_POWER * sqrt(_SHARE_DIFFERING)) / sqrt(items))
    root = test**2 * items - (items + _Z_POWER**2) * (test**2 - _Z_POWER**2 * _SHARE_DIFFERING)
    return (test * sqrt(items) + sqrt(root)) / (items + _Z_POWER**2)
