"""The file of settings as it was typed: a line that is none, and a name that is nearly one."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv.parser import parse_stream

ENCODING: Final = "utf-8-sig"
ALIKE: Final = 0.8


def slips(path: Path, names: Collection[str]) -> Iterator[str]:
    """A sentence for each slip of the pen; names that resemble no setting belong to other programs.

    Raises UnicodeDecodeError where the file is not UTF-8.
    """
    with path.open(encoding=ENCODING) as file:
        bindings = list(parse_stream(file))
    for binding in bindings:
        if binding.error:
            yield f"{path}, line {binding.original.line}: found a line that cannot be read; expected NAME=value."
        elif binding.key is not None and binding.key.upper() not in names:
            meant = get_close_matches(binding.key.upper(), names, n=1, cutoff=ALIKE)
            if meant:
                where = f"{path}, line {binding.original.line}"
                yield f"{binding.key}: found in {where}, but there is no such setting; expected {meant[0]}."
