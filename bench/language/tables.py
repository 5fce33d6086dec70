"""Reading the TOML form of a specification into texts and rows, before anything is known about metrics."""

import re
import tomllib

from bench.errors import BadSpecification
from bench.language.refusals import refused, shown
from bench.metrics.catalogue import METRICS

LONGEST_SPECIFICATION = 4000

_TYPOGRAPHIC_QUOTES = re.compile("[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]")


def metric_table(text: str) -> dict[str, object]:
    """The table that a text writes; BadSpecification where it is no TOML, or too long."""
    check_length(text)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        quotes = _TYPOGRAPHIC_QUOTES.search(text)
        remedy = (
            f'It holds the typographic quote {quotes.group()}; use straight ones: "'
            if quotes
            else f"Write for example:\n{METRICS[1].example}"
        )
        raise BadSpecification(f"The metric specification is not valid TOML: {error}. {remedy}") from None


def text_of(table: dict[str, object], key: str, default: str) -> str:
    """The text under a key, or the default."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise refused(key, f'found {shown(value)}; expected a text in quotes, such as {key} = "{default or "exact"}".')
    return value


def texts_of(table: dict[str, object], key: str, default: str) -> list[str]:
    """The texts under a key that takes one text or a list of them; at least one."""
    value = table.get(key, default)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return [str(one) for one in value]
    return [text_of(table, key, default)]


def rows_of(table: dict[str, object], key: str) -> list[dict[str, object]]:
    """The tables under a key that is written in double brackets; none where the key is absent."""
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refused(key, f"found {shown(rows)}; expected one [[{key}]] with the keys below it for each.")
    return rows


def check_length(text: str) -> None:
    """Refuse a specification longer than any that is meant."""
    if len(text) > LONGEST_SPECIFICATION:
        found = f"The metric specification has {len(text)} characters"
        raise BadSpecification(f"{found}; at most {LONGEST_SPECIFICATION} are allowed.")
