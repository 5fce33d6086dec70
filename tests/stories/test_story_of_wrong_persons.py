"""Nobody acts without the right, with a forged button, or on another server's task."""

import pytest

from sandbox.actors import Refused
from tests.fixtures.town import TITLE, Town, answer, outputs_file

VERBS = ("approve", "unapprove", "launch", "close", "kit", "place", "scoring", "submit", "withdrawn", "draft")


async def id_of_the_task(town: Town) -> str:
    (choice,) = await town.ben.autocomplete("task show", option="task", text=TITLE)
    return str(choice.value)


async def id_of_the_submission(town: Town) -> str:
    listed = await town.dan.slash("submissions")
    menu = next(part for part in listed.message.components if part.get("type") == 3)
    return str(menu["options"][0]["value"])


async def test_the_setup_is_hidden_from_members(town: Town) -> None:
    assert "setup" in {command["name"] for command in town.ada.commands()}
    for member in (town.ben, town.carla):
        assert "setup" not in {command["name"] for command in member.commands()}
        with pytest.raises(Refused, match="no permission"):
            await member.slash("setup", forum=town.forum, board=town.board)


async def test_a_member_who_gets_at_the_setup_all_the_same_is_refused(town: Town) -> None:
    town.sandbox.override_command("setup", town.curator, allowed=True)
    refusal = await town.carla.slash("setup", forum=town.forum, board=town.board)
    assert refusal.ephemeral
    assert "Only members who may manage the server can set Touchstone up." in refusal.text
    assert "not set up in this server yet" in (await town.ben.slash("help")).text


async def test_what_one_member_was_told_another_cannot_press(town: Town) -> None:
    await town.open_task()
    receipt = await town.submit(town.dan, 18)
    with pytest.raises(Refused, match="does not see"):
        await town.eve.click(receipt, "My place")


@pytest.mark.parametrize(
    ("verb", "said"), [("launch", "can launch it"), ("close", "can close it")], ids=["launch", "close"]
)
async def test_a_forged_button_does_not_give_the_right(town: Town, verb: str, said: str) -> None:
    await town.proposed_task()
    refusal = await town.press_forged(town.dan, f"ts:{verb}:{await id_of_the_task(town)}")
    assert refusal.ephemeral
    assert f"Only the author of “{TITLE}” or a curator {said}" in refusal.text


async def test_nobody_withdraws_what_another_has_sent(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    number = await id_of_the_submission(town)
    pressed = await town.press_forged(town.eve, f"ts:withdrawn:{number}")
    assert "There is no such submission of yours." in pressed.text
    chosen = await town.choose_forged(town.eve, "ts:withdraw:0", number)
    assert "is not there to withdraw" in chosen.text
    assert "75.0%" in (await town.dan.slash("submissions")).text


@pytest.mark.parametrize(
    "custom_id", ["ts:", "ts:rule:1", "ts:approve:", "ts:approve:-1", "ts:approve:99999999999999999999", "ts:kit:1:2"]
)
async def test_a_button_of_no_version_of_this_bot_is_answered_in_words(town: Town, custom_id: str) -> None:
    refusal = await town.press_forged(town.dan, custom_id)
    assert refusal.ephemeral
    assert "from another version of the bot" in refusal.text


async def test_a_button_for_a_task_that_is_not_there_finds_nothing(town: Town) -> None:
    await town.set_up()
    for verb in VERBS:
        refusal = await answer(town.press_forged(town.ada, f"ts:{verb}:1"))
        assert refusal.ephemeral
        assert "no such" in refusal.text


async def test_a_button_for_another_servers_task_finds_nothing_either(town: Town, abroad: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    task, submission = await id_of_the_task(town), await id_of_the_submission(town)
    for verb in VERBS:
        refusal = await answer(abroad.press_forged(abroad.ada, f"ts:{verb}:{task}"))
        assert "no such" in refusal.text
        assert TITLE not in refusal.text
    refusal = await abroad.press_forged(abroad.ada, f"ts:withdrawn:{submission}")
    assert "no such submission" in refusal.text
    assert "75.0%" in (await town.dan.slash("submissions")).text


@pytest.mark.parametrize(
    "command",
    ["task show", "task launch", "task close", "task kit", "task anomalies", "submissions", "leaderboard show"],
)
async def test_another_servers_task_cannot_be_named_in_an_option(town: Town, abroad: Town, command: str) -> None:
    await town.open_task()
    for named in (await id_of_the_task(town), TITLE):
        refusal = await answer(abroad.ada.slash(command, task=named))
        assert refusal.ephemeral
        assert f"There is no task called “{named}”; choose one from the list while you type." in refusal.text


async def test_another_servers_task_takes_no_file_and_no_link(town: Town, abroad: Town) -> None:
    await town.open_task()
    task = await id_of_the_task(town)
    submitted = await answer(abroad.dan.slash("submit", task=task, file=outputs_file(18), system="spy"))
    linked = await answer(abroad.ada.slash("task link", task=task, channel=abroad.board))
    for refusal in (submitted, linked):
        assert "There is no task called" in refusal.text


async def test_a_forged_form_reaches_no_other_servers_task(town: Town, abroad: Town) -> None:
    await town.open_task()
    await abroad.open_task(title="Tripling")
    form = await abroad.dan.click(await abroad.board_with("No entries yet"), "Submit")
    form.raw["custom_id"] = f"tf:submit:{await id_of_the_task(town)}:0123456789abcdef"
    refusal = await answer(form.submit(system="spy", file=outputs_file(18)))
    assert "no such task" in refusal.text
    form = await abroad.dan.click(await abroad.board_with("No entries yet"), "Submit")
    form.raw["custom_id"] = "tf:rule:1:0123456789abcdef"
    refusal = await answer(form.submit(system="spy", file=outputs_file(18)))
    assert "from another version of the bot" in refusal.text
    assert "0 entries" in (await town.board_with("No entries yet")).text


async def test_each_command_offers_the_tasks_that_it_fits_and_only_those_of_the_own_server(
    town: Town, abroad: Town
) -> None:
    await town.open_task()
    await town.propose(title="Tripling")
    await town.post_of_the_task("Tripling")
    both, opened, proposed = {TITLE, "Tripling"}, {TITLE}, {"Tripling"}
    fits = {
        "task show": both,
        "task kit": both,
        "task link": both,
        "task anomalies": both,
        "submissions": both,
        "task launch": proposed,
        "task close": opened,
        "submit": opened,
        "leaderboard show": opened,
    }
    for command, titles in fits.items():
        offered = await town.finn.autocomplete(command, option="task")
        assert {one.name.split(" · ")[0] for one in offered} == titles
        assert await abroad.finn.autocomplete(command, option="task") == []
    assert [one.name for one in await town.finn.autocomplete("task show", option="task", text="IPL")] == [
        "Tripling · proposed · 24 items"
    ]
    assert await town.finn.autocomplete("task show", option="task", text="%") == []
