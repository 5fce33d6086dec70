"""Gold that the submissions speak against: by hand, by law, and how often it is found on boards with a known truth."""

from math import sqrt

import numpy as np
import pytest

from bench.language.specification import parse_specification
from bench.metrics.base import FloatArray
from bench.model import Gold, Item, Outputs
from bench.scoring import item_scores_of, score
from bench.stats.intervals import wilson
from bench.stats.mistakes import family_sizes
from bench.stats.suspects import Suspect, analyse_items, find_suspects, item_rest_correlations

EXACT = parse_specification("exact")
ALTERNATIVES = 4
ITEMS = 100
WRONG_GOLD = 6


def suspects_of(answers: list[list[str]], gold: list[str]) -> tuple[Suspect, ...]:
    items = tuple(Item(f"q{place}", "?", (answer,)) for place, answer in enumerate(gold))
    outputs = [Outputs({f"q{place}": text for place, text in enumerate(row)}) for row in answers]
    scores = [item_scores_of(score(one, Gold(items), EXACT), EXACT) for one in outputs]
    return find_suspects(items, scores, outputs, EXACT)


def systems(right: list[int], on_first: list[str]) -> list[list[str]]:
    """Each has so many of ten more items right, each in its own way wrong, and says that of the first item."""
    return [
        [first, *("yes" if place < number else f"no {system} {place}" for place in range(10))]
        for system, (number, first) in enumerate(zip(right, on_first, strict=True))
    ]


GOLD = ["Slainte mhath", *["yes"] * 10]
STRONG_AGAINST_GOLD = systems([9, 9, 8, 8, 3, 2], ["Sláinte", "sláinte", "Sláinte!", "Sláinte", "Slainte mhath", "x"])


def test_strong_systems_that_agree_against_the_gold_make_it_suspect() -> None:
    (found,) = suspects_of(STRONG_AGAINST_GOLD, GOLD)
    assert (found.item_id, found.answer, found.systems, found.of) == ("q0", "Sláinte", 4, 6)
    assert found.correlation is not None
    assert found.correlation < 0
    assert found.sentence == "Item q0: 4 of 6 submissions agree on “Sláinte” against the gold. Please vote again."
    assert found.public_sentence == "Item q0: 4 of 6 submissions agree on another answer than the gold."
    assert "Sl" not in found.public_sentence + repr(found)
    assert "mhath" not in found.sentence


def test_support_by_hand() -> None:
    """Rest scores of 10, 9 and 8 of ten and twice 0 weigh log(11) + 1, log(10 / 2) + 1, log(9 / 3) + 1, and .05."""
    answers = systems([10, 9, 8, 0, 0], ["x", "x", "x", "Slainte mhath", "y"])
    (found,) = suspects_of(answers, GOLD)
    strong = [np.log(11) + 1, np.log(10 / 2) + 1, np.log(9 / 3) + 1]
    assert found.support == pytest.approx(sum(strong) / (sum(strong) + 0.05 * 2))


def test_weak_systems_that_agree_are_only_a_popular_mistake() -> None:
    answers = systems([9, 9, 9, 2, 1, 1], ["Slainte mhath", "Slainte mhath", "Slainte mhath", "x", "x", "x"])
    assert suspects_of(answers, GOLD) == ()


def test_two_on_an_answer_or_four_submissions_are_too_few() -> None:
    assert suspects_of(systems([9, 9, 3, 2, 2], ["x", "x", "y", "z", "Slainte mhath"]), GOLD) == ()
    assert suspects_of(STRONG_AGAINST_GOLD[:4], GOLD) == ()
    assert suspects_of(STRONG_AGAINST_GOLD[:5], GOLD) != ()
    assert suspects_of([], GOLD) == ()


def test_an_item_that_all_miss_alike_is_suspect_though_it_does_not_vary() -> None:
    (found,) = suspects_of(systems([9, 8, 7, 6, 5], ["x"] * 5), GOLD)
    assert (found.systems, found.correlation) == (5, None)
    assert found.support == pytest.approx(1)


def test_silence_is_no_answer_to_agree_on() -> None:
    assert suspects_of(systems([9, 8, 7, 6, 5], ["..."] * 3 + [""] * 2), GOLD) == ()


def test_copies_of_one_system_are_one_voice() -> None:
    copy = systems([4], ["x"])[0]
    answers = [copy] * 4 + systems([9, 9, 8, 8], ["Slainte mhath", "y", "Slainte mhath", "z"])
    assert "q0" not in {suspect.item_id for suspect in suspects_of(answers, GOLD)}
    assert suspects_of([copy] * 9, GOLD) == ()


def test_families_by_hand() -> None:
    """Of six mistakes five are shared: 83% of those of each. A third system shares four of six."""
    codes = np.array([[0, 0, 0, 0, 0, 0, -1], [0, 0, 0, 0, 0, 1, -1], [0, 0, 0, 0, 1, 2, -1], [-1] * 7])
    assert family_sizes(codes).tolist() == [2, 2, 1, 1]
    assert family_sizes(codes[:, :4]).tolist() == [1, 1, 1, 1]
    assert family_sizes(np.full((3, 8), 0)).tolist() == [3, 3, 3]


def test_correlations_by_hand() -> None:
    """The last item scores 0, 0, 1 and the rest 2, 1, 0: covariance -1/3, variances 2/9 and 2/3."""
    scores = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    assert item_rest_correlations(scores, np.ones(3))[2] == pytest.approx(-(1 / 3) / sqrt(2 / 9 * 2 / 3))
    generator = np.random.default_rng(1)
    many = (generator.random((20, 6)) < 0.5).astype(float)
    expected = [np.corrcoef(many[:, item], np.delete(many, item, 1).sum(axis=1))[0, 1] for item in range(6)]
    assert item_rest_correlations(many, np.ones(20)).tolist() == pytest.approx(expected)
    assert np.isnan(item_rest_correlations(np.ones((4, 3)), np.ones(4))).all()


def test_the_analysis_of_an_item_shows_its_correlation_from_fifteen_submissions() -> None:
    generator = np.random.default_rng(3)
    scores = list((generator.random((15, 8)) < 0.6).astype(float))
    ids = [f"q{place}" for place in range(8)]
    shown, hidden = analyse_items(ids, scores), analyse_items(ids, scores[:14])
    right = sum(row[2] for row in scores)
    assert shown[2].item_id == "q2"
    assert shown[2].difficulty == pytest.approx(right / 15)
    assert (shown[2].low, shown[2].high) == pytest.approx(wilson(right / 15, 15))
    assert all(item.correlation is not None for item in shown)
    assert all(item.correlation is None for item in hidden)
    assert analyse_items(ids, []) == ()


def test_no_order_of_the_submissions_makes_other_suspects() -> None:
    generator = np.random.default_rng(9)
    answers, gold, _ = board(generator, 12, popular=0.6)
    scores, outputs, items = as_submissions(answers, gold)
    order = generator.permutation(12)
    first = find_suspects(items, scores, outputs, EXACT)
    second = find_suspects(items, [scores[i] for i in order], [outputs[i] for i in order], EXACT)
    assert first
    assert {(one.item_id, one.systems) for one in first} == {(one.item_id, one.systems) for one in second}


def board(generator: np.random.Generator, submissions: int, popular: float) -> tuple[FloatArray, FloatArray, set[int]]:
    """Answers and gold as numbers, and which gold is wrong; models and items vary by a logit, and 0 is the truth.

    Whoever errs, the author of wrong gold too, makes the item's popular mistake with the chance `popular`, else any.
    """
    skill, difficulty = generator.normal(0.85, 1, submissions), generator.normal(0, 1, ITEMS)
    right = generator.random((submissions, ITEMS)) < 1 / (1 + np.exp(difficulty - skill[:, None]))
    mistakes = generator.integers(1, ALTERNATIVES + 1, (submissions + 1, ITEMS))
    mistakes[generator.random((submissions + 1, ITEMS)) < popular] = 1
    gold = np.zeros(ITEMS)
    wrong = generator.permutation(ITEMS)[:WRONG_GOLD]
    gold[wrong] = mistakes[-1, wrong]
    return np.where(right, 0.0, mistakes[:-1]), gold, set(wrong.tolist())


def as_submissions(answers: FloatArray, gold: FloatArray) -> tuple[list[FloatArray], list[Outputs], tuple[Item, ...]]:
    items = tuple(Item(str(place), "?", (f"a{answer:.0f}",)) for place, answer in enumerate(gold))
    outputs = [Outputs({str(place): f"a{answer:.0f}" for place, answer in enumerate(row)}) for row in answers]
    return list((answers == gold).astype(float)), outputs, items


def precision_and_recall(submissions: int, popular: float, boards: int = 80, copies: int = 1) -> tuple[float, float]:
    generator = np.random.default_rng(submissions)
    hits = flags = 0
    for _ in range(boards):
        answers, gold, wrong = board(generator, submissions, popular)
        answers[1:copies] = answers[0]
        scores, outputs, items = as_submissions(answers, gold)
        found = {int(suspect.item_id) for suspect in find_suspects(items, scores, outputs, EXACT)}
        hits, flags = hits + len(found & wrong), flags + len(found)
    return hits / max(1, flags), hits / (boards * WRONG_GOLD)


@pytest.mark.parametrize(
    ("submissions", "popular", "precision", "recall"),
    [
        (5, 0.0, 0.75, 0.67),
        (8, 0.0, 0.76, 0.83),
        (15, 0.0, 0.90, 0.86),
        (30, 0.0, 0.96, 0.86),
        (8, 0.6, 0.56, 0.81),
        (15, 0.6, 0.70, 0.86),
        (30, 0.6, 0.85, 0.88),
        (8, 0.75, 0.49, 0.73),
        (15, 0.75, 0.60, 0.85),
        (30, 0.75, 0.78, 0.88),
    ],
)
def test_precision_and_recall_are_those_of_the_table(
    submissions: int, popular: float, precision: float, recall: float
) -> None:
    """480 wrong golds: a standard error of 2 points, and the table does not say how its models and items vary."""
    found_precision, found_recall = precision_and_recall(submissions, popular)
    assert precision - 0.06 <= found_precision <= precision + 0.14
    assert recall - 0.06 <= found_recall <= recall + 0.14


def test_five_copies_among_twelve_do_not_spoil_the_precision() -> None:
    assert precision_and_recall(12, popular=0.0, copies=5)[0] >= 0.66
