"""Wording for what a specification gets wrong: the place, what was found, what exists, and the closest name."""

from collections.abc import Sequence
from difflib import get_close_matches

from bench.errors import BadSpecification

FOUND_SHOWN = 60


def shown(value: object) -> str:
    """A found value in quotes on one line, cut where it is long; what cannot be printed is escaped."""
    text = value if isinstance(value, str) else repr(value)
    cut = text if len(text) <= FOUND_SHOWN else text[: FOUND_SHOWN - 1] + "…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut) + '"'


def refused(place: str, sentence: str) -> BadSpecification:
    """A refusal that starts with the place, which is a key of the TOML form such as `extract` or `options.absolute`."""
    return BadSpecification(f"Metric specification, {place}: {sentence}")


def unknown(place: str, found: str, existing: Sequence[str]) -> BadSpecification:
    """A name that does not exist: lists those that do and offers the closest."""
    spelled = found.strip().casefold().replace(" ", "_")
    close = get_close_matches(spelled, existing, n=1) or get_close_matches(spelled.replace("_", "-"), existing, n=1)
    offer = f" Did you mean {close[0]}?" if close else ""
    return refused(place, f"there is no {shown(found)}. What exists: {', '.join(existing)}.{offer}")
