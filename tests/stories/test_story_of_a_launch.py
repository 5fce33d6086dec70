"""An approved task is opened, and in the end closed."""

from tests.fixtures.town import PATIENCE, TITLE, Town, answer, gold_file, outputs_file


async def approved(town: Town) -> None:
    await town.carla.click(await town.proposed_task(), "Approve")


async def test_a_curator_launches_past_red_lines_and_everybody_sees_the_post_the_board_and_the_news(town: Town) -> None:
    await approved(town)
    asked = await answer(town.carla.slash("task launch", task=TITLE))
    assert asked.ephemeral
    assert "❌ not yet: **At least 5 members vote** · 0 so far" in asked.text
    assert asked.buttons == ["Launch all the same", "Not now"]
    reply = await answer(town.carla.click(asked, "Launch all the same"))
    assert "is open for submissions" in reply.text
    post = await town.post_of_the_task()
    await town.until(lambda: "Open for submissions" in post.text)
    await town.until(lambda: town.eve.tags(post.channel) == ["open"])
    assert post.buttons == ["Submit", "My place", "Vote on gold", "Get the kit"]
    board = await town.board_with(TITLE)
    assert "No entries yet" in board.text
    assert "Launched by a curator although not met: At least 5 members vote" in board.text
    assert board.buttons == ["Submit", "My place", "How it is scored", "Discuss"]
    news = await town.finn.wait_for(post.channel, "is open, with 24 items", PATIENCE)
    assert "A curator launched it; 2 lines of its checklist are not met" in news.text
    assert news.buttons == ["Submit", "My place", "Discuss"]


async def test_a_curator_who_thinks_better_of_it_launches_nothing(town: Town) -> None:
    await approved(town)
    post = await town.post_of_the_task()
    asked = await answer(town.carla.click(post, "Launch"))
    await town.carla.click(asked, "Not now")
    assert "Approved: waiting to be launched" in post.text


async def test_the_author_is_told_what_the_pilot_lacks(town: Town) -> None:
    await approved(town)
    for refusal in (
        await answer(town.ben.slash("task launch", task=TITLE)),
        await answer(town.ben.click(await town.post_of_the_task(), "Launch")),
    ):
        assert "is not ready to launch" in refusal.text
        assert "At least 80% of the items are settled: 0 of 24 (0%)" in refusal.text
        assert "a curator may launch it all the same" in refusal.text


async def test_the_checklist_in_the_post_follows_the_votes_and_is_explained_line_by_line(town: Town) -> None:
    await approved(town)
    post = await town.post_of_the_task()
    await town.until(lambda: "6 of 8 met" in post.text)
    voter = town.sandbox.actor(town.guild, "Voter")
    notice = await answer(voter.click(post, "Vote on gold"))
    ballot = await voter.click(notice, "Show me the gold and vote")
    await voter.click(ballot, "Right")
    await town.until(lambda: "At least 5 members vote · 1 so far" in post.text)
    explained = await answer(town.eve.slash("task check", task=TITLE))
    assert explained.ephemeral
    assert "❌ not yet: **At least 5 members vote** · 1 so far" in explained.text
    assert "Five voters find nine in ten ambiguous items" in explained.text
    assert "✅ met: **As an entry, the gold itself scores 100%** · 100%" in explained.text
    assert "only a curator can launch the task" in explained.text


async def test_a_member_who_launches_is_told_who_can(town: Town) -> None:
    await approved(town)
    for refusal in (
        await town.dan.slash("task launch", task=TITLE),
        await town.dan.click(await town.post_of_the_task(), "Launch"),
    ):
        assert refusal.ephemeral
        assert f"Only the author of “{TITLE}” or a curator can launch it" in refusal.text
    assert "Approved: waiting to be launched" in (await town.post_of_the_task()).text


async def test_what_is_not_approved_cannot_be_launched_and_the_checklist_says_why(town: Town) -> None:
    await town.proposed_task()
    refusal = await town.ben.slash("task launch", task=TITLE)
    assert "is not ready to launch" in refusal.text
    assert "The community approves" in refusal.text


async def test_too_few_items_keep_the_gate_closed_with_their_number(town: Town) -> None:
    post = await town.proposed_task(gold=gold_file(19))
    await town.carla.click(post, "Approve")
    assert "❌ not yet: At least 20 items count · 19, so 1 more" in post.text
    refusal = await answer(town.ben.click(post, "Launch"))
    assert "is not ready to launch" in refusal.text
    assert "19, so 1 more" in refusal.text


async def test_a_task_is_launched_once(town: Town) -> None:
    await town.open_task()
    task_id = (await town.ben.autocomplete("task show", option="task", text=TITLE))[0].value
    refusal = await town.ben.slash("task launch", task=str(task_id))
    assert "cannot be launched: it is open" in refusal.text


async def test_closing_asks_first_and_can_be_left(town: Town) -> None:
    await town.open_task()
    question = await town.ben.slash("task close", task=TITLE)
    assert question.ephemeral
    assert f"Close **{TITLE}**?" in question.text
    assert "no way back" in question.text
    assert question.buttons == ["Close the task", "Leave it as it is"]
    await town.ben.click(question, "Leave it as it is")
    assert question.text == "Nothing was changed."
    assert question.buttons == []
    await town.submit(town.dan, 12)


async def test_a_closed_task_takes_nothing_more_and_its_ranks_stand(town: Town) -> None:
    post = await town.open_task()
    await town.submit(town.dan, 12)
    board = await town.board_with("50.0%")
    form = await town.eve.click(board, "Submit")
    question = await town.carla.slash("task close", task=TITLE)
    await town.carla.click(question, "Close the task")
    assert "is closed; its board stays" in question.text

    await town.until(lambda: "these ranks stand" in board.text)
    assert "Submit" not in board.buttons
    assert "50.0%" in board.text
    await town.until(lambda: post.buttons == ["Get the kit"])
    assert "Closed: the ranks stand" in post.text
    await town.until(lambda: town.eve.tags(post.channel) == ["closed"])
    news = await town.finn.wait_for(post.channel, "is closed. Its board stays", PATIENCE)
    assert news.buttons == ["Discuss"]

    late = await answer(form.submit(system="late", file=outputs_file(20)))
    assert "takes no submissions now: it is closed" in late.text


async def test_a_task_that_is_closed_while_one_decides_is_not_closed_twice(town: Town) -> None:
    await town.open_task()
    first = await town.ben.slash("task close", task=TITLE)
    second = await town.carla.slash("task close", task=TITLE)
    await town.ben.click(first, "Close the task")
    refusal = await town.carla.click(second, "Close the task")
    assert f"Only an open task can be closed; “{TITLE}” is closed" in refusal.text


async def test_a_member_cannot_close_what_is_not_theirs(town: Town) -> None:
    await town.open_task()
    question = await town.dan.slash("task close", task=TITLE)
    refusal = await town.dan.click(question, "Close the task")
    assert f"Only the author of “{TITLE}” or a curator can close it" in refusal.text
    await town.submit(town.eve, 12)
