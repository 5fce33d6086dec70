"""JSON read so that nothing is lost: numbers as written, repeated keys seen, errors in words for people."""

import json
from json import JSONDecodeError

from bench.parsing.cells import Constant, Members, Number
from bench.parsing.limits import MAX_DEPTH
from bench.parsing.problems import Fault, quote

DECODER = json.JSONDecoder(object_pairs_hook=Members, parse_float=Number, parse_int=Number, parse_constant=Constant)

TOO_DEEP = Fault(
    f"lists or objects nested more than {MAX_DEPTH} deep",
    "flat rows",
    "Keep only the columns that are needed.",
)

_VALUE = "a value"
_LITERALS = {"N": "Write None as null.", "T": "Write True as true.", "F": "Write False as false."}
_MEMBER = 'Write each member as "key": value.'
_INNER_QUOTE = r"A quote inside a text is written \"."
_ONE_LINE = "Write each object on one line, and check that the line is whole."
_WHOLE_FILE = "Check that the file is whole; its end may be missing."

# By the beginning of the standard library's message: what was expected, and how to mend it.
_MESSAGES: tuple[tuple[str, str, str], ...] = (
    ("Expecting value", _VALUE, "Write text in double quotes, a number, true, false or null."),
    ("Expecting property name", "a key in double quotes", _MEMBER),
    ("Expecting ':'", "`:` after the key", _MEMBER),
    ("Expecting ','", "`,` or a closing bracket", f"Add it, or mend the text before it. {_INNER_QUOTE}"),
    ("Unterminated string", "a closing quote", f"Close it. {_INNER_QUOTE}"),
    ("Invalid control character", r"\n, \t or \u00… in its place", "Write the file with a JSON library."),
    ("Invalid \\", "an escape that JSON knows", r"Write a backslash as \\."),
    ("Illegal trailing comma", _VALUE, "Remove the comma."),
    ("Extra data", "nothing more", "Put one object on each line, or all objects into one list."),
)
_CONTROLS = {"\t": "a tab inside a text", "\n": "a line break inside a text"}


def syntax_fault(error: JSONDecodeError, *, line_only: bool = False) -> Fault:
    """What a JSON error means and how to mend it; of the text, only the character where it stands is shown.

    With `line_only`, the text that was read is one line of JSONL.
    """
    expected, remedy = next(
        ((expected, remedy) for start, expected, remedy in _MESSAGES if error.msg.startswith(start)),
        ("JSON", "Write the file with a JSON library."),
    )
    character = error.doc[error.pos : error.pos + 1]
    if error.msg.startswith("Unterminated string"):
        return Fault("a text that is never closed", expected, remedy)
    if error.msg.startswith("Invalid control character"):
        return Fault(_CONTROLS.get(character, "a control character inside a text"), expected, remedy)
    if not character:
        place = "line" if line_only else "file"
        return Fault(f"the end of the {place}", expected, _ONE_LINE if line_only else _WHOLE_FILE)
    return Fault(quote(character), expected, _special_remedy(error, character) or remedy)


def _special_remedy(error: JSONDecodeError, character: str) -> str | None:
    """The remedy for what people commonly write."""
    before = error.doc[max(0, error.pos - 100) : error.pos].rstrip()
    if character == "'":
        return "Use double quotes; JSON knows no others."
    if character in "]}" and before.endswith(","):
        return "Remove the comma before it."
    if character.isdigit() and before.endswith("0"):
        return "A number has no leading zeros; put it in double quotes if they matter."
    return _LITERALS.get(character) if error.msg.startswith("Expecting value") else None


def parsed(text: str) -> object:
    """The value of a JSON text; a `Constant` when it is not JSON."""
    try:
        value, end = DECODER.raw_decode(text.strip())
    except (JSONDecodeError, RecursionError):
        return Constant("text that is not JSON")
    return value if end == len(text.strip()) else Constant("text that is not JSON")
