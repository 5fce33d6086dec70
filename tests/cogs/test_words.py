import re
import unicodedata
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from bench.model import Interval
from bench.text import ALLOWED_FORMAT
from cogs.screens import words

DANGEROUS = (
    "@everyone <@123> <@!1> <@&2> <#3> </submit:4> <t:0:R> <:e:1> <a:e:1> <id:customize> "
    "https://evil.example [x](https://evil.example) **b** __u__ *i* _i_ ~~s~~ ||s|| `c` ```c``` > q # h -# s - l 1. l "
    "\\<@5> \\\\<@6> \u202egpj.exe \u200b \u2066 \x00 \x1b[31m @\u200beveryone"
)
hostile = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*"\\<>@#*_~`|[]()-+.: 1a", "everyone", "here", "http", "://", "\n", "\u200b"])).map(
        "".join
    ),
)


def effective(text: str) -> str:
    """The text with every escaped character replaced by a space: what is left is what Discord acts on."""
    return re.sub(r"\\[^0-9A-Za-z\s]", " ", text)


@given(hostile)
@example(DANGEROUS)
def test_what_a_member_writes_can_neither_ping_nor_format_nor_link(text: str) -> None:
    shown = words.safe(text, 4000)
    left = effective(shown)
    assert not re.search(r"@(everyone|here|[!&]?[0-9])", shown, re.IGNORECASE)
    assert not re.search(r"[<*_~`|\[\]\\]", left)
    assert not re.search(r"https?:", left, re.IGNORECASE)
    assert not re.match(r"#{1,3} |-# |[-+>] ?|[0-9]+[.)]", left)
    assert "\n" not in shown


@given(hostile, st.integers(1, 80))
@example("\\" * 50, 7)
def test_a_cut_keeps_the_limit_and_never_ends_in_half_an_escape(text: str, limit: int) -> None:
    shown = words.safe(text, limit)
    assert len(shown) <= limit
    assert (len(shown.rstrip("…")) - len(shown.rstrip("…").rstrip("\\"))) % 2 == 0


@given(hostile)
@example(DANGEROUS)
def test_nothing_invisible_is_shown(text: str) -> None:
    for character in words.plain(text):
        assert character in ALLOWED_FORMAT or unicodedata.category(character) not in {
            "Cc",
            "Cf",
            "Cs",
            "Co",
            "Zl",
            "Zp",
        }


@given(hostile)
def test_a_code_span_cannot_be_left_from_within(text: str) -> None:
    assert words.code(text).count("`") == 2


@given(hostile, st.integers(3, 40))
@example("日本語のとても長い名前のモデル", 10)
def test_a_cell_has_exactly_its_width_whatever_stands_in_it(text: str, width: int) -> None:
    cell = words.cell(text, width)
    assert words.columns(cell) == width
    assert "`" not in cell


@given(hostile)
def test_several_lines_stay_several_lines_and_each_of_them_is_harmless(text: str) -> None:
    for line in words.safe_lines(text, 3000).split("\n"):
        assert not re.search(r"[<*_~`|\[\]\\]", effective(line))


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("gpt-4o-mini", "Qwen2.5 7B (int4)", "José's model", "モデル 1", "a.b/c"):
        assert words.safe(name) == name


def test_our_own_sentences_keep_their_timestamps_and_nothing_else() -> None:
    assert words.said("They return <t:1700000000:R>.") == "They return <t:1700000000:R>."
    assert words.said("“<@1>” is closed") == "“\\<@\u200b1>” is closed"


@given(hostile)
@example("found `<@1>` and ``` and `@everyone` https://evil.example")
def test_a_sentence_with_quoted_code_is_harmless_inside_and_outside_of_the_code(text: str) -> None:
    shown = words.said(text)
    parts = re.findall(r"\\[^0-9A-Za-z\s]|`[^`]+`|.", shown, re.DOTALL)
    outside = "".join(part for part in parts if not (part.startswith("`") and len(part) > 1))
    assert not re.search(r"@(everyone|here|[!&]?[0-9])", shown, re.IGNORECASE)
    assert not re.search(r"[*_~`|\[\]\\]|<(?!t:[0-9]+:[tTdDfFR]>)", effective(outside))
    assert len(shown) <= 1500


def test_quoted_code_in_a_sentence_of_ours_is_shown_as_code() -> None:
    assert words.said("found `out_put`; expected `output`. a_b") == "found `out_put`; expected `output`. a\\_b"


def test_figures_read_as_people_write_them() -> None:
    assert words.percent(0.78) == "78.0%"
    assert words.percent(1) == "100.0%"
    assert words.interval(Interval(0.664, 0.868, 50)) == "66\u201387%"
    assert words.points(-0.0123) == "1.2 points"
    assert words.plural(1, "item") == "1 item"
    assert words.plural(1000, "entry", "entries") == "1,000 entries"
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.moment(datetime(2026, 1, 1, tzinfo=UTC)) == "<t:1767225600:R>"
