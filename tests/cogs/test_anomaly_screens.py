from dataclasses import replace

import pytest

from bench.model import TaskState
from cogs.screens.anomalies import anomalies
from services.anomaly_values import AnomalyKind, AnomalyPage, Look
from tests.cogs.cog_values import SIGNATURE, TASK
from tests.cogs.test_screens import LONG, check_limits, labels, read

SHARED = "a*b (Ben) and c (Dan) share 14 of 19 mistakes word for word (chance below 1 in 10,000). Same model, or …?"
LOOKS = (
    Look(AnomalyKind.MISTAKES, (SHARED, "another"), 5, "No shared mistakes …"),
    Look(AnomalyKind.SPELLINGS, (), 0, "No marked spellings: no item is marked."),
    Look(AnomalyKind.GAP, (), 0, "No gap between public and private items: this task holds none back."),
    Look(AnomalyKind.JUMPS, (), 0, "No jumps: 4 past gains so far; the rule needs 20."),
    Look(AnomalyKind.OUTLIERS, ("first *stands* far above.",), 1, "No outliers …"),
)
PAGE = AnomalyPage(TASK, 3, SIGNATURE, LOOKS)


def test_flags_stand_first_by_kind_and_each_kind_without_one_says_what_was_looked_at() -> None:
    shown = anomalies(PAGE)
    lines = read(shown).splitlines()
    assert lines[:11] == [
        "## What deserves a look in Slang of \\*Chile\\*",
        "**6 flags**",
        "**Shared mistakes**",
        f"- {SHARED.replace('*', chr(92) + '*')}",
        "- another",
        "- … and 3 more",
        "**Outliers**",
        "- first \\*stands\\* far above.",
        "-# No marked spellings: no item is marked.",
        "-# No gap between public and private items: this task holds none back.",
        "-# No jumps: 4 past gains so far; the rule needs 20.",
    ]
    assert lines[11].startswith("-# Flags to look at, never verdicts: honest systems on one base model share mistakes")
    assert lines[-1].startswith("-# gold v3 · `token_f1|")
    assert labels(shown) == ["Board"]
    check_limits(shown)


def test_without_flags_nobody_is_acquitted() -> None:
    quiet = tuple(replace(look, flags=(), found=0) for look in LOOKS)
    lines = read(anomalies(replace(PAGE, looks=quiet))).splitlines()
    assert lines[1] == "**No flags.**"
    assert lines[2:7] == [f"-# {look.looked_at}" for look in LOOKS]
    assert "No flag is no acquittal." in lines[7]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TaskState.PROPOSED, "still to be approved"),
        (TaskState.PILOT, "still to be launched"),
        (TaskState.OPEN, "`/task kit`, then `/submit`; look again then"),
        (TaskState.CLOSED, "there is nothing to look at"),
    ],
)
def test_where_nothing_was_submitted_the_next_step_is_said(state: TaskState, words: str) -> None:
    shown = anomalies(replace(PAGE, task=replace(TASK, state=state), looks=()))
    assert words in read(shown)
    assert "gold v3" in read(shown)
    check_limits(shown)


@pytest.mark.parametrize("kinds", [0, 1, 2, 3, 5])
def test_long_names_and_many_flags_keep_to_discords_limits(kinds: int) -> None:
    looks = tuple(
        Look(kind, (LONG,) * 8 if place < kinds else (), 5000 if place < kinds else 0, LONG)
        for place, kind in enumerate(AnomalyKind)
    )
    shown = anomalies(AnomalyPage(replace(TASK, title=LONG[:90]), 3, SIGNATURE, looks))
    check_limits(shown)
    assert read(shown).count("more") >= kinds
