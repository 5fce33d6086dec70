"""Normalisation: what counts as the same answer."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.language.languages import ARTICLES
from bench.language.normalize import normalizer, tokenizer
from bench.language.steps import Step

LANGUAGES = st.sampled_from(sorted(ARTICLES))
NASTY = st.text(st.one_of(st.characters(), st.sampled_from(" aAtheTHE.,-'\u2019ÉéñßİI\u0131Σς東あไ1٣_“”\u0301\u0345")))


def squad_reference(text: str) -> str:
    """The published description of SQuAD v1.1, word by word and character by character."""
    kept = [character for character in text.lower() if character not in string.punctuation]
    pieces, word = [], ""
    for character in [*kept, " "]:
        if character.isalnum() or character == "_":
            word += character
        else:
            pieces += [" " if word in ("a", "an", "the") else word, character]
            word = ""
    return " ".join("".join(pieces).split())


@given(NASTY)
def test_squad_en_is_the_published_normalisation(text: str) -> None:
    assert normalizer(Step("squad-en"))(text) == squad_reference(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.A.!", "usa"),
        ("A", ""),
        ("¿Qué?", "¿qué"),
        ("well-known  fact", "wellknown fact"),
        ("theatre", "theatre"),
    ],
)
def test_squad_en_by_example(text: str, expected: str) -> None:
    assert normalizer(Step("squad-en"))(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El gato", "gato"),
        ("es", "¿Qué?", "qué"),
        ("es", "lo bueno del año", "lo bueno del año"),
        ("en", "“Hamlet”", "hamlet"),
        ("en", "The U.S.A.", "usa"),
        ("en", "Straße STRASSE", "strasse strasse"),
        ("und", "the end", "the end"),
        ("en", "3.5 and 1,234 and 2020-21, really - yes.", "3.5 and 1,234 and 2020-21 really yes"),
        ("fr", "L\u2019homme", "homme"),
        ("fr", "le lapin", "lapin"),
        ("it", "l'uomo", "uomo"),
        ("it", "dell'arte", "dell arte"),
        ("ca", "l'home", "home"),
        ("pt", "as casas", "casas"),
        ("de", "Das Haus", "haus"),
        ("tr", "I\u011fd\u0131r İZMİR", "\u0131\u011fd\u0131r izmir"),
        ("en", "İ", "i\u0307"),
        ("ar", "الكِتَاب", "كتاب"),
        ("ar", "أحمد", "احمد"),
        ("ar", "ال", "ال"),
        ("el", "της Ελλάδας", "ελλάδασ"),
        ("hi", "हिन्दी", "हिन्दी"),
        ("en", "a\u00a0 b\t\nc", "b c"),
    ],
)
def test_multi_v1_by_example(language: str, text: str, expected: str) -> None:
    assert normalizer(Step("multi-v1", language))(text) == expected


def test_composed_and_decomposed_accents_are_the_same_and_accents_count() -> None:
    normalize = normalizer(Step("multi-v1", "es"))
    assert normalize("cafe\u0301") == normalize("CAFÉ")
    assert normalize("año") != normalize("ano")


@given(LANGUAGES.filter(lambda language: language != "ar"), NASTY)
def test_multi_v1_has_nothing_left_to_do_the_second_time(language: str, text: str) -> None:
    normalize = normalizer(Step("multi-v1", language))
    assert normalize(normalize(text)) == normalize(text)


@given(LANGUAGES, NASTY)
def test_multi_v1_leaves_no_punctuation_and_no_loose_blanks(language: str, text: str) -> None:
    normalized = normalizer(Step("multi-v1", language))(text)
    assert normalized == " ".join(normalized.split())
    assert all(mark in ".,-" for mark in normalized if unicodedata.category(mark).startswith("P"))


@given(LANGUAGES, NASTY)
def test_canonically_equivalent_texts_are_equal_under_multi_v1(language: str, text: str) -> None:
    normalize = normalizer(Step("multi-v1", language))
    assert normalize(unicodedata.normalize("NFD", text)) == normalize(unicodedata.normalize("NFC", text))


@given(NASTY)
def test_raw_changes_nothing(text: str) -> None:
    assert normalizer(Step("raw"))(text) == text


def test_scripts_without_blanks_have_one_token_per_character() -> None:
    tokens = tokenizer(Step("multi-v1", "ja"))
    assert tokens("東京タワー 333m です") == [*"東京タワー", "333m", *"です"]
    assert tokenizer(Step("multi-v1", "zh"))("我用Python") == ["我", "用", "python"]
    assert tokenizer(Step("raw"))("東京 x") == ["東京", "x"]


@given(LANGUAGES, NASTY)
def test_tokens_are_the_normalised_text_without_its_blanks(language: str, text: str) -> None:
    step = Step("multi-v1", language)
    assert "".join(tokenizer(step)(text)) == "".join(normalizer(step)(text).split())


@pytest.mark.parametrize(
    ("steps", "text", "expected"),
    [
        ([Step("trim", "*_")], " **Paris** ", "Paris"),
        ([Step("trim", "'")], "l'eau'", "l'eau"),
        ([Step("final_period")], "Paris. ", "Paris"),
        ([Step("final_period")], "etc..", "etc."),
        ([Step("final_period")], "\u6771\u4eac\u3002", "\u6771\u4eac"),
        ([Step("trim", '"'), Step("final_period")], '"Paris."', "Paris"),
        ([Step("final_period"), Step("trim", '"')], '"Paris."', "Paris."),
    ],
)
def test_trimming_steps_come_before_the_pipeline_in_their_order(steps: list[Step], text: str, expected: str) -> None:
    assert normalizer(Step("raw"), tuple(steps))(text) == expected


def test_folding_keeps_punctuation_and_articles() -> None:
    assert normalizer(Step("fold-v1"))("  The CAFE\u0301,\n at 5!") == "the caf\u00e9, at 5!"
