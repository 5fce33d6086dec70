"""From the name in a specification to the metric that scores by it."""

from collections.abc import Callable
from functools import lru_cache

from bench.language.extract import extractor
from bench.language.specification import Part, Specification
from bench.metrics.base import Metric
from bench.metrics.composite import Composite, Member
from bench.metrics.edits import CharacterErrors, EditSimilarity, RougeL, WordErrors
from bench.metrics.exact import Containment, ExactMatch, PatternMatch
from bench.metrics.labels import Accuracy, MacroF1, MatthewsCorrelation, MultipleChoice
from bench.metrics.numeric import NumericMatch
from bench.metrics.overlap import TokenF1
from bench.metrics.semantic import SemanticSimilarity
from bench.metrics.structure import JsonFields, JsonMatch, SetF1, StepMatch
from bench.metrics.translation import CorpusBleu, CorpusChrf, SentenceBleu, SentenceChrf

_BUILDERS: dict[str, Callable[[Specification], Metric]] = {
    "exact": ExactMatch,
    "token_f1": TokenF1,
    "choice": lambda _specification: MultipleChoice(),
    "numeric": NumericMatch,
    "contains": Containment,
    "regex": PatternMatch,
    "bleu": CorpusBleu,
    "sentence_bleu": SentenceBleu,
    "chrf": CorpusChrf,
    "sentence_chrf": SentenceChrf,
    "rouge_l": RougeL,
    "edit_similarity": EditSimilarity,
    "wer": WordErrors,
    "cer": CharacterErrors,
    "accuracy": Accuracy,
    "macro_f1": MacroF1,
    "mcc": MatthewsCorrelation,
    "json": JsonMatch,
    "json_fields": JsonFields,
    "set_f1": SetF1,
    "steps": StepMatch,
    "semantic": lambda _specification: SemanticSimilarity(),
    "composite": lambda specification: Composite([_member(part) for part in specification.parts]),
}


def build_metric(specification: Specification) -> Metric:
    """The metric of a specification, which is valid because it exists; BadInput where an optional extra is lacking."""
    return _built(specification)


@lru_cache(maxsize=16)
def _built(specification: Specification) -> Metric:
    return _BUILDERS[specification.metric](specification)


def _member(part: Part) -> Member:
    step = part.specification.extraction
    extract = None if step.name == "whole" else extractor(step)
    return Member(part.name, part.weight, build_metric(part.specification), extract)
