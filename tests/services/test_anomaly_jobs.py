"""What the worker finds on a board with a planted copy, leak, gap, jump or outlier, and says of an honest one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from bench.buckets import pack_outputs
from bench.language.specification import parse_specification
from bench.model import Gold, Item, Outputs, Scorecard, Submission, SubmissionState
from bench.scoring import score
from bench.spellings import drawn
from bench.standing import Entry, RankedEntry, Standings
from bench.stats.split import Split
from services.anomaly_jobs import MOST_TOLD, find_anomalies
from services.anomaly_values import AnomalyKind, Evidence, Look

EXACT = parse_specification('metric = "exact"')
START = datetime(2026, 3, 1, tzinfo=UTC)
ITEMS = 60
SPLIT = Split("seed", 0.5)
KINDS = tuple(AnomalyKind)

Answers = dict[str, str | None]


def plain_gold(items: int = ITEMS) -> Gold:
    return Gold(tuple(Item(f"q{number}", "?", (f"right {number}",)) for number in range(items)))


def marked_gold(marked: int, items: int = ITEMS) -> Gold:
    """Of the first items the answer may be written in four ways."""
    spellings = (("a-b", "a b", "ab", "a_b") if number < marked else ("right",) for number in range(items))
    rows = (
        Item(f"q{number}", "?", answers, (("canary", "yes"),) if len(answers) > 1 else ())
        for number, answers in enumerate(spellings)
    )
    return Gold(drawn(rows, np.random.default_rng(3).integers))


def answers_of(gold: Gold, is_right: Callable[[int], object], own: str = "wrong") -> Answers:
    """The gold's first answers where they shall be right, and elsewhere mistakes of one's own."""
    return {
        item.id: item.answers[0] if is_right(number) else f"{own} {number}" for number, item in enumerate(gold.items)
    }


def guesses(gold: Gold, seed: int, share: float = 0.6) -> Answers:
    generator = np.random.default_rng(seed)
    return answers_of(gold, lambda _: generator.random() < share, own=f"mistake of {seed} at")


class Board:
    """Runs as they come in; each is of the member `user` and an hour after the one before."""

    def __init__(self, gold: Gold) -> None:
        self.gold = gold
        self.runs: list[tuple[Submission, Scorecard]] = []
        self.outputs: dict[int, tuple[bytes, ...]] = {}

    def send(self, user: int, system: str, answers: Answers, sent_version: int = 1, gold: Gold | None = None) -> None:
        number, outputs = len(self.runs) + 1, Outputs(answers)
        at = START + timedelta(hours=number)
        of = (9, number, 1, user, f"Member {user}", system, "", "a.csv", 1, "", SubmissionState.SCORED, at)
        card = score(outputs, gold or self.gold, EXACT)
        self.runs.append((Submission(*of, sent_version=sent_version), card))
        self.outputs[number] = pack_outputs(outputs, 2)

    def evidence(self, **others: object) -> Evidence:
        best: dict[tuple[int, str], tuple[Submission, Scorecard]] = {}
        for sent, card in sorted(self.runs, key=lambda one: one[1].score):
            best[sent.user_id, sent.system] = sent, card
        entries = [entry_of(*run) for run in sorted(best.values(), key=lambda one: -one[1].score)]
        ranked = tuple(RankedEntry(entry, place + 1, 1, len(entries)) for place, entry in enumerate(entries))
        board = Standings(9, 1, 1, EXACT.signature, len(self.gold.items), ranked)
        outputs = {sent.id: self.outputs[sent.id] for sent, _ in best.values()}
        return replace(Evidence(self.gold, board, tuple(self.runs), outputs), **others)  # type: ignore[arg-type]


def entry_of(sent: Submission, card: Scorecard) -> Entry:
    figures = (card.score, card.interval, card.coverage.answered, card.coverage.items, 1, sent.received_at)
    return Entry(sent.id, sent.user_id, sent.user_name, sent.system, *figures)


def honest(gold: Gold, systems: int = 8) -> Board:
    board = Board(gold)
    for user in range(systems):
        board.send(user, f"model {user}", guesses(gold, user, 0.5 + 0.02 * user))
    return board


def looks_at(evidence: Evidence) -> Mapping[AnomalyKind, Look]:
    looks = find_anomalies(evidence)
    assert tuple(look.kind for look in looks) == KINDS
    return {look.kind: look for look in looks}


def flags(evidence: Evidence) -> dict[AnomalyKind, tuple[str, ...]]:
    return {kind: look.flags for kind, look in looks_at(evidence).items() if look.flags}


def test_an_honest_board_has_no_flags_and_says_what_was_looked_at() -> None:
    board = honest(marked_gold(6))
    looks = looks_at(board.evidence(split=SPLIT))
    assert [look.flags for look in looks.values()] == [()] * 5
    assert [look.looked_at for look in looks.values()] == [
        (
            "No shared mistakes beyond chance: 28 pairs of systems of different members on 60 items; it takes 5 equal "
            "mistakes or more."
        ),
        "No marked spellings matched beyond chance: 8 systems on 6 marked items; what is answered wrong says nothing.",
        "No gap between public and private items: 8 ranked systems on 60 items; below 200 that clears nobody.",
        "No jumps: 0 past gains so far; the rule needs 20 beside the one that it looks at.",
        "No outliers among 8 ranked systems; only scores far above the others are looked for.",
    ]


def test_what_cannot_be_told_yet_says_what_it_takes() -> None:
    looks = looks_at(honest(plain_gold(), 1).evidence(split=SPLIT))
    assert [look.looked_at for look in looks.values()] == [
        "No shared mistakes: 1 system so far; the rule needs 4.",
        "No marked spellings: no item is marked. Five with four spellings each can tell (tag canary=yes).",
        "No gap between public and private items: 1 ranked system so far; the rule needs 2.",
        "No jumps: 0 past gains so far; the rule needs 20 beside the one that it looks at.",
        "No outliers: 1 ranked system so far; the rule needs 8.",
    ]
    looks = looks_at(honest(marked_gold(2)).evidence())
    assert looks[AnomalyKind.SPELLINGS].looked_at == (
        "No marked spellings: to match all of the 2 marked items is no proof yet (chance 1 in 16); five with four "
        "spellings are."
    )
    assert looks[AnomalyKind.GAP].looked_at == "No gap between public and private items: this task holds none back."
    equal = Board(plain_gold())
    for user in range(8):
        equal.send(user, "model", answers_of(equal.gold, lambda number: number % 2, own=f"{user}"))
    assert looks_at(equal.evidence())[AnomalyKind.OUTLIERS].looked_at.startswith("No outliers: half or more of the 8 ")


def test_two_members_with_the_same_mistakes_are_told_and_one_member_with_two_systems_is_not() -> None:
    board = honest(plain_gold())
    board.send(3, "another name", guesses(board.gold, 3, 0.56))
    assert AnomalyKind.MISTAKES not in flags(board.evidence())
    board.send(20, "copy", guesses(board.gold, 0, 0.5))
    (told,) = flags(board.evidence())[AnomalyKind.MISTAKES]
    assert told.startswith(
        "model 0 (Member 0) and copy (Member 20) share 32 of 32 mistakes word for word (chance below"
    )
    assert told.endswith("Same model, or shared outputs? A curator will look.")


def test_systems_that_say_they_do_not_know_are_no_copies_and_equal_wrong_labels_still_are_mistakes() -> None:
    board = honest(plain_gold(), 4)
    for user in range(60, 63):
        answers = guesses(board.gold, user)
        board.send(user, "modest", answers | {f"q{number}": "I don't know." for number in range(20)})
    assert AnomalyKind.MISTAKES not in flags(board.evidence())
    for user in (70, 71):
        mislabelled: Answers = {f"q{number}": f"right {(number + 1) % 5}" for number in range(20, 40)}
        board.send(user, "labels", guesses(board.gold, user) | mislabelled)
    (told,) = flags(board.evidence())[AnomalyKind.MISTAKES]
    assert told.startswith("labels (Member 70) and labels (Member 71) share 20 of")


def test_whoever_writes_the_drawn_spellings_is_told_and_whoever_has_the_gold_is_named_so() -> None:
    gold = marked_gold(6)
    board = honest(gold)
    for user, name in ((30, "leaked"), (31, "reviewer")):
        board.send(user, name, guesses(gold, user) | answers_of(Gold(gold.items[:6]), lambda _: True))
    other: Answers = {item.id: item.answers[1] for item in gold.items[:6]}
    board.send(32, "honest", guesses(gold, 32) | other)
    assert flags(board.evidence(unranked=frozenset({31})))[AnomalyKind.SPELLINGS] == (
        "leaked (Member 30) matched all 6 marked spellings (chance 1 in 4,096). A curator will look.",
        (
            "reviewer (Member 31, who has seen the gold) matched all 6 marked spellings (chance 1 in 4,096). A curator "
            "will look."
        ),
    )


def test_an_answer_that_was_accepted_later_is_no_marked_spelling() -> None:
    gold = marked_gold(6)
    later = Gold(tuple(replace(item, answers=(*item.answers, "later")) for item in gold.items))
    board = honest(later)
    board.send(40, "later", guesses(later, 40) | {f"q{number}": "later" for number in range(6)})
    assert flags(board.evidence()) == {}


def test_gold_of_the_public_items_alone_makes_a_gap() -> None:
    gold = plain_gold(120)
    board = honest(gold)
    public = answers_of(gold, lambda number: not SPLIT.is_private(f"q{number}"), own="mine")
    board.send(
        50, "seen", {one: public[one] if not SPLIT.is_private(one) else text for one, text in guesses(gold, 50).items()}
    )
    (told,) = flags(board.evidence(split=SPLIT))[AnomalyKind.GAP]
    assert told.startswith("seen (Member 50) does 4")
    assert "points better on public than on private items, against the others" in told
    assert AnomalyKind.GAP not in flags(board.evidence(split=SPLIT, unranked=frozenset({50})))
    assert AnomalyKind.GAP not in flags(board.evidence())


def climbed(steps: int = 22) -> Board:
    """One system that gains an item now and loses one then."""
    board = Board(plain_gold())
    for step in range(steps):
        board.send(1, "steady", answers_of(board.gold, range(20 + step % 3).__contains__))
    return board


def test_a_jump_is_one_beside_the_usual_gains_of_the_board() -> None:
    board = climbed()
    assert flags(board.evidence()) == {}
    assert looks_at(board.evidence())[AnomalyKind.JUMPS].looked_at == "No jumps among 21 gains."
    board.send(1, "steady", answers_of(board.gold, lambda number: number < 45))
    (told,) = flags(board.evidence())[AnomalyKind.JUMPS]
    assert told == (
        "steady (Member 1) rose by 38.3 points at once; a usual gain here is 1.7 points. "
        "A new model can do that. Worth a look."
    )
    assert flags(board.evidence(unranked=frozenset({1}))) == {}


def test_a_run_that_recovers_or_was_asked_other_items_is_no_jump() -> None:
    board = climbed()
    board.send(1, "steady", answers_of(board.gold, lambda number: number < 2))
    board.send(1, "steady", answers_of(board.gold, lambda number: number < 22))
    assert flags(board.evidence()) == {}
    asked_less = Gold(board.gold.items[:50])
    board.send(1, "steady", answers_of(asked_less, lambda number: number < 49), 0, asked_less)
    late = frozenset(item.id for item in board.gold.items[50:])
    assert flags(board.evidence(absent={0: late, 1: frozenset()})) == {}


def test_a_score_far_above_the_board_is_an_outlier() -> None:
    board = Board(plain_gold())
    for user in range(9):
        board.send(user, f"model {user}", answers_of(board.gold, range(user + 1, ITEMS, 2).__contains__, f"{user}"))
    board.send(60, "first", answers_of(board.gold, lambda _: True))
    found = flags(board.evidence())
    assert set(found) == {AnomalyKind.OUTLIERS}
    assert found[AnomalyKind.OUTLIERS] == (
        (
            "first (Member 60) stands far above the others: 100%, where the middle of the board is 47%. "
            "Worth a look, not wrong by itself."
        ),
    )


def test_of_many_flags_the_first_are_told_and_all_are_counted() -> None:
    board, copies = honest(plain_gold(), 12), 12
    for number in range(copies):
        board.send(100 + number, "copy", guesses(board.gold, number, 0.5 + 0.02 * number))
    look = looks_at(board.evidence())[AnomalyKind.MISTAKES]
    assert (len(look.flags), look.found) == (MOST_TOLD, copies)


def test_four_systems_of_one_member_are_held_against_nobody() -> None:
    board = Board(plain_gold())
    for number in range(4):
        board.send(1, f"model {number}", guesses(board.gold, 7))
    look = looks_at(board.evidence())[AnomalyKind.MISTAKES]
    assert look.flags == ()
    assert "0 pairs of systems of different members" in look.looked_at
