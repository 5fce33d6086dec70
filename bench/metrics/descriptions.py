"""The form in which metrics are described. Light: no numpy."""

from dataclasses import dataclass

from bench.language.steps import Step

OptionValue = float | str | bool | tuple[str, ...]

ANY_TEXT = ("raw", "squad-en", "multi-v1", "fold-v1")
AS_IT_STANDS = ("raw", "fold-v1")
"""For metrics that compare punctuation too."""

RAW_ALONE = ("raw",)


@dataclass(frozen=True, slots=True)
class OptionDescription:
    """One option of a metric.

    A number lies in `minimum`..`maximum`, or is one of `steps` where these are given; a text is one of `choices`; a
    tuple is a list of names whose order means nothing.
    """

    name: str
    summary: str
    default: OptionValue
    minimum: float = 0.0
    maximum: float = 1e300
    choices: tuple[str, ...] = ()
    steps: tuple[float, ...] = ()
    example: float = 0.01
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """An output beside its accepted answers, and what the metric gives it under the example's specification."""

    output: str
    answers: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class MetricDescription:
    """One metric for help texts and for the check of specifications.

    `answers` says what an accepted answer must be, and `remedy` what to do with one that is not. `normalizers` names
    the pipelines that may stand before it: a metric that reads letters or numbers itself takes only `raw`, because the
    others delete the letter *a* and the minus sign. `example` is a specification in TOML, `pair` what it scores.
    Where a metric `is_right_or_wrong`, each item scores 0 or 1, and the score times the items counts the right ones.
    One that does not `stand_alone` may only be a part of a composite, for the reason in its `caution`. Scores lie in
    `lowest`..1. `aggregation` is written into the signature.
    """

    name: str
    summary: str
    source: str
    default_extraction: Step
    default_normalizer: Step
    normalizers: tuple[str, ...]
    example: str
    pair: ScoredPair
    answers: str
    remedy: str = "Mend the answer, or choose another metric."
    options: tuple[OptionDescription, ...] = ()
    aggregation: str = "mean"
    is_right_or_wrong: bool = False
    stands_alone: bool = True
    caution: str = ""
    lowest: float = 0.0
