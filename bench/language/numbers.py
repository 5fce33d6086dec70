"""Numbers as people and models write them, read exactly.

A number may have a sign (also the true minus), a currency sign before or after it, a percent sign after it,
groups of thousands (``1,234.50``, ``1 234.50``, ``1'234.50``, Indian ``12,34,567``), a power of ten (``1e3``), any
script's digits, one full stop at the end, and marks of emphasis around it. Currency and percent signs are dropped and
change nothing: ``$18``, ``18`` and ``18%`` are the same number. Fractions, words and ranges are no numbers.
"""

import re
from decimal import Decimal
from functools import cache

LONGEST_NUMBER = 300
"""Characters; a longer text is no number, so that exact arithmetic stays cheap."""

_CURRENCY = "$¢£¤¥֏؋৲৳৻૱௹฿៛₠-⃀꠸﷼﹩＄￠￡￥￦"  # noqa: RUF001 - the currency signs of Unicode (category Sc) that are in use
_MINUS = "\u2212\u2013\ufe63\uff0d-"
_SPACES = " \u00a0\u2009\u202f"
_APOSTROPHES = "'\u2019"
EMPHASIS = "*_`"
"""Marks of Markdown that may stand around a number."""

LAST_NUMBER = (
    rf"(?:(?<![\w)\]%])[+{_MINUS}])?[{_CURRENCY}]?(?:(?<=[{_CURRENCY}])[{_MINUS}])?"
    rf"(?:\d+(?:[.,\u066b\u066c]\d+|[\u00a0\u202f{_APOSTROPHES}]\d{{3}}(?!\d))*|(?<![\d.])\.\d+)"
    r"(?:[eE][-+]?\d{1,3}(?!\w))?%?"
)
"""The pattern of a number inside a text."""

_LAST_NUMBER = re.compile(LAST_NUMBER)


def read_number(text: str, decimal: str = ".") -> Decimal | None:
    """The number that the whole text writes, or None. The mark `decimal` is `.` or `,`; the other one groups."""
    if len(text) > LONGEST_NUMBER:
        return None
    match = _whole_number(decimal).fullmatch(text.strip().strip(EMPHASIS).strip())
    if match is None or not (match["whole"] or match["fraction"]) or (match["outer"] and match["inner"]):
        return None
    sign = "-" if (match["outer"] or match["inner"] or "+") in _MINUS else ""
    whole = "".join(character for character in match["whole"] or "0" if character.isdecimal())
    return Decimal(f"{sign}{whole}.{match['fraction'] or '0'}{match['power'] or ''}")


def last_number(text: str) -> str | None:
    """The last number in a text as it stands there, with its sign, currency sign, groups and decimals; None if none."""
    last = None
    for last in _LAST_NUMBER.finditer(text):  # noqa: B007 - only the last one is wanted
        pass
    return None if last is None else last.group()


@cache
def _whole_number(decimal: str) -> re.Pattern[str]:
    group = "," if decimal == "." else "."
    groups = "|".join(
        rf"\d{{1,3}}(?:{mark}\d{{{size}}})*{mark}\d{{3}}"
        for mark, size in ((rf"[{group}\u066c]", "2,3"), (f"[{_SPACES}]", "3"), (f"[{_APOSTROPHES}]", "3"))
    )
    return re.compile(
        rf"(?P<outer>[+{_MINUS}]?)[{_SPACES}]?[{_CURRENCY}]?[{_SPACES}]?(?P<inner>[+{_MINUS}]?)"
        rf"(?P<whole>{groups}|\d*)(?:[{decimal}\u066b](?P<fraction>\d*))?(?P<power>[eE][-+]?\d{{1,3}})?"
        rf"[{_SPACES}]?[%{_CURRENCY}]?\.?"
    )
