"""The lines of the launch gate that the votes, the authors and the baselines fill."""

import pytest

from bench.baselines import BaselineKind, BaselineScore
from bench.gate import Check, Verdict, is_open, launch_checklist, pilot_checklist
from bench.model import Interval
from bench.stats.agreement import Agreement
from bench.stats.concentration import concentration
from bench.stats.intervals import wilson

EVERYONE = concentration(range(60))


def scored(kind: BaselineKind, right: int, items: int = 60) -> BaselineScore:
    return BaselineScore(kind, right / items, Interval(*wilson(right / items, items), items))


GOLD = scored(BaselineKind.GOLD, 60)
EMPTY = scored(BaselineKind.EMPTY, 0)


def checklist(**changed: object) -> tuple[Check, ...]:
    facts: dict[str, object] = {
        "voters": 5,
        "objected": 0,
        "settled": 50,
        "counted_items": 60,
        "agreement": Agreement(60, 0.85, 0.8),
        "baselines": (EMPTY, scored(BaselineKind.CONSTANT, 12), scored(BaselineKind.COPY, 3), GOLD),
        "concentration": EVERYONE,
    }
    return pilot_checklist(**(facts | changed))  # type: ignore[arg-type]  # the facts differ in type


def test_every_line_says_why_it_is_asked() -> None:
    launch = launch_checklist(
        counted_items=60, approvals=2, quorum=2, curator_approved=False, gold_score=1.0, empty_score=0.0
    )
    assert all(check.meaning for check in (*launch, *checklist()))


def test_a_pilot_with_everything_in_order_opens() -> None:
    checks = checklist()
    assert is_open(checks)
    assert [check.verdict for check in checks] == [Verdict.MET] * 7 + [Verdict.NOTE]
    assert [check.figure for check in checks] == [
        "5 so far",
        "none",
        "50 of 60 (83%)",
        "0.80; they agree 85% of the time",
        "100%",
        "Always the most frequent answer: 20% (up to 31.8%)",
        "One member wrote 2% of the gold, which is like 60.0 equal authors.",
        "about 19 points with 50 settled items",
    ]


@pytest.mark.parametrize(
    ("changed", "line", "figure"),
    [
        ({"voters": 4}, 0, "4 so far"),
        ({"objected": 1}, 1, "1 item to discuss, to reword or to take out"),
        ({"objected": 3}, 1, "3 items to discuss, to reword or to take out"),
        ({"settled": 47}, 2, "47 of 60 (78%)"),
        ({"settled": 7999, "counted_items": 10_000}, 2, "7,999 of 10,000 (79%)"),
        ({"agreement": Agreement(60, 0.6, 0.3)}, 3, "0.30; they agree 60% of the time"),
        ({"agreement": Agreement(60, 0.6, 0.599)}, 3, "0.5990; they agree 60% of the time"),
        ({"baselines": (EMPTY, scored(BaselineKind.GOLD, 59))}, 4, "98.3%"),
        ({"baselines": (EMPTY, scored(BaselineKind.COPY, 24), GOLD)}, 5, "The prompt copied: 40% (up to 52.6%)"),
        (
            {"concentration": concentration([1] * 42 + [2, 3, 4] * 6)},
            6,
            "One member wrote 70% of the gold (like 1.9 equal authors): 60 items are worth about 17.",
        ),
    ],
)
def test_one_line_that_is_not_met_keeps_the_gate_closed(changed: dict[str, object], line: int, figure: str) -> None:
    checks = checklist(**changed)
    assert [number for number, check in enumerate(checks) if check.verdict is Verdict.UNMET] == [line]
    assert checks[line].figure == figure
    assert not is_open(checks)


def test_eighty_percent_settled_is_enough() -> None:
    settled = checklist(settled=48)[2]
    assert (settled.verdict, settled.figure) == (Verdict.MET, "48 of 60 (80%)")


def test_too_few_votes_to_speak_of_agreement_are_noted_and_close_nothing() -> None:
    checks = checklist(agreement=Agreement(19, 0.9, None))
    assert checks[3].verdict is Verdict.NOTE
    assert checks[3].figure == "they agree 90% of the time; AC1 from 20 items with two votes on, 19 now"
    assert is_open(checks)


def test_concentrated_authors_are_noted_and_shrink_what_the_items_can_tell() -> None:
    checks = checklist(concentration=concentration([1] * 30 + [author for author in range(2, 12) for _ in range(3)]))
    assert checks[6].verdict is Verdict.NOTE
    assert checks[7].figure == "about 29 points with 50 settled items, worth 22 because few wrote them"
    assert is_open(checks)


def test_before_anything_is_scored_or_settled_the_list_says_so() -> None:
    checks = checklist(baselines=(), settled=0, voters=0, counted_items=0, concentration=concentration([]))
    assert [checks[line].figure for line in (2, 4, 5, 7)] == [
        "no items",
        "not scored yet",
        "not scored yet",
        "no item counts yet",
    ]
    assert not is_open(checks)


def test_the_lines_stand_beside_those_of_the_launch() -> None:
    launch = launch_checklist(
        counted_items=60, approvals=2, quorum=2, curator_approved=False, gold_score=1.0, empty_score=0.0
    )
    names = [check.name for check in (*launch, *checklist())]
    assert len(set(names)) == len(names)
