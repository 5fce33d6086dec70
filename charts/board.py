"""The leaderboard's picture: one row for each entry, best at the top, with its name above its bar.

The name stands over the bar and not beside it, so that forty characters stay readable on a phone.
"""

from collections.abc import Sequence
from typing import Final

from bench.baselines import BaselineScore
from bench.standing import RankedEntry, Standings
from charts import fonts, style
from charts.bars import (
    GAP,
    HELD,
    HELD_WIDTH,
    NOTE_LINE,
    SCALE_HEIGHT,
    STAR,
    STAR_WIDTH,
    Layout,
    Row,
    draw_band,
    draw_baseline,
    draw_row,
    draw_scale,
)
from charts.heading import MARGIN, heading_of, write_heading
from charts.page import Page
from charts.words import (
    HELD_WORDS,
    NAME_LIMIT,
    best_baseline,
    board_alternative_text,
    items_of,
    percent,
    percent_range,
    plain,
    rank_range,
)

__all__ = ["BARS", "board_alternative_text", "compose", "draw_board"]

BARS: Final = 25


def draw_board(standings: Standings, title: str, baselines: Sequence[BaselineScore] = ()) -> bytes:
    """The standings as a PNG of 1,000 pixels' width: bars with 95% intervals, at most 25 of them.

    Of the baselines the best one without the gold is marked, which a system with any skill must pass.
    """
    with style.house_style():
        return compose(standings, title, baselines).png()


def compose(standings: Standings, title: str, baselines: Sequence[BaselineScore] = ()) -> Page:
    """The page of the board with everything on it."""
    rows = rows_of(standings)
    baseline = best_baseline(baselines) if rows else None
    layout = lay_out(standings, rows, title, label=NOTE_LINE if baseline else 0.0)
    notes = notes_of(standings, rows)
    page = Page(layout.bottom + (SCALE_HEIGHT if rows else 0) + len(notes) * NOTE_LINE + MARGIN / 2)
    write_head(page, standings, layout)
    for place, row in enumerate(rows):
        draw_band(page, layout, layout.top + place * layout.pitch, row)
    if rows:
        draw_scale(page, layout)
    for place, row in enumerate(rows):
        draw_row(page, layout, layout.top + place * layout.pitch, row)
    if baseline:
        draw_baseline(page, layout, baseline.score)
    for number, (sign, note) in enumerate(notes):
        write_note(page, layout, layout.bottom + SCALE_HEIGHT + (number + 0.5) * NOTE_LINE, sign, note)
    return page


def rows_of(standings: Standings) -> tuple[Row, ...]:
    """What the first entries show; without a claim of ranks there is neither a rank nor a best."""
    shown = standings.ranked[:BARS]
    return tuple(
        Row(
            rank=rank_range(ranked) if standings.claims_ranks else "",
            name=name,
            score=percent(ranked.entry.score),
            interval=percent_range(ranked.entry.interval, standings.items),
            bar=ranked.entry.score,
            whiskers=ranked.entry.interval,
            best=standings.claims_ranks and ranked.may_be_best,
            held=ranked.entry.is_held,
        )
        for ranked, name in zip(shown, names_of(shown), strict=True)
    )


def names_of(shown: tuple[RankedEntry, ...]) -> tuple[str, ...]:
    """The systems' names; where two look the same, with the name of the person who sent it."""
    names = [fonts.drawable(plain(ranked.entry.system, NAME_LIMIT)) for ranked in shown]
    return tuple(
        name if names.count(name) == 1 else f"{name} ({plain(ranked.entry.user_name, NAME_LIMIT // 2)})"
        for name, ranked in zip(names, shown, strict=True)
    )


def notes_of(standings: Standings, rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    """What stands below the scale, each with the sign that it explains: what a held score is, and how many more."""
    notes = [(HELD, HELD_WORDS)] if any(row.held for row in rows) else []
    hidden = len(standings.ranked) - len(rows)
    return [*notes, ("", f"and {hidden:,} more")] if hidden else notes


def write_note(page: Page, layout: Layout, y: float, sign: str, note: str) -> None:
    """Write a note below the scale, behind its sign."""
    left = layout.left
    if sign:
        left = MARGIN
        page.write(left, y, sign, style.NAME_SIZE, colour=style.CAUTION, weight="bold")
        left += HELD_WIDTH
    page.write(left, y, note, style.NOTE_SIZE, colour=style.QUIET_TEXT)


def lay_out(standings: Standings, rows: tuple[Row, ...], title: str, *, label: float) -> Layout:
    """Decide the places of everything from the number of rows and their widest texts; `label` is free above them."""
    heading = heading_of(title)
    ranks = max((fonts.width_of(row.rank, style.NAME_SIZE) for row in rows), default=0.0)
    intervals = max((fonts.width_of(row.interval, style.NOTE_SIZE) for row in rows), default=0.0)
    pitch, bar = heights_of(len(rows))
    return Layout(
        heading=heading,
        top=heading.bottom + 2 * NOTE_LINE + GAP + label,
        left=MARGIN + (ranks + GAP if ranks else 0),
        right=style.PAGE_WIDTH - MARGIN,
        score_right=style.PAGE_WIDTH - MARGIN - intervals - 0.75 * GAP,
        pitch=pitch,
        bar=bar,
        rows=len(rows),
        lowest=min(0.0, standings.lowest),
    )


def heights_of(rows: int) -> tuple[float, float]:
    """The heights of a row and of its bar; many stand closer, so that the picture still fits a screen."""
    if rows <= 6:
        return 42, 13
    if rows <= 12:
        return 36, 11
    return 29, 8


def write_head(page: Page, standings: Standings, layout: Layout) -> None:
    """Write the title, what the figures are, and what the star says (or why nothing is claimed)."""
    write_heading(page, layout.heading)
    y = layout.heading.bottom
    facts = f"{items_of(standings)} · score with its 95% interval"
    page.write(MARGIN, y + NOTE_LINE / 2 + 2, facts, style.NOTE_SIZE, colour=style.QUIET_TEXT)
    write_claim(page, standings, y + 1.5 * NOTE_LINE + 2)


def write_claim(page: Page, standings: Standings, y: float) -> None:
    """Write what the picture claims about who is best."""
    if not standings.ranked:
        page.write(MARGIN, y, "No entries yet", style.NOTE_SIZE, colour=style.QUIET_TEXT)
    elif standings.claims_ranks:
        page.write(MARGIN, y, STAR, style.NAME_SIZE, colour=style.BEST)
        words = "may be the best: no other is significantly better"
        page.write(MARGIN + STAR_WIDTH, y, words, style.NOTE_SIZE, colour=style.BEST)
    else:
        words = "Fewer than 20 items: no ranks are claimed"
        page.write(MARGIN, y, words, style.NOTE_SIZE, colour=style.CAUTION, weight="bold")
