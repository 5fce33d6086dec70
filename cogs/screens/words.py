"""Small words of the screens: what members wrote made harmless, and figures, times and lists as people read them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from bench.model import Interval
from bench.standing import RankedEntry
from bench.text import ALLOWED_FORMAT, MOST_MARKS_IN_A_ROW, REFUSED_CATEGORIES

GUARD = "\u200b"
ELLIPSIS = "…"
TO = "\N{EN DASH}"
ACCENT = "\N{MODIFIER LETTER GRAVE ACCENT}"
INLINE_MARKS = frozenset("\\*_~`|[]<")
LINE_MARK = re.compile(r"#{1,3}|-#|[-+>]|[0-9]+(?=[.)])")
LINK = re.compile(r"(https?|ftp|mailto|discord)(?=:)", re.IGNORECASE)
PING = re.compile(r"@(?=everyone|here|[!&]?[0-9])", re.IGNORECASE)
CODE = re.compile(r"(`[^`]+`)")
TIMESTAMP = re.compile(r"\\<t:([0-9]{1,12}):([tTdDfFR])>")


def clean(text: str) -> str:
    """The text in NFC on one line, without control, bidi and other invisible characters or piles of combining marks."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        marks = marks + 1 if unicodedata.combining(character) else 0
        invisible = unicodedata.category(character) in REFUSED_CATEGORIES and character not in ALLOWED_FORMAT
        if not invisible and marks <= MOST_MARKS_IN_A_ROW:
            kept.append(character)
    return " ".join("".join(kept).split())


def safe(text: str, limit: int = 100) -> str:
    """What a member wrote, as one line of at most `limit` characters that neither pings, links nor formats."""
    return _cut(_escaped(clean(text)), limit)


def safe_lines(text: str, limit: int) -> str:
    """Like `safe`, but the line breaks stay, at most one blank line in a row."""
    lines = [_escaped(clean(line)) for line in text.splitlines()]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return _cut(joined, limit)


def said(text: str, limit: int = 1500) -> str:
    """Lines of ours that may quote a member: escaped like theirs, but timestamps and `quoted code` stay alive."""
    short = text if len(text) <= limit // 2 else text[: limit // 2].rstrip() + ELLIPSIS
    lines = "\n".join(_with_code(line) for line in short.splitlines())
    return TIMESTAMP.sub(r"<t:\1:\2>", lines if len(lines) <= limit else safe_lines(text, limit))


def plain(text: str, limit: int = 100) -> str:
    """What a member wrote where Discord formats nothing: names of threads, choices, titles of forms."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= limit else cleaned[: limit - 1].rstrip() + ELLIPSIS


def code(text: str, limit: int = 200) -> str:
    """The text in a code span; a backtick inside would end it and becomes an accent."""
    return f"`{_unformatted(plain(text, limit)) or ' '}`"


def cell(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` columns of a fixed-width table, cut with an ellipsis; wide letters take two."""
    shown = _unformatted(clean(text))
    if columns(shown) > width:
        while columns(shown) > width - 1:
            shown = shown[:-1]
        shown += ELLIPSIS
    padding = " " * (width - columns(shown))
    return padding + shown if right else shown + padding


def columns(text: str) -> int:
    """How many columns a text takes in a fixed-width face."""
    return sum(_columns(character) for character in text)


def percent(score: float) -> str:
    """A fraction as a percentage with one decimal: ``78.0%``."""
    return f"{100 * score:.1f}%"


def interval(between: Interval) -> str:
    """A confidence interval in whole percents: ``66 to 87%`` with a dash."""
    return f"{100 * between.low:.0f}{TO}{100 * between.high:.0f}%"


def points(difference: float) -> str:
    """The size of a difference of two scores: ``4.0 points``."""
    return f"{100 * abs(difference):.1f} points"


def rank_range(ranked: RankedEntry) -> str:
    """The ranks that the evidence allows: ``2`` to ``5``, or ``1`` where there is but one."""
    low, high = ranked.rank_low, ranked.rank_high
    return str(low) if low == high else f"{low}{TO}{high}"


def moment(at: datetime, style: str = "R") -> str:
    """A time that each reader's Discord shows in their own zone and language; ``R`` counts down."""
    return f"<t:{int(at.timestamp())}:{style}>"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: ``1 item``, ``2 items``, ``1,000 entries``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names as a sentence lists them: ``a``, ``a and b``, ``a, b and c``."""
    *head, tail = names
    return f"{', '.join(head)} {last} {tail}" if head else tail


def _escaped(line: str) -> str:
    """One clean line with every character escaped that Discord would act on."""
    mark = LINE_MARK.match(line)
    head = "" if mark is None else mark[0]
    start = f"{head}\\" if head.isdigit() else f"\\{head}" if head else ""
    rest = "".join(f"\\{one}" if one in INLINE_MARKS else one for one in line[len(head) :])
    return PING.sub(f"@{GUARD}", LINK.sub(r"\1\\", start + rest))


def _with_code(line: str) -> str:
    """One line whose parts between two backticks become code; all that is outside of them is escaped."""
    return "".join(
        f"`{_unformatted(part[1:-1])}`" if CODE.fullmatch(part) else _escaped(part) for part in CODE.split(clean(line))
    )


def _unformatted(text: str) -> str:
    """The text for a place where nothing is formatted but a backtick ends the place."""
    return PING.sub(f"@{GUARD}", text.replace("`", ACCENT))


def _cut(text: str, limit: int) -> str:
    """At most `limit` characters, never ending in the middle of an escape."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1].rstrip()
    trailing = len(kept) - len(kept.rstrip("\\"))
    return (kept[:-1] if trailing % 2 else kept) + ELLIPSIS


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in ALLOWED_FORMAT or character == GUARD:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
