"""Systems beside each other, for the eyes of the one who asks."""

import pytest

from sandbox.actors import Reply, Upload
from sandbox.pictures import picture_size
from tests.fixtures.town import PATIENCE, TITLE, Town, answer, gold_file, outputs_file


def tagged_gold_file(items: int = 24) -> Upload:
    """Two thirds are of the north, the others of the south."""
    rows = ["id,prompt,answer,tags"]
    rows += [
        f"q{n},What is {n} + {n}?,{2 * n},side={'north' if 3 * n < 2 * items else 'south *sea*'}" for n in range(items)
    ]
    return Upload("gold.csv", "\n".join(rows).encode())


async def compare(town: Town, first: str, second: str) -> Reply:
    return await answer(town.finn.slash("leaderboard compare", task=TITLE, first=first, second=second))


async def chosen(town: Town, option: str, text: str) -> str:
    (choice,) = await town.finn.autocomplete("leaderboard compare", option=option, text=text, task=TITLE)
    return str(choice.value)


async def test_two_systems_are_compared_for_the_eyes_of_the_one_who_asks(town: Town) -> None:
    await town.open_task(gold=tagged_gold_file())
    await town.submit(town.dan, 8, system="sm*ll")
    await town.submit(town.eve, 24, system="large")
    shown = await compare(town, await chosen(town, "first", "SM*"), await chosen(town, "second", "lar"))
    assert shown.ephemeral
    assert "## sm\\*ll and large\nDoubling · 24 items that both were asked" in shown.text
    assert "**large is better (p \\< .001).**" in shown.text
    assert "- 0 items only sm\\*ll, 16 only large, 8 both, 0 neither." in shown.text
    assert "- large leads sm\\*ll by 66.7 points (" in shown.text
    assert "- These items are enough to tell them apart." in shown.text
    assert "- north (16 items): large leads by 50.0 points; not enough items to tell." in shown.text
    assert "- south \\*sea\\*: 8 items, too few to show." in shown.text
    (picture,) = shown.attachments
    assert picture.name == "comparison.png"
    size = picture_size(await picture.read())
    assert size is not None
    assert size[0] == 1_000
    assert picture.description is not None
    assert picture.description.startswith("sm*ll compared with large on Doubling")
    assert [one for one in town.eve.messages(town.board) if "compared" in one.text] == []


async def test_what_luck_could_explain_is_said_with_the_items_that_would_tell(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 16, system="one")
    await town.submit(town.eve, 20, system="two")
    shown = await compare(town, "one", "two")
    assert "**Too close to call (p = .06).**" in shown.text
    assert "more items would tell them apart, if the gap stays as it is." in shown.text
    assert "By slice" not in shown.text


async def test_only_what_is_ranked_is_offered(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 8, system="gpt")
    await town.submit(town.eve, 12, system="GPT")
    await town.submit(town.ben, 24, system="seen")
    offered = await town.finn.autocomplete("leaderboard compare", option="first", text="", task=TITLE)
    assert [one.name for one in offered] == ["GPT (Eve)", "gpt (Dan)"]
    assert await town.finn.autocomplete("leaderboard compare", option="first", text="", task="no such task") == []
    refused = await compare(town, "seen", "GPT (Eve)")
    assert "Whoever sent that system has seen the gold; only ranked entries are compared." in refused.text


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("one", "ONE", "“one” was chosen twice; choose another system as the second."),
        ("one", "three", "No system called “three” is ranked here; choose one from the list while you type."),
    ],
)
async def test_a_pair_that_is_none_is_refused(town: Town, first: str, second: str, words: str) -> None:
    await town.open_task()
    await town.submit(town.dan, 8, system="one")
    await town.submit(town.eve, 12, system="two")
    refused = await compare(town, first, second)
    assert refused.ephemeral
    assert words in refused.text
    assert refused.attachments == []


async def test_one_system_alone_is_not_compared(town: Town) -> None:
    await town.open_task()
    assert "No system is ranked here so far; a comparison needs two." in (await compare(town, "one", "two")).text
    await town.submit(town.dan, 8, system="one")
    assert "One system is ranked here so far; a comparison needs two." in (await compare(town, "one", "two")).text


async def test_below_twenty_items_nothing_is_claimed(town: Town) -> None:
    await town.open_task(gold=gold_file(19))
    for who, right in ((town.dan, 5), (town.eve, 19)):
        file = outputs_file(right, items=19)
        await (await who.slash("submit", task=TITLE, file=file, system=who.name)).until("95% interval", PATIENCE)
    refused = await compare(town, "Dan", "Eve")
    assert "Both were asked 19 items; below 20 any difference may be luck." in refused.text


async def test_the_best_systems_are_shown_by_slices(town: Town) -> None:
    await town.open_task(gold=tagged_gold_file())
    await town.submit(town.dan, 8, system="small")
    await town.submit(town.eve, 24, system="large")
    shown = await answer(town.finn.slash("leaderboard slices", task=TITLE))
    assert shown.ephemeral
    assert "## Doubling by slices" in shown.text
    assert " 1 large           100.0%" in shown.text
    assert "1 slice of fewer than 10 items: not enough items to tell." in shown.text
    (picture,) = shown.attachments
    assert picture.name == "slices.png"
    assert picture.description is not None
    assert "north (16): best large 100%, worst small 50%" in picture.description


async def test_a_task_without_tags_has_no_slices(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 8, system="small")
    shown = await answer(town.finn.slash("leaderboard slices", task=TITLE))
    assert "The items of this task have no tags, by which scores could be sliced." in shown.text
