"""Tags of an item: which slice of the benchmark it belongs to, for example dialect=chile."""

from collections.abc import Iterable

from bench.model import Tags
from bench.parsing.cells import Members, text_of
from bench.parsing.ids import BLANKS
from bench.parsing.json_text import parsed
from bench.parsing.limits import MAX_TAG_CHARACTERS, MAX_TAGS
from bench.parsing.problems import Fault

_REMEDY = "Write tags as dialect=chile;domain=contract."


def tags_of(cell: object) -> Tags | Fault:
    """Tags from `key=value;key=value`, or from a JSON object, in the order of the file. An empty cell has none."""
    if cell is None:
        return ()
    if type(cell) is str and cell.lstrip(BLANKS).startswith("{"):
        cell = parsed(cell)
    if isinstance(cell, Members):
        return _checked((key, text_of(value)) for key, value in cell)
    if type(cell) is str:
        return _checked(_pair(part) for part in cell.split(";") if part.strip(BLANKS))
    return Fault("neither text nor an object", "tags", _REMEDY)


def _pair(part: str) -> tuple[str, str | Fault]:
    key, equals, value = part.partition("=")
    return key, value if equals else Fault("a tag without `=`", "key=value", _REMEDY)


def _checked(pairs: Iterable[tuple[str, str | Fault]]) -> Tags | Fault:
    tags: dict[str, str] = {}
    for name, value in pairs:
        if isinstance(value, Fault):
            return value
        key, text = name.strip(BLANKS), value.strip(BLANKS)
        if not key or not text:
            return Fault("a tag without a name or a value", "key=value", _REMEDY)
        if max(len(key), len(text)) > MAX_TAG_CHARACTERS or len(tags) == MAX_TAGS:
            return Fault(
                "tags that are too long or too many",
                f"at most {MAX_TAGS} tags of {MAX_TAG_CHARACTERS} characters",
                "Keep those by which scores should be sliced.",
            )
        if key in tags:
            return Fault("the same tag twice", "each tag once", "Keep one of its values.")
        tags[key] = text
    return tuple(tags.items())
