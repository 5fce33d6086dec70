"""One step of a specification, a name with at most one argument, in its two written forms."""

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A named step, for example `after` with the argument `A:`, or `whole` without one."""

    name: str
    argument: str | None = None

    @property
    def colon_form(self) -> str:
        """The form of TOML and of normalisers: ``after:A:``, ``multi-v1:es``, ``whole``."""
        return self.name if self.argument is None else f"{self.name}:{self.argument}"

    @property
    def call_form(self) -> str:
        """The form of extractions in a signature: ``after("A:")``, ``whole``."""
        return self.name if self.argument is None else f"{self.name}({quoted(self.argument)})"


@dataclass(frozen=True, slots=True)
class StepDescription:
    """What a step does, for help texts. `argument` says in one word what follows the colon; None if nothing may."""

    name: str
    summary: str
    argument: str | None = None


def split_colon_form(text: str) -> Step:
    """The step that a colon form writes; everything after the first colon is the argument, as it stands."""
    name, colon, argument = text.partition(":")
    return Step(name, argument if colon else None)


def quoted(text: str) -> str:
    """The text as a TOML basic string on one printable line; `unquoted` gives it back."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def unquoted(literal: str) -> str:
    """The text of a TOML basic string, raising ValueError where it is none."""
    value = tomllib.loads(f"value = {literal}")["value"]
    if not isinstance(value, str):
        raise ValueError(f"{literal} is no string")  # noqa: TRY004 - callers know one error for a literal that is no string
    return value


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
