"""The specification language: two written forms, one meaning, and refusals that help."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import BadSpecification
from bench.language.languages import ARTICLES
from bench.language.specification import (
    Part,
    Specification,
    Step,
    parse_signature,
    parse_specification,
    parse_toml,
)
from bench.metrics.catalogue import METRICS, MetricDescription

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda text: text.strip())
EXTRACTIONS = st.one_of(
    st.sampled_from([Step("whole"), Step("last_number"), Step("last_line"), Step("choice"), Step("boxed")]),
    st.sampled_from([Step("last_amount", "es"), Step("json", "$"), Step("json", "a.b.0")]),
    TEXTS.map(lambda text: Step("after", text)),
    st.sampled_from([r"A: *(\d+)", r'"([^"|]+)"', r"\\boxed\{(.*)\}", "(?i)answer|x"]).map(
        lambda pattern: Step("regex", pattern)
    ),
)
NORMALIZERS = st.one_of(
    st.sampled_from([Step("raw"), Step("squad-en"), Step("fold-v1")]),
    st.sampled_from(sorted(ARTICLES)).map(lambda language: Step("multi-v1", language)),
)
TOLERANCES = st.floats(0, 1, allow_subnormal=False)
NUMERIC_OPTIONS = st.fixed_dictionaries(
    {}, optional={"absolute": TOLERANCES, "relative": TOLERANCES, "decimal": st.sampled_from([".", ","])}
)
TRIMMINGS = st.lists(st.just(Step("final_period")) | TEXTS.map(lambda text: Step("trim", text)), max_size=3).map(tuple)
LABELS = st.lists(
    st.text('abcdé "\\|+,()[]', min_size=1, max_size=9).filter(str.strip), min_size=2, max_size=5, unique=True
)
SINGLES = st.one_of(
    st.builds(
        lambda metric, extraction, normalizing, trimmings: Specification(
            metric, extraction, normalizing, trimmings=trimmings
        ),
        st.sampled_from(["exact", "token_f1", "contains", "wer", "steps", "json", "set_f1"]),
        EXTRACTIONS,
        NORMALIZERS,
        TRIMMINGS,
    ),
    st.builds(
        lambda metric, labels: Specification(metric, Step("whole"), Step("raw"), (("labels", tuple(labels)),)),
        st.sampled_from(["accuracy", "macro_f1", "mcc"]),
        LABELS,
    ),
    st.builds(Specification, st.just("choice"), EXTRACTIONS, st.just(Step("raw"))),
    st.builds(
        lambda extraction, options: Specification("numeric", extraction, Step("raw"), tuple(options.items())),
        EXTRACTIONS,
        NUMERIC_OPTIONS,
    ),
)
SHORT_SINGLES = SINGLES.filter(lambda specification: len(specification.signature) < 300)
COMPOSITES = st.lists(st.tuples(SHORT_SINGLES, st.floats(0, 9, allow_subnormal=False)), min_size=1, max_size=4).map(
    lambda chosen: Specification(
        "composite",
        Step("whole"),
        Step("raw"),
        parts=tuple(Part(one, weight + (number == 0), f"part_{number}") for number, (one, weight) in enumerate(chosen)),
    )
)
SPECIFICATIONS = st.one_of(SINGLES, COMPOSITES)


@given(SPECIFICATIONS)
def test_reading_a_signature_gives_the_specification_back(specification: Specification) -> None:
    assert parse_signature(specification.signature) == specification
    assert parse_specification(specification.signature) == specification


@given(SPECIFICATIONS)
def test_reading_the_toml_form_gives_the_specification_back(specification: Specification) -> None:
    assert parse_toml(specification.to_toml()) == specification
    assert parse_specification(specification.to_toml()) == specification


@given(SPECIFICATIONS)
def test_a_signature_is_one_printable_line(specification: Specification) -> None:
    assert specification.signature.isprintable()


def test_the_signature_has_the_documented_form() -> None:
    specification = Specification("token_f1", Step("after", "A:"), Step("multi-v1", "es"))
    assert specification.signature == 'token_f1|extract:after("A:")|norm:multi-v1:es|agg:mean|touchstone:0.1'


def test_options_stand_sorted_in_the_signature_and_defaults_are_left_out() -> None:
    given_all = parse_toml('metric="numeric"\n[options]\nrelative = 0.01\nabsolute = 0\ndecimal = ","\n')
    assert given_all.signature == (
        'numeric(decimal=",",relative=0.01)|extract:last_number|norm:raw|agg:mean|touchstone:0.1'
    )


def test_a_metric_alone_takes_its_defaults() -> None:
    assert parse_toml('metric = "choice"') == Specification("choice", Step("choice"), Step("raw"))
    assert parse_specification(" token_f1\n").signature.startswith("token_f1|extract:whole|norm:multi-v1:und|")


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_example_of_the_catalogue_is_valid_and_is_of_its_metric(metric: MetricDescription) -> None:
    example = parse_toml(metric.example)
    assert metric.name in (example.metric, *(part.name for part in example.parts))


def test_trimming_stands_before_the_pipeline_in_both_forms() -> None:
    specification = parse_toml('metric = "exact"\nnormalize = ["trim:*\\"", "final_period", "multi-v1:es"]')
    assert specification.signature == (
        'exact|extract:whole|norm:trim("*\\"")+final_period+multi-v1:es|agg:mean|touchstone:0.1'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('metric = "token-f1"', ["metric", '"token-f1"', "exact, token_f1, choice, numeric", "Did you mean token_f1?"]),
        ('metric = "Token F1"', ["Did you mean token_f1?"]),
        ("metric = 3", ["metric", '"3"', "quotes"]),
        ("", ["metric", "missing", "exact"]),
        ('metric = "exact"\nextraction = "whole"', ["key", '"extraction"', "Did you mean extract?"]),
        ('metric = "exact"\nextract = "last_numbr"', ["extract", "Did you mean last_number?"]),
        ('metric = "exact"\nextract = "whole:x"', ["extract", "whole takes nothing"]),
        ('metric = "exact"\nextract = "after"', ["extract", "after:TEXT"]),
        ('metric = "exact"\nextract = "after: "', ["extract", "after:TEXT"]),
        ('metric = "exact"\nextract = "regex:(?=x)"', ["extract", "RE2 refuses", "invalid perl operator: (?="]),
        ('metric = "exact"\nextract = "regex:(a"', ["extract", "RE2 refuses", "missing )"]),
        (f'metric = "exact"\nextract = "regex:{"x" * 301}"', ["extract", "301", "300"]),
        ('metric = "exact"\nnormalize = "squad"', ["normalize", "raw, squad-en", "Did you mean squad-en?"]),
        ('metric = "exact"\nnormalize = "multi-v1"', ["normalize", "language", "multi-v1:es"]),
        ('metric = "exact"\nnormalize = "multi-v1:spa"', ["language of multi-v1", '"spa"', "es"]),
        ('metric = "numeric"\nnormalize = "multi-v1:es"', ["normalize", "numeric", "raw"]),
        ('metric = "choice"\nnormalize = "squad-en"', ["normalize", "choice", "raw"]),
        ('metric = "exact"\n[options]\nabsolute = 1', ["options", "exact has no options", "absolute"]),
        ('metric = "numeric"\n[options]\nabsolut = 1', ["options", "Did you mean absolute?"]),
        ('metric = "numeric"\n[options]\nabsolute = "1"', ["options.absolute", "without quotes"]),
        ('metric = "numeric"\n[options]\nabsolute = true', ["options.absolute", '"True"']),
        ('metric = "numeric"\n[options]\nabsolute = nan', ["options.absolute", "nan"]),
        ('metric = "numeric"\n[options]\nabsolute = -1', ["options.absolute", "0 or more"]),
        ('metric = "numeric"\n[options]\nrelative = 5', ["options.relative", "between 0 and 1"]),
        ('metric = "numeric"\n[options]\ndecimal = ";"', ["options.decimal", '"."', '","']),
        ('metric = "numeric"\noptions = 3', ["options", "[options]"]),
        ("metric = exact\n", ["not valid TOML", "line 1", "metric ="]),
        ("metric = \u201cexact\u201d", ["not valid TOML", "typographic quote \u201c", "straight"]),
        ("x" * 4000 + "=", ["4001", "4000"]),
        ("exact|extract:whole|norm:raw|agg:mean", ["signature", "4 parts", "touchstone"]),
        ("exact|extract:whole|norm:raw|agg:median|touchstone:0.1", ["agg", '"median"', "mean"]),
        ('exact|extract:after("A|norm:raw|agg:mean|touchstone:0.1', ["signature", "never closed"]),
        ("exact|extract:after(A:)|norm:raw|agg:mean|touchstone:0.1", ["extract", "straight quotes"]),
        ("exact|norm:raw|extract:whole|agg:mean|touchstone:0.1", ["extract: is expected"]),
        ("numeric(absolute)|extract:whole|norm:raw|agg:mean|touchstone:0.1", ["options", "name=value"]),
        ("numeric(absolute=x)|extract:whole|norm:raw|agg:mean|touchstone:0.1", ["options.absolute", '"x"']),
        ("numeric(absolute=1,absolute=2)|extract:whole|norm:raw|agg:mean|touchstone:0.1", ["given twice"]),
    ],
)
def test_a_refusal_names_the_place_and_what_exists(text: str, expected: list[str]) -> None:
    with pytest.raises(BadSpecification) as refusal:
        parse_specification(text)
    for words in expected:
        assert words in str(refusal.value)


@pytest.mark.parametrize(
    "line", ["exact|extract:whole|norm:raw|agg:mean|touchstone:0.2", "f9(x)|extract:y|new:part|agg:z|q:1|touchstone:7"]
)
def test_a_signature_of_another_scoring_version_is_refused_before_anything_else(line: str) -> None:
    with pytest.raises(BadSpecification, match=r"scoring version .* this program scores by 0\.1"):
        parse_signature(line)


def test_a_specification_of_another_version_cannot_be_made() -> None:
    with pytest.raises(BadSpecification, match="scoring version"):
        Specification("exact", Step("whole"), Step("raw"), (), "9")


@given(st.text(max_size=200))
def test_any_text_is_a_specification_or_a_bad_specification(text: str) -> None:
    with suppress(BadSpecification):
        specification = parse_specification(text)
        assert parse_specification(specification.signature) == specification


@given(st.text(max_size=60))
def test_any_damage_to_a_signature_is_a_bad_specification_or_another_signature(text: str) -> None:
    line = 'numeric(absolute=0.5)|extract:after("A:")|norm:raw|agg:mean|touchstone:0.1'
    for position in range(0, len(line), 7):
        try:
            found = parse_signature(line[:position] + text + line[position:])
        except BadSpecification:
            continue
        assert parse_signature(found.signature) == found


def test_the_longest_argument_in_the_longest_spelling_can_still_be_read_back() -> None:
    specification = Specification("exact", Step("after", "\U0001fffe" * 300), Step("multi-v1", "und"))
    assert parse_signature(specification.signature) == specification
    assert parse_toml(specification.to_toml()) == specification
