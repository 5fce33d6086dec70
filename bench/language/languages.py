"""What `multi-v1` knows about each language: its articles and its elisions.

Spanish follows MLQA's list (Lewis et al. 2020, https://aclanthology.org/2020.acl-main.653): *lo*, *al* and *del* stay.
In every language a form that merges a preposition with an article (French *du*, Italian *della*) stays, for it carries
more than the article; French *des* goes, as the plural of *un*. Languages without articles are listed with none, so
that a mistyped code is noticed; `und` (undetermined, as in BCP 47) is for every language that is not listed.
"""

ARTICLES: dict[str, frozenset[str]] = {
    code: frozenset(words.casefold().split())
    for code, words in {
        "ar": "",
        "bn": "",
        "ca": "el la els les l un una uns unes",
        "cs": "",
        "da": "en et",
        "de": "der die das den dem des ein eine einen einem einer eines",
        "el": "ο η το οι τα του της των τον την τους τις ένας μια μία ένα ενός μιας",  # noqa: RUF001 - Greek
        "en": "a an the",
        "es": "un una unos unas el la los las",
        "eu": "",
        "fa": "",
        "fi": "",
        "fr": "le la les l un une des",
        "ga": "an na",
        "gl": "o a os as un unha uns unhas",
        "he": "",
        "hi": "",
        "hu": "a az egy",
        "id": "",
        "it": "il lo la i gli le l un uno una",
        "ja": "",
        "km": "",
        "ko": "",
        "lo": "",
        "ms": "",
        "my": "",
        "nl": "de het een",
        "no": "en et ei",
        "pl": "",
        "pt": "o a os as um uma uns umas",
        "ro": "un o niște",
        "ru": "",
        "sv": "en ett",
        "sw": "",
        "ta": "",
        "te": "",
        "th": "",
        "tr": "",
        "az": "",
        "uk": "",
        "und": "",
        "ur": "",
        "vi": "",
        "zh": "",
    }.items()
}

ELIDING = frozenset({"ca", "fr", "it"})
"""Languages whose articles lose their vowel before another: *l'homme* is two words."""

DOTTED_I = frozenset({"az", "tr"})
"""Languages with two letters i, whose capitals are İ and I."""
