"""Two ranked systems of a board beside each other."""

import pytest

from bench.errors import BadInput, NotFound, TouchstoneError, WrongState
from bench.model import Actor, VoteValue
from services.comparisons import key_of
from services.values import UploadedFile
from tests.services.community import BEN, CARLA, DAN, EVE, GUILD, Community, outputs_file
from tests.services.test_additions import TWO, sent, settle
from tests.services.voting import all_vote, ballot_on, scored, version, voters

ITEMS = 60


def tagged_gold(items: int = ITEMS) -> UploadedFile:
    """Two thirds are of the north, the others of the south."""
    rows = ["id,prompt,answer,tags"]
    rows += [
        f"q{one},What is {one} + {one}?,{2 * one},side={'north' if 3 * one < 2 * items else 'south'}"
        for one in range(items)
    ]
    return UploadedFile("gold.csv", "\n".join(rows).encode())


async def send(village: Community, task: int, who: Actor, right: int, system: str, items: int = ITEMS) -> None:
    await scored(village, await village.submit(who, task, outputs_file(right, items=items), system=system))


@pytest.fixture
async def task(village: Community) -> int:
    found = await village.open_task(tagged_gold())
    await send(village, found, DAN, 50, "large")
    await send(village, found, EVE, 30, "small")
    return found


async def test_two_systems_are_compared_in_words_by_slice_and_in_a_picture(village: Community, task: int) -> None:
    page = await village.services.comparisons.compare(GUILD, task, "Small ", "large")
    assert (page.first, page.second, page.gold_version, page.task.id) == ("small", "large", 1, task)
    found = page.compared
    assert found.sentences == (
        "0 items only small, 20 only large, 30 both, 10 neither.",
        "large is better (p < .001).",
        "large leads small by 33.3 points (+20 to +44). With 60 items gaps under about 20 points cannot be told apart.",
        "These items are enough to tell them apart.",
    )
    assert found.slices == (
        "north (40 items): large leads by 25.0 points, a real gap (p < .001 after correction).",
        "south (20 items): large leads by 50.0 points; not enough items to tell.",
    )
    assert (found.items, found.is_mean, found.picture[:4]) == (60, True, b"\x89PNG")
    assert found.alternative_text.startswith("small compared with large on Doubling")


async def test_a_system_is_found_by_its_key_through_later_attempts(village: Community, task: int) -> None:
    choices = await village.services.comparisons.systems(GUILD, task)
    assert choices == ((f"{DAN.user_id}:large", "large"), (f"{EVE.user_id}:small", "small"))
    await send(village, task, EVE, 45, "small")
    page = await village.services.comparisons.compare(GUILD, task, choices[0][0], choices[1][0])
    assert page.compared.sentences[0] == "5 items only large, 0 only small, 45 both, 10 neither."


async def test_what_a_pair_alone_would_show_but_the_board_does_not_is_said(village: Community, task: int) -> None:
    await send(village, task, DAN, 44, "near")
    for number in range(3):
        await send(village, task, Actor(GUILD, 70 + number, "Finn"), 20 + number, f"other {number}")
    page = await village.services.comparisons.compare(GUILD, task, "large", "near")
    assert page.compared.sentences[1] == (
        "large is better (p = .02), but among all pairs of the board so small a p may come by luck."
    )


async def test_contested_items_are_not_compared(village: Community, task: int) -> None:
    who = voters(village.clock, 3)
    dealt = await ballot_on(village, task, "q40", who[0])
    await all_vote(village, dealt.ballot.id, who, VoteValue.AMBIGUOUS)
    await version(village, task, 2)
    page = await village.services.comparisons.compare(GUILD, task, "large", "small")
    assert (page.gold_version, page.compared.items) == (2, 59)
    assert page.compared.sentences[0].startswith("19 items only large, 0 only small")


async def test_of_systems_that_were_asked_different_items_the_common_ones_are_compared(village: Community) -> None:
    task = await village.open_task()
    await scored(village, await village.submit(DAN, task, outputs_file(18), system="early"))
    await village.services.additions.propose(CARLA, task, TWO)
    await settle(village, task, "n1", "n2")
    await version(village, task, 3)
    await scored(village, await village.submit(EVE, task, sent(12, {"n1": "200", "n2": "400"}), system="late"))
    page = await village.services.comparisons.compare(GUILD, task, "late", "early")
    assert page.compared.items == 24
    assert page.compared.sentences[0] == "0 items only late, 6 only early, 12 both, 6 neither."


@pytest.mark.parametrize(
    ("first", "second", "error", "words"),
    [
        ("large", "LARGE", BadInput, "“large” was chosen twice; choose another system as the second."),
        ("large", "huge `*", NotFound, "No system called “huge `*” is ranked here"),
        ("", "large", NotFound, "No system called “” is ranked here"),
        ("twin", "large", BadInput, "2 systems are called “twin”; choose one from the list"),
        ("gold reader", "large", NotFound, "has seen the gold; only ranked entries are compared."),
    ],
)
async def test_each_refusal_says_what_helps(
    village: Community, task: int, first: str, second: str, error: type[TouchstoneError], words: str
) -> None:
    await send(village, task, DAN, 20, "twin")
    await send(village, task, EVE, 20, "Twin")
    await send(village, task, BEN, 60, "gold reader")
    with pytest.raises(error, match=words.replace("*", r"\*")):
        await village.services.comparisons.compare(GUILD, task, first, second)
    assert (await village.services.comparisons.compare(GUILD, task, "twin (dan)", "twin (eve)")).first == "twin (Dan)"


async def test_a_comparison_needs_two_ranked_systems_and_twenty_items(village: Community) -> None:
    task = await village.open_task(tagged_gold(19))
    for found in ("No system is", "One system is"):
        with pytest.raises(WrongState, match=f"{found} ranked here so far; a comparison needs two."):
            await village.services.comparisons.compare(GUILD, task, "one", "two")
        await send(village, task, DAN, 5, "one", 19)
    await send(village, task, EVE, 10, "two", 19)
    with pytest.raises(WrongState, match="Both were asked 19 items; below 20 any difference"):
        await village.services.comparisons.compare(GUILD, task, "one", "two")


async def test_a_key_names_its_member_so_that_no_system_can_pass_for_another(village: Community, task: int) -> None:
    await send(village, task, EVE, 10, f"{DAN.user_id}:large")
    board = await village.services.standings.of(GUILD, task)
    keys = [key_of(ranked.entry) for ranked in board.ranked]
    page = await village.services.comparisons.compare(GUILD, task, keys[0], keys[2])
    assert (page.first, page.second) == ("large", f"{DAN.user_id}:large")


async def test_the_board_by_slices_says_where_the_mean_of_slices_changes_the_order(village: Community) -> None:
    rows = [
        f"q{one},p{one},{2 * one},side={'north' if one < 40 else 'south' if one < 55 else 'east'}" for one in range(60)
    ]
    task = await village.open_task(UploadedFile("gold.csv", "\n".join(["id,prompt,answer,tags", *rows]).encode()))
    await send(village, task, DAN, 40, "northern")
    southern = [f"q{one},{2 * one if one > 22 else 'no'}" for one in range(60)]
    file = UploadedFile("a.csv", "\n".join(["id,output", *southern]).encode())
    await scored(village, await village.submit(EVE, task, file, system="southern"))
    page = await village.services.comparisons.slices(GUILD, task)
    found = page.found
    assert found.names == ("northern", "southern")
    assert [(row.name, row.items, row.scores) for row in found.averages] == [
        ("all items", 60, (40 / 60, 37 / 60)),
        ("by side", 55, (0.5, (17 / 40 + 1) / 2)),
    ]
    assert [(row.name, row.items, row.scores) for row in found.slices] == [
        ("north", 40, (1.0, 17 / 40)),
        ("south", 15, (0.0, 1.0)),
        ("east", 5, None),
    ]
    assert found.changes == ("Slice averages change the order: northern leads by items, southern by side.",)
    assert (found.more_changes, page.hidden, found.picture[:4]) == (0, 0, b"\x89PNG")


async def test_without_tags_or_systems_there_are_no_slices(village: Community) -> None:
    task = await village.open_task()
    with pytest.raises(WrongState, match="No system is ranked here so far"):
        await village.services.comparisons.slices(GUILD, task)
    await send(village, task, DAN, 5, "one", 24)
    with pytest.raises(WrongState, match="The items of this task have no tags"):
        await village.services.comparisons.slices(GUILD, task)
