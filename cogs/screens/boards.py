"""The leaderboard: its picture, the top ten, who may be the best, and one member's own place."""

from collections.abc import Sequence

from discord import ButtonStyle

from bench.baselines import BaselineKind, BaselineScore
from bench.model import Task, TaskState
from bench.standing import Entry, RankedEntry, Standings
from cogs.screens.checklists import waived_line
from cogs.screens.screen import (
    GOOD,
    NEUTRAL,
    Attached,
    Part,
    Screen,
    button,
    channel_url,
    link,
    panel,
    picture,
    row,
    screen,
    text,
)
from cogs.screens.words import TO, cell, code, interval, listed, moment, percent, plural, rank_range, safe
from services.names import told_apart
from services.values import Attempts, Board

PICTURE = "board.png"
ROWS = 10
RANK, SYSTEM, SCORE, INTERVAL = 5, 19, 6, 7
GAP = 1
NAMES_SHOWN = 8
UNRANKED_SHOWN = 5
SEEN = "You have seen this task's gold, as its author or by voting: what you send is scored and shown, but not ranked."
ON_ALL = "-# *all* counts the items too on which the votes do not agree; the score and the ranks leave them out."


def board(board: Board) -> Screen:
    """The board message of a task: the same in its channel and as an answer."""
    task, standings = board.task, board.standings
    parts: list[Part] = [text(f"## {safe(task.title, 200)}", _subtitle(task, standings))]
    files: list[Attached] = []
    if board.picture is not None:
        parts.append(picture(PICTURE, board.alternative_text))
        files.append(Attached(PICTURE, board.picture, board.alternative_text[:1024]))
    if standings.ranked:
        on_all = ON_ALL if has_contested(standings) else None
        parts.append(text(table(standings), best_line(standings), on_all, *earlier_lines(standings)))
    elif task.state is TaskState.OPEN:
        nobody = "Nobody is ranked yet" if standings.unranked else "No entries yet"
        parts.append(text(f"{nobody}. Get the kit, let your model answer, and be the first."))
    if standings.unranked:
        parts.append(text(*unranked_lines(task, standings)))
    beside = [*baseline_lines(board.baselines), rescoring_line(board), waived_line(task)]
    if any(beside):
        parts.append(text(*beside))
    parts += [text(footer(standings)), row(*_buttons(task))]
    return screen(panel(*parts, colour=GOOD if task.state is TaskState.OPEN else NEUTRAL), files=files)


def unranked_lines(task: Task, standings: Standings) -> list[str]:
    """The entries of those who have seen the gold, each with a badge that says why."""
    shown = standings.unranked[:UNRANKED_SHOWN]
    names = told_apart([(entry.system, entry.user_name) for entry in shown])
    lines = [
        f"- {safe(name, 60)}: {_figures(entry)} · {code('author' if entry.user_id == task.author_id else 'reviewer')}"
        for entry, name in zip(shown, names, strict=True)
    ]
    left = len(standings.unranked) - len(shown)
    return ["*Not ranked* (have seen the gold):", *lines, *([f"- … and {left:,} more"] if left else [])]


def baseline_lines(baselines: Sequence[BaselineScore]) -> list[str]:
    """What dummy entries score, each with its badge: what a system has to beat to show any skill."""
    if not baselines:
        return []
    told = [f"{one.kind.system} {percent(one.score)}" for one in baselines if one.kind is not BaselineKind.GOLD]
    return [f"-# {code('baseline')} {' · '.join(told)}"]


def earlier_lines(standings: Standings) -> list[str]:
    """The entries that were sent before some items came, and the rule for them."""
    if standings.common_items is None:
        return []
    names = system_names(standings.ranked)
    earlier = [
        f"{safe(name, 60)} {one.entry.items:,}/{standings.items:,}, sent before v{one.entry.sent_before}"
        for one, name in zip(standings.ranked, names, strict=True)
        if one.entry.sent_before is not None
    ]
    left = f" and {len(earlier) - NAMES_SHOWN} more" if len(earlier) > NAMES_SHOWN else ""
    rule = (
        f"-# Ranked on the {standings.common_items:,} items that all entries were asked; "
        "a later attempt counts the new items too."
    )
    return [f"-# {'; '.join(earlier[:NAMES_SHOWN])}{left}.", rule]


def rescoring_line(board: Board) -> str | None:
    """How far a long rescoring is."""
    running = board.rescoring
    if running is None:
        return None
    return f"⏳ Gold v{running.version} is on its way: {running.done:,} of {running.of:,} entries are scored anew."


def place(
    task: Task,
    standings: Standings,
    own: Sequence[RankedEntry],
    attempts: Attempts,
    unranked: Sequence[Entry] = (),
) -> Screen:
    """Where one member's entries stand; `unranked` are theirs if they have seen the gold."""
    lines = [_own(standings, ranked) for ranked in own[:ROWS]]
    lines += [f"- **{safe(entry.system)}**: {_figures(entry)} · not ranked" for entry in unranked[:ROWS]]
    if unranked:
        lines.append(SEEN)
    lines = lines or ["You have no entry here yet."]
    heading = f"**Your place at {safe(task.title, 200)}**"
    buttons = [button("Submit", "submit", task.id, ButtonStyle.primary)] if task.state is TaskState.OPEN else []
    parts: list[Part] = [text(heading, *lines), text(attempts_line(attempts), footer(standings))]
    if buttons:
        parts.append(row(*buttons))
    return screen(panel(*parts))


def attempts_line(attempts: Attempts) -> str:
    """The attempts of today, and when they return."""
    left = f"{attempts.left} of {attempts.allowed} attempts left today"
    return f"{left}; all of them return {moment(attempts.return_at)}." if attempts.used else f"{left}."


def table(standings: Standings) -> str:
    """The top ten in a code block of forty columns: a phone shows no more without breaking lines."""
    names = system_names(standings.ranked)
    with_all = has_contested(standings)
    lines = [
        _line(
            rank_range(ranked) if standings.claims_ranks else TO,
            name,
            (percent(ranked.entry.score), *([_on_all(ranked.entry)] if with_all else [])),
            interval(ranked.entry.interval),
        )
        for ranked, name in zip(standings.ranked[:ROWS], names, strict=False)
    ]
    head = _line("rank", "system", ("score", "all") if with_all else ("score",), "95%")
    return "\n".join(("```", head, *lines, "```"))


def has_contested(standings: Standings) -> bool:
    """Whether any entry has a score on all items beside the one that counts."""
    return any(ranked.entry.score_on_all is not None for ranked in standings.ranked)


def best_line(standings: Standings) -> str:
    """Which entries may be the best, as far as the evidence goes."""
    if not standings.claims_ranks:
        return f"Fewer than 20 items ({standings.items}): too few to claim ranks; the order is that of the scores."
    names = [
        f"**{safe(name, 60)}**"
        for ranked, name in zip(standings.ranked, system_names(standings.ranked), strict=True)
        if ranked.may_be_best
    ]
    if len(names) == 1:
        return f"*Best:* {names[0]}" + (
            "; every other entry is significantly worse." if len(standings.ranked) > 1 else ", so far alone."
        )
    shown = names[:NAMES_SHOWN]
    if len(names) > NAMES_SHOWN:
        shown.append(f"{len(names) - NAMES_SHOWN} more")
    return f"*May be the best:* {listed(shown)}. Between them it could be luck."


def footer(standings: Standings) -> str:
    """The small print that makes the figures checkable."""
    contested = f" · {plural(standings.contested, 'contested item')}" if standings.contested else ""
    return f"-# gold v{standings.gold_version}{contested} · {code(standings.signature, 180)}"


def system_names(ranked: Sequence[RankedEntry]) -> list[str]:
    """What each entry is called: its system, with its member where two members sent one of the same name."""
    return told_apart([(one.entry.system, one.entry.user_name) for one in ranked])


def _line(rank: str, system: str, scores: tuple[str, ...], between: str) -> str:
    """One line of the table; a second score takes its room from the system's name."""
    room = SYSTEM - (len(scores) - 1) * (SCORE + GAP)
    return " ".join(
        (
            cell(rank, RANK),
            cell(system, room),
            *(cell(score, SCORE, right=True) for score in scores),
            cell(between, INTERVAL, right=True),
        )
    )


def _on_all(entry: Entry) -> str:
    return TO if entry.score_on_all is None else percent(entry.score_on_all)


def _subtitle(task: Task, standings: Standings) -> str:
    state = {TaskState.OPEN: "Open", TaskState.CLOSED: "Closed: these ranks stand"}.get(task.state, "Not open yet")
    entries = plural(len(standings.ranked) + len(standings.unranked), "entry", "entries")
    return f"{state} · {entries} · {plural(standings.items, 'item')}"


def _figures(entry: Entry) -> str:
    on_all = "" if entry.score_on_all is None else f" · on all items {percent(entry.score_on_all)}"
    return f"{percent(entry.score)} ({interval(entry.interval)}){on_all}"


def _own(standings: Standings, ranked: RankedEntry) -> str:
    entry = ranked.entry
    rank = f"rank {rank_range(ranked)} of {len(standings.ranked)}" if standings.claims_ranks else "no rank claimed"
    best = " · *may be the best*" if standings.claims_ranks and ranked.may_be_best else ""
    return f"- **{safe(entry.system)}**: {_figures(entry)} · {rank}{best} · {plural(entry.attempts, 'attempt')}"


def _buttons(task: Task) -> list[Part]:
    buttons: list[Part] = [
        button("My place", "place", task.id),
        button("How it is scored", "scoring", task.id),
    ]
    if task.state is TaskState.OPEN:
        buttons.insert(0, button("Submit", "submit", task.id, ButtonStyle.primary))
    if task.thread_id is not None:
        buttons.append(link("Discuss", channel_url(task.guild_id, task.thread_id)))
    return buttons
