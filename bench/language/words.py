"""Words as the metrics of generated text count them."""

import re
import string
import unicodedata
from collections.abc import Callable
from functools import cache

from bench.language.normalize import WITHOUT_BLANKS

Words = Callable[[str], list[str]]

_NOT_ENGLISH = re.compile("[^a-z0-9]+")
_PUNCTUATION = frozenset(string.punctuation)
_SYMBOL = re.compile(r"([!-&(-+/:-@\[-`{-~ ])")
_MARK_AFTER_OTHER = re.compile(r"([^0-9])([.,])")
_MARK_BEFORE_OTHER = re.compile(r"([.,])([^0-9])")
_DASH_AFTER_DIGIT = re.compile(r"([0-9])(-)")
_ENTITIES = (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))
# The blocks that sacrebleu's `zh` counts as Chinese. Its ranges past the first plane are written with four digits of
# six there, so they begin at U+2000 and U+2F80 and take in much else: kept, because its scores are the published ones.
_CHINESE = re.compile(
    "([\u2000-\u2a6d\u2e80-\u2fff\u3000-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u33ff\u3400-\u4db5"
    "\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef])"
)


def bleu_words(tokenize: str) -> Words:
    """The words that BLEU counts: ``13a``, ``zh``, ``char`` or ``none``, each as sacrebleu's tokenizer of that name."""
    return _BLEU_WORDS[tokenize]


def mteval_words(text: str) -> list[str]:
    """The words of mteval-v13a (NIST 2009): punctuation apart, but marks between digits stay with them."""
    line = text.rstrip().replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    if "&" in line:
        for entity, sign in _ENTITIES:
            line = line.replace(entity, sign)
    return _without_punctuation(f" {line} ")


def rouge_words(tokenize: str) -> Words:
    """The words that ROUGE counts: of any script, in folded case (``unicode``), or as the package rouge-score.

    A word is a run of letters, digits and the marks on them; each character of a script without blanks is one.
    """
    return _english_words if tokenize == "rouge-score" else _unicode_words


def chrf_words(text: str) -> list[str]:
    """The words of chrF++ (Popović 2017, section 2): one mark of punctuation is taken off the end, or the start."""
    words: list[str] = []
    for word in text.split():
        if len(word) > 1 and word[-1] in _PUNCTUATION:
            words += [word[:-1], word[-1]]
        elif len(word) > 1 and word[0] in _PUNCTUATION:
            words += [word[0], word[1:]]
        else:
            words.append(word)
    return words


def _without_punctuation(line: str) -> list[str]:
    line = _SYMBOL.sub(r" \1 ", line)
    line = _MARK_AFTER_OTHER.sub(r"\1 \2 ", line)
    line = _MARK_BEFORE_OTHER.sub(r" \1 \2", line)
    return _DASH_AFTER_DIGIT.sub(r"\1 \2 ", line).split()


def _chinese_words(text: str) -> list[str]:
    return _without_punctuation(_CHINESE.sub(r" \1 ", text.strip()))


def _every_character(text: str) -> list[str]:
    return list("".join(text.split()))


def _english_words(text: str) -> list[str]:
    return _NOT_ENGLISH.sub(" ", text.lower()).split()


def _unicode_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return _word().findall(folded)


def _between_blanks(text: str) -> list[str]:
    return text.split()


_BLEU_WORDS: dict[str, Words] = {
    "13a": mteval_words,
    "zh": _chinese_words,
    "char": _every_character,
    "none": _between_blanks,
}


@cache
def _word() -> re.Pattern[str]:
    r"""Python's ``\w`` lacks the combining marks (categories M*), which in many scripts are vowels."""
    marks = [code for code in range(0x20000) if unicodedata.category(chr(code)).startswith("M")]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    signs = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(rf"[{WITHOUT_BLANKS}]|(?:(?![{WITHOUT_BLANKS}_])[\w{signs}])+")
