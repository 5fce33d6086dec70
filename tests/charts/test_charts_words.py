from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.baselines import BaselineKind, BaselineScore
from bench.model import Interval
from bench.standing import Entry, RankedEntry, Scope, Standings
from charts.words import ALTERNATIVE_TEXT_LIMIT, board_alternative_text, percent, percent_range, plain, rank_range


def board(names: list[str], *, claims_ranks: bool = True, items: int = 40) -> Standings:
    ranked = tuple(
        RankedEntry(
            Entry(n, n, "Ada", name, 0.8, Interval(0.655, 0.895, 40), items, items, 1, datetime.now(UTC)), n + 1, 1, 9
        )
        for n, name in enumerate(names)
    )
    return Standings(1, 2, 1, "exact_match", items, ranked, claims_ranks)


def test_the_alternative_text_tells_what_the_picture_shows() -> None:
    text = board_alternative_text(board(["atlas-7b", "tiny-1b"]), "Spanish slang")
    assert text == (
        "Leaderboard of Spanish slang: 2 entries on 40 items, scores with 95% intervals. "
        "Rank 1\N{EN DASH}9: atlas-7b 80.0% (66\N{EN DASH}90); Rank 1\N{EN DASH}9: tiny-1b 80.0% (66\N{EN DASH}90). "
        "May be the best: atlas-7b, tiny-1b."
    )


def test_below_twenty_items_the_alternative_text_claims_no_ranks() -> None:
    text = board_alternative_text(board(["atlas-7b"], claims_ranks=False, items=12), "Spanish slang")
    assert "Rank" not in text
    assert "Fewer than 20 items: no ranks are claimed." in text


def test_an_empty_board_is_told_as_empty() -> None:
    assert board_alternative_text(board([]), "Spanish slang").endswith("No entries yet.")


BASELINES = tuple(
    BaselineScore(kind, score, Interval(0, 0, 40))
    for kind, score in ((BaselineKind.EMPTY, 0.0), (BaselineKind.CONSTANT, 0.421), (BaselineKind.GOLD, 1.0))
)


def test_the_alternative_text_tells_the_best_baseline_and_the_half_of_a_split() -> None:
    text = board_alternative_text(replace(board(["atlas-7b"]), scope=Scope.PUBLIC), "Slang", BASELINES)
    assert "1 entry on 40 public items" in text
    assert text.endswith(" Best baseline: Always the most frequent answer, 42.1%.")
    assert "baseline" not in board_alternative_text(board(["atlas-7b"]), "Slang", BASELINES[2:])


def test_the_alternative_text_tells_who_is_held_and_what_that_is() -> None:
    one = board(["atlas-7b"])
    text = board_alternative_text(
        replace(one, ranked=tuple(replace(each, entry=replace(each.entry, is_held=True)) for each in one.ranked)), "S"
    )
    assert "80.0% (66\N{EN DASH}90), held." in text
    assert "Held: not clearly above the same person's best system." in text


def test_the_longest_names_and_title_lose_no_sentence_to_the_limit() -> None:
    text = board_alternative_text(board(["W" * 200] * 30), "T" * 500, BASELINES)
    assert len(text) <= ALTERNATIVE_TEXT_LIMIT
    assert "And 25 more." in text
    assert "and 25 more." in text
    assert text.endswith("42.1%.")


def test_figures_below_zero_are_read_without_a_row_of_dashes() -> None:
    assert percent_range(Interval(-0.553, -0.1, 40), 40) == "-55 to -10"
    assert percent_range(Interval(-0.001, 0.2, 40), 40) == "0 to 20"
    assert percent(-0.0001) == "0.0%", "no minus before nothing"


@given(st.text(), st.text())
def test_no_name_breaks_the_limit_or_the_line(name: str, title: str) -> None:
    text = board_alternative_text(board([name] * 7), title)
    assert len(text) <= ALTERNATIVE_TEXT_LIMIT
    assert "\n" not in text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("atlas-7b", "atlas-7b"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("over\u202eturned\u2066", "overturned"),
        ("\x00\x1b[31m", "[31m"),
        ("  ", "(no name)"),
        ("x" * 41, "x" * 39 + "…"),
        ("x" * 40, "x" * 40),
        ("e\u0301", "é"),
        ("a" + "\u0338" * 9, "a" + "\u0338" * 2),
    ],
)
def test_a_name_is_shown_plainly(name: str, shown: str) -> None:
    assert plain(name) == shown


def test_many_items_show_a_decimal_of_the_interval() -> None:
    assert percent_range(Interval(0.655, 0.8949, 40), 40) == "66\N{EN DASH}89"
    assert percent_range(Interval(0.5355, 0.5891, 1319), 1319) == "53.5\N{EN DASH}58.9"


def test_a_settled_rank_is_one_number() -> None:
    entry = board(["atlas-7b"]).ranked[0].entry
    assert rank_range(RankedEntry(entry, 1, 1, 1)) == "1"
    assert rank_range(RankedEntry(entry, 2, 2, 5)) == "2\N{EN DASH}5"
