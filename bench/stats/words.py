"""How figures read in sentences for members. Light: no numpy."""

from math import log10

TO = "\N{EN DASH}"

_SURE = 0.001


def p_in_words(p: float, alpha: float = 0.05) -> str:
    """A p value as ``p = .09``, with as many digits as it takes to see on which side of `alpha` it lies."""
    if p < _SURE:
        return "p < .001"
    least = 3 if p < 0.01 else 2
    digits = next((n for n in range(least, 7) if (round(p, n) <= alpha) == (p <= alpha)), least)
    text = f"{p:.{digits}f}"
    return f"p = {text.removeprefix('0')}" if p < 1 and text[0] == "0" else "p = 1"


def chance_in_words(p: float) -> str:
    """A small chance as ``chance 1 in 1,024``; below one in ten thousand only that it is less."""
    if p < 1 / 10_000:
        return "chance below 1 in 10,000"
    return f"chance 1 in {max(1, round(1 / p)):,}"


def percent_range(low: float, high: float) -> str:
    """An interval of fractions in whole percent, as ``44-76`` with an en dash, like on the board."""
    return f"{100 * low:.0f}{TO}{100 * high:.0f}"


def points(fraction: float) -> str:
    """A difference of scores as ``4.0 points``, without its sign."""
    figure = f"{abs(100 * fraction):.1f}"
    return f"{figure} point{'' if figure == '1.0' else 's'}"


def about(number: int) -> str:
    """A number with two digits that count, as ``1,300``."""
    if number < 100:
        return str(number)
    step = 10 ** (int(log10(number)) - 1)
    return f"{round(number / step) * step:,}"


def counted(number: int, noun: str) -> str:
    """A number with its noun, as ``1 item`` or ``12 items``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
