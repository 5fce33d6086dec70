"""Discord's markdown as a terminal shows it: what a member reads, without the marks."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from rich.text import Text

INLINE: Final = re.compile(
    r"\\(?P<escaped>[^A-Za-z0-9\s])"
    r"|\*\*(?P<bold>.+?)(?<!\\)\*\*"
    r"|\*(?P<italic>[^*\s](?:.*?[^\\*])?)\*"
    r"|`(?P<code>[^`]+)`"
    r"|<(?P<mention>@&?|#)(?P<id>\d+)>"
    r"|<t:(?P<time>\d+)(?::(?P<style>[tTdDfFR]))?>"
)
INVISIBLE: Final = "\u200b"
CODE_STYLE: Final = "cyan"
MENTION_STYLE: Final = "bold blue"
SECONDS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def as_lines(source: str, names: Mapping[int, str], now: datetime) -> list[Text]:
    """The lines of a message; `names` are what mentioned ids are called, with their sign (``@Ada``, ``#general``)."""
    lines: list[Text] = []
    in_block = False
    for line in source.replace(INVISIBLE, "").split("\n"):
        if line.startswith("```"):
            in_block = not in_block
        elif in_block:
            lines.append(Text(line, CODE_STYLE))
        else:
            lines.append(line_of(line, names, now))
    return lines


def line_of(line: str, names: Mapping[int, str], now: datetime) -> Text:
    """One line outside of a code block, with its heading, list or small print."""
    for mark, style in (("### ", "bold"), ("## ", "bold"), ("# ", "bold"), ("-# ", "dim")):
        if line.startswith(mark):
            shown = inline(line[len(mark) :], names, now)
            shown.stylize(style)
            return shown
    if line.startswith("- "):
        return Text("• ").append_text(inline(line[2:], names, now))
    return inline(line, names, now)


def inline(source: str, names: Mapping[int, str], now: datetime) -> Text:
    """Running text with bold, italics, code, mentions and times."""
    shown = Text()
    position = 0
    for match in INLINE.finditer(source):
        shown.append(source[position : match.start()])
        shown.append_text(inline_match(match, names, now))
        position = match.end()
    return shown.append(source[position:])


def inline_match(match: re.Match[str], names: Mapping[int, str], now: datetime) -> Text:
    """What one mark stands for."""
    if match["escaped"]:
        return Text(match["escaped"])
    if match["code"]:
        return Text(match["code"], CODE_STYLE)
    if match["id"]:
        return Text(names.get(int(match["id"]), f"{match['mention']}unknown"), MENTION_STYLE)
    if match["time"]:
        return Text(moment(int(match["time"]), match["style"], now))
    inner = inline(match["bold"] or match["italic"], names, now)
    inner.stylize("bold" if match["bold"] else "italic")
    return inner


def moment(seconds: int, style: str | None, now: datetime) -> str:
    """A time as Discord shows it to a reader in UTC: ``in 14 hours``, ``3 seconds ago``, ``23 November 2026``."""
    at = datetime.fromtimestamp(seconds, UTC)
    if style == "R":
        return relative(round((at - now).total_seconds()))
    if style in ("d", "D"):
        return f"{at:%-d %B %Y}"
    return f"{at:%-d %B %Y %H:%M}"


def relative(seconds: int) -> str:
    """A distance of time in its largest whole unit."""
    unit, size = next((pair for pair in SECONDS if abs(seconds) >= pair[1]), SECONDS[-1])
    count = round(abs(seconds) / size)
    if count == 0:
        return "now"
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds > 0 else f"{words} ago"
