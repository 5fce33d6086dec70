"""What members may write into names and short texts: one policy, applied before anything is stored."""

import re
import unicodedata

from bench.errors import BadInput

# Control, format (zero-width, bidi, tag), surrogate, private and unassigned characters, and the line separators.
REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# A joiner inside an emoji or an Indic word is a Cf character that people do type.
ALLOWED_FORMAT = frozenset("\u200c\u200d")
MOST_MARKS_IN_A_ROW = 4
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def member_line(name: str, value: str, most: int) -> str:
    """The text as one line, in NFC and without blanks around it; raises BadInput where it is not fit to be shown.

    Refused are empty texts, texts of more than `most` characters, control, bidi and other invisible characters
    (Unicode TR 36 and 39 call them spoofing aids) and piles of combining marks.
    """
    text = member_text(name, value, most)
    if "\n" in text:
        raise BadInput(f"The {name} has more than one line; write it in one.")
    return text


def member_text(name: str, value: str, most: int) -> str:
    """Like `member_line`, but the text may have several lines."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise BadInput(f"The {name} is empty; write at least one character.")
    if len(text) > most:
        raise BadInput(f"The {name} has {len(text):,} characters; shorten it to {most:,} at most.")
    for position, character in enumerate(text, start=1):
        if character not in ALLOWED_FORMAT and character != "\n" and _refused(character):
            code = f"U+{ord(character):04X}"
            raise BadInput(f"The {name} holds an invisible character ({code}) at position {position}; remove it.")
    if _longest_run_of_marks(text) > MOST_MARKS_IN_A_ROW:
        raise BadInput(f"The {name} piles up combining marks; write it with plain letters and accents.")
    return text


def language_tag(value: str) -> str:
    """A language as a BCP 47 tag such as ``es`` or ``pt-BR`` (https://www.rfc-editor.org/info/bcp47)."""
    text = value.strip()
    if not LANGUAGE_TAG.fullmatch(text):
        raise BadInput(f"The language {text[:20]!r} is not a tag such as en, es or pt-BR; write one like these.")
    return text


def _refused(character: str) -> bool:
    return unicodedata.category(character) in REFUSED_CATEGORIES


def _longest_run_of_marks(text: str) -> int:
    longest = current = 0
    for character in text:
        current = current + 1 if unicodedata.combining(character) else 0
        longest = max(longest, current)
    return longest
