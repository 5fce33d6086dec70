"""How problems are collected and shown."""

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import BadFile
from bench.parsing import quote, read_outputs
from bench.parsing.problems import Fault, Problems, count, listing

FAULT = Fault("this", "that", "Mend it.")


@given(st.text())
def test_a_quoted_text_is_short_and_holds_no_control_bidi_or_backtick(text: str) -> None:
    shown = quote(text)
    assert shown[0] == shown[-1] == "`"
    assert "`" not in shown[1:-1]
    assert len(shown) <= 60 * 10 + 3
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_a_quoted_text_is_cut_and_escaped() -> None:
    assert quote("a" * 61) == f"`{'a' * 60}…`"
    assert quote("a\n\u202e`\U000e0001") == r"`a\n\u202e\u0060\U000e0001`"


def test_names_and_counts_read_as_words() -> None:
    assert listing(["a", "b"]) == "`a`, `b`"
    assert listing(map(str, range(1000)), 2) == "`0`, `1` and 998 more"
    assert (count(1, "row"), count(1319, "row")) == ("1 row", "1,319 rows")


def test_the_same_fault_on_many_rows_is_told_once_with_the_first_line() -> None:
    problems = Problems()
    for line in (7, 8, 9):
        problems.add(FAULT, line=line, column="output")
    assert str(problems.refusal()) == "Line 7, column output: found this (and in 2 more rows); expected that. Mend it."
    assert problems.refusal().total == 1


def test_the_first_twenty_are_shown_the_rest_counted_and_the_whole_file_comes_first() -> None:
    problems = Problems()
    for line in range(1, 101):
        problems.add(Fault(f"fault {line}", "none", "Mend it."), line=line)
    problems.add(FAULT)
    refusal = problems.refusal()
    assert refusal.total == 101
    assert [problem.place for problem in refusal.problems[:3]] == ["The file", "Line 1", "Line 2"]
    assert len(refusal.problems) == 20


def test_nothing_wrong_raises_nothing() -> None:
    Problems().check()


def test_a_refusal_crosses_a_process_boundary_whole() -> None:
    with pytest.raises(BadFile) as caught:
        read_outputs(b"id,output\n" + b"".join(b"q1,%d\n" % number for number in range(50)), "a.csv", ["q1"])
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (copy.problems, copy.total, str(copy)) == (caught.value.problems, caught.value.total, str(caught.value))
