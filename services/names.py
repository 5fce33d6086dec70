"""What systems are called where two members sent one of the same name."""

from collections import Counter
from collections.abc import Sequence


def told_apart(systems: Sequence[tuple[str, str]]) -> list[str]:
    """The names of systems, each given with its member: the member is added where two have one name."""
    counts = Counter(system.casefold() for system, _ in systems)
    return [f"{system} ({member})" if counts[system.casefold()] > 1 else system for system, member in systems]
