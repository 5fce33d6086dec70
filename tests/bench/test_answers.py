"""When two answers are one to the metric, and what a suggested answer must be."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.answers import (
    as_output,
    canonical_form,
    checked_answer,
    checked_reason,
    checked_suggestion,
    given_answer,
    is_known,
)
from bench.errors import BadInput
from bench.language.specification import Specification, parse_specification
from bench.metrics.catalogue import METRICS
from bench.metrics.registry import build_metric

EXACT = parse_specification('metric = "exact"\nnormalize = "multi-v1:es"')
RAW = parse_specification('metric = "exact"\nnormalize = "raw"')
WORDS = parse_specification('metric = "token_f1"\nnormalize = "multi-v1:es"')
CHOICE = parse_specification("choice")
NUMERIC = parse_specification('metric = "numeric"\nextract = "after:A:"')
COMMA = parse_specification('metric = "numeric"\n[options]\ndecimal = ","\nabsolute = 0.5')
SPECIFICATIONS = (EXACT, RAW, WORDS, CHOICE, NUMERIC)
TEXTS = st.one_of(
    st.text("aA .,-¡1éE\u0301", max_size=5),
    st.sampled_from(["18", "18.0", "$18", "-0", "0", "1e3", "1,000", "(b)", "B", "b) no", "la casa", "casa La", " a"]),
)


@pytest.mark.parametrize(
    ("specification", "first", "second", "same"),
    [
        (EXACT, "El Gato.", "gato", True),
        (EXACT, "Sláinte", "Slainte", False),
        (EXACT, "caf\u00e9", "cafe\u0301", True),
        (RAW, "gato", "Gato", False),
        (RAW, "gato", "gato ", False),
        (WORDS, "negro gato", "el gato negro", True),
        (WORDS, "gato gato", "gato", False),
        (CHOICE, "B", "(b)", True),
        (NUMERIC, "18", "$18.00", True),
        (NUMERIC, "1,000", "1e3", True),
        (NUMERIC, "-0", "0.0", True),
        (NUMERIC, "18", "18.01", False),
        (COMMA, "1,5", "1,50", True),
        (COMMA, "1,5", "1,6", False),
    ],
)
def test_an_answer_is_known_where_the_metric_sees_the_same(
    specification: object, first: str, second: str, same: bool
) -> None:
    assert is_known(first, [second], specification) is same  # type: ignore[arg-type]  # parametrised
    assert is_known(second, ["x", first], specification) is same  # type: ignore[arg-type]  # parametrised


@given(st.sampled_from(SPECIFICATIONS), TEXTS, TEXTS)
def test_equal_forms_are_what_the_metric_calls_fully_right(specification: object, output: str, answer: str) -> None:
    metric = build_metric(specification)  # type: ignore[arg-type]  # drawn from the specifications above
    form = canonical_form(specification)  # type: ignore[arg-type]  # the same
    assume(metric.serves(answer))
    full = bool(metric.item_scores(metric.statistics([output], [(answer,)]))[0] == 1.0)
    assert (form(output) is not None and form(output) == form(answer)) == full


def test_an_output_is_read_through_the_extraction() -> None:
    read = given_answer(NUMERIC)
    assert read("so\nA: $18.") == read(as_output("18", NUMERIC)) == "18"
    assert read("18") is None
    assert read("  ") is None
    assert given_answer(CHOICE)("The answer is (C).") == "C"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x" * 10_000, "10,000 characters"),
        ("   \n ", "is empty"),
        ("right\u202eleft", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("...", "cannot use"),
    ],
)
def test_what_cannot_be_voted_on_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BadInput, match="suggested answer") as refused:
        checked_answer(text, EXACT)
    assert words in str(refused.value)
    assert "\u202e" not in str(refused.value)


@pytest.mark.parametrize(
    ("specification", "text"), [(CHOICE, "Paris"), (CHOICE, "B) Paris"), (NUMERIC, "18 apples"), (NUMERIC, "many")]
)
def test_an_answer_must_be_of_the_metrics_kind(specification: object, text: str) -> None:
    with pytest.raises(BadInput, match="cannot use this suggested answer; write"):
        checked_answer(text, specification)  # type: ignore[arg-type]  # parametrised


def test_an_answer_that_no_output_could_give_is_refused() -> None:
    last_line = parse_specification('metric = "exact"\nextract = "last_line"')
    with pytest.raises(BadInput, match="extraction last_line would cut it"):
        checked_answer("first\nsecond", last_line)
    assert checked_answer("second", last_line) == "second"
    pattern = parse_specification('metric = "numeric"\nextract = "regex:answer (.*)"')
    assert checked_answer("18", pattern) == "18"


def test_a_reviewer_hears_that_an_answer_is_accepted_already_and_a_disputer_does_not() -> None:
    with pytest.raises(BadInput, match="accepted already"):
        checked_suggestion(" el GATO ", ["Gato"], EXACT)
    assert checked_answer(" el GATO ", EXACT) == "el GATO"
    assert checked_suggestion("perro @everyone", ["Gato"], EXACT) == "perro @everyone"


def test_an_item_takes_no_more_than_fifty_answers() -> None:
    with pytest.raises(BadInput, match="which is the most"):
        checked_suggestion("new", [f"old {number}" for number in range(50)], EXACT)


def test_a_reason_is_a_short_text() -> None:
    assert checked_reason(" Both are said.\r\nAsk anyone. ") == "Both are said.\nAsk anyone."
    with pytest.raises(BadInput, match="The reason has 301 characters"):
        checked_reason("x" * 301)


EVERY_METRIC = [parse_specification(metric.example) for metric in METRICS if metric.stands_alone]
LOOKS_FOR_A_PART = ("contains", "regex", "composite", "bleu", "mcc", "macro_f1")


@pytest.mark.parametrize("specification", EVERY_METRIC, ids=lambda one: one.metric)
@given(output=TEXTS, answer=TEXTS)
def test_answers_of_one_form_score_fully_under_every_metric(
    specification: Specification, output: str, answer: str
) -> None:
    metric, form = build_metric(specification), canonical_form(specification)
    if not metric.serves(answer) or specification.metric in LOOKS_FOR_A_PART:
        return
    full = float(metric.item_scores(metric.statistics([output], [(answer,)]))[0]) == 1.0
    assert (form(output) is not None and form(output) == form(answer)) == full


@pytest.mark.parametrize(
    ("toml", "answer", "output"),
    [
        ('metric = "exact"\nextract = "boxed"', "1/2", r"\boxed{1/2}"),
        ('metric = "exact"\nextract = "json:a.0"', 'say "x"', '{"a": ["say \\"x\\""]}'),
        ('metric = "regex"', r"\d{4}", "0000"),
        ('metric = "composite"\n[[parts]]\nmetric = "exact"\nextract = "after:A:"', "B", "A: B"),
    ],
)
def test_an_answer_is_written_as_the_specification_asks_a_model_to(toml: str, answer: str, output: str) -> None:
    specification = parse_specification(toml)
    assert as_output(answer, specification) == output
    assert checked_answer(answer, specification) == answer
