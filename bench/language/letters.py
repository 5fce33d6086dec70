"""The letter of a multiple-choice answer, in the shapes in which models give it."""

import re

LETTERS = "ABCDEFGHIJ"

_OPENING = r"[\s*_`\"'(\[{]*"
_WHOLE = re.compile(_OPENING + r"([A-Ja-j])[\s*_`\"')\]}.:]*")
_LEADING = re.compile(_OPENING + r"([A-Ja-j])(?:[*_`\"']*[)\]}.:]|\*\*)\s")

_CUE = (
    r"(?i:answer|choice|option|letter|respuesta|opci[oó]n|letra|resposta|op[çc][ãa]o|r[eé]ponse|risposta|antwort|"
    r"答案|答え|正解)"
)
_LINK = r"(?i:\s+(?:is|es|est|é|è|ist|would be|must be|should be))?[\s:：=*_`\"'(\[{是为は]*"  # noqa: RUF001 - the full-width colon is meant
# A capital needs only a boundary after it; a small letter or the pronoun I must not run on into a word ("is a bird").
_ALONE = r"(?![\w'\u2019-])"
_NO_WORD_FOLLOWS = r"(?!\s+[^\W\d_])"
_SHAPES = (
    re.compile(rf"{_CUE}{_LINK}([A-HJ]{_ALONE}|[Ia-j]{_ALONE}{_NO_WORD_FOLLOWS})"),
    re.compile(r"(?m)[(\[]([A-Ja-j])[)\]]|\*\*([A-J])\b|^[ \t]*([A-J])[.):](?=\s)"),
    re.compile(rf"(?<![\w'\u2019.-])([B-HJ]{_ALONE}|A{_ALONE}{_NO_WORD_FOLLOWS})(?!\.\w)"),
)


def read_letter(text: str) -> str | None:
    """The capital letter that the whole text is, as in ``B``, ``(b)``, ``B.`` or ``**B**``; None if it is none."""
    match = _WHOLE.fullmatch(text)
    return None if match is None else match[1].upper()


def leading_letter(text: str) -> str | None:
    """The letter that a text is or starts with, as in ``B) Paris``; None if it does neither."""
    match = _LEADING.match(text)
    return read_letter(text) if match is None else match[1].upper()


def find_letter(text: str) -> str | None:
    """The letter that a longer text answers with, or None.

    The clearest shape decides, and within it the last match: the whole text; after a word such as *answer* or
    *option*; in brackets, in bold or leading a line (``B) Paris``); a capital that stands alone, where *A* must not be
    followed by a word and *I* never counts.
    """
    whole = read_letter(text)
    if whole is not None:
        return whole
    for shape in _SHAPES:
        last = None
        for last in shape.finditer(text):  # noqa: B007 - only the last one is wanted
            pass
        if last is not None:
            return str(last[last.lastindex or 0]).upper()
    return None
