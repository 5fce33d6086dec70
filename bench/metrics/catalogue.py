"""What each metric is, takes and means: light enough for the bot's own process, which never scores."""

from dataclasses import dataclass

from bench.language.steps import Step

OptionValue = float | str | bool


@dataclass(frozen=True, slots=True)
class OptionDescription:
    """One option of a metric. A number lies in `minimum`..`maximum`, a text is one of `choices`."""

    name: str
    summary: str
    default: OptionValue
    minimum: float = 0.0
    maximum: float = 1e300
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricDescription:
    """One metric for help texts and for the check of specifications.

    `normalizers` names the pipelines that may stand before it: a metric that reads letters or numbers itself takes
    only `raw`, because the others delete the letter *a* and the minus sign. `example` is a specification in TOML.
    Where a metric `is_right_or_wrong`, each item scores 0 or 1, and the score times the items counts the right ones.
    """

    name: str
    summary: str
    default_extraction: Step
    default_normalizer: Step
    normalizers: tuple[str, ...]
    example: str
    options: tuple[OptionDescription, ...] = ()
    aggregation: str = "mean"
    is_right_or_wrong: bool = True


_TEXT = ("raw", "squad-en", "multi-v1")

METRICS = (
    MetricDescription(
        name="exact",
        summary="1 if the answer equals an accepted answer after normalisation, else 0",
        default_extraction=Step("whole"),
        default_normalizer=Step("multi-v1", "und"),
        normalizers=_TEXT,
        example='metric = "exact"\nextract = "last_line"\nnormalize = "multi-v1:en"\n',
    ),
    MetricDescription(
        name="token_f1",
        summary="the words shared with the best accepted answer: the harmonic mean of precision and recall, 0 to 1",
        default_extraction=Step("whole"),
        default_normalizer=Step("multi-v1", "und"),
        normalizers=_TEXT,
        example='metric = "token_f1"\nnormalize = "multi-v1:es"\n',
        is_right_or_wrong=False,
    ),
    MetricDescription(
        name="choice",
        summary="1 if the letter (A to J) is an accepted one, else 0",
        default_extraction=Step("choice"),
        default_normalizer=Step("raw"),
        normalizers=("raw",),
        example='metric = "choice"\n',
    ),
    MetricDescription(
        name="numeric",
        summary="1 if the number is within the tolerance of an accepted one, in exact decimal arithmetic, else 0",
        default_extraction=Step("last_number"),
        default_normalizer=Step("raw"),
        normalizers=("raw",),
        example='metric = "numeric"\nextract = "after:A:"\n\n[options]\nabsolute = 0.01\n',
        options=(
            OptionDescription("absolute", "how far from the accepted number is still right", 0.0),
            OptionDescription("decimal", "the decimal mark; the other one groups thousands", ".", choices=(".", ",")),
            OptionDescription("relative", "the same as a fraction of the accepted number (0.01 = 1%)", 0.0, maximum=1),
        ),
    ),
)


def find_metric(name: str) -> MetricDescription | None:
    """The metric of that name, or None."""
    return next((metric for metric in METRICS if metric.name == name), None)
