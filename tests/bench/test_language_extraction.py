"""Extraction: the answer within what a model wrote."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.language.extract import EXTRACTIONS, extractor
from bench.language.letters import LETTERS, find_letter, leading_letter, read_letter
from bench.language.numbers import LONGEST_NUMBER, last_number, read_number
from bench.language.steps import Step, StepDescription, quoted, split_colon_form, unquoted


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        ("16 - 3 = 13\nA: 26", "26"),
        ("A: 1\nno, wait\nA: 2", "2"),
        ("A: 26\nThat is all.", "26"),
        ("A:\n\n  26  \nmore", "26"),
        ("A:", None),
        ("A: \n \r\n", None),
        ("a: 26", None),
        ("", None),
    ],
)
def test_after_takes_the_first_line_with_text_behind_the_last_occurrence(output: str, answer: str | None) -> None:
    assert extractor(Step("after", "A:"))(output) == answer


@pytest.mark.parametrize(
    ("output", "answer"),
    [("one\ntwo\n", "two"), ("one\r\ntwo \r\n\r\n", "two"), ("only", "only"), (" \n ", None), ("a\rb", "b")],
)
def test_last_line_is_the_last_one_that_is_not_blank(output: str, answer: str | None) -> None:
    assert extractor(Step("last_line"))(output) == answer


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        ("She has 3 and 4, so 7.", "7"),
        ("It costs $1,234.50 in all.", "$1,234.50"),
        ("16-3=13", "13"),
        ("10-7", "7"),
        ("the sum is -7", "-7"),
        ("a loss of -$5.", "-$5"),
        ("a loss of $-5", "$-5"),
        ("\u22125 degrees", "\u22125"),
        ("about .5", ".5"),
        ("1e3 of them", "1e3"),
        ("up 50%!", "50%"),
        ("答案是18。", "18"),
        ("1'234'567 Franken", "1'234'567"),
        ("1\u00a0234,5 €", "1\u00a0234,5"),
        ("version 1.2.3", "1.2.3"),
        ("none", None),
    ],
)
def test_last_number_is_taken_as_it_stands(output: str, answer: str | None) -> None:
    assert last_number(output) == answer


@pytest.mark.parametrize(
    ("pattern", "output", "answer"),
    [
        (r"A: (\d+)", "A: 1 A: 2", "2"),
        (r"\d+", "1 22", "22"),
        (r"(x)|y", "xy", None),
        (r"\\boxed\{([^}]*)\}", "so \\boxed{ 4 }", " 4 "),
        (r"q*", "no", None),
        (r"ñ(.)", "aña ñé", "é"),
        (r"a", "\ud800a", None),
    ],
)
def test_regex_gives_the_first_group_of_the_last_match(pattern: str, output: str, answer: str | None) -> None:
    assert extractor(Step("regex", pattern))(output) == answer


@pytest.mark.parametrize(
    ("output", "letter"),
    [
        ("B", "B"),
        ("b", "B"),
        ("(b)", "B"),
        ("B.", "B"),
        (" **C** ", "C"),
        ("`D`", "D"),
        ("Answer: B", "B"),
        ("The answer is (C).", "C"),
        ("The answer is A because the sky is blue.", "A"),
        ("the correct option is d", "D"),
        ("Respuesta: B) París", "B"),
        ("答案\uff1aC", "C"),
        ("Answer: **E**", "E"),
        ("Answer: A. No, wait. Answer: B", "B"),
        ("B) Paris", "B"),
        ("(A) is wrong, so (B)", "B"),
        ("I think it must be B", "B"),
        ("A dog ran. It must be C.", "C"),
        ("The answer is a mystery", None),
        ("I am not sure", None),
        ("A dog", None),
        ("U.S.A", None),
        ("", None),
        ("Paris", None),
        ("K", None),
        ("D'accord", None),
        ("Option A seems right at first. Answer: D. C is wrong.", "D"),
    ],
)
def test_the_letter_is_found_in_its_clearest_shape(output: str, letter: str | None) -> None:
    assert find_letter(output) == letter


@given(st.sampled_from(LETTERS), st.sampled_from(["{}", "({})", "{}.", "{})", "[{}]", "**{}**", " {}\n", '"{}"']))
def test_a_decorated_letter_is_that_letter_for_every_reader(letter: str, shape: str) -> None:
    for text in (shape.format(letter), shape.format(letter.lower())):
        assert read_letter(text) == leading_letter(text) == find_letter(text) == letter


@given(st.text())
def test_any_text_gives_a_letter_or_none(text: str) -> None:
    assert (find_letter(text) or "A") in LETTERS
    assert (leading_letter(text) or "A") in LETTERS


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("18", ".", "18"),
        ("18.00", ".", "18"),
        ("18.", ".", "18"),
        ("1,234.50", ".", "1234.5"),
        ("1.234,50", ",", "1234.5"),
        ("1 234,50", ",", "1234.5"),
        ("12,34,567", ".", "1234567"),
        ("1'234'567.8", ".", "1234567.8"),
        ("1\u202f234", ".", "1234"),
        ("-$5", ".", "-5"),
        ("$-5", ".", "-5"),
        ("5 €", ",", "5"),
        ("50%", ".", "50"),
        ("\u22125", ".", "-5"),
        ("+5", ".", "5"),
        (".5", ".", "0.5"),
        ("**18**", ".", "18"),
        ("$18$", ".", "18"),
        ("1e3", ".", "1000"),
        ("\u0663\u066b\u0665", ".", "3.5"),
        ("007", ".", "7"),
        ("3,5", ".", None),
        ("3.5", ",", None),
        ("1,23", ".", None),
        ("1/2", ".", None),
        ("1 2", ".", None),
        ("-1.8 billion", ".", None),
        ("--5", ".", None),
        ("-$-5", ".", None),
        ("eighteen", ".", None),
        ("nan", ".", None),
        ("inf", ".", None),
        (".", ".", None),
        ("$", ".", None),
        ("", ".", None),
        ("1e9999", ".", None),
        ("²", ".", None),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(text: str, decimal: str, number: str | None) -> None:
    assert read_number(text, decimal) == (None if number is None else Decimal(number))


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_written_with_groups_is_the_same_number(number: Decimal) -> None:
    english = f"{number:,f}"
    assert read_number(english) == number
    assert last_number(f"it is {english} in all") == english
    swapped = english.translate(str.maketrans(",.", ".,"))
    assert read_number(swapped, ",") == number


@given(st.text(max_size=LONGEST_NUMBER + 5), st.sampled_from([".", ","]))
def test_any_text_is_a_finite_number_or_none(text: str, decimal: str) -> None:
    number = read_number(text, decimal)
    assert number is None or number.is_finite()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_quoting_is_undone_by_unquoting(text: str) -> None:
    assert unquoted(quoted(text)) == text


@given(st.text(st.characters(exclude_characters=":"), min_size=1), st.none() | st.text())
def test_the_colon_form_is_read_back(name: str, argument: str | None) -> None:
    assert split_colon_form(Step(name, argument).colon_form) == Step(name, argument)


HOSTILE = [
    "answer " * 140_000,
    "9" * 1_000_000,
    "1,1" * 300_000,
    " " * 1_000_000,
    "A\n" * 500_000,
    "answer" + " " * 900_000,
    "[" * 1_000_000,
    '{"a": ' * 150_000,
    "\\boxed{" * 140_000,
    "1 mil " * 160_000,
]


@pytest.mark.parametrize("description", EXTRACTIONS, ids=lambda description: description.name)
@pytest.mark.parametrize("output", HOSTILE, ids=range(len(HOSTILE)))
def test_a_megabyte_made_to_hurt_is_read_within_a_few_seconds(description: StepDescription, output: str) -> None:
    arguments = {"after": "A", "regex": r"(\w+) answer|(a|aa)+$", "json": "a.b", "last_amount": "es"}
    extract = extractor(Step(description.name, arguments.get(description.name)))
    start = time.perf_counter()
    extract(output)
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize(
    ("step", "output", "answer"),
    [
        (Step("boxed"), r"so \boxed{1} and \boxed{\frac{1}{2}}.", r"\frac{1}{2}"),
        (Step("boxed"), r"\boxed{5} then \boxed{6", "5"),
        (Step("boxed"), r"\fbox{ x } or \boxed 7 ", "7"),
        (Step("boxed"), r"\boxed{}", None),
        (Step("boxed"), "nothing", None),
        (Step("json", "answer"), 'first {"answer": 1} then {"answer": 1.50} and {"other": 2}', "1.50"),
        (Step("json", "a.b.1"), '```json\n{"a": {"b": ["x", "y"]}}\n```', "y"),
        (Step("json", "a"), '{"a": {"k": true, "n": [1, null]}}', '{"k": true, "n": [1, null]}'),
        (Step("json", "$"), 'see [1]: {"z": 007} {"ok": "caf\u00e9"}', '{"ok": "caf\u00e9"}'),
        (Step("json", "a"), '{"a": null}', None),
        (Step("json", "a"), '{"a": 1, "a": 2}', None),
        (Step("json", "a.0"), '{"a": "text"}', None),
        (Step("last_amount", "es"), "entre 2 y 3,5 millones de euros", "3,5 millones"),
        (Step("last_amount", "en"), "from 3 to 4 kilometres", "4"),
        (Step("last_amount", "de"), "etwa 2 Mio. Leute", "2 Mio."),
        (Step("last_amount", "en"), "none", None),
    ],
)
def test_final_answers_are_found_and_the_last_one_wins(step: Step, output: str, answer: str | None) -> None:
    assert extractor(step)(output) == answer
