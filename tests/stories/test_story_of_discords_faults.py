"""Discord fails, hurries or goes away for a moment; the bot goes on."""

import pytest

from sandbox.actors import NoAnswer, Reply
from tests.fixtures.town import PATIENCE, TITLE, Town, answer, open_town, outputs_file

ANSWER = "POST /interactions/{interaction_id}/{interaction_token}/callback"
REPLY = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
POST = "POST /channels/{channel_id}/messages"
OPEN_POST = "POST /channels/{channel_id}/threads"


def refusals(town: Town, route: str) -> list[int]:
    """The statuses with which this route was refused in the story."""
    return [entry.status for entry in town.sandbox.log.of(route) if entry.status >= 400]


async def test_a_failure_of_discord_delays_a_post_and_loses_none(town: Town) -> None:
    town.sandbox.log.requests.clear()
    for route in (OPEN_POST, POST):
        town.sandbox.faults.fail_next(route, 502)
    await town.open_task()
    assert "0 entries" in (await town.board_with("No entries yet")).text
    town.sandbox.faults.fail_next(EDIT, 503)
    await town.submit(town.dan, 18)
    await town.board_with("75.0%")
    assert (refusals(town, OPEN_POST), refusals(town, POST), refusals(town, EDIT)) == ([502], [502], [503])
    assert len(town.eve.messages(town.board)) == 1
    assert len(town.eve.threads(town.forum)) == 1


async def test_an_answer_that_discord_lost_makes_nothing_twice(town: Town) -> None:
    await town.set_up()
    town.sandbox.log.requests.clear()
    town.sandbox.faults.fail_next(OPEN_POST, 502, after=True)
    await town.propose()
    await town.until(lambda: len(town.sandbox.log.of("DELETE /channels/{channel_id}")) > 0)
    (thread,) = town.eve.threads(town.forum)
    post = await town.ben.wait_for(thread, "proposed by", PATIENCE)
    await town.carla.click(post, "Approve")
    town.sandbox.faults.fail_next(POST, 502, times=2, after=True)
    await town.launch()
    await town.board_with("No entries yet")
    await town.finn.wait_for(thread, "is approved", PATIENCE)
    await town.finn.wait_for(thread, "is open", PATIENCE)
    await town.submit(town.dan, 18)
    await town.board_with("75.0%")
    assert len(town.eve.messages(town.board)) == 1
    assert len(town.eve.messages(thread)) == 3


async def test_a_failed_receipt_is_written_at_the_next_try(town: Town) -> None:
    town.sandbox.log.requests.clear()
    await town.open_task()
    town.sandbox.faults.fail_next(REPLY, 502)
    assert "## 75.0%" in (await town.submit(town.dan, 18)).text
    assert refusals(town, REPLY) == [502]


async def test_a_rate_limit_is_waited_for(town: Town) -> None:
    town.sandbox.log.requests.clear()
    await town.open_task()
    board = await town.board_with(TITLE)
    town.sandbox.faults.rate_limit_next(EDIT, 0.5)
    town.sandbox.faults.rate_limit_next(POST, 0.5)
    await town.submit(town.dan, 12, system="slow")
    await town.submit(town.eve, 18, system="quick")
    await town.until(lambda: "quick" in board.text)
    thread = (await town.post_of_the_task()).channel
    await town.finn.wait_for(thread, "leads", PATIENCE)
    assert (refusals(town, EDIT), refusals(town, POST)) == ([429], [429])


async def test_an_answer_that_comes_too_late_hurts_nobody(town: Town) -> None:
    await town.set_up()
    town.sandbox.faults.delay_next(ANSWER, 4)
    with pytest.raises(NoAnswer, match="did not respond"):
        await town.dan.slash("help")
    assert "Touchstone" in (await town.dan.slash("help")).text


async def test_what_fails_on_our_side_is_said_with_a_reference_into_the_log(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with open_town(tmp_path_factory.mktemp("failing"), complaint="cogs.base: Reference") as town:
        await town.proposed_task()
        town.sandbox.faults.refuse_next(REPLY, 400, 50035, "Invalid Form Body")
        reply = await answer(town.dan.slash("task kit", task=TITLE))
        assert "Something of ours failed; nothing of yours was lost." in reply.text
        reference = reply.text.split("`")[1]
        assert f"Reference {reference}" in town.bot.words()
        assert (await answer(town.dan.slash("task kit", task=TITLE))).attachments


async def test_a_command_of_an_earlier_version_is_answered_in_words(town: Town) -> None:
    world = town.sandbox.world
    known = next(command for command in world.commands.values() if command.data["name"] == "help")
    old = type(known)({**known.data, "id": "1", "name": "vote"}, guild_id=town.guild.id)
    world.commands[1] = old
    try:
        reply = await town.dan.slash("vote")
    finally:
        del world.commands[1]
    assert reply.ephemeral
    assert "This command has changed; reload Discord" in reply.text


@pytest.mark.parametrize("way", ["dropped", "asked to reconnect", "session invalid, to be resumed", "session lost"])
async def test_a_broken_connection_is_mended_and_the_bot_serves_on(lonely_town: Town, way: str) -> None:
    town = lonely_town
    await town.open_task()
    board = await town.board_with(TITLE)
    faults = town.sandbox.faults
    match way:
        case "dropped":
            faults.drop_sockets()
        case "asked to reconnect":
            faults.reconnect()
        case "session invalid, to be resumed":
            faults.invalidate_session(resumable=True)
        case _:
            faults.invalidate_session()
    await town.sandbox.ready(PATIENCE)
    receipt = await answer(_patiently(town))
    await receipt.until("## 75.0%", PATIENCE)
    await town.until(lambda: "75.0%" in board.text)
    assert len(town.sandbox.log.of("PUT /applications/{application_id}/commands")) == 1


async def test_a_command_given_while_the_socket_was_broken_is_answered_after_the_resume(lonely_town: Town) -> None:
    town = lonely_town
    await town.set_up()
    town.sandbox.faults.drop_sockets()
    reply = await town.dan.slash("help")
    assert "Touchstone" in reply.text
    assert town.sandbox.log.dispatched("RESUMED") != []


async def _patiently(town: Town) -> Reply:
    """Submit as a person does: when the application does not respond, try again."""
    for _ in range(5):
        try:
            return await town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="model")
        except NoAnswer:
            await town.sandbox.ready(PATIENCE)
    raise NoAnswer("The bot did not come back.")
