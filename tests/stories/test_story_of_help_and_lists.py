"""A newcomer looks around."""

import pytest

from sandbox.actors import Refused
from tests.fixtures.town import PATIENCE, TITLE, Town, answer


async def test_help_before_the_setup_tells_each_person_what_they_can_do(town: Town) -> None:
    administrator, member = await town.ada.slash("help"), await town.eve.slash("help")
    assert administrator.ephemeral
    assert "Start with `/setup`" in administrator.text
    assert "an administrator runs `/setup`" in member.text


async def test_help_after_the_setup_names_the_ways_and_the_channels(town: Town) -> None:
    await town.set_up()
    page = await town.eve.slash("help")
    for said in ("`/submissions`", "`/leaderboard show`", "`/task propose`", "no task is open now"):
        assert said in page.text
    assert f"<#{town.board.id}>" in page.text
    assert f"<#{town.forum.id}>" in page.text
    assert "You manage this server" not in page.text
    assert "**You manage this server**: `/setup`" in (await town.ada.slash("help")).text


async def test_help_names_what_is_open(town: Town) -> None:
    await town.open_task()
    assert f"Open now: **{TITLE}**." in (await town.eve.slash("help")).text
    for title in ("Tripling", "Halving", "Squaring"):
        await town.propose(title=title)
        await town.carla.click(await town.post_of_the_task(title), "Approve")
        await town.launch(title)
    assert "**Squaring**, **Halving** and **Tripling** and 1 more" in (await town.eve.slash("help")).text


async def test_every_command_says_what_it_does_and_is_offered_to_members(town: Town) -> None:
    offered = {command["name"]: command for command in town.eve.commands()}
    assert set(offered) >= {"help", "task", "submit", "submissions", "leaderboard"}
    for command in offered.values():
        assert len(command["description"]) > 10
        for option in command.get("options", []):
            assert len(option["description"]) > 5


async def test_the_list_of_tasks_can_be_that_of_one_state(town: Town) -> None:
    post = await town.open_task()
    await town.propose(title="Tripling")
    second = await town.post_of_the_task("Tripling")
    every = await town.until_listed(second.channel)
    assert every.ephemeral
    assert "**2 tasks**" in every.text
    assert f"**Tripling** · proposed · 24 items · <#{second.channel.id}>" in every.text
    assert f"**{TITLE}** · open · 24 items · <#{post.channel.id}>" in every.text
    proposed = await town.eve.slash("task list", state="proposed")
    assert "**1 proposed task**" in proposed.text
    assert TITLE not in proposed.text
    assert "There are no closed tasks yet" in (await town.eve.slash("task list", state="closed")).text
    with pytest.raises(Refused, match="state"):
        await town.eve.slash("task list", state="lost")


async def test_of_many_tasks_the_newest_are_shown_and_twenty_five_offered(town: Town) -> None:
    await town.set_up()
    titles = [f"Task {n:02}" for n in range(27)]
    for title in titles:
        await town.propose(title=title)
    listed = await town.eve.slash("task list")
    assert "**The newest tasks**" in listed.text
    assert "Task 26" in listed.text
    assert "Task 11" not in listed.text
    offered = await town.eve.autocomplete("task show", option="task", text="task")
    assert [one.name.split(" · ")[0] for one in offered] == titles[:1:-1]
    assert "Task 00" in (await town.eve.slash("task show", task="Task 00")).text


async def test_what_is_typed_and_not_chosen_finds_the_task_by_its_whole_title(town: Town) -> None:
    await town.proposed_task()
    assert "Sample prompts" in (await town.eve.slash("task show", task="dOUBLING")).text
    refusal = await town.eve.slash("task show", task="Doubl")
    assert refusal.ephemeral
    assert "There is no task called “Doubl”" in refusal.text


async def test_the_board_of_a_task_that_is_not_open_yet_says_so(town: Town) -> None:
    await town.proposed_task()
    (choice,) = await town.eve.autocomplete("task show", option="task", text=TITLE)
    shown = await answer(town.eve.slash("leaderboard show", task=str(choice.value)))
    assert "Not open yet" in shown.text


async def test_commands_work_in_the_thread_of_a_task_too(town: Town) -> None:
    post = await town.open_task()
    receipt = await town.submit(town.dan.at(post.channel), 18)
    assert receipt.ephemeral
    assert receipt.message.channel is post.channel
    await town.eve.wait_for(town.board, "75.0%", PATIENCE)
    assert [one for one in town.eve.messages(post.channel) if "75.0%" in one.text] == []
