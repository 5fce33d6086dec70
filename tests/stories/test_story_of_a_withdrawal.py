"""A member looks back at their submissions, and takes one back."""

import pytest

from tests.fixtures.town import PATIENCE, TITLE, Town, answer, outputs_file

MENU = "Withdraw one…"


async def test_a_member_sees_their_own_submissions_and_nobody_elses(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12, system="small")
    await town.submit(town.dan, 18, system="large")
    await town.submit(town.eve, 24, system="hers")
    mine = await town.dan.slash("submissions")
    assert mine.ephemeral
    assert f"**large** at {TITLE}: 75.0%" in mine.text
    assert f"**small** at {TITLE}: 50.0%" in mine.text
    assert mine.text.count("`outputs.csv`") == 2
    assert mine.text.index("large") < mine.text.index("small")
    assert "hers" not in mine.text
    assert mine.message.selects == [MENU]
    assert "no submissions here yet" in (await town.finn.slash("submissions")).text


async def test_the_list_can_be_that_of_one_task(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12)
    await town.propose(title="Tripling")
    await town.post_of_the_task("Tripling")
    assert "50.0%" in (await town.dan.slash("submissions", task=TITLE)).text
    assert "no submissions here yet" in (await town.dan.slash("submissions", task="Tripling")).text


async def test_a_refused_file_is_in_the_list_but_not_in_the_menu(town: Town) -> None:
    await town.open_task()
    refused = await town.dan.slash("submit", task=TITLE, file=outputs_file(3, items=3), system="half")
    await refused.until("cannot be scored", PATIENCE)
    listed = await town.dan.slash("submissions")
    assert "**half** at Doubling: refused, no attempt used" in listed.text
    assert listed.message.selects == []


async def test_withdrawing_asks_first_and_then_leaves_the_board(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12, system="small")
    await town.submit(town.dan, 18, system="large")
    board = await town.board_with("large")
    listed = await town.dan.slash("submissions")
    question = await town.dan.choose(listed, MENU, ["large · 75.0%"])
    assert question.id == listed.id
    assert "Withdraw **large** (outputs.csv) from Doubling?" in question.text
    assert "The attempt stays used, and this cannot be undone." in question.text
    assert question.buttons == ["Withdraw", "Leave it as it is"]
    await town.dan.click(question, "Withdraw")
    assert "**large** is withdrawn; the board follows in a moment." in question.text
    await town.until(lambda: "large" not in board.text)
    assert "small" in board.text

    listed = await town.dan.slash("submissions")
    assert "**large** at Doubling: withdrawn" in listed.text
    assert "3 of 5 attempts left" in (await answer(town.dan.click(board, "My place"))).text


async def test_a_withdrawal_can_be_left(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    listed = await town.dan.slash("submissions")
    question = await town.dan.choose(listed, MENU, ["model · 75.0%"])
    await town.dan.click(question, "Leave it as it is")
    assert question.text == "Nothing was changed."
    assert "75.0%" in (await town.dan.slash("submissions")).text


async def test_the_last_entry_leaves_an_empty_board(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    board = await town.board_with("75.0%")
    question = await town.dan.choose(await town.dan.slash("submissions"), MENU, ["model · 75.0%"])
    await town.dan.click(question, "Withdraw")
    await town.until(lambda: "No entries yet" in board.text)
    assert board.attachments == []


async def test_what_is_withdrawn_already_is_not_there_to_withdraw(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    old_list = await town.dan.slash("submissions")
    question = await town.dan.choose(await town.dan.slash("submissions"), MENU, ["model · 75.0%"])
    await town.dan.click(question, "Withdraw")
    refusal = await town.dan.choose(old_list, MENU, ["model · 75.0%"])
    assert "That submission is not there to withdraw" in refusal.text


async def test_the_same_file_can_be_sent_again_after_its_withdrawal(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    question = await town.dan.choose(await town.dan.slash("submissions"), MENU, ["model · 75.0%"])
    await town.dan.click(question, "Withdraw")
    receipt = await town.submit(town.dan, 18)
    assert "very file" not in receipt.text
    assert "3 of 5 attempts left" in receipt.text


@pytest.mark.parametrize("value", ["0", "not-a-number", "99999999999999999999", "9223372036854775807"])
async def test_a_forged_choice_finds_nothing(town: Town, value: str) -> None:
    await town.open_task()
    refusal = await town.choose_forged(town.dan, "ts:withdraw:0", value)
    assert refusal.ephemeral
    assert "open the list again" in refusal.text or "is not there to withdraw" in refusal.text
