"""The metrics of labels, numbers and structures, and the mean of several metrics."""

from bench.language.amounts import DECIMAL_MARKS
from bench.language.steps import Step
from bench.metrics.descriptions import ANY_TEXT, RAW_ALONE, MetricDescription, OptionDescription, ScoredPair

_WHOLE, _RAW, _MULTI = Step("whole"), Step("raw"), Step("multi-v1", "und")
_LABELS = OptionDescription(
    "labels", 'every label that the gold has, as in labels = ["yes", "no"]', (), is_required=True
)
_A_LABEL = "one of the labels in the metric's options"
_ADD_LABEL = "Add the label to the options, or mend the answer."
_YES_NO = '\n[options]\nlabels = ["no", "yes"]\n'

CHOICE = MetricDescription(
    name="choice",
    summary="1 if the letter (A to J) is an accepted one, else 0",
    source="Hendrycks et al. 2021 (MMLU), https://arxiv.org/abs/2009.03300",
    default_extraction=Step("choice"),
    default_normalizer=_RAW,
    normalizers=RAW_ALONE,
    example='metric = "choice"\n',
    pair=ScoredPair("The answer is (B).", ("B",), 1.0),
    answers="one letter from A to J",
    remedy="Write the letter of the right option, or choose the metric exact.",
    is_right_or_wrong=True,
)
NUMERIC = MetricDescription(
    name="numeric",
    summary="1 if the number is within the tolerance of an accepted one, in exact decimal arithmetic, else 0",
    source="PEP 485, https://peps.python.org/pep-0485",
    default_extraction=Step("last_number"),
    default_normalizer=_RAW,
    normalizers=RAW_ALONE,
    example='metric = "numeric"\nextract = "after:A:"\n\n[options]\nabsolute = 0.01\n',
    pair=ScoredPair("so\nA: 1,234.505", ("1234.5",), 1.0),
    answers="a number such as 18, 1,234.50 or 1e3 with the decimal mark of the metric's options",
    remedy="Write the number alone, or choose the metric exact.",
    options=(
        OptionDescription("absolute", "how far from the accepted number is still right", 0.0),
        OptionDescription("decimal", "the decimal mark; the other one groups thousands", ".", choices=(".", ",")),
        OptionDescription(
            "language",
            "reads numbers as this language writes them: its decimal mark, and its words for thousands and millions",
            "",
            choices=("", *sorted(DECIMAL_MARKS)),
        ),
        OptionDescription("relative", "the same as a fraction of the accepted number (0.01 = 1%)", 0.0, maximum=1),
    ),
    is_right_or_wrong=True,
)
ACCURACY = MetricDescription(
    name="accuracy",
    summary="the share of items with an accepted label",
    source="Sokolova & Lapalme 2009, https://doi.org/10.1016/j.ipm.2009.03.002",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example=f'metric = "accuracy"\n{_YES_NO}',
    pair=ScoredPair("Yes.", ("yes",), 1.0),
    answers=_A_LABEL,
    remedy=_ADD_LABEL,
    options=(_LABELS,),
    is_right_or_wrong=True,
)
MACRO_F1 = MetricDescription(
    name="macro_f1",
    summary="the mean of each label's F1, so that rare labels count as much as frequent ones",
    source="Sokolova & Lapalme 2009, https://doi.org/10.1016/j.ipm.2009.03.002",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example=f'metric = "macro_f1"\n{_YES_NO}',
    pair=ScoredPair("Yes.", ("yes",), 1.0),
    answers=_A_LABEL,
    remedy=_ADD_LABEL,
    options=(_LABELS,),
    aggregation="macro",
    caution="No mean of items: its interval comes from resampling them.",
)
MCC = MetricDescription(
    name="mcc",
    summary="Matthews' correlation of given and accepted labels: 1 all right, 0 no better than chance, -1 at worst",
    source="Gorodkin 2004, https://doi.org/10.1016/j.compbiolchem.2004.09.006",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example=f'metric = "mcc"\n{_YES_NO}',
    pair=ScoredPair("Yes.", ("yes",), 0.0),
    answers=_A_LABEL,
    remedy=_ADD_LABEL,
    options=(_LABELS,),
    aggregation="correlation",
    caution="No mean of items: its interval comes from resampling them. 0 where gold or outputs are all of one label.",
    lowest=-1.0,
)
JSON = MetricDescription(
    name="json",
    summary="1 if the output is the same JSON value as an accepted answer, whatever the order of keys, else 0",
    source="RFC 8259, https://www.rfc-editor.org/info/rfc8259",
    default_extraction=Step("json", "$"),
    default_normalizer=_RAW,
    normalizers=ANY_TEXT,
    example='metric = "json"\n',
    pair=ScoredPair('Here it is: {"b": 2.0, "a": 1}', ('{"a": 1, "b": 2}',), 1.0),
    answers="a JSON value (RFC 8259) without repeated keys",
    remedy="Mend the JSON; texts stand in double quotes.",
    is_right_or_wrong=True,
)
JSON_FIELDS = MetricDescription(
    name="json_fields",
    summary="the fields shared with the best accepted JSON value: F1 of paths with their values, 0 to 1",
    source="Chinchor & Sundheim 1993 (slots of MUC-5), https://aclanthology.org/M93-1007",
    default_extraction=Step("json", "$"),
    default_normalizer=_RAW,
    normalizers=ANY_TEXT,
    example='metric = "json_fields"\nnormalize = "fold-v1"\n',
    pair=ScoredPair('{"name": "ADA", "born": 1816}', ('{"name": "Ada", "born": 1815}',), 0.5),
    answers="a JSON value (RFC 8259) without repeated keys",
    remedy="Mend the JSON; texts stand in double quotes.",
)
SET_F1 = MetricDescription(
    name="set_f1",
    summary="the elements shared with the best accepted list, in any order: F1 from 0 to 1",
    source="van Rijsbergen 1979, Information Retrieval, chapter 7",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "set_f1"\nnormalize = "multi-v1:en"\n',
    pair=ScoredPair("Lima, Cusco", ("Cusco; Lima; Arequipa; Tacna",), 2 / 3),
    answers="a list with an element of which something is left after normalisation",
    options=(
        OptionDescription("repeats", "whether an element counts as often as it stands there", default=False),
        OptionDescription(
            "separator",
            "what stands between elements: any (comma, semicolon or line end) or one of these; a JSON list needs none",
            "any",
            choices=("any", ",", ";", "|", "newline"),
        ),
    ),
)
STEPS = MetricDescription(
    name="steps",
    summary="the share of steps of a chain that equal those of the best accepted chain, line by line",
    source="Dalvi et al. 2021 (EntailmentBank), https://aclanthology.org/2021.emnlp-main.585",
    default_extraction=_WHOLE,
    default_normalizer=_MULTI,
    normalizers=ANY_TEXT,
    example='metric = "steps"\nnormalize = "fold-v1"\n',
    pair=ScoredPair("1. 48 / 2 = 24\n2. 48 + 24 = 71", ("48 / 2 = 24\n48 + 24 = 72",), 0.5),
    answers="a chain with one step a line (or a JSON list), each with something left after normalisation",
    options=(
        OptionDescription(
            "align",
            "place: each step against that of its number; order: the longest common subsequence of steps",
            "place",
            choices=("place", "order"),
        ),
    ),
)
COMPOSITE = MetricDescription(
    name="composite",
    summary="the weighted mean of several metrics, each shown as its own column",
    source="a weighted arithmetic mean; the parts name their own sources",
    default_extraction=_WHOLE,
    default_normalizer=_RAW,
    normalizers=RAW_ALONE,
    example=(
        'metric = "composite"\n\n[[parts]]\nmetric = "exact"\nweight = 3\n\n'
        '[[parts]]\nmetric = "token_f1"\nnormalize = "multi-v1:en"\n'
    ),
    pair=ScoredPair("the cat", ("a black cat",), 1 / 6),
    answers="one that every part of the composite can use",
    remedy="Mend the answer, or leave out the part that cannot use it.",
    aggregation="weighted_mean",
)

VALUE_METRICS = (ACCURACY, MACRO_F1, MCC, JSON, JSON_FIELDS, SET_F1, STEPS)
