"""Normalisation: gold and outputs pass through the same named, versioned pipeline before they are compared.

``raw``
    Changes nothing.
``squad-en``
    The normalisation of the SQuAD v1.1 evaluation script (Rajpurkar et al. 2016, https://aclanthology.org/D16-1264),
    for parity with published English results: lower case, ASCII punctuation deleted, *a*, *an*, *the* deleted,
    blanks collapsed.
``multi-v1:LANG``
    For any language, in this order: canonical composition (NFC) and full case folding (Turkish and Azerbaijani map
    their two letters i first); elided articles split off (French, Italian, Catalan); Unicode punctuation deleted, but
    ``.`` ``,`` and ``-`` kept between digits; the language's articles dropped as whole words (Arabic: vowel marks and
    tatweel removed, alef unified, *al-* dropped at the start of a word); blanks collapsed. Accents stay: *año* is not
    *ano*. A minus before a number is punctuation too: numbers are for the metric `numeric`, which takes `raw`.

``fold-v1``
    Canonical composition and full case folding, blanks collapsed; punctuation and articles stay. For texts that are
    compared letter by letter or by runs of words.

Before the pipeline, trimming steps may clean both sides in the order in which they are written: ``trim:CHARACTERS``
takes these characters, and blanks, off both ends; ``final_period`` takes one full stop off the end (also ``。`` ``।``).

Tokens are what stands between blanks; under `multi-v1` each character of a script that is written without blanks
(Han, kana, Thai, Lao, Khmer, Myanmar) is a token of its own.
"""

import re
import string
import unicodedata
from collections.abc import Callable
from functools import cache

from bench.language.languages import ARTICLES, DOTTED_I, ELIDING
from bench.language.refusals import refused, unknown
from bench.language.steps import Step, StepDescription

Normalizer = Callable[[str], str]
Tokenizer = Callable[[str], list[str]]

NORMALIZERS = (
    StepDescription("raw", "compares the text as it stands"),
    StepDescription("squad-en", "the English normalisation of SQuAD v1.1"),
    StepDescription(
        "multi-v1", "folds case, drops punctuation and the articles of the language, collapses blanks", "LANG"
    ),
    StepDescription("fold-v1", "folds case and collapses blanks; punctuation stays"),
)
TRIMMINGS = (
    StepDescription("trim", "takes the given characters, and blanks, off both ends", "CHARACTERS"),
    StepDescription("final_period", "takes one full stop off the end"),
)
Trimmings = tuple[Step, ...]

MOST_TRIMMINGS = 4
LONGEST_TRIMMING = 60

_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_PERIODS = (".", "\u3002", "\u0964")

_SQUAD_ARTICLES = re.compile(r"\b(a|an|the)\b")
_SQUAD_PUNCTUATION = str.maketrans("", "", string.punctuation)
_TURKIC = str.maketrans({"\u0130": "i", "I": "\u0131"})
_ELISION = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc](?=[^\W\d_])")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARABIC_ALEF = str.maketrans(dict.fromkeys("\u0622\u0623\u0625\u0671", "\u0627"))
_ARABIC_ARTICLE = "\u0627\u0644"
WITHOUT_BLANKS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana and the marks of repetition
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_CHARACTER_TOKEN = re.compile(f"[{WITHOUT_BLANKS}]")
TOKEN = re.compile(rf"[{WITHOUT_BLANKS}]|[^\s{WITHOUT_BLANKS}]+")


def checked_normalizer(step: Step) -> Step:
    """The step itself if it can be built; else BadSpecification that says why."""
    names = ("raw", "squad-en", "multi-v1:LANG", "fold-v1")
    if step.name == "multi-v1":
        if step.argument is None:
            raise refused("normalize", "multi-v1 needs a language, as in multi-v1:es; und is for any other language.")
        if step.argument not in ARTICLES:
            raise unknown("normalize, language of multi-v1", step.argument, sorted(ARTICLES))
    elif step.name not in names:
        raise unknown("normalize", step.name, names)
    elif step.argument is not None:
        raise refused("normalize", f'{step.name} takes nothing after it; write normalize = "{step.name}".')
    return step


def checked_trimmings(trimmings: Trimmings) -> Trimmings:
    """The trimming steps themselves if they can be built; else BadSpecification that says why."""
    if len(trimmings) > MOST_TRIMMINGS:
        raise refused("normalize", f"{len(trimmings)} trimming steps are given; at most {MOST_TRIMMINGS} are allowed.")
    for step in trimmings:
        if step.name not in ("trim", "final_period"):
            raise unknown("normalize, trimming", step.name, ("trim:CHARACTERS", "final_period"))
        if step.name == "final_period" and step.argument is not None:
            raise refused("normalize", 'final_period takes nothing after it; write "final_period".')
        if step.name == "trim":
            _check_trim(step.argument or "")
    return trimmings


def normalizer(step: Step, trimmings: Trimmings = ()) -> Normalizer:
    """The function from a text to its normalised form, in which equal answers are equal texts."""
    checked_normalizer(step)
    pipeline = _PIPELINES.get(step.name) or _multilingual(step.argument or "und")
    if not trimmings:
        return pipeline
    trim = trimmer(trimmings)
    return lambda text: pipeline(trim(text))


def trimmer(trimmings: Trimmings) -> Normalizer:
    """The function that does the trimming steps alone, in their order."""
    trims = [_trimmer(one) for one in checked_trimmings(trimmings)]

    def trimmed(text: str) -> str:
        for trim in trims:
            text = trim(text)
        return text

    return trimmed


def tokenizer(step: Step, trimmings: Trimmings = ()) -> Tokenizer:
    """The function from a text to the tokens of its normalised form."""
    normalize = normalizer(step, trimmings)
    if step.name == "multi-v1":
        return lambda text: TOKEN.findall(normalize(text))
    return lambda text: normalize(text).split()


def is_without_blanks(text: str) -> bool:
    """Whether a text holds a character of a script without blanks, which is a token of its own under `multi-v1`."""
    return not text.isascii() and _CHARACTER_TOKEN.search(text) is not None


def empty_tokens_agree(step: Step) -> bool:
    """Whether two answers without any token overlap fully: SQuAD v1.1 gives them token F1 0, `multi-v1` and `raw` 1."""
    return step.name != "squad-en"


def _check_trim(characters: str) -> None:
    if not characters or len(characters) > LONGEST_TRIMMING:
        raise refused(
            "normalize",
            f"trim needs 1 to {LONGEST_TRIMMING} characters after the colon, as in trim:*_ (blanks go anyway).",
        )
    if any("\ud800" <= character <= "\udfff" for character in characters):
        raise refused("normalize", "the characters after trim: hold half a character (a lone surrogate).")


def _trimmer(step: Step) -> Normalizer:
    if step.name == "final_period":
        return _without_final_period
    characters = (step.argument or "") + _BLANKS
    return lambda text: text.strip(characters)


def _without_final_period(text: str) -> str:
    stripped = text.rstrip()
    return stripped[:-1] if stripped.endswith(_PERIODS) else text


def _raw(text: str) -> str:
    return text


def _fold(text: str) -> str:
    return " ".join(_folded(text, "und").split())


def _squad_english(text: str) -> str:
    return " ".join(_SQUAD_ARTICLES.sub(" ", text.lower().translate(_SQUAD_PUNCTUATION)).split())


def _multilingual(language: str) -> Normalizer:
    articles = ARTICLES[language]

    def normalize(text: str) -> str:
        folded = _folded(text, language)
        if language in ELIDING:
            folded = _ELISION.sub(" ", folded)
        words = _punctuation().sub("", folded).split()
        if articles:
            words = [word for word in words if word not in articles]
        elif language == "ar":
            words = [_without_arabic_article(word) for word in words]
        return unicodedata.normalize("NFC", " ".join(words))

    return normalize


def _folded(text: str, language: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    if language in DOTTED_I:
        composed = composed.translate(_TURKIC)
    if language == "ar":
        composed = _ARABIC_MARKS.sub("", composed).translate(_ARABIC_ALEF)
    # Folding can undo the composition (Unicode 3.13, D145: fold the decomposed text), so it is composed again.
    decomposed = composed if composed.isascii() else unicodedata.normalize("NFD", composed)
    return unicodedata.normalize("NFC", decomposed.casefold())


def _without_arabic_article(word: str) -> str:
    rest = word.removeprefix(_ARABIC_ARTICLE)
    return rest if len(rest) > 1 else word


@cache
def _punctuation() -> re.Pattern[str]:
    """Unicode punctuation (categories P*; none is assigned past the second plane), less the marks between digits."""
    marks = (chr(code) for code in range(0x20000) if unicodedata.category(chr(code)).startswith("P"))
    others = "".join(re.escape(mark) for mark in marks if mark not in ".,-")
    return re.compile(rf"[{others}]+|(?<!\d)[.,-]|[.,-](?!\d)")


_PIPELINES: dict[str, Normalizer] = {"raw": _raw, "squad-en": _squad_english, "fold-v1": _fold}
