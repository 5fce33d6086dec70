"""The Ladder against luck, boosting and probing, beside a board that shows every score."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.metrics.base import FloatArray
from bench.stats.ladder import (
    ShownRun,
    climb,
    climb_with_systems,
    is_clear_gain,
    items_to_rise,
    no_gain_sentence,
    shown_score,
)
from bench.stats.tries import tries_in_all

Rule = Callable[[FloatArray, FloatArray], bool]


def exact(best: FloatArray, new: FloatArray) -> bool:
    """A board that shows every better score."""
    return bool(new.mean() > best.mean())


def right(places: range, items: int = 50) -> FloatArray:
    scores = np.zeros(items)
    scores[places] = 1
    return scores


def test_three_gained_and_none_lost_are_shown_and_two_are_not() -> None:
    """sqrt(3) is above 1.64 and sqrt(2) below."""
    best = right(range(30))
    assert [is_clear_gain(best, right(range(30 + gained))) for gained in range(5)] == [False, False, False, True, True]


def test_a_step_needs_more_where_more_changed() -> None:
    """Gaining 8 and losing 3 is 5 of 50 with deviation sqrt((11 - 25/50) / 49) = .463: the step is 5.4 items."""
    best = right(range(30))
    assert not is_clear_gain(best, right(range(3, 38)))
    assert is_clear_gain(best, right(range(2, 39)))


def test_the_deviation_is_that_of_a_sample() -> None:
    """Gaining 10 and losing 4 of 40: the step is 6.01 items, with ddof = 0 it would be 5.94 and the run shown."""
    best = right(range(20), 40)
    assert not is_clear_gain(best, right(range(4, 30), 40))
    assert is_clear_gain(best, right(range(3, 30), 40))


def test_a_gain_that_is_only_rounding_is_none() -> None:
    best = np.full(50, 0.5)
    assert not is_clear_gain(best, best + 1e-12)
    assert is_clear_gain(best, best + 1e-6)


def test_climbing_says_after_each_run_which_one_is_shown() -> None:
    runs = [right(range(20)), right(range(21)), right(range(30)), right(range(10)), right(range(32))]
    assert climb(runs) == (0, 0, 2, 2, 2)
    assert climb([]) == ()


def test_each_system_has_its_own_ladder_and_none_rises_by_luck_above_the_persons_best() -> None:
    runs = [
        ("large", right(range(30))),
        ("small", right(range(20))),
        ("small", right(range(22))),
        ("other", right(range(32))),
        ("small", right(range(26))),
        ("huge", right(range(40))),
    ]
    shown = climb_with_systems(runs)
    assert shown == {
        "large": ShownRun(0, 0.6, is_held=False),
        "small": ShownRun(4, 0.52, is_held=False),
        "other": ShownRun(3, 0.6, is_held=True),
        "huge": ShownRun(5, 0.8, is_held=False),
    }
    assert shown["other"].sentence == "Not clearly above your best system, so it stands at the same 60.0% for now."
    assert shown["huge"].sentence is None


@given(st.lists(st.integers(0, 2**16), max_size=8), st.integers(2, 60))
def test_with_one_system_a_person_stands_where_its_ladder_does(seeds: list[int], items: int) -> None:
    runs = [(np.random.default_rng(seed).random(items) < 0.5).astype(float) for seed in seeds]
    shown = climb_with_systems(("only", run) for run in runs)
    assert shown == ({"only": ShownRun(climb(runs)[-1], runs[climb(runs)[-1]].mean(), is_held=False)} if runs else {})


def test_ten_names_for_one_model_gain_no_more_than_ten_tries_with_one_name() -> None:
    """400 honest models on 50 items: the best of ten names stands 4 points too high, and 9 where each is shown."""
    generator = np.random.default_rng(2)
    by_names, by_best = [], []
    for _ in range(400):
        chances = 1 / (1 + np.exp(-0.9 - generator.normal(0, 1, 50)))
        runs = (generator.random((10, 50)) < chances).astype(float)
        shown = climb_with_systems((str(name), run) for name, run in enumerate(runs))
        by_names.append(max(one.score for one in shown.values()) - chances.mean())
        by_best.append(runs.mean(axis=1).max() - chances.mean())
    assert 100 * np.mean(by_names) == pytest.approx(4, abs=1)
    assert 100 * np.mean(by_best) == pytest.approx(9, abs=1)


def test_the_score_is_shown_in_whole_items() -> None:
    assert shown_score(right(range(31))) == 31 / 50
    assert shown_score(np.full(50, 0.333)) == 17 / 50
    assert shown_score(np.array([])) == 0.0


def test_who_does_not_rise_reads_how_much_it_takes() -> None:
    assert [items_to_rise(items) for items in (10, 50, 100, 300)] == [3, 5, 7, 13]
    assert no_gain_sentence(0.71, 50) == (
        "No clear gain: this run scored within the noise of your best (71.0%), or below it. "
        "You need about +5 items of 50."
    )


@given(st.lists(st.integers(0, 2**16), min_size=1, max_size=8), st.integers(2, 60))
def test_the_shown_score_never_falls(seeds: list[int], items: int) -> None:
    runs = [np.round(np.random.default_rng(seed).random(items), 2) for seed in seeds]
    shown = [runs[place].mean() for place in climb(runs)]
    assert shown[0] == runs[0].mean()
    assert shown == sorted(shown)


@given(st.integers(2, 400), st.data())
def test_one_item_gained_is_never_shown(items: int, data: st.DataObject) -> None:
    """At one sigma and with ddof = 0 this very step would be shown for every item that a probe hits."""
    scores = np.array(data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=items, max_size=items)))
    better = scores.copy()
    better[data.draw(st.integers(0, items - 1))] = 1.0
    assert not is_clear_gain(scores, better)


def probed(rule: Rule, items: int = 100, queries: int = 100) -> float:
    """Points gained by changing one answer after another and keeping what was shown."""
    generator = np.random.default_rng(1)
    best = (generator.random(items) < 0.5).astype(float)
    start = best.mean()
    for query in range(queries):
        probe = best.copy()
        probe[query % items] = float(generator.random() < 0.5)
        if rule(best, probe):
            best = probe
    return float(100 * (best.mean() - start))


def test_probing_item_by_item_gains_nothing() -> None:
    assert probed(is_clear_gain) == 0.0
    assert probed(exact) > 15


def boosted(rule: Rule, items: int, queries: int, generator: np.random.Generator) -> float:
    """Blum & Hardt's attack on yes-or-no gold: guess at random, then vote among the guesses that were shown to help."""
    guesses = generator.integers(0, 2, (queries, items))
    best, kept = (guesses[0]).astype(float), [guesses[0]]
    for guess in guesses[1:]:
        helps = guess.mean() > 0.5 if rule is exact else rule(best, guess.astype(float))
        if helps:
            kept.append(guess)
            best = best if rule is exact and best.mean() > guess.mean() else guess.astype(float)
    vote = (np.mean(kept, axis=0) > 0.5).astype(float)
    best = vote if rule(best, vote) else best
    return float(100 * (best.mean() - 0.5))


@pytest.mark.parametrize(
    ("items", "queries", "exact_gain", "ladder_gain"), [(100, 100, 21, 7), (100, 1000, 46, 10), (300, 100, 12, 4)]
)
def test_boosting_random_answers_gains_little(items: int, queries: int, exact_gain: float, ladder_gain: float) -> None:
    """40 attacks, in points over the true 50%; the Ladder's are mostly the luck of the first guesses."""
    generator = np.random.default_rng(items + queries)
    with_exact = np.mean([boosted(exact, items, queries, generator) for _ in range(40)])
    with_ladder = np.mean([boosted(is_clear_gain, items, queries, generator) for _ in range(40)])
    assert with_exact == pytest.approx(exact_gain, abs=5)
    assert with_ladder == pytest.approx(ladder_gain, abs=3)


def mixed(rule: Rule, items: int, queries: int, generator: np.random.Generator) -> float:
    """Points gained by swapping some answers for those of another of five equal models, keeping what was shown."""
    difficulty = generator.normal(0, 1.5, items)
    chances = 1 / (1 + np.exp(-1 - difficulty))
    models = (generator.random((5, items)) < chances).astype(float)
    best = models[0]
    for _ in range(queries):
        swapped = generator.random(items) < 0.2
        probe = np.where(swapped, models[generator.integers(0, 5), np.arange(items)], best)
        if rule(best, probe):
            best = probe
    return float(100 * (best.mean() - chances.mean()))


@pytest.mark.parametrize(
    ("items", "exact_gain", "ladder_gain"), [(50, 8.4, 3.1), (100, 8.7, 4.2), (299, 6, 2.2), (300, 7.4, 3.1)]
)
def test_mixing_the_answers_of_real_models_gains_little_within_the_tries(
    items: int, exact_gain: float, ladder_gain: float
) -> None:
    """100 attacks with as many queries as a person has tries in all."""
    generator = np.random.default_rng(items)
    tries = tries_in_all(items)
    with_exact = np.mean([mixed(exact, items, tries, generator) for _ in range(100)])
    with_ladder = np.mean([mixed(is_clear_gain, items, tries, generator) for _ in range(100)])
    assert with_exact == pytest.approx(exact_gain, abs=1.8)
    assert with_ladder == pytest.approx(ladder_gain, abs=1.8)


def test_without_a_limit_of_tries_a_patient_climber_gets_past_the_ladder() -> None:
    """100 queries on 100 items gain 9 points, 16 on a board that shows all: the limit matters as much as the rule."""
    generator = np.random.default_rng(5)
    assert np.mean([mixed(is_clear_gain, 100, 100, generator) for _ in range(60)]) == pytest.approx(9, abs=2)
    assert np.mean([mixed(exact, 100, 100, generator) for _ in range(60)]) == pytest.approx(16.5, abs=2)


def test_a_person_who_really_gets_better_is_shown_so() -> None:
    """From 60 to 80% in 20 runs on 100 items: on their mean the Ladder is a point off at most, the best 2 too high."""
    generator = np.random.default_rng(4)
    by_ladder, by_best = [], []
    for _ in range(150):
        difficulty = generator.normal(0, 1.5, 100)
        skills = np.linspace(0.65, 2.0, 20)[:, None]
        chances = 1 / (1 + np.exp(-skills - difficulty))
        runs = (generator.random((20, 100)) < chances).astype(float)
        truth, scores = chances.mean(axis=1), runs.mean(axis=1)
        by_ladder.append((scores[list(climb(runs))] - truth).mean())
        by_best.append((np.maximum.accumulate(scores) - truth).mean())
    assert abs(100 * np.mean(by_ladder)) < 1.5
    assert 100 * np.mean(by_best) > 1.5
