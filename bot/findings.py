"""What a check of the doctor comes to."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a check came out; a broken one keeps the bot from its work."""

    GOOD = "✓"
    NOTE = "!"
    BROKEN = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was found, and what to do about it."""

    mark: Mark
    name: str
    text: str
    remedy: str = ""

    @property
    def broken(self) -> bool:
        """Whether the bot cannot work like this."""
        return self.mark is Mark.BROKEN

    @property
    def line(self) -> str:
        """The finding in one line."""
        return f"{self.mark} {self.name}: {self.text}" + (f" -> {self.remedy}" if self.remedy else "")
