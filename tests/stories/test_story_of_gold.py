"""The circle of gold once over the wire: vote, decide, a new version, new scores; and a dispute that shows nothing."""

from sandbox.actors import Actor, Reply
from tests.fixtures.town import PATIENCE, TITLE, Town, answer

DAY = 86_400


async def old_members(town: Town, count: int) -> list[Actor]:
    """Members who came long before the server's first task."""
    members = [town.sandbox.actor(town.guild, f"Voter {number}") for number in range(count)]
    for one in members:
        one.member.joined_at -= 100 * DAY
    return members


async def on_item(voter: Actor, prompt: str) -> Reply:
    """Read the notice, begin, and skip until this item is dealt."""
    notice = await answer(voter.slash("gold vote", task=TITLE))
    ballot = await voter.click(notice, "Show me the gold and vote")
    while prompt not in ballot.text:
        ballot = await voter.click(ballot, "Skip")
    return ballot


async def test_three_members_rule_an_item_wrong_and_the_scores_follow(town: Town) -> None:
    await town.open_task()
    receipt = await town.submit(town.dan, 12)
    assert "50.0%" in receipt.text
    for number, voter in enumerate(await old_members(town, 3)):
        ballot = await on_item(voter, "What is 20 + 20?")
        assert ballot.ephemeral
        assert "40" in ballot.text
        after = await voter.click(ballot, "Wrong")
        assert "Recorded: wrong." in after.text
        assert ("Wrong: 3 of 3 say wrong" in after.text) == (number == 2)
    board = await town.board_with("52.2%")
    assert "gold v2" in board.text
    (thread,) = town.ben.threads(town.forum)
    await town.eve.wait_for(thread, "3 of 3 say wrong", PATIENCE)
    version = await town.eve.wait_for(thread, "Gold v2", PATIENCE)
    assert "Item q20" in version.text
    assert "52.2%" in version.text
    assert "Doubling" in (await answer(town.eve.click(version, "Board"))).text


async def test_a_member_who_declines_the_notice_sees_no_gold(town: Town) -> None:
    await town.open_task()
    notice = await answer(town.dan.slash("gold vote", task=TITLE))
    assert "not ranked" in notice.text
    left = await town.dan.click(notice, "Not now")
    assert "Accepted answers" not in left.text


async def test_a_dispute_stands_in_the_thread_without_the_claim(town: Town) -> None:
    await town.open_task()
    reply = await answer(
        town.eve.slash("dispute", task=TITLE, item="7 + 7", claimed_answer="zqfourteen", why="It is the same in words.")
    )
    assert "on the ballot" in reply.text
    (thread,) = town.ben.threads(town.forum)
    ballot = await town.finn.wait_for(thread, "What is 7 + 7?", PATIENCE)
    assert "zqfourteen" not in ballot.text
    assert "Vote on this" in ballot.buttons


async def test_a_suggested_answer_is_voted_in_and_told_of(town: Town) -> None:
    await town.open_task()
    first, *others = await old_members(town, 4)
    ballot = await on_item(first, "What is 20 + 20?")
    form = await first.click(ballot, "Suggest an answer")
    sent = await form.submit(answer="zqforty", reason="The number in words.")
    assert "on a ballot of its own" in sent.text
    for voter in others:
        notice = await answer(voter.slash("gold vote", task=TITLE))
        proposal = await voter.click(notice, "Show me the gold and vote")
        assert "zqforty" in proposal.text
        after = await voter.click(proposal, "Accept")
        assert "Recorded: accept." in after.text
    (thread,) = town.ben.threads(town.forum)
    version = await town.eve.wait_for(thread, "Gold v2", PATIENCE)
    assert "1 answer added" in version.text
    assert all("zqforty" not in message.text for message in town.eve.messages(thread))


async def test_reviewers_read_the_disputes_and_the_gold_and_others_do_not(town: Town) -> None:
    await town.open_task()
    members = await old_members(town, 3)
    for voter in members:
        await voter.click(await on_item(voter, "What is 20 + 20?"), "Ambiguous")
    await town.until(lambda: any("gold v2" in one.text for one in town.eve.messages(town.board)))
    listed = await answer(members[0].slash("gold disputes", task=TITLE))
    assert "What is 20 + 20?" in listed.text
    refused = await answer(town.eve.slash("gold disputes", task=TITLE))
    assert "Only reviewers" in refused.text
    history = await answer(town.eve.slash("gold history", task=TITLE))
    assert "Item q20: out." in history.text
    file = await answer(members[0].slash("gold history", task=TITLE, export=True, version=1))
    assert b'"answers":["40"]' in await file.attachments[0].read()
    refused = await answer(town.eve.slash("gold history", task=TITLE, export=True))
    assert "Only reviewers" in refused.text
    assert not refused.attachments


async def test_a_curator_recounts_a_ballot_and_a_member_may_not(town: Town) -> None:
    await town.open_task()
    members = await old_members(town, 3)
    for voter in members:
        await voter.click(await on_item(voter, "What is 20 + 20?"), "Wrong")
    (thread,) = town.ben.threads(town.forum)
    ballot = await town.eve.wait_for(thread, "3 of 3 say wrong", PATIENCE)
    number = ballot.text.partition("ballot ")[2].split()[0]
    how = {"task": TITLE, "ballot": number, "without": members[0].mention, "reason": "Two accounts of one person."}
    refused = await answer(town.dan.slash("gold recount", **how))
    assert "Only curators" in refused.text
    recounted = await answer(town.carla.slash("gold recount", **how))
    assert "1 account" in recounted.text
    await town.until(lambda: "Vote on this" in ballot.buttons)


async def test_the_button_on_the_post_deals_and_a_vote_can_be_changed(town: Town) -> None:
    post = await town.open_task()
    (voter,) = await old_members(town, 1)
    notice = await answer(voter.click(post, "Vote on gold"))
    ballot = await voter.click(notice, "Show me the gold and vote")
    after = await voter.click(ballot, "Right")
    back = await voter.click(after, "Change my last vote")
    assert "replaces your last vote" in back.text
    again = await voter.click(back, "Wrong")
    assert "Recorded: wrong, instead of right." in again.text
    author = await answer(town.ben.click(post, "Vote on gold"))
    assert "Nothing is left for you" in author.text


async def test_a_ballot_in_the_thread_survives_a_restart(lonely_town: Town) -> None:
    town = lonely_town
    await town.open_task()
    await answer(town.eve.slash("dispute", task=TITLE, item="7 + 7", claimed_answer="fourteen", why="In words."))
    (thread,) = town.ben.threads(town.forum)
    ballot = await town.finn.wait_for(thread, "What is 7 + 7?", PATIENCE)
    await town.restart_bot(kill=True)
    (voter,) = await old_members(town, 1)
    notice = await answer(voter.click(ballot, "Vote on this"))
    private = await voter.click(notice, "Show me the gold and vote")
    assert "fourteen" in private.text
    await voter.click(private, "Accept")
    await town.until(lambda: "1 vote" in ballot.text)
