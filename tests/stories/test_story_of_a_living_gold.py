"""Gold that lives: items are added and looked up, their owner amends them, and everyone is told."""

from sandbox.actors import Actor, Reply, Upload
from tests.fixtures.town import ITEMS, PATIENCE, TITLE, Town, answer, gold_file, outputs_file

DAY = 86_400
NEW = Upload("new.csv", b"id,prompt,answer\nn1,What is 100 + 100?,200\nn2,What is 200 + 200?,400\n")


async def old_members(town: Town, count: int, name: str = "Voter") -> list[Actor]:
    members = [town.sandbox.actor(town.guild, f"{name} {number}") for number in range(count)]
    for one in members:
        one.member.joined_at -= 100 * DAY
    return members


async def dealt(voter: Actor, prompt: str) -> Reply:
    """The private ballot on an item, however many others are skipped before it."""
    ballot = await voter.click(await answer(voter.slash("gold vote", task=TITLE)), "Show me the gold and vote")
    while prompt not in ballot.text:
        ballot = await voter.click(ballot, "Skip")
    return ballot


async def settle(town: Town, prompt: str) -> None:
    for voter in await old_members(town, 3, f"Judge of {prompt}"):
        await voter.click(await dealt(voter, prompt), "Right")


async def test_items_from_a_file_are_told_voted_in_and_asked_only_from_the_next_attempt_on(town: Town) -> None:
    post = await town.open_task()
    await town.submit(town.dan, 12)
    form = await town.finn.slash("task add", task=TITLE)
    assert "your entries are listed with a badge and not ranked" in form.form.text
    sent = await answer(form.submit(file=NEW))
    assert "**2 items** are proposed for Doubling; 2 items of it wait for votes now" in sent.text
    assert "not asked it until their next attempt" in sent.text
    news = await town.eve.wait_for(post.channel, "proposes 2 items", PATIENCE)
    assert news.buttons == ["Vote on gold", "Discuss"]
    await town.until(lambda: "2 proposed items wait for votes" in post.text)

    await settle(town, "What is 100 + 100?")
    version = await town.eve.wait_for(post.channel, "Item n1: added.", PATIENCE)
    assert "Gold v2" in version.text
    late = outputs_file(11).content + b"\nn1,200\n"
    reply = await town.eve.slash("submit", task=TITLE, file=Upload("late.csv", late), system="late")
    receipt = await reply.until("95% interval", PATIENCE)
    assert f"{ITEMS + 1} of {ITEMS + 1} items answered" in receipt.text.replace("*", "")
    board = await town.board_with("late")
    assert f"model {ITEMS}/{ITEMS + 1}, sent before v2" in board.text
    assert f"Ranked on the {ITEMS} items that all entries were asked" in board.text


async def test_one_item_is_typed_into_the_form(town: Town) -> None:
    post = await town.open_task()
    form = await town.finn.slash("task add", task=TITLE)
    sent = await answer(form.submit(prompt="What is 7000 + 7000?", answers="14000\n14,000", tags="size=big"))
    assert "**1 item** is proposed" in sent.text
    (voter,) = await old_members(town, 1)
    ballot = await dealt(voter, "What is 7000 + 7000?")
    assert "14,000" in ballot.text
    assert "size=big" in ballot.text
    await town.eve.wait_for(post.channel, "proposes 1 item", PATIENCE)


async def test_a_form_of_items_that_cannot_be_used_says_why(town: Town) -> None:
    await town.open_task()
    form = await town.finn.slash("task add", task=TITLE)
    empty = await answer(form.submit())
    assert "choose a file of items, or type a prompt and its answers" in empty.text
    form = await town.finn.slash("task add", task=TITLE)
    both = await answer(form.submit(file=NEW, prompt="And this?", answers="yes"))
    assert "send one of the two" in both.text
    form = await town.finn.slash("task add", task=TITLE)
    known = await answer(form.submit(prompt="What is 3 + 3?", answers="6"))
    assert "found the prompt of item" in known.text
    assert "suggest it while you vote" in known.text


async def test_the_author_rewords_an_item_and_its_votes_begin_anew(town: Town) -> None:
    post = await town.open_task()
    await town.submit(town.dan, 12)
    page = await answer(town.ben.slash("gold item", task=TITLE, item="20 + 20"))
    assert page.ephemeral
    assert "**Accepted answers**\n- 40" in page.text
    assert page.buttons == ["Edit", "Take it out"]
    form = await town.ben.click(page, "Edit")
    assert {one.custom_id: one.value for one in form.form.fields}["answers"] == "40"
    kept = await answer(form.submit(prompt="How much is 20 plus 20?", answers="40\nforty", reason="Clearer words."))
    assert "is changed, and its votes begin anew" in kept.text
    version = await town.eve.wait_for(post.channel, "Item q20: 1 answer added, reworded.", PATIENCE)
    assert "Clearer words" in version.text
    assert "forty" not in version.text
    again = await answer(town.ben.slash("gold item", task=TITLE, item="20 plus 20"))
    assert "- the gold: open" in again.text


async def test_an_item_goes_out_and_comes_back_by_its_page(town: Town) -> None:
    post = await town.open_task()
    await town.submit(town.dan, 12)
    page = await answer(town.ben.slash("gold item", task=TITLE, item="q0"))
    form = await town.ben.click(page, "Take it out")
    kept = await answer(form.submit(reason="Too easy."))
    assert "goes out of the gold" in kept.text
    await town.board_with("47.8%")
    out = await answer(town.ben.slash("gold item", task=TITLE, item="q0"))
    assert "taken out of the gold" in out.text
    form = await town.ben.click(out, "Bring it back")
    await answer(form.submit(reason="It stays."))
    version = await town.eve.wait_for(post.channel, "Gold v3", PATIENCE)
    assert "Item q0: added." in version.text
    await town.board_with("50.0%")


async def test_a_curator_is_told_before_looking_into_gold_and_a_member_is_shown_none(town: Town) -> None:
    await town.open_task()
    refused = await answer(town.dan.slash("gold item", task=TITLE, item="q3"))
    assert "Only reviewers" in refused.text
    notice = await answer(town.carla.slash("gold item", task=TITLE, item="q3"))
    assert "Accepted answers" not in notice.text
    assert notice.buttons == ["Make me a reviewer", "Not now"]
    done = await answer(town.carla.click(notice, "Make me a reviewer"))
    assert "You are a reviewer" in done.text
    page = await answer(town.carla.slash("gold item", task=TITLE, item="q3"))
    assert "- 6" in page.text


async def test_the_page_of_an_item_works_after_a_restart(lonely_town: Town) -> None:
    town = lonely_town
    post = await town.open_task()
    page = await answer(town.ben.slash("gold item", task=TITLE, item="q5"))
    await town.restart_bot(kill=True)
    form = await town.ben.click(page, "Take it out")
    await answer(form.submit(reason="It is asked twice."))
    await town.eve.wait_for(post.channel, "Item q5: out.", PATIENCE)


async def test_the_board_names_the_baselines(town: Town) -> None:
    await town.open_task()
    board = await town.board_with("baseline")
    assert "Empty outputs 0.0%" in board.text
    assert "Always the most frequent answer 4.2%" in board.text


async def test_with_open_gold_a_voter_is_ranked_all_the_same(town: Town) -> None:
    await town.set_up()
    form = await town.ben.slash("task propose", gold="open")
    await answer(
        form.submit(title=TITLE, statement="Double it.", language="en", metric='metric = "exact"', gold=gold_file())
    )
    post = await town.post_of_the_task()
    assert "gold is open: reviewers are ranked too" in post.text
    await town.carla.click(post, "Approve")
    await town.launch()
    await town.until(lambda: "Submit" in post.buttons)
    await town.dan.click(await dealt(town.dan, "What is 3 + 3?"), "Right")
    await town.submit(town.dan, 12)
    board = await town.board_with("50.0%")
    assert "Not ranked" not in board.text
