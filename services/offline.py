"""Scores files without Discord or a database, by the very rules of the bot: what a board says, anyone can recompute."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.contested import with_score_on_all
from bench.errors import BadFile, BadInput, BadSpecification
from bench.fitness import gold_problems
from bench.language.specification import Specification, parse_specification, parse_toml
from bench.language.steps import quoted
from bench.metrics.base import FloatArray, Metric, total
from bench.metrics.columns import columns_of
from bench.metrics.registry import build_metric
from bench.metrics.resampling import compared_values, headline_interval
from bench.model import Gold, Interval, Scorecard
from bench.parsing.gold import read_gold
from bench.parsing.outputs import read_outputs
from bench.scoring import score, unpack
from bench.standing import Column, Entry, Standings
from bench.stats.ranking import standings
from bench.stats.slices import Slice, is_shown, slices_of
from charts.board import draw_board

METRIC_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
NO_TIME: Final = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of outputs that cannot be scored, and why."""

    file: Path
    error: BadInput


@dataclass(frozen=True, slots=True)
class SliceFigures:
    """A system on the items with one value of a tag, None where it is not stated; below 10 items there is no score."""

    key: str
    value: str | None
    items: int
    score: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is behind a system's score: each slice of the items, and the columns of a composite, else one column."""

    slices: tuple[SliceFigures, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The systems of one run; scorecards and details are by the number of the submission, refused files stand apart."""

    standings: Standings
    scorecards: dict[int, Scorecard]
    details: dict[int, Details]
    refused: tuple[RefusedFile, ...]


def read_specification(
    metric: str, extract: str | None = None, normalize: str | None = None, options: Sequence[str] = ()
) -> Specification:
    """The specification that a command line names.

    `metric` is the path of a TOML file, the text of one, a signature line, or just a metric's name, which the other
    parameters complete as the keys of the TOML form do; `options` are NAME=VALUE. Raises BadSpecification.
    """
    if METRIC_NAME.fullmatch(metric) and not _is_file(metric):
        return parse_toml(_as_toml(metric, extract, normalize, options))
    if extract is not None or normalize is not None or options:
        raise BadSpecification(
            "--extract, --normalize and --option complete a metric's name; this --metric is a whole specification. "
            "Write them into it, or give the name only, for example --metric numeric --extract after:A:"
        )
    if metric.endswith(".toml") and not _is_file(metric):
        raise BadSpecification(f"There is no file {metric}; give a specification's file, its text, or a metric's name.")
    return parse_specification(_read(Path(metric)).decode("utf-8", "replace") if _is_file(metric) else metric)


def score_files(gold_file: Path, specification: Specification, files: Sequence[Path], *, partial: bool) -> Comparison:
    """Score and rank the files. One that cannot be used is told apart and does not stop the others.

    Raises BadInput if the gold cannot be used, or not with this metric.
    """
    gold = _read_gold(gold_file, specification)
    names = _system_names(files)
    scored: list[tuple[Entry, Scorecard]] = []
    refused: list[RefusedFile] = []
    for number, (file, name) in enumerate(zip(files, names, strict=True), start=1):
        try:
            outputs = read_outputs(_read(file), file.name, [item.id for item in gold.items], partial=partial)
        except BadInput as error:
            refused.append(RefusedFile(file, error))
        else:
            card = with_score_on_all(score(outputs, gold, specification), outputs, gold.contested, specification)
            scored.append((_entry(number, name, card), card))
    metric = build_metric(specification)
    board = standings(
        guild_id=0,
        task_id=0,
        gold_version=gold.version,
        signature=specification.signature,
        entries=[entry for entry, _ in scored],
        item_scores=[compared_values(metric, unpack(card.statistics)) for _, card in scored],
        items=len(gold.counted),
    )
    slices = slices_of([item.tags for item in gold.counted])
    return Comparison(
        board,
        {entry.submission_id: card for entry, card in scored},
        {entry.submission_id: _details(card, slices, specification) for entry, card in scored},
        tuple(refused),
    )


def draw(comparison: Comparison, target: Path, title: str) -> None:
    """Write the board's picture into a PNG file."""
    try:
        target.write_bytes(draw_board(comparison.standings, title))
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from error


def _details(card: Scorecard, slices: Sequence[Slice], specification: Specification) -> Details:
    metric, statistics = build_metric(specification), unpack(card.statistics)
    figures = tuple(_slice(piece, metric, statistics) for piece in slices)
    return Details(figures, columns_of(specification, statistics))


def _slice(piece: Slice, metric: Metric, statistics: FloatArray) -> SliceFigures:
    if not is_shown(piece):
        return SliceFigures(piece.key, piece.value, len(piece.rows))
    rows = statistics[piece.rows]
    score_of_slice = metric.aggregate(total(rows))
    return SliceFigures(piece.key, piece.value, len(rows), score_of_slice, headline_interval(metric, rows))


def _entry(number: int, system: str, card: Scorecard) -> Entry:
    return Entry(
        submission_id=number,
        user_id=0,
        user_name="",
        system=system,
        score=card.score,
        interval=card.interval,
        answered=card.coverage.answered,
        items=card.coverage.items,
        attempts=1,
        received_at=NO_TIME,
        score_on_all=card.score_on_all,
    )


def _system_names(files: Sequence[Path]) -> list[str]:
    """The files' stems, or their whole paths where two stems are the same."""
    stems = [file.name.removesuffix(".gz").rsplit(".", 1)[0] or file.name for file in files]
    counts = Counter(stems)
    return [stem if counts[stem] == 1 else str(file) for stem, file in zip(stems, files, strict=True)]


def _read_gold(file: Path, specification: Specification) -> Gold:
    try:
        items = read_gold(_read(file), file.name)
    except BadFile as error:
        raise BadInput(f"{file} cannot serve as gold:\n{error}") from error
    problems = gold_problems(items, specification)
    if problems:
        raise BadInput(f"{file} cannot serve as gold for this metric:\n{BadFile(problems)}")
    return Gold(items)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from error


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # a specification's text may be longer than a path can be, or hold a NUL
        return False


def _as_toml(metric: str, extract: str | None, normalize: str | None, options: Sequence[str]) -> str:
    keys = {"metric": metric, "extract": extract, "normalize": normalize}
    lines = [f"{key} = {quoted(value)}" for key, value in keys.items() if value is not None]
    if options:
        lines += ["[options]", *(_option_line(option) for option in options)]
    return "\n".join(lines)


def _option_line(option: str) -> str:
    name, equals, value = option.partition("=")
    if not equals:
        raise BadSpecification(f"--option: found {option!r}; expected NAME=VALUE, for example absolute=0.01")
    return f"{quoted(name)} = {value if _is_number_or_truth(value) else quoted(value)}"


def _is_number_or_truth(text: str) -> bool:
    try:
        document = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return False
    return list(document) == ["value"] and isinstance(document["value"], bool | int | float)
