"""A member proposes a task, and the community decides."""

import re

import pytest

from sandbox.actors import Refused
from tests.fixtures.town import EXACT, PATIENCE, TITLE, Town, answer, gold_file


async def test_the_form_asks_for_all_that_a_task_needs_and_offers_an_example(town: Town) -> None:
    await town.set_up()
    form = await town.ben.slash("task propose")
    assert form.title == "Propose a benchmark task"
    assert [one.label for one in form.fields] == [
        "Title",
        "What is the model asked?",
        "Language",
        "How is it scored?",
        "Gold file",
    ]
    held = {one.custom_id: one.value for one in form.fields}
    assert held["language"] == "en-US"
    assert "metric = " in str(held["metric"])
    assert all(name in str(held["metric"]) for name in ("exact", "token_f1", "numeric", "choice"))


async def test_the_example_in_the_form_is_a_specification_that_can_be_sent_as_it_stands(town: Town) -> None:
    await town.set_up()
    form = await town.ben.slash("task propose")
    sent = await answer(form.submit(title=TITLE, statement="Double the number.", gold=gold_file()))
    assert "is proposed with 24 items" in sent.text


async def test_a_proposal_becomes_a_post_with_samples_a_checklist_and_buttons_for_all(town: Town) -> None:
    await town.set_up()
    sent = await town.propose(gold=gold_file(practice=3))
    assert sent.ephemeral
    assert f"appears in <#{town.forum.id}>" in sent.text
    assert "2 approvals besides yours, or a curator's" in sent.text

    post = await town.post_of_the_task()
    assert not post.ephemeral
    assert post.is_visible_to(town.finn)
    assert town.eve.tags(post.channel) == ["proposed"]
    assert post.buttons == ["Approve", "Take back approval", "Vote on gold", "Get the kit"]
    assert f"proposed by {town.ben.mention}" in post.text
    assert "Double the number." in post.text
    assert "21 items and 3 practice items" in post.text
    assert "licence CC-BY-4.0" in post.text
    assert "5 attempts a day" in post.text
    assert "exact|extract:" in post.text
    samples = post.text.partition("Sample prompts")[2].partition("Checklist")[0]
    assert len(re.findall(r"^[0-9]\. What is [0-9]+", samples, re.MULTILINE)) == 5
    assert "❌ not yet" in post.text.partition("Checklist")[2]
    assert "**Approvals** none yet" in post.text


async def test_two_members_besides_the_author_approve(town: Town) -> None:
    post = await town.proposed_task()
    first = await town.dan.click(post, "Approve")
    assert first.id == post.id
    assert f"1 of 2: {town.dan.mention}" in post.text
    assert "Launch" not in post.buttons
    await town.dan.click(post, "Approve")
    assert f"1 of 2: {town.dan.mention}" in post.text
    await town.eve.click(post, "Approve")
    assert "Approved: waiting to be launched" in post.text
    assert post.buttons == ["Launch", "Vote on gold", "Get the kit"]
    news = await town.finn.wait_for(post.channel, "is approved by 2 members", PATIENCE)
    assert "Next comes its pilot: vote on its gold" in news.text
    assert news.buttons == ["Vote on gold", "Discuss"]


async def test_a_curator_approves_alone(town: Town) -> None:
    post = await town.proposed_task()
    await town.carla.click(post, "Approve")
    assert "Approved: waiting to be launched" in post.text
    assert f"{town.carla.mention} (curator)" in post.text
    await town.eve.wait_for(post.channel, "is approved by a curator", PATIENCE)
    await town.until(lambda: town.eve.tags(post.channel) == ["pilot"])


async def test_the_author_cannot_approve_and_nobody_else_reads_that_he_tried(town: Town) -> None:
    post = await town.proposed_task()
    refusal = await town.ben.click(post, "Approve")
    assert "others decide on it" in refusal.text
    assert refusal.ephemeral
    assert not refusal.message.is_visible_to(town.dan)
    assert "**Approvals** none yet" in post.text


async def test_an_approval_can_be_taken_back_but_only_ones_own(town: Town) -> None:
    post = await town.proposed_task()
    await town.dan.click(post, "Approve")
    refusal = await town.eve.click(post, "Take back approval")
    assert "You have not approved this proposal" in refusal.text
    assert refusal.ephemeral
    await town.dan.click(post, "Take back approval")
    assert "**Approvals** none yet" in post.text


async def test_a_button_pressed_on_an_outdated_post_is_answered_with_the_present_state(town: Town) -> None:
    post = await town.proposed_task()
    await town.until(lambda: "5 of 8 met" in post.text)
    shown = await town.eve.slash("task show", task=TITLE)
    await town.carla.click(post, "Approve")
    refusal = await town.eve.click(shown, "Approve")
    assert "was approved already; it is pilot now" in refusal.text
    assert refusal.ephemeral


async def test_the_licence_is_suggested_while_one_types_and_any_other_is_taken(town: Town) -> None:
    await town.set_up()
    offered = await town.ben.autocomplete("task propose", option="licence", text="cc")
    assert [one.value for one in offered] == ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0"]
    form = await town.ben.slash("task propose", licence="Only on Tuesdays", attempts_per_day=7)
    await answer(form.submit(title=TITLE, statement="Double it.", metric=EXACT, gold=gold_file()))
    post = await town.post_of_the_task()
    assert "licence Only on Tuesdays" in post.text
    assert "7 attempts a day" in post.text
    with pytest.raises(Refused, match="attempts_per_day"):
        await town.ben.slash("task propose", attempts_per_day=51)


async def test_what_a_member_writes_neither_pings_nor_formats(town: Town) -> None:
    await town.set_up()
    form = await town.ben.slash("task propose")
    loud = "@everyone <@&1> **free** [here](https://example.com)"
    await answer(form.submit(title=loud, statement=loud, metric=EXACT, gold=gold_file()))
    thread = await town.ben.wait_for_thread(town.forum, "everyone", PATIENCE)
    post = await town.eve.wait_for(thread, "Sample prompts", PATIENCE)
    assert "@everyone" not in post.text
    assert "<@&1>" not in post.text.replace("\\<", "")
    assert "](https:" not in post.text.replace("\\]", "")
    assert post.raw["mentions"] == []
    assert post.raw["mention_everyone"] is False


async def test_without_a_forum_the_task_is_a_message_in_a_channel_with_a_thread_under_it(town: Town) -> None:
    hall = town.guild.add_text_channel("tasks")
    await town.ada.slash("setup", forum=hall, board=town.board, curator=town.curator)
    await town.propose()
    post = await town.dan.wait_for(hall, TITLE, PATIENCE)
    assert post.buttons == ["Approve", "Take back approval", "Vote on gold", "Get the kit"]
    thread = await town.dan.wait_for_thread(hall, TITLE, PATIENCE)
    assert post.thread is thread
    await town.carla.click(post, "Approve")
    await town.dan.wait_for(thread, "is approved by a curator", PATIENCE)
    await town.launch()
    await town.until(lambda: "Open for submissions" in post.text)
    board = await town.board_with(TITLE)
    assert "Discuss" in board.buttons


async def test_each_reader_may_call_the_post_up_anywhere_for_their_own_eyes(town: Town) -> None:
    post = await town.proposed_task()
    await town.until(lambda: "5 of 8 met" in post.text)
    shown = await town.eve.slash("task show", task=TITLE)
    assert shown.ephemeral
    assert shown.text == post.text
    assert shown.buttons == post.buttons
    await town.eve.click(shown, "Approve")
    assert f"1 of 2: {town.eve.mention}" in shown.text
    await town.until(lambda: f"1 of 2: {town.eve.mention}" in post.text)
