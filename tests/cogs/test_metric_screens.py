from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.errors import BadInput
from bench.metrics.catalogue import METRICS
from bench.metrics.pairs import LONGEST_PAIRS, EdgeCase, Trial, read_pairs
from cogs.metrics import example_form, task_form, trial_form
from cogs.screens.metrics import metric_list, metric_page, refused_trial, trial
from cogs.screens.screen import Screen
from services.job_values import TriedOut
from services.jobs import try_out
from tests.cogs.cog_values import SIGNATURE, TASK
from tests.cogs.test_screens import check_limits, read, walk

LONG = "Ω*<@1>`" * 500
TRIAL = Trial("So A: Thames!", ("Thames", "river"), "Thames!", "thames", ("thames", "river"), 0.5)
WIDE = Trial(LONG, (LONG,) * 20, LONG, LONG, (LONG,) * 20, None, tuple((f"part_{n}", 0.5) for n in range(8)))
CASES = tuple(EdgeCase(f"case {n} {LONG}", WIDE) for n in range(30))


def tried(*trials: Trial) -> TriedOut:
    return TriedOut(SIGNATURE, trials, (EdgeCase("empty", replace(TRIAL, output="", extracted=None)),))


def every_screen() -> Iterator[Screen]:
    yield metric_list()
    for number in range(len(METRICS)):
        yield metric_page(number)
        outcome = try_out(METRICS[number].example, _pairs(number))
        assert isinstance(outcome, TriedOut), outcome
        yield trial(outcome)
    yield trial(TriedOut(SIGNATURE, (WIDE,) * 20, CASES))
    yield refused_trial(BadInput(LONG), LONG, LONG)


def _pairs(number: int) -> str:
    return str(example_form(number).to_dict()["components"][1]["component"]["value"])


@pytest.mark.parametrize("screen", list(every_screen()))
def test_every_screen_keeps_to_the_limits_of_discord_whatever_members_wrote(screen: Screen) -> None:
    check_limits(screen)
    assert "<@1>" not in read(screen)


def test_the_list_names_every_metric_and_its_menu_opens_each() -> None:
    screen = metric_list()
    (options,) = [part["options"] for part in walk(screen.view.payload()) if "options" in part]
    assert [option["label"] for option in options] == [metric.name for metric in METRICS]
    for number, metric in enumerate(METRICS):
        assert f"**{metric.name}**: {metric.summary}" in read(screen)
        page = read(metric_page(number))
        assert metric.example.strip() in page
        assert f"`{metric.default_normalizer.colon_form}`" in page
        assert all(f"`{option.name}`: {option.summary}" in page for option in metric.options)


def test_a_pair_is_told_from_the_output_to_what_is_compared() -> None:
    told = read(trial(tried(TRIAL)))
    assert "1. **50.0%** · `So A: Thames!` → extracted `Thames!` → normalised `thames`" in told
    assert "accepted `Thames` → `thames` | `river`" in told


def test_a_step_that_changes_nothing_is_not_told_and_one_that_finds_nothing_is() -> None:
    same = replace(TRIAL, output="thames", extracted="thames", normalized="thames")
    none = replace(TRIAL, output="well", extracted=None, normalized=None)
    told = read(trial(tried(same, none, replace(TRIAL, extracted="!", normalized=""))))
    assert "1. **50.0%** · `thames`\n" in told
    assert "`well` → nothing extracted" in told
    assert "→ extracted `!` → normalised nothing" in told


def test_what_a_metric_has_to_be_warned_of_is_said_beside_its_scores() -> None:
    outcome = try_out('metric = "mcc"\n[options]\nlabels = ["no", "yes"]', "yes => yes")
    assert isinstance(outcome, TriedOut)
    assert "⚠️ No mean of items" in read(trial(outcome))


def test_what_does_not_fit_stands_in_the_file() -> None:
    screen = trial(tried(*(replace(TRIAL, output=f"{n} {LONG}") for n in range(20))))
    assert "more pairs in the file" in read(screen)
    (file,) = screen.files
    assert file.content.decode().count("pair ") == 20
    assert "edge case: empty: 50.0%" in file.content.decode()


def test_what_was_typed_comes_back_when_it_is_refused() -> None:
    screen = refused_trial(BadInput("Line 1 of the pairs has no =>."), "exact", "one\ntwo")
    assert "Line 1 of the pairs has no =" in read(screen)
    assert screen.files[0].content == b"exact\n\none\ntwo\n"


async def test_the_forms_hold_an_example_or_the_specification_of_a_task() -> None:
    for number in range(len(METRICS)):
        assert len(read_pairs(_pairs(number))) == 1
    specification, pairs = task_form(TASK).to_dict()["components"]
    assert specification["component"]["value"].startswith('metric = "token_f1"\nextract = "after:A:"')
    assert "value" not in pairs["component"]


async def test_the_form_keeps_to_the_limits_of_discord() -> None:
    whole = trial_form(LONG, "x" * 4000, "x" * LONGEST_PAIRS).to_dict()
    assert len(whole["title"]) <= 45
    for label in whole["components"]:
        assert len(label["label"]) <= 45
        assert len(label["description"]) <= 100
        assert label["component"]["max_length"] <= 4000
