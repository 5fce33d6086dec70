"""The one alias for what travels on the wire."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
"""A JSON object as Discord sends and takes it; snowflakes and permission sets are decimal strings."""

JsonView = Mapping[str, Any]
"""A JSON object that is only read."""


def snowflake(value: object) -> int:
    """The id that a JSON value (decimal string or integer) stands for, or 0 when it is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else 0
