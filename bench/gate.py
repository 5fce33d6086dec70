"""The gates between a task's states, as checklists that show their figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.baselines import BaselineKind, BaselineScore
from bench.stats.agreement import FEWEST_ITEMS as FEWEST_FOR_AGREEMENT
from bench.stats.agreement import Agreement
from bench.stats.concentration import Concentration, Concern
from bench.stats.power import smallest_detectable_gap

FEWEST_ITEMS = 20
ENOUGH_ITEMS = 50
PILOT_VOTERS = 5
OBJECTIONS = 2
"""So many members who do not say right are too many for an undecided item."""

LEAST_SETTLED = 0.80
LEAST_AGREEMENT = 0.6
GOLD_MEANING = "Otherwise extraction or normalisation loses accepted answers, and no system could reach the top."
MOST_WITHOUT_SKILL = 0.5
"""The part of the range of scores that an entry without skill must surely stay below."""


class Verdict(StrEnum):
    """How a line of a checklist stands."""

    MET = "met"
    NOTE = "note"
    UNMET = "unmet"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a checklist: what is asked, how it stands, the figure behind it, and why it is asked."""

    name: str
    verdict: Verdict
    figure: str
    meaning: str = ""


def launch_checklist(
    *,
    counted_items: int,
    approvals: int,
    quorum: int,
    curator_approved: bool,
    gold_score: float,
    empty_score: float,
) -> tuple[Check, ...]:
    """What a task needs before it opens, line by line; one line that is not met keeps the gate closed.

    `approvals` counts members other than the author; a curator's approval stands for all of them. `gold_score` and
    `empty_score` are the metric's scores, 0 to 1, of the gold answered with itself and of empty outputs.
    """
    return (
        _approval(approvals, quorum, curator_approved=curator_approved),
        _number_of_items(counted_items),
        _expected_score("The gold answered with itself scores 100%", gold_score, 1.0, GOLD_MEANING),
        _expected_score("Empty outputs score 0%", empty_score, 0.0, "Otherwise saying nothing would earn points."),
    )


def pilot_checklist(
    *,
    voters: int,
    objected: int,
    settled: int,
    counted_items: int,
    agreement: Agreement,
    baselines: Sequence[BaselineScore],
    concentration: Concentration,
) -> tuple[Check, ...]:
    """What the votes and the baselines say of a pilot, to stand after `launch_checklist`.

    `voters` are the members who voted on any item, `objected` the counted items that are not decided and have at least
    two objections, `settled` those of `counted_items` that are settled. The limits are judgement, built on simulations
    of crowds and of authors.
    """
    return (
        _pilot_voters(voters),
        _objected(objected),
        _settled(settled, counted_items),
        _agreement(agreement),
        *_baselines(baselines),
        _authors(concentration),
        _smallest_gap(settled, counted_items, concentration),
    )


def is_open(checks: Iterable[Check]) -> bool:
    """Whether a gate with these lines lets the task through."""
    return not unmet(checks)


def unmet(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The lines that keep a gate closed."""
    return tuple(check for check in checks if check.verdict is Verdict.UNMET)


def _approval(approvals: int, quorum: int, *, curator_approved: bool) -> Check:
    met = curator_approved or approvals >= quorum
    figure = "a curator approved" if curator_approved else f"{approvals} of {quorum} members approved"
    meaning = "No task opens unless others want it too; approvals are given on the task's post."
    return Check("The community approves", Verdict.MET if met else Verdict.UNMET, figure, meaning)


def _number_of_items(items: int) -> Check:
    name = f"At least {FEWEST_ITEMS} items count"
    meaning = (
        "With fewer, a score is uncertain by 17 points and more, and no rank is claimed; `/task add` proposes items."
    )
    if items < FEWEST_ITEMS:
        return Check(name, Verdict.UNMET, f"{items}, so {FEWEST_ITEMS - items} more are needed", meaning)
    if items < ENOUGH_ITEMS:
        return Check(name, Verdict.NOTE, f"{items}; from {ENOUGH_ITEMS} on, ranks begin to separate", meaning)
    return Check(name, Verdict.MET, f"{items:,}", meaning)


def _expected_score(name: str, found: float, expected: float, meaning: str) -> Check:
    return Check(name, Verdict.MET if found == expected else Verdict.UNMET, _percent(found, expected), meaning)


def _percent(found: float, expected: float) -> str:
    """One decimal, or as many as it takes to see that the figure is not the expected one."""
    decimals = next((n for n in range(1, 7) if f"{found:.{n}%}" != f"{expected:.{n}%}"), 1)
    return f"{expected:.0%}" if found == expected else f"{found:.{decimals}%}"


def _pilot_voters(voters: int) -> Check:
    verdict = Verdict.MET if voters >= PILOT_VOTERS else Verdict.UNMET
    meaning = "Five voters find nine in ten ambiguous items, three only two in three; `/gold vote` deals them."
    return Check(f"At least {PILOT_VOTERS} members vote", verdict, f"{voters} so far", meaning)


def _objected(items: int) -> Check:
    name = f"No undecided item has {OBJECTIONS} objections"
    meaning = (
        "Talk such an item over in the thread; its author or a curator rewords it or takes it out by `/gold item`."
    )
    if not items:
        return Check(name, Verdict.MET, "none", meaning)
    return Check(name, Verdict.UNMET, f"{_items(items)} to discuss, to reword or to take out", meaning)


def _settled(settled: int, items: int) -> Check:
    verdict = Verdict.MET if items and settled >= LEAST_SETTLED * items else Verdict.UNMET
    # Rounded down, so that no share below the limit reads as if it met it.
    figure = f"{settled:,} of {items:,} ({int(100 * settled / items)}%)" if items else "no items"
    meaning = "What nobody has agreed on measures luck; three votes for right settle an item."
    return Check(f"At least {LEAST_SETTLED:.0%} of the items are settled", verdict, figure, meaning)


def _agreement(found: Agreement) -> Check:
    name = f"Voters agree beyond chance (AC1 of {LEAST_AGREEMENT} or more)"
    meaning = "When voters who know the subject disagree, the task is unclear: reword its statement or its items."
    if found.raw is None or found.ac1 is None:
        raw = "" if found.raw is None else f"they agree {found.raw:.0%} of the time; "
        figure = f"{raw}AC1 from {FEWEST_FOR_AGREEMENT} items with two votes on, {found.items} now"
        return Check(name, Verdict.NOTE, figure, meaning)
    verdict = Verdict.MET if found.ac1 >= LEAST_AGREEMENT else Verdict.UNMET
    # Four digits where two would round to the limit: .599 is not .60.
    shown = (
        f"{found.ac1:.2f}"
        if (round(found.ac1, 2) >= LEAST_AGREEMENT) == (verdict is Verdict.MET)
        else f"{found.ac1:.4f}"
    )
    return Check(name, verdict, f"{shown}; they agree {found.raw:.0%} of the time", meaning)


def _baselines(scores: Sequence[BaselineScore]) -> tuple[Check, ...]:
    gold = [one for one in scores if one.kind is BaselineKind.GOLD]
    trivial = [one for one in scores if one.kind is not BaselineKind.GOLD]
    gold_line = "As an entry, the gold itself scores 100%"
    trivial_line = f"Entries without skill stay surely below {MOST_WITHOUT_SKILL:.0%}"
    gold_meaning = "It goes the whole way of a file; if it falls short, so would the best system."
    meaning = "What knows nothing must not look good, or the board tells luck from skill no more."
    if not gold or not trivial:
        unknown = "not scored yet"
        return Check(gold_line, Verdict.UNMET, unknown, gold_meaning), Check(
            trivial_line, Verdict.UNMET, unknown, meaning
        )
    best = max(trivial, key=lambda one: (one.interval.high, one.score))
    verdict = Verdict.MET if best.interval.high < MOST_WITHOUT_SKILL else Verdict.UNMET
    figure = f"{best.kind.system}: {best.score:.0%} (up to {best.interval.high:.1%})"
    return _expected_score(gold_line, gold[0].score, 1.0, gold_meaning), Check(trivial_line, verdict, figure, meaning)


def _authors(found: Concentration) -> Check:
    verdicts = {Concern.NONE: Verdict.MET, Concern.STOP: Verdict.UNMET}
    meaning = "What one person wrote has that person's blind spots, and its items tell less than they are many."
    return Check("The gold is many people's", verdicts.get(found.concern, Verdict.NOTE), found.sentence, meaning)


def _smallest_gap(settled: int, items: int, found: Concentration) -> Check:
    """On the settled items, as soon as there are some; before that on all that count."""
    which, number = ("settled item", settled) if settled else ("item", items)
    name = "The smallest gap that shows"
    meaning = "Four times in five the set shows a difference of this size; two systems that are closer look alike."
    worth = int(number / found.design_effect)
    if worth < 1:
        return Check(name, Verdict.NOTE, "no item counts yet", meaning)
    likened = f", worth {worth:,} because few wrote them" if worth < number else ""
    figure = f"about {smallest_detectable_gap(worth) * 100:.0f} points with {_items(number, which)}{likened}"
    return Check(name, Verdict.NOTE, figure, meaning)


def _items(number: int, noun: str = "item") -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
