"""What is told in a task's thread and in the channels that are linked to it."""

from sandbox.model import Channel
from sandbox.permissions import Permission
from tests.fixtures.town import PATIENCE, TITLE, Town, answer

TOLD = ("is approved by a curator", "is open, with 24 items", "leads", "is closed")


async def whole_life(town: Town, *linked: Channel) -> None:
    """From the proposal to the end, with one change of the lead; news go to `linked`, too."""
    post = await town.proposed_task()
    for channel in linked:
        await town.ben.slash("task link", task=TITLE, channel=channel)
    await town.carla.click(post, "Approve")
    await town.launch()
    await town.submit(town.dan, 12, system="slow")
    await town.submit(town.eve, 21, system="quick")
    await town.ben.click(await town.ben.slash("task close", task=TITLE), "Close the task")


async def test_each_step_is_told_once_in_the_thread_and_in_a_linked_channel(town: Town) -> None:
    news = town.guild.add_text_channel("news")
    await whole_life(town, news)
    thread = (await town.post_of_the_task()).channel
    for place in (thread, news):
        for words in TOLD:
            await town.finn.wait_for(place, words, PATIENCE)
        told = [one.text for one in town.finn.messages(place)]
        assert [sum(words in text for text in told) for words in TOLD] == [1, 1, 1, 1]


async def test_a_new_leader_is_told_with_figures_and_the_first_entry_is_not(town: Town) -> None:
    post = await town.open_task()
    await town.submit(town.dan, 12, system="slow")
    await town.board_with("50.0%")
    assert [one for one in town.finn.messages(post.channel) if "leads" in one.text] == []
    await town.submit(town.dan, 14, system="slow")
    await town.board_with("58.3%")
    await town.submit(town.eve, 21, system="quick")
    told = await town.finn.wait_for(post.channel, "leads", PATIENCE)
    assert f"**quick** by {town.eve.mention} leads **{TITLE}** with 87.5%" in told.text
    assert "slow had 58.3%" in told.text
    assert len([one for one in town.finn.messages(post.channel) if "leads" in one.text]) == 1


async def test_linking_is_confirmed_and_undone(town: Town) -> None:
    news = town.guild.add_text_channel("news")
    post = await town.proposed_task()
    linked = await town.ben.slash("task link", task=TITLE, channel=news)
    assert linked.ephemeral
    assert f"News about **{TITLE}** go to <#{news.id}> too." in linked.text
    undone = await town.carla.slash("task link", task=TITLE, channel=news, remove=True)
    assert f"no longer go to <#{news.id}>" in undone.text
    await town.carla.click(post, "Approve")
    await town.finn.wait_for(post.channel, "is approved", PATIENCE)
    assert town.finn.messages(news) == []
    refusal = await town.ben.slash("task link", task=TITLE, channel=news, remove=True)
    assert f"That channel is not linked to “{TITLE}”" in refusal.text


async def test_linking_names_what_the_bot_may_not_do_there(town: Town) -> None:
    secret = town.guild.add_text_channel("quiet")
    town.guild.set_overwrite(secret, town.guild.bot_role, deny=Permission.SEND_MESSAGES)
    await town.proposed_task()
    reply = await town.ben.slash("task link", task=TITLE, channel=secret)
    assert "I cannot post there yet: I miss **Send Messages**" in reply.text


async def test_only_the_author_or_a_curator_links(town: Town) -> None:
    news = town.guild.add_text_channel("news")
    await town.proposed_task()
    for remove in (False, True):
        refusal = await town.dan.slash("task link", task=TITLE, channel=news, remove=remove)
        assert refusal.ephemeral
        assert f"Only the author of “{TITLE}” or a curator can" in refusal.text


async def test_a_linked_channel_that_refuses_does_not_keep_the_others_waiting(town: Town) -> None:
    news, quiet = town.guild.add_text_channel("news"), town.guild.add_text_channel("quiet")
    town.guild.set_overwrite(quiet, town.guild.bot_role, deny=Permission.SEND_MESSAGES)
    await whole_life(town, quiet, news)
    await town.finn.wait_for(news, "is closed", PATIENCE)
    assert town.finn.messages(quiet) == []


async def test_nothing_that_the_bot_ever_says_can_ping(town: Town) -> None:
    news = town.guild.add_text_channel("news")
    town.sandbox.log.requests.clear()
    await whole_life(town, news)
    await answer(town.eve.slash("leaderboard show", task=TITLE))
    await town.finn.wait_for(news, "is closed", PATIENCE)
    said = [(one.route, body) for one in town.sandbox.log.requests if (body := message_in(one.body)) is not None]
    assert len(said) > 10
    assert [route for route, body in said if body.get("allowed_mentions") != {"parse": []}] == []
    for channel in list(town.guild.channels.values()):
        for message in town.ada.messages(channel):
            assert message.raw["mentions"] == []
            assert message.raw["mention_roles"] == []


def message_in(body: object) -> dict[str, object] | None:
    """The message that a request makes or changes, if it does."""
    if not isinstance(body, dict):
        return None
    for inner in (body.get("message"), body.get("data"), body):
        if isinstance(inner, dict) and ("components" in inner or "content" in inner) and "custom_id" not in inner:
            return inner
    return None
