"""The published scripts on the same texts in the same run: how many times faster the same scores are found."""

import re
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import _bootstrap_resample
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_re import TokenizerRegexp
from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef

from bench.language.specification import parse_toml
from bench.metrics.base import Given, Scorer, total
from bench.metrics.registry import build_metric
from bench.metrics.resampling import bootstrap_interval
from tests.speed.data import LABELS, Work, labelled, sentences, work
from tests.speed.figures import Figure, ratios

Pairs = Sequence[tuple[str, Sequence[str]]]
Interleaved = Callable[[Mapping[str, Callable[[], object]], int], dict[str, tuple[float, ...]]]

SQUAD_GOAL, BLEU_GOAL, CHRF_GOAL, ROUGE_GOAL, LABELS_GOAL, RESAMPLES_GOAL = 40, 30, 20, 25, 40, 80


def measure(interleaved: Interleaved, items: int, texts: int, rounds: int) -> list[Figure]:
    """A line for each metric: how many times the peer's time is ours. Golds are read before, as a worker keeps them."""
    short, long = work(max(items // 5, 1)), sentences(texts)
    return [
        _squad(interleaved, short, rounds),
        *_generated(interleaved, long, rounds),
        _labels(interleaved, items, rounds),
        _resamples(interleaved, long, rounds),
    ]


def _squad(interleaved: Interleaved, given: Work, rounds: int) -> Figure:
    outputs, answers = tuple(given.outputs), given.answers
    parts = (f'[[parts]]\nmetric = "{name}"\nnormalize = "squad-en"' for name in ("exact", "token_f1"))
    scorer = build_metric(parse_toml("\n".join(('metric = "composite"', *parts)))).scorer(answers)

    def peer() -> object:
        pairs = zip(outputs, answers, strict=True)
        return [
            (max(_is_exact(text, one) for one in golds), max(_f1(text, one) for one in golds)) for text, golds in pairs
        ]

    name = "exact and token F1 against SQuAD's script"
    return _line(interleaved, name, partial(_scored, scorer, outputs), peer, SQUAD_GOAL, rounds)


def _generated(interleaved: Interleaved, given: Work, rounds: int) -> list[Figure]:
    outputs, answers = tuple(given.outputs), given.answers
    bleu, chrf, rouge = BLEU(effective_order=True), CHRF(), RougeScorer(["rougeL"])
    pairs = list(zip(outputs, answers, strict=True))
    peers: dict[str, tuple[str, Callable[[], object], float]] = {
        "sentence BLEU against sacrebleu": (
            'metric = "sentence_bleu"',
            lambda: _sacrebleu_anew(bleu, pairs),
            BLEU_GOAL,
        ),
        "chrF2 against sacrebleu": (
            'metric = "sentence_chrf"',
            lambda: [chrf.sentence_score(output, golds) for output, golds in pairs],
            CHRF_GOAL,
        ),
        "ROUGE-L against rouge-score": (
            'metric = "rouge_l"\n[options]\ntokenize = "rouge-score"',
            lambda: [rouge.score_multi(golds, output) for output, golds in pairs],
            ROUGE_GOAL,
        ),
    }
    figures = []
    for name, (toml, peer, goal) in peers.items():
        scorer = build_metric(parse_toml(toml)).scorer(answers)
        figures.append(_line(interleaved, name, partial(_scored, scorer, outputs), peer, goal, rounds))
    return figures


def _sacrebleu_anew(bleu: BLEU, pairs: Pairs) -> object:
    """Its tokenizers remember texts, so that a second round would only look up what nobody has sent yet."""
    for remembered in (Tokenizer13a.__call__, TokenizerRegexp.__call__):
        remembered.cache_clear()
    return [bleu.sentence_score(output, golds) for output, golds in pairs]


def _labels(interleaved: Interleaved, items: int, rounds: int) -> Figure:
    had, given = labelled(items)
    options = f"\n[options]\nlabels = {list(LABELS)}"
    macro, mcc = (build_metric(parse_toml(f'metric = "{name}"{options}')) for name in ("macro_f1", "mcc"))
    scorer = macro.scorer([(label,) for label in had])

    def ours() -> object:
        sums = total(scorer(_fresh(given)))
        return sums[: len(LABELS)].sum() / items, macro.aggregate(sums), mcc.aggregate(sums)

    def peer() -> object:
        return accuracy_score(had, given), f1_score(had, given, average="macro"), matthews_corrcoef(had, given)

    return _line(interleaved, "accuracy, macro-F1, MCC against scikit-learn", ours, peer, LABELS_GOAL, rounds)


def _resamples(interleaved: Interleaved, given: Work, rounds: int) -> Figure:
    metric = build_metric(parse_toml('metric = "bleu"'))
    # As many items as the goal was set for, whose texts need not be cut twenty times.
    statistics = np.tile(metric.statistics(given.outputs, given.answers), (20, 1))
    # sacrebleu has the lengths first.
    theirs = np.hstack((statistics[:, 8:], statistics[:, :8])).astype(int).tolist()
    peer = BLEU()
    return _line(
        interleaved,
        "1,000 resamples of corpus BLEU against sacrebleu",
        lambda: bootstrap_interval(metric, statistics),
        lambda: _bootstrap_resample(theirs, peer, 1000),
        RESAMPLES_GOAL,
        rounds,
    )


def _line(
    interleaved: Interleaved,
    name: str,
    ours: Callable[[], object],
    peer: Callable[[], object],
    goal: float,
    rounds: int,
) -> Figure:
    times = interleaved({"ours": ours, "peer": peer}, rounds)
    return ratios(name, times["peer"], times["ours"], goal=goal, at_least=True)


def _scored(scorer: Scorer, outputs: Given) -> object:
    return scorer(_fresh(outputs))


def _fresh(outputs: Given) -> Given:
    """The same texts as another value, of which nothing is remembered."""
    return (*outputs,)


def _is_exact(output: str, answer: str) -> bool:
    return _normalized(output) == _normalized(answer)


def _f1(output: str, answer: str) -> float:
    first, second = _normalized(output).split(), _normalized(answer).split()
    shared = sum((Counter(first) & Counter(second)).values())
    if not shared:
        return 0.0
    precision, recall = shared / len(first), shared / len(second)
    return 2 * precision * recall / (precision + recall)


def _normalized(text: str) -> str:
    """The four steps of SQuAD v1.1 (Rajpurkar et al. 2016), pair by pair as its script takes them."""
    marks = set(string.punctuation)
    without = "".join(sign for sign in text.lower() if sign not in marks)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", without).split())
