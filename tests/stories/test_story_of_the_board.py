"""The board in its channel: one message that is always as things stand."""

import asyncio
import re
from pathlib import Path

from sandbox.actors import Message
from sandbox.pictures import picture_size
from tests.fixtures.town import PATIENCE, TITLE, Town, answer, open_town

EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
POST = "POST /channels/{channel_id}/messages"


def edits_of(town: Town, message: Message) -> int:
    return sum(str(message.id) in entry.path for entry in town.sandbox.log.of(EDIT))


def posts_in_the_channel(town: Town) -> int:
    return sum(str(town.board.id) in entry.path for entry in town.sandbox.log.of(POST))


async def test_the_board_has_a_picture_its_words_and_buttons(town: Town) -> None:
    post = await town.open_task()
    await town.submit(town.dan, 12, system="small")
    await town.submit(town.eve, 24, system="large")
    board = await town.board_with("100.0%")
    assert f"## {TITLE}" in board.text
    assert "Open · 2 entries · 24 items" in board.text
    rows = re.findall(r"^1 +large +100\.0% .*\n2 +small +50\.0% ", board.text, re.MULTILINE)
    assert len(rows) == 1
    assert "*Best:* **large**; every other entry is significantly worse." in board.text
    assert "gold v1 · `exact|" in board.text
    (picture,) = board.attachments
    assert picture.name == "board.png"
    size = picture_size(await picture.read())
    assert size is not None
    assert min(size) > 300
    assert picture.description is not None
    for word in (TITLE, "large", "small"):
        assert word in picture.description
    assert board.buttons == ["Submit", "My place", "How it is scored", "Discuss"]
    discuss = next(part for part in board.components if part.get("label") == "Discuss")
    assert discuss["url"] == f"https://discord.com/channels/{town.guild.id}/{post.channel.id}"


async def test_entries_that_luck_could_explain_share_their_ranks(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18, system="one")
    await town.submit(town.eve, 19, system="two")
    board = await town.board_with("two")
    assert "*May be the best:* **two** and **one**. Between them it could be luck." in board.text
    assert len(re.findall(r"^1\N{EN DASH}2 ", board.text, re.MULTILINE)) == 2


async def test_two_members_with_a_system_of_one_name_are_told_apart(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18, system="gpt")
    await town.submit(town.eve, 6, system="GPT")
    board = await town.board_with("GPT (Eve)")
    assert "gpt (Dan)" in board.text


async def test_the_board_is_edited_in_place(town: Town) -> None:
    await town.open_task()
    board = await town.board_with("No entries yet")
    assert board.attachments == []
    for right in (6, 12, 18):
        await town.submit(town.dan, right)
        await town.until(lambda shown=f"{right / 24:.1%}": shown in board.text)  # type: ignore[misc]
    assert [one.id for one in town.eve.messages(town.board)] == [board.id]


async def test_a_burst_of_submissions_is_a_few_edits(tmp_path: Path) -> None:
    async with open_town(tmp_path, BOARD_EDIT_SECONDS="4") as town:
        await town.open_task()
        board = await town.board_with("No entries yet")
        town.sandbox.log.requests.clear()
        people = (town.ben, town.carla, town.dan, town.eve, town.finn)
        sent = [town.submit(one, right) for one in people for right in (6, 12, 18)]
        await asyncio.gather(*sent)
        await town.until(lambda: "5 entries" in board.text and "50.0%" not in board.text)
        assert 1 <= edits_of(town, board) < len(sent) / 2
        assert posts_in_the_channel(town) == 0


async def test_a_deleted_board_comes_back_with_the_next_change(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12)
    first = await town.board_with("50.0%")
    town.ada.delete(first)
    await town.submit(town.dan, 18)
    second = await town.board_with("75.0%")
    assert second.id != first.id
    assert [one.name for one in second.attachments] == ["board.png"]
    assert [one.id for one in town.eve.messages(town.board)] == [second.id]


async def test_a_deleted_board_comes_back_by_itself(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        await town.open_task()
        await town.submit(town.dan, 12)
        first = await town.board_with("50.0%")
        town.ada.delete(first)
        second = await town.board_with("50.0%")
        assert second.id != first.id


async def test_a_board_that_discord_lets_nobody_edit_is_posted_anew_and_the_old_one_goes(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12)
    old = await town.board_with("50.0%")
    town.sandbox.faults.rate_limit_next(EDIT, 0.01, code=30046, times=15)
    await town.submit(town.dan, 18)
    new = await town.board_with("75.0%")
    assert new.id != old.id
    await town.until(lambda: old.is_deleted)
    town.sandbox.faults.clear()
    await town.submit(town.dan, 24)
    await town.until(lambda: "100.0%" in new.text)
    assert [one.id for one in town.eve.messages(town.board)] == [new.id]


async def test_my_place_is_for_the_eyes_of_the_one_who_asks(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12, system="small")
    await town.submit(town.dan, 24, system="large")
    board = await town.board_with("large")
    mine = await answer(town.dan.click(board, "My place"))
    assert mine.ephemeral
    assert f"**Your place at {TITLE}**" in mine.text
    assert "**large**: 100.0%" in mine.text
    assert "rank 1 of 2 · *may be the best* · 1 attempt" in mine.text
    assert "**small**: 50.0%" in mine.text
    assert "3 of 5 attempts left" in mine.text
    assert mine.buttons == ["Submit"]
    assert (await town.dan.click(mine, "Submit")).is_form
    none = await answer(town.finn.click(board, "My place"))
    assert "You have no entry here yet." in none.text
    assert "5 of 5 attempts left today." in none.text


async def test_how_it_is_scored_leads_from_the_output_to_the_rank(town: Town) -> None:
    await town.open_task(metric='metric = "exact"\nextract = "last_line"\nnormalize = "multi-v1:en"')
    page = await town.finn.click(await town.board_with(TITLE), "How it is scored")
    assert page.ephemeral
    for step in (
        "1. **Extraction** `last_line`",
        "2. **Normalisation**",
        "3. **Metric**",
        "4. **Score**",
        "5. **Inter",
    ):
        assert step in page.text
    assert "```toml\n" in page.text
    assert 'extract = "last_line"' in page.text
    assert "exact|extract:last_line|norm:multi-v1:en|agg:mean|touchstone:" in page.text


async def test_every_member_can_call_the_board_up(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    board = await town.board_with("75.0%")
    shown = await answer(town.finn.slash("leaderboard show", task=TITLE))
    assert shown.ephemeral
    assert shown.text == board.text
    assert shown.buttons == board.buttons
    assert [one.description for one in shown.attachments] == [one.description for one in board.attachments]


async def test_a_second_board_stands_beside_the_first(town: Town) -> None:
    await town.open_task()
    await town.propose(title="Tripling")
    await town.carla.click(await town.post_of_the_task("Tripling"), "Approve")
    await town.launch("Tripling")
    await town.board_with("Tripling")
    await town.submit(town.dan, 18, title="Tripling")
    await town.until(lambda: [("75.0%" in one.text) for one in town.eve.messages(town.board)] == [False, True])
    first, second = town.eve.messages(town.board)
    assert TITLE in first.text
    assert "Tripling" in second.text


async def test_the_board_lists_the_top_ten_and_counts_all(town: Town) -> None:
    await town.open_task()
    for who in (town.dan, town.eve, town.finn):
        for right in (6, 8, 10, 12):
            await town.submit(who, right, system=f"{who.name} {right}")
    board = await town.eve.wait_for(town.board, "12 entries", PATIENCE)
    head, *rows = board.text.split("```")[1].strip().splitlines()
    assert head.split() == ["rank", "system", "score", "95%"]
    assert len(rows) == 10
