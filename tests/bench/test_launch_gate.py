"""The gate before a task opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.gate import Check, Verdict, is_open, launch_checklist


def checklist(**changed: float) -> tuple[Check, ...]:
    given_facts: dict[str, float] = {
        "counted_items": 60,
        "approvals": 2,
        "quorum": 2,
        "curator_approved": False,
        "gold_score": 1.0,
        "empty_score": 0.0,
    }
    return launch_checklist(**(given_facts | changed))  # type: ignore[arg-type]  # bools and counts are numbers


def test_a_task_with_everything_in_order_opens() -> None:
    checks = checklist()
    assert is_open(checks)
    assert [check.verdict for check in checks] == [Verdict.MET] * 4
    assert [check.figure for check in checks] == ["2 of 2 members approved", "60", "100%", "0%"]


@pytest.mark.parametrize(
    ("changed", "line", "figure"),
    [
        ({"approvals": 1}, 0, "1 of 2 members approved"),
        ({"counted_items": 19}, 1, "19, so 1 more are needed"),
        ({"gold_score": 0.98}, 2, "98.0%"),
        ({"gold_score": 0.99999}, 2, "99.999%"),
        ({"empty_score": 0.02}, 3, "2.0%"),
    ],
)
def test_one_line_that_is_not_met_keeps_the_gate_closed(changed: dict[str, float], line: int, figure: str) -> None:
    checks = checklist(**changed)
    assert not is_open(checks)
    assert [check.verdict is Verdict.UNMET for check in checks] == [number == line for number in range(4)]
    assert checks[line].figure == figure


def test_a_curator_stands_for_the_quorum() -> None:
    checks = checklist(approvals=0, curator_approved=True)
    assert is_open(checks)
    assert checks[0].figure == "a curator approved"


def test_20_to_49_items_open_with_a_note() -> None:
    for items in (20, 49):
        checks = checklist(counted_items=items)
        assert checks[1].verdict is Verdict.NOTE
        assert is_open(checks)
    assert checklist(counted_items=50)[1].verdict is Verdict.MET


@given(st.integers(0, 10**6), st.integers(0, 20), st.integers(1, 20), st.booleans(), st.floats(0, 1), st.floats(0, 1))
def test_the_gate_is_open_exactly_when_every_condition_holds(
    items: int, approvals: int, quorum: int, curator: bool, gold: float, empty: float
) -> None:
    checks = launch_checklist(
        counted_items=items,
        approvals=approvals,
        quorum=quorum,
        curator_approved=curator,
        gold_score=gold,
        empty_score=empty,
    )
    expected = (curator or approvals >= quorum) and items >= 20 and gold == 1 and empty == 0
    assert is_open(checks) == expected
    assert all(check.name and check.figure for check in checks)
