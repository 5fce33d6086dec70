from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sandbox.demo.markdown import as_lines, relative
from sandbox.demo.narration import WIDTH, Narrator, Seen

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
NAMES = {7: "@Ada", 8: "#general"}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**bold** and *slanted*", "bold and slanted"),
        ("**a *b* c**", "a b c"),
        (r"\*not bold\* and \_so\_", "*not bold* and _so_"),
        (r"**Ben\*s file**", "Ben*s file"),
        ("## 81.5%", "81.5%"),
        ("-# small print", "small print"),
        ("- point", "• point"),
        ("<@7> in <#8>, not <@9>", "@Ada in #general, not @unknown"),
        ("`token_f1|norm:**x**`", "token_f1|norm:**x**"),
        (f"<t:{int(NOW.timestamp()) + 50_400}:R>", "in 14 hours"),
        (f"<t:{int(NOW.timestamp())}:D>", "23 November 2026"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_a_line_is_shown_without_its_marks(source: str, shown: str) -> None:
    assert [line.plain for line in as_lines(source, NAMES, NOW)] == [shown]


def test_a_code_block_is_shown_as_it_stands() -> None:
    lines = as_lines("before\n```toml\nmetric = **x**\n```\nafter", NAMES, NOW)
    assert [line.plain for line in lines] == ["before", "metric = **x**", "after"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "now"), (1, "in 1 second"), (-59, "59 seconds ago"), (3_600, "in 1 hour"), (-200_000, "2 days ago")],
)
def test_distances_of_time_are_words(seconds: int, words: str) -> None:
    assert relative(seconds) == words


@given(st.text())
def test_any_text_can_be_shown(text: str) -> None:
    assert as_lines(text, {}, NOW)


def test_no_line_of_the_story_is_wider_than_the_terminal() -> None:
    paper = StringIO()
    console = Console(file=paper, width=WIDTH)
    narrator = Narrator(console, NAMES)
    narrator.chapter("A server is set up")
    narrator.deed("Ada", "/setup", ("forum", "#benchmarks " * 20))
    narrator.answer(Seen("word " * 100 + "x" * 300, ("Submit",), (("board.png", "words " * 60),)), "for Ada", 12.3)
    printed = paper.getvalue()
    assert max(map(len, printed.splitlines())) <= WIDTH
    assert "Touchstone · for Ada · 12 ms" in printed
