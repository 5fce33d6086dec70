"""The metrics of texts and of what they mean."""

from bench.language.steps import Step
from bench.metrics.descriptions import (
    ANY_TEXT,
    AS_IT_STANDS,
    RAW_ALONE,
    MetricDescription,
    OptionDescription,
    ScoredPair,
)

_WHOLE, _RAW, _FOLD, _MULTI = Step("whole"), Step("raw"), Step("fold-v1"), Step("multi-v1", "und")
_SOMETHING = "one of which something is left after normalisation"
_A_WORD = "one of which a word is left after normalisation"
_NOT_EMPTY = "Mend the answer, or normalize with raw."
_TOKENIZERS = OptionDescription(
    "tokenize",
    "how words are cut: 13a (that of mteval), zh (13a, each Chinese character alone), char, or none (at blanks)",
    "13a",
    choices=("13a", "zh", "char", "none"),
)
_WORD_ORDER = OptionDescription(
    "word_order",
    "the longest run of words that counts beside the characters: 2 is chrF++",
    0.0,
    steps=(0.0, 2.0),
    example=2,
)

EXACT = MetricDescription(
    name="exact",
    summary="1 if the answer equals an accepted answer after normalisation, else 0",
    source="Rajpurkar et al. 2016 (SQuAD), https://aclanthology.org/D16-1264",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "exact"\nextract = "last_line"\nnormalize = "multi-v1:en"\n',
    pair=ScoredPair("Let me think.\nThe Thames!", ("Thames",), 1.0),
    answers=_SOMETHING,
    remedy=_NOT_EMPTY,
    is_right_or_wrong=True,
)
TOKEN_F1 = MetricDescription(
    name="token_f1",
    summary="the words shared with the best accepted answer: the harmonic mean of precision and recall, 0 to 1",
    source="Rajpurkar et al. 2016 (SQuAD), https://aclanthology.org/D16-1264",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "token_f1"\nnormalize = "multi-v1:es"\n',
    pair=ScoredPair("el gato negro duerme", ("un gato negro",), 0.8),
    answers=_A_WORD,
    remedy=_NOT_EMPTY,
)
CONTAINS = MetricDescription(
    name="contains",
    summary="1 if the words of an accepted answer stand in a row in the output, else 0",
    source="Chen et al. 2017 (DrQA), https://aclanthology.org/P17-1171",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "contains"\nnormalize = "multi-v1:en"\n',
    pair=ScoredPair("I believe it is the river Thames.", ("Thames",), 1.0),
    answers=_A_WORD,
    remedy=_NOT_EMPTY,
    options=(
        OptionDescription("inside_words", "whether it may also stand inside words: cat in concatenate", default=False),
    ),
    is_right_or_wrong=True,
    caution="An output that lists every possible answer scores 1.",
)
REGEX = MetricDescription(
    name="regex",
    summary="1 if the RE2 pattern that is the accepted answer matches in the output, else 0",
    source="RE2, https://github.com/google/re2/wiki/Syntax",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=RAW_ALONE,
    example='metric = "regex"\n',
    pair=ScoredPair("Founded in 1592.", (r"\b1592\b",), 1.0),
    answers="an RE2 pattern of at most 1,000 characters for which a matching text is easily found",
    remedy="Write it more plainly; RE2 has no look-around and no back-references.",
    options=(OptionDescription("whole", "whether it must match the whole output, not only a part", default=False),),
    is_right_or_wrong=True,
)
BLEU = MetricDescription(
    name="bleu",
    summary="BLEU over all items at once: runs of 1 to 4 words shared with the references, times a brevity penalty",
    source="Papineni et al. 2002, https://aclanthology.org/P02-1040; as sacrebleu (Post 2018), https://aclanthology.org/W18-6319",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=AS_IT_STANDS,
    example='metric = "bleu"\n',
    pair=ScoredPair("The cat sat on the mat.", ("The cat sat on the mat.",), 1.0),
    answers="a text with at least one word",
    options=(_TOKENIZERS,),
    aggregation="corpus",
    caution="No mean of items: its interval comes from resampling them.",
)
SENTENCE_BLEU = MetricDescription(
    name="sentence_bleu",
    summary="the mean of each item's own BLEU, smoothed exponentially and with no order longer than the output",
    source="Papineni et al. 2002, https://aclanthology.org/P02-1040; as sacrebleu (Post 2018), https://aclanthology.org/W18-6319",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=AS_IT_STANDS,
    example='metric = "sentence_bleu"\n\n[options]\ntokenize = "char"\n',
    pair=ScoredPair("the cat", ("the cat",), 1.0),
    answers="a text with at least one word",
    options=(_TOKENIZERS,),
)
CHRF = MetricDescription(
    name="chrf",
    summary="chrF2 over all items at once: runs of 1 to 6 characters shared with the best reference, recall twice",
    source="Popović 2015, https://aclanthology.org/W15-3049; chrF++: Popović 2017, https://aclanthology.org/W17-4770",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=AS_IT_STANDS,
    example='metric = "chrf"\n\n[options]\nword_order = 2\n',
    pair=ScoredPair("el gato negro", ("el gato negro",), 1.0),
    answers="a text with at least one character that is not blank",
    options=(_WORD_ORDER,),
    aggregation="corpus",
    caution="No mean of items: its interval comes from resampling them.",
)
SENTENCE_CHRF = MetricDescription(
    name="sentence_chrf",
    summary="the mean of each item's own chrF2 with its best reference",
    source="Popović 2015, https://aclanthology.org/W15-3049; chrF++: Popović 2017, https://aclanthology.org/W17-4770",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=AS_IT_STANDS,
    example='metric = "sentence_chrf"\n',
    pair=ScoredPair("gato", ("gato",), 1.0),
    answers="a text with at least one character that is not blank",
    options=(_WORD_ORDER,),
)
ROUGE_L = MetricDescription(
    name="rouge_l",
    summary="the longest common subsequence of words with the best accepted answer, as an F1 from 0 to 1",
    source="Lin 2004, https://aclanthology.org/W04-1013",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=ANY_TEXT,
    example='metric = "rouge_l"\n',
    pair=ScoredPair("police killed the gunman", ("police kill the gunman",), 0.75),
    answers=_A_WORD,
    remedy=_NOT_EMPTY,
    options=(
        OptionDescription(
            "tokenize",
            "unicode: words of any script, in folded case; rouge-score: as that package, which keeps only a-z and 0-9",
            "unicode",
            choices=("unicode", "rouge-score"),
        ),
    ),
)
EDIT_SIMILARITY = MetricDescription(
    name="edit_similarity",
    summary="1 less the edits between output and best accepted answer, per character of the longer one",
    source="Levenshtein 1966, Soviet Physics Doklady 10(8), 707-710",
    default_extraction=_WHOLE,
    default_normalizer=_FOLD,
    normalizers=ANY_TEXT,
    example='metric = "edit_similarity"\n',
    pair=ScoredPair("Cork", ("Cor",), 0.75),
    answers=_SOMETHING,
    remedy=_NOT_EMPTY,
)
WER = MetricDescription(
    name="wer",
    summary="1 less the word error rate over all items at once, and 0 where there are more errors than words",
    source="Morris et al. 2004, https://doi.org/10.21437/Interspeech.2004-668",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "wer"\n',
    pair=ScoredPair("one two tree four", ("one two three four",), 0.75),
    answers=_A_WORD,
    remedy=_NOT_EMPTY,
    aggregation="corpus",
    caution="Higher is better here: the score is 1 - WER.",
)
CER = MetricDescription(
    name="cer",
    summary="1 less the character error rate over all items at once, and 0 where there are more errors than characters",
    source="Morris et al. 2004, https://doi.org/10.21437/Interspeech.2004-668",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "cer"\n',
    pair=ScoredPair("gata", ("gato",), 0.75),
    answers=_SOMETHING,
    remedy=_NOT_EMPTY,
    aggregation="corpus",
    caution="Higher is better here: the score is 1 - CER.",
)
SEMANTIC = MetricDescription(
    name="semantic",
    summary="the cosine between the meanings of output and best accepted answer by a sentence embedding, 0 to 1",
    source="Yang et al. 2020 (multilingual USE), https://aclanthology.org/2020.acl-demos.12",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=RAW_ALONE,
    example='metric = "composite"\n\n[[parts]]\nmetric = "exact"\n\n[[parts]]\nmetric = "semantic"\nweight = 0.5\n',
    pair=ScoredPair("Paris", ("Paris",), 1.0),
    answers="a text with at least one letter or digit",
    stands_alone=False,
    caution="Wrong facts still score .75 to .95 (Paris for Lyon): make it a part of a composite.",
)

TEXT_METRICS = (
    CONTAINS,
    REGEX,
    BLEU,
    SENTENCE_BLEU,
    CHRF,
    SENTENCE_CHRF,
    ROUGE_L,
    EDIT_SIMILARITY,
    WER,
    CER,
)
