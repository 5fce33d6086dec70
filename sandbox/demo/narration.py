"""The story on a terminal of a hundred columns: who does what, and what the bot answers, as that member sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sandbox.demo.markdown import as_lines

WIDTH: Final = 100
NAME_WIDTH: Final = 10
BAR: Final = "│ "
SHOWN_LINES: Final = 24


@dataclass(frozen=True, slots=True)
class Seen:
    """What a member sees of a message: its text, the labels of its buttons, its files as (name, description)."""

    text: str
    buttons: Sequence[str] = ()
    files: Sequence[tuple[str, str]] = ()


class Narrator:
    """Prints the story. `names` are what mentioned ids are called in this server."""

    def __init__(self, say: Console, names: Mapping[int, str]) -> None:
        self.say = say
        self.names = names
        self.chapters = 0

    def chapter(self, title: str) -> None:
        """Begin a part of the story."""
        self.chapters += 1
        self.say.print()
        self.say.print(Rule(Text(f"{self.chapters}  {title}", "bold"), align="left", style="dim"), width=WIDTH)

    def remark(self, sentence: str) -> None:
        """Say something that stands in no message."""
        self.say.print(Text(sentence, "italic dim"), width=WIDTH)

    def deed(self, who: str, what: str, *details: tuple[str, str]) -> None:
        """Tell what a member does, with the options or fields filled in: in one line, or each in its own."""
        self.say.print()
        line = Text(f"{who:<{NAME_WIDTH}}", "bold green").append(what, "bold default")
        beside = Text("").join(Text(f"  {name} ", "not bold dim").append(value, "not dim") for name, value in details)
        if line.cell_len + beside.cell_len <= WIDTH:
            self.say.print(line.append_text(beside), width=WIDTH)
            return
        self.say.print(line, width=WIDTH)
        widest = max(len(name) for name, _ in details)
        for name, value in details:
            field = Text(f"{'':{NAME_WIDTH + 2}}{name:<{widest}}  ", "dim").append(value, "not dim")
            field.truncate(WIDTH, overflow="ellipsis")
            self.say.print(field, width=WIDTH)

    def answer(self, seen: Seen, where: str, milliseconds: float, *, lines: int = SHOWN_LINES) -> None:
        """Show a message with its place and the time that it took; a long one is cut after `lines`."""
        self._barred(Text(f"Touchstone · {where} · {milliseconds:,.0f} ms", "dim"))
        shown = as_lines(seen.text, self.names, datetime.now(UTC))
        for line in shown[:lines]:
            self._barred(line)
        if len(shown) > lines:
            self._barred(Text(f"… {len(shown) - lines} more lines", "dim"))
        for name, description in seen.files:
            self._barred(Text(f"[{name}] ", "magenta").append(description, "not bold default"))
        if seen.buttons:
            labels = Text("  ").join(Text(f" {label} ", "reverse") for label in seen.buttons)
            self._barred(labels)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show figures side by side."""
        table = Table(box=None, padding=(0, 2), header_style="bold")
        for number, name in enumerate(head):
            table.add_column(name, justify="left" if number == 0 else "right")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.say.print()
        self.say.print(table, width=WIDTH)

    def _barred(self, line: Text) -> None:
        indent = " " * NAME_WIDTH
        for part in line.wrap(self.say, WIDTH - NAME_WIDTH - len(BAR)) or [Text()]:
            self.say.print(Text(indent).append(BAR, "dim").append_text(part), width=WIDTH)
