"""Numbers as a language writes them: its decimal mark, and its words for thousands and millions.

Decimal marks are those of CLDR (https://cldr.unicode.org). A word multiplies the number before it: ``2,5 millones`` is
2500000, ``3k`` is 3000, ``1.2万`` is 12000. *Billion* is 10^9 in English and Portuguese of Brazil, and 10^12 where the
long scale is used. Words alone (*mil*) and sums (*2 mil 300*) are no numbers.
"""

import re
import unicodedata
from decimal import Context, Decimal
from functools import cache

from bench.language.numbers import EMPHASIS, LAST_NUMBER, LONGEST_NUMBER, read_number

_POINT = "ar bn en es-MX de-CH fa ga he hi ja km ko ms my sw ta te th ur zh"
_COMMA = "az ca cs da de el es eu fi fr gl hu id it lo nl no pl pt pt-BR ro ru sv tr uk vi"

DECIMAL_MARKS: dict[str, str] = dict.fromkeys(_POINT.split(), ".") | dict.fromkeys(_COMMA.split(), ",")

_EXACT = Context(prec=5000)
_WORDS: dict[str, str] = {
    "ca": "k=3 mil=3 milió=6 milions=6 mil_milions=9 bilió=12 bilions=12",
    "de": "tsd.=3 tsd=3 tausend=3 mio.=6 mio=6 million=6 millionen=6 mrd.=9 mrd=9 milliarde=9 milliarden=9 billion=12 "
    "billionen=12",
    "en": "k=3 thousand=3 m=6 mn=6 million=6 millions=6 b=9 bn=9 billion=9 billions=9 trillion=12 trillions=12",
    "es": "k=3 mil=3 millón=6 millon=6 millones=6 mill.=6 m=6 mil_millones=9 billón=12 billon=12 billones=12",
    "fr": "k=3 mille=3 million=6 millions=6 md=9 mds=9 milliard=9 milliards=9 billion=12 billions=12",
    "gl": "k=3 mil=3 millón=6 millóns=6 mil_millóns=9 billón=12 billóns=12",
    "hi": "हज़ार=3 हजार=3 लाख=5 करोड़=7 lakh=5 lakhs=5 crore=7 crores=7",
    "it": "k=3 mila=3 mille=3 milione=6 milioni=6 miliardo=9 miliardi=9",
    "ja": "千=3 万=4 億=8 兆=12",
    "ko": "천=3 만=4 억=8 조=12",
    "nl": "k=3 duizend=3 mln=6 miljoen=6 mld=9 miljard=9",
    "pt": "k=3 mil=3 milhão=6 milhões=6 mi=6 mil_milhões=9 bilião=12 biliões=12",
    "pt-BR": "k=3 mil=3 milhão=6 milhões=6 mi=6 bilhão=9 bilhões=9 bi=9 trilhão=12 trilhões=12",
    "ru": "тыс.=3 тыс=3 тысяч=3 тысячи=3 тысяча=3 млн=6 миллион=6 миллиона=6 миллионов=6 млрд=9 миллиард=9 "
    "миллиарда=9 миллиардов=9",
    "zh": "千=3 万=4 萬=4 亿=8 億=8 万亿=12",
}


def read_amount(text: str, language: str) -> Decimal | None:
    """The number that the whole text writes in the language, with a word for thousands after it, or None."""
    stripped = unicodedata.normalize("NFC", text).strip().strip(EMPHASIS).strip()
    mark = DECIMAL_MARKS[language]
    number = read_number(stripped, mark)
    if number is not None or len(stripped) > LONGEST_NUMBER:
        return number
    match = _with_word(language).fullmatch(stripped)
    if match is None:
        return None
    number = read_number(match[1], mark)
    return None if number is None else _EXACT.scaleb(number, _exponent(match[2], language))


def last_amount(text: str, language: str) -> str | None:
    """The last number in a text as it stands there, with the word for thousands or millions after it; None if none."""
    last = None
    for last in _amount(language).finditer(text):  # noqa: B007 - only the last one is wanted
        pass
    return None if last is None else last.group()


@cache
def _scales(language: str) -> dict[str, int]:
    pairs = _WORDS.get(language, _WORDS.get(language.partition("-")[0], "")).split()
    return {word.replace("_", " "): int(scale) for word, _, scale in (pair.rpartition("=") for pair in pairs)}


def _exponent(word: str, language: str) -> int:
    return _scales(language)[" ".join(word.lower().split())]


@cache
def _alternatives(language: str) -> str:
    longest_first = sorted(_scales(language), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) or "(?!)"


@cache
def _with_word(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(.*?)\s*({_alternatives(language)})\.?", re.DOTALL)


@cache
def _amount(language: str) -> re.Pattern[str]:
    return re.compile(rf"{LAST_NUMBER}(?:[ \u00a0\u202f]?(?i:{_alternatives(language)})(?!\w))?")
