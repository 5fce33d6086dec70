"""What a worker looks for in all that was scored at a task: flags for a curator. Re-exported by `services.jobs`."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np

from bench.buckets import unpack_outputs
from bench.language.extract import extractor
from bench.language.specification import parse_signature
from bench.metrics.base import FloatArray
from bench.metrics.registry import build_metric
from bench.metrics.resampling import compared_values
from bench.model import Item, Scorecard, Submission
from bench.rescoring import asked_of, on_common_items
from bench.scoring import unpack
from bench.stats.anomalies import FEWEST_FOR_OUTLIERS, FEWEST_PAST_GAINS, Jump, find_jump, find_outliers, tells_outliers
from bench.stats.canaries import ALPHA, MatchedSpellings, canaries_of, chance_of_all, matched_spellings
from bench.stats.mistakes import Mistakes
from bench.stats.public_gap import FEWEST_TO_CLEAR, public_gaps
from bench.stats.shared_mistakes import FEWEST_SHARED, FEWEST_SUBMISSIONS, shared_mistakes
from bench.stats.words import chance_in_words, counted
from services.anomaly_values import AnomalyKind, Evidence, Look

MOST_TOLD = 8
LONGEST_SYSTEM = 40

Run = tuple[Submission, Scorecard]


class Flag(Protocol):
    """A flag that says itself."""

    @property
    def sentence(self) -> str:
        """The flag in one line."""


def find_anomalies(evidence: Evidence) -> tuple[Look, ...]:
    """Look at all that was scored, in each of the ways that statistics know; flags and no verdicts."""
    reading = _Reading(evidence)
    return (_mistakes(reading), _spellings(reading), _gap(reading), _jumps(reading), _outliers(reading))


class _Reading:
    """The runs of a task with what their items are; `best` is the best run of each person's system."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.specification = parse_signature(evidence.board.signature)
        self.metric = build_metric(self.specification)
        self.best = [run for run in evidence.runs if run[0].id in evidence.outputs]
        self.items_sent_at = cache(self._items_sent_at)

    def asked(self, run: Run) -> tuple[Item, ...]:
        """The counted items that a run was asked, which are those of its statistics' rows."""
        return self.items_sent_at(run[0].sent_version)

    def ids(self, run: Run) -> tuple[str, ...]:
        """The ids of these items."""
        return tuple(item.id for item in self.asked(run))

    def is_ranked(self, run: Run) -> bool:
        """Whether its sender has not seen the gold."""
        return run[0].user_id not in self.evidence.unranked

    def name(self, run: Run) -> str:
        """The system with its member; who has seen the gold may well match it."""
        sent = run[0]
        system = sent.system if len(sent.system) <= LONGEST_SYSTEM else f"{sent.system[: LONGEST_SYSTEM - 1]}…"
        return f"{system} ({sent.user_name}{'' if self.is_ranked(run) else ', who has seen the gold'})"

    def item_scores(self, run: Run) -> FloatArray:
        """How right each item is, of shape (items,)."""
        return self.metric.item_scores(unpack(run[1].statistics))

    def values(self, run: Run) -> FloatArray:
        """What each item makes of the score, of shape (items,)."""
        return compared_values(self.metric, unpack(run[1].statistics))

    def _items_sent_at(self, version: int) -> tuple[Item, ...]:
        return asked_of(self.evidence.gold, self.evidence.absent.get(version, frozenset())).counted


def _mistakes(reading: _Reading) -> Look:
    runs = reading.best
    if len(runs) < FEWEST_SUBMISSIONS:
        seen = f"No shared mistakes: {counted(len(runs), 'system')} so far; the rule needs {FEWEST_SUBMISSIONS}."
        return _look(AnomalyKind.MISTAKES, (), seen)
    ids, scores = on_common_items([reading.ids(run) for run in runs], [reading.item_scores(run) for run in runs])
    by_id = {item.id: item for item in reading.evidence.gold.counted}
    items = [by_id[item_id] for item_id in ids]
    outputs = [unpack_outputs(reading.evidence.outputs[run[0].id], ids) for run in runs]
    mistakes = Mistakes(items, np.array(scores), outputs, reading.specification)
    owners = [run[0].user_id for run in runs]
    found = shared_mistakes(mistakes.telling_codes(), [reading.name(run) for run in runs], owners)
    own = sum(number * (number - 1) // 2 for number in Counter(owners).values())
    pairs = len(runs) * (len(runs) - 1) // 2 - own
    seen = (
        f"No shared mistakes beyond chance: {counted(pairs, 'pair')} of systems of different members on "
        f"{counted(len(ids), 'item')}; it takes {FEWEST_SHARED} equal mistakes or more."
    )
    return _look(AnomalyKind.MISTAKES, found, seen)


def _spellings(reading: _Reading) -> Look:
    canaries = canaries_of(reading.evidence.gold.counted)
    if not canaries:
        seen = "No marked spellings: no item is marked. Five with four spellings each can tell (tag canary=yes)."
        return _look(AnomalyKind.SPELLINGS, (), seen)
    best_p = chance_of_all(canaries)
    if best_p > ALPHA:
        seen = f"No marked spellings: to match all of the {counted(len(canaries), 'marked item')} is no proof yet"
        return _look(AnomalyKind.SPELLINGS, (), f"{seen} ({chance_in_words(best_p)}); five with four spellings are.")
    extract = extractor(reading.specification.extraction)
    ids = {canary.item_id for canary in canaries}
    found: list[MatchedSpellings] = []
    for run in reading.best:
        outputs = unpack_outputs(reading.evidence.outputs[run[0].id], ids & set(reading.ids(run))).by_id
        answers = {
            item_id: extract(output) if output and output.strip() else None for item_id, output in outputs.items()
        }
        flag = matched_spellings(reading.name(run), answers, canaries)
        found += [] if flag is None else [flag]
    seen = (
        f"No marked spellings matched beyond chance: {counted(len(reading.best), 'system')} on "
        f"{counted(len(canaries), 'marked item')}; what is answered wrong says nothing."
    )
    found.sort(key=lambda one: one.p)
    return _look(AnomalyKind.SPELLINGS, found, seen)


def _gap(reading: _Reading) -> Look:
    split = reading.evidence.split
    if split is None:
        return _look(AnomalyKind.GAP, (), "No gap between public and private items: this task holds none back.")
    runs = [run for run in reading.best if reading.is_ranked(run)]
    ids, values = on_common_items([reading.ids(run) for run in runs], [reading.values(run) for run in runs])
    is_private = np.fromiter(map(split.is_private, ids), np.bool_, len(ids))
    found = public_gaps([reading.name(run) for run in runs], np.array(values), is_private) if len(runs) > 1 else ()
    seen = f"No gap between public and private items: {counted(len(runs), 'ranked system')}"
    if len(runs) < 2:
        return _look(AnomalyKind.GAP, found, f"{seen} so far; the rule needs 2.")
    clears = f"; below {FEWEST_TO_CLEAR} that clears nobody." if len(ids) < FEWEST_TO_CLEAR else "."
    return _look(AnomalyKind.GAP, found, f"{seen} on {counted(len(ids), 'item')}{clears}")


def _jumps(reading: _Reading) -> Look:
    """Each run above the best of its system before it, held against all other gains of the board, the losses too."""
    steps: list[tuple[Run, Run, float]] = []
    for runs in _attempts(reading):
        best = runs[0]
        for before, now in pairwise(runs):
            steps.append((best, now, now[1].score - before[1].score))
            best = max(best, now, key=lambda run: run[1].score)
    gains = [gain for *_, gain in steps]
    found: list[Jump] = []
    for place, (best, now, _) in enumerate(steps):
        others = gains[:place] + gains[place + 1 :]
        if now[1].score > best[1].score and len(others) >= FEWEST_PAST_GAINS:
            jump = find_jump(reading.name(now), reading.values(best), reading.values(now), others)
            found += [] if jump is None else [jump]
    seen = f"No jumps among {len(gains):,} gains."
    if len(gains) <= FEWEST_PAST_GAINS:
        so_far = counted(len(gains), "past gain")
        seen = f"No jumps: {so_far} so far; the rule needs {FEWEST_PAST_GAINS} beside the one that it looks at."
    found.sort(key=lambda one: -one.gain)
    return _look(AnomalyKind.JUMPS, found, seen)


def _attempts(reading: _Reading) -> list[list[Run]]:
    """The ranked runs of one system of one person that were asked the same items, in the order of arrival."""
    found: defaultdict[tuple[int, str, frozenset[str]], list[Run]] = defaultdict(list)
    for run in reading.evidence.runs:
        if reading.is_ranked(run):
            absent = reading.evidence.absent.get(run[0].sent_version, frozenset())
            found[run[0].user_id, run[0].system, absent].append(run)
    return [runs for runs in found.values() if reading.asked(runs[0])]


def _outliers(reading: _Reading) -> Look:
    by_id = {run[0].id: run for run in reading.evidence.runs}
    entries = [one.entry for one in reading.evidence.board.ranked if one.entry.submission_id in by_id]
    scores = [entry.score for entry in entries]
    found = find_outliers([reading.name(by_id[entry.submission_id]) for entry in entries], scores)
    if len(entries) < FEWEST_FOR_OUTLIERS:
        seen = f"No outliers: {counted(len(entries), 'ranked system')} so far; the rule needs {FEWEST_FOR_OUTLIERS}."
    elif not tells_outliers(scores):
        seen = f"No outliers: half or more of the {len(entries):,} ranked systems score the same, so nothing is far."
    else:
        seen = f"No outliers among {len(entries):,} ranked systems; only scores far above the others are looked for."
    return _look(AnomalyKind.OUTLIERS, found, seen)


def _look(kind: AnomalyKind, found: Sequence[Flag], seen: str) -> Look:
    return Look(kind, tuple(flag.sentence for flag in found[:MOST_TOLD]), len(found), seen)
