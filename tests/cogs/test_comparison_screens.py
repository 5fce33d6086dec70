from dataclasses import replace

from bench.stats.score_rows import ScoreRow
from cogs.screens.comparisons import SLICES_SHOWN, comparison, slices
from cogs.screens.words import columns
from services.comparison_values import ComparedSystems, ComparisonPage, SlicesOfBoard, SlicesPage
from tests.cogs.cog_values import SIGNATURE, TASK
from tests.cogs.test_screens import LONG, check_limits, labels, read

FOUND = ComparedSystems(
    items=50,
    sentences=(
        "9 items only a*b, 3 only c, 30 both, 8 neither.",
        "Too close to call (p = .09).",
        "a*b leads c by 12.0 points (-1 to +25). With 50 items gaps under about 18 points cannot be told apart.",
        "About 31 more items would tell them apart, if the gap stays as it is.",
    ),
    slices=("chile (31 items): a*b leads by 12.0 points, too close to call (p = .2 after correction).",),
    is_mean=True,
    picture=b"png",
    alternative_text="words",
)
PAGE = ComparisonPage(TASK, 3, SIGNATURE, "a*b", "c", FOUND)


def test_the_verdict_stands_first_and_then_what_it_rests_on() -> None:
    shown = read(comparison(PAGE))
    lines = shown.splitlines()
    assert lines[:3] == [
        "## a\\*b and c",
        "Slang of \\*Chile\\* · 50 items that both were asked",
        "**Too close to call (p = .09).**",
    ]
    assert "- 9 items only a\\*b, 3 only c, 30 both, 8 neither." in lines
    assert "- About 31 more items would tell them apart, if the gap stays as it is." in lines
    assert "- chile (31 items): a\\*b leads by 12.0 points, too close to call (p = .2 after correction)." in lines
    assert lines[-1].startswith("-# gold v3 · `token_f1|")
    assert labels(comparison(PAGE)) == ["Board"]
    check_limits(comparison(PAGE))


def test_a_score_that_is_no_mean_is_not_passed_off_as_one() -> None:
    assert "is not the mean" not in read(comparison(PAGE))
    assert "is not the mean" in read(comparison(replace(PAGE, compared=replace(FOUND, is_mean=False))))


def test_without_tags_there_is_nothing_by_slice() -> None:
    assert "By slice" not in read(comparison(replace(PAGE, compared=replace(FOUND, slices=()))))


def test_long_names_and_many_slices_keep_to_discords_limits() -> None:
    found = replace(FOUND, sentences=(LONG,) * 4, slices=(LONG,) * 40, alternative_text=LONG[:1024], is_mean=False)
    shown = comparison(replace(PAGE, first=LONG, second=LONG, compared=found, task=replace(TASK, title=LONG[:90])))
    check_limits(shown)
    assert f"… and {40 - SLICES_SHOWN} more" in read(shown)


def by_slices(names: tuple[str, ...], key: str, changes: int) -> SlicesPage:
    scores = tuple(0.5 for _ in names)
    averages = (ScoreRow("all items", 50, scores), *(ScoreRow(f"by {key}", 45, scores) for _ in range(4)))
    rows = (ScoreRow(key, 40, scores), ScoreRow("b", 5, None))
    found = SlicesOfBoard(names, averages, rows, (LONG,) * changes, changes, b"png", "words")
    return SlicesPage(TASK, 3, SIGNATURE, 2, found)


def test_a_board_by_slices_has_both_averages_in_forty_columns() -> None:
    shown = read(slices(by_slices(("atlas", "a system with `a long name"), "dialect", 0)))
    lines = shown.splitlines()
    start = lines.index("```")
    assert lines[start + 1].split() == ["system", "items", "diale…", "diale…"]
    assert lines[start + 2].split() == ["1", "atlas", "50.0%", "50.0%", "50.0%"]
    assert {columns(line) for line in lines[start + 1 : start + 4]} == {39}
    assert "1 slice of fewer than 10 items: not enough items to tell." in shown
    assert "2 more are ranked; these are the best 2." in shown


def test_a_board_by_slices_keeps_to_discords_limits() -> None:
    check_limits(slices(by_slices((LONG,) * 10, LONG, 4)))
