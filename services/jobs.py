"""What runs inside a worker process: values in, values out, no database, no Discord, no clock.

The bot's own process never imports this module: here are numpy, pandas and matplotlib. What is a person's to mend comes
back as a `Refusal` value; an exception means that something of ours failed.
"""

from collections import Counter
from dataclasses import replace

from bench.baselines import BaselineScore, baselines
from bench.buckets import bucket_count, pack_outputs, unpack_outputs
from bench.contested import with_score_on_all
from bench.errors import BadFile, BadInput
from bench.fitness import gold_problems, self_test
from bench.gold_steps import GoldStep
from bench.language.specification import parse_signature, parse_specification
from bench.metrics.pairs import read_pairs
from bench.metrics.registry import build_metric
from bench.metrics.resampling import compared_values
from bench.metrics.trials import edge_cases, try_pairs
from bench.model import Gold, Item, Scorecard, Task
from bench.parsing.gold import read_gold
from bench.parsing.outputs import read_outputs
from bench.rescoring import RescoringPlan, asked_of, on_common_items, plan_of, rescore
from bench.scoring import score, unpack
from bench.standing import Entry, Standings
from bench.stats.ranking import COMPARED_DIGITS, standings
from bench.stats.suspects import analyse_items, find_suspects
from charts.board import board_alternative_text, draw_board
from charts.slopes import SlopeLine, draw_slopes, slopes_alternative_text
from services.anomaly_jobs import find_anomalies
from services.comparison_jobs import compare_pair, slice_board
from services.gold_values import Move
from services.job_values import FoundSuspect, ItemFigures, ItemReport, PackedEntry, TriedOut, pack_figures
from services.kit import make_kit
from services.values import CheckedGold, Refusal, Scored

__all__ = [
    "analyse",
    "check_gold",
    "check_items",
    "compare_pair",
    "draw",
    "draw_slopes_of",
    "find_anomalies",
    "kit",
    "rank",
    "rescore_all",
    "score_baselines",
    "score_outputs",
    "slice_board",
    "try_out",
    "warm_up",
]


def warm_up() -> None:
    """Draw one small picture, so that the first board does not pay for fonts and imports."""
    draw_board(Standings(0, 0, 1, "", 0, ()), "")


def check_gold(content: bytes, filename: str, specification_text: str) -> CheckedGold | Refusal:
    """Read a gold file and hold it against its metric: every problem of both is found before anyone votes."""
    try:
        specification = parse_specification(specification_text)
        items = read_gold(content, filename)
        problems = gold_problems(items, specification)
        if problems:
            raise BadFile(problems)
        test = self_test(Gold(items), specification)
        return CheckedGold(items, specification.signature, test.gold_score, test.empty_score)
    except BadInput as error:
        return Refusal(error)


def check_items(content: bytes, filename: str, signature: str) -> tuple[Item, ...] | Refusal:
    """Read items that are proposed to a task and hold them against its metric."""
    try:
        items = read_gold(content, filename)
        problems = gold_problems(items, parse_signature(signature))
        if problems:
            raise BadFile(problems)
    except BadInput as error:
        return Refusal(error)
    return items


def try_out(specification_text: str, pairs_text: str) -> TriedOut | Refusal:
    """Score pairs that a person pasted and the edge cases of the specification, whichever form it is given in."""
    try:
        specification = parse_specification(specification_text)
        trials = try_pairs(specification, read_pairs(pairs_text))
        return TriedOut(specification.signature, trials, edge_cases(specification))
    except BadInput as error:
        return Refusal(error)


def score_outputs(
    content: bytes, filename: str, gold: Gold, signature: str, partial: bool, absent_ids: frozenset[str] = frozenset()
) -> Scored | Refusal:
    """Read a submission and score it on the counted items; the practice items give their own figure.

    `absent_ids` came to the gold after the submission was sent: they are not asked of it.
    """
    gold = asked_of(gold, absent_ids)
    try:
        outputs = read_outputs(content, filename, [item.id for item in gold.items], partial=partial)
    except BadInput as error:
        return Refusal(error)
    specification = parse_signature(signature)
    scorecard = with_score_on_all(score(outputs, gold, specification), outputs, gold.contested, specification)
    return Scored(scorecard, pack_outputs(outputs, bucket_count(len(outputs.by_id))))


def rescore_all(step: GoldStep, signature: str, packed: tuple[PackedEntry, ...]) -> tuple[tuple[int, Scorecard], ...]:
    """Take scorecards from one gold version to the next by the items that changed alone.

    The `packed` entries hold their scorecards at the earlier version and the buckets with the outputs that are needed.
    """
    specification = parse_signature(signature)
    plans: dict[frozenset[str], tuple[RescoringPlan, tuple[Item, ...]]] = {}
    rescored = []
    for entry in packed:
        absent_ids = frozenset(entry.absent)
        if absent_ids not in plans:
            asked = step.without(entry.absent)
            plans[absent_ids] = plan_of(asked), asked.contested
        plan, contested = plans[absent_ids]
        outputs = unpack_outputs(entry.buckets, step.looked_at)
        moved = rescore(entry.scorecard, outputs, plan, specification)
        rescored.append((entry.submission_id, with_score_on_all(moved, outputs, contested, specification)))
    return tuple(rescored)


def score_baselines(gold: Gold, signature: str) -> tuple[BaselineScore, ...]:
    """What entries without skill score, and what the gold itself does."""
    specification = parse_signature(signature)
    cards = {kind: score(outputs, gold, specification) for kind, outputs in baselines(gold, specification).items()}
    return tuple(BaselineScore(kind, card.score, card.interval) for kind, card in cards.items())


def analyse(gold: Gold, signature: str, packed: tuple[PackedEntry, ...]) -> ItemReport:
    """How the counted items that all entries were asked did, and whose gold the entries speak against."""
    specification = parse_signature(signature)
    metric = build_metric(specification)
    asked = [[item.id for item in asked_of(gold, frozenset(entry.absent)).counted] for entry in packed]
    scores = [metric.item_scores(unpack(entry.scorecard.statistics)) for entry in packed]
    common_ids, common = on_common_items(asked, scores)
    by_id = {item.id: item for item in gold.counted}
    items = [by_id[item_id] for item_id in common_ids]
    outputs = [unpack_outputs(entry.buckets, common_ids) for entry in packed]
    figures = {
        one.item_id: ItemFigures(one.difficulty, one.low, one.high, one.correlation)
        for one in analyse_items(common_ids, common)
    }
    suspects = find_suspects(items, common, outputs, specification)
    found = (FoundSuspect(one.item_id, one.answer, one.sentence, one.public_sentence) for one in suspects)
    return ItemReport(pack_figures(figures), tuple(found))


def rank(
    guild_id: int,
    task_id: int,
    gold_version: int,
    signature: str,
    entries: tuple[Entry, ...],
    statistics: tuple[bytes, ...],
    items: int,
    asked: tuple[tuple[str, ...], ...] = (),
) -> Standings:
    """Rank the entries by their packed per-item statistics, in the same order; `items` is what an empty board says.

    Where not all entries were asked the same, `asked` has the item ids of each, and the common ones decide the ranks.
    """
    metric = build_metric(parse_signature(signature))
    read = [unpack(packed) for packed in statistics]
    if not asked:
        values = [compared_values(metric, rows) for rows in read]
        return standings(guild_id, task_id, gold_version, signature, entries, values, items=items)
    _, rows_of_common = on_common_items(asked, read)
    common = [compared_values(metric, rows) for rows in rows_of_common]
    compared = tuple(
        replace(entry, score=float(scores.mean()) if len(scores) else 0.0)
        for entry, scores in zip(entries, common, strict=True)
    )
    on_common = standings(guild_id, task_id, gold_version, signature, compared, common)
    shown = {entry.submission_id: entry for entry in entries}
    ranked = tuple(replace(one, entry=shown[one.entry.submission_id]) for one in on_common.ranked)
    most = max(len(ids) for ids in asked)
    return replace(on_common, ranked=ranked, items=most, common_items=on_common.items)


def draw(board: Standings, title: str) -> tuple[bytes, str]:
    """The board's picture and its alternative text."""
    return draw_board(board, title), board_alternative_text(board, title)


def draw_slopes_of(moves: tuple[Move, ...], title: str, version: int) -> tuple[bytes, str]:
    """The picture of the ranks by score before and after a gold version, and its alternative text.

    `moves` are in the order of the scores at the version. The ranks are those among the systems that stand on both
    sides, so that a system that came or went in between moves nobody.
    """
    heading = f"Gold v{version}: {title}"
    names = Counter(move.system.casefold() for move in moves)
    before = _ranks([move.before_score for move in moves])
    after = _ranks([move.after_score for move in moves])
    lines = [
        SlopeLine(
            move.system if names[move.system.casefold()] == 1 else f"{move.system} ({move.user_name})",
            before[number],
            after[number],
            move.before_score,
            move.after_score,
        )
        for number, move in enumerate(moves)
    ]
    return draw_slopes(lines, heading), slopes_alternative_text(lines, heading)


def _ranks(scores: list[float]) -> list[int]:
    best_first = sorted((round(score, COMPARED_DIGITS) for score in scores), reverse=True)
    return [1 + best_first.index(round(score, COMPARED_DIGITS)) for score in scores]


def kit(task: Task, gold: Gold) -> bytes:
    """The task's kit as a zip; only the practice items come with their answers."""
    prompts = [(item.id, item.prompt) for item in gold.items]
    return make_kit(task.title, task.statement, parse_signature(task.signature), prompts, gold.practice)
