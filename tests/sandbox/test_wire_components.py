import pytest

from sandbox.actors import ActorError, Refused, Upload
from tests.sandbox.sample_wire import Wire


async def test_buttons_count_and_survive_a_restart_of_the_bot(wire: Wire) -> None:
    reply = await wire.ben.slash("vote")
    assert reply.buttons == ["Votes 0", "Off"]
    assert (await wire.ada.click(reply, "Votes 0")).text == "1 votes"
    await wire.bot.kill()
    await wire.bot.start()
    await wire.sandbox.ready()
    again = await wire.ben.click(reply, "Votes 1")
    assert again.text == "2 votes"
    assert again.id == reply.id, "the same message was edited"
    assert wire.sandbox.log.violations == []


async def test_a_client_refuses_disabled_missing_and_foreign_buttons(wire: Wire) -> None:
    reply = await wire.ben.slash("vote")
    with pytest.raises(Refused, match="disabled"):
        await wire.ben.click(reply, "Off")
    with pytest.raises(Refused, match="'Votes 0', 'Off'"):
        await wire.ben.click(reply, "On")
    wire.ada.delete(reply)
    with pytest.raises(Refused, match="does not see"):
        await wire.ben.click(reply, "Votes 0")


async def test_a_menu_takes_labels_or_values_within_its_limits(wire: Wire) -> None:
    menu = await wire.ben.slash("menu")
    reply = await (await wire.ada.choose(menu, "Colours", ["Red", "blue"])).settled()
    assert (await reply.followup()).text == "You picked ['red', 'blue']"
    assert wire.ben.messages(wire.guild.general)[-1].text == "Pick", "the follow-up is for Ada only"
    with pytest.raises(Refused, match="3 chosen; it takes 1 to 2"):
        await wire.ada.choose(menu, "pick", ["red", "green", "blue"])
    with pytest.raises(Refused, match="no option 'black'"):
        await wire.ada.choose(menu, "pick", ["black"])


async def test_a_form_with_every_kind_of_field_goes_round(wire: Wire) -> None:
    form = await wire.ben.slash("form")
    assert form.title == "Propose"
    assert [(field.label, field.kind) for field in form.fields] == [
        ("Title", "text"),
        ("Gold file", "file"),
        ("Level", "radio"),
        ("Tags", "checkboxes"),
        ("I agree", "checkbox"),
    ]
    reply = await form.submit(
        title="Slang",
        gold_file=[Upload("a.csv", b"12"), Upload("b.csv", b"345")],
        level="Hard",
        tags=["law", "slang"],
        agreed=True,
    )
    assert (await reply.settled()).text == "Slang ['a.csv=2', 'b.csv=3'] hard ['law', 'slang'] True"
    assert reply.ephemeral
    assert wire.sandbox.log.violations == []


async def test_a_form_behind_a_button_edits_the_message_of_the_button(wire: Wire) -> None:
    menu = await wire.ben.slash("menu")
    opened = await wire.ada.click(menu, "Place")
    assert opened.form.text == "Choose where it goes."
    reply = await opened.submit(where=wire.board)
    assert reply.text == "['leaderboard'] ['s']", "what was left out keeps what it held"
    assert reply.id == menu.id
    assert reply.buttons == []
    assert wire.sandbox.log.violations == []


async def test_a_form_is_checked_before_it_is_sent(wire: Wire) -> None:
    form = await wire.ben.slash("form")
    gold = Upload("a.csv", b"1")
    with pytest.raises(Refused, match="Title: this field is required"):
        await form.submit(gold=gold, level="easy")
    with pytest.raises(Refused, match="it takes 3 to 40"):
        await form.submit(title="no", gold=gold, level="easy")
    with pytest.raises(Refused, match="Gold file: 0 chosen"):
        await form.submit(title="Slang", level="easy")
    with pytest.raises(Refused, match="Level: choose one"):
        await form.submit(title="Slang", gold=gold)
    with pytest.raises(Refused, match="no field 'colour'"):
        await form.submit(colour="red")
    with pytest.raises(ActorError, match="opened the form 'Propose'"):
        _ = form.message


async def test_a_layout_shows_its_gallery_and_file_and_is_replaced(wire: Wire) -> None:
    reply = await wire.ben.slash("layout")
    assert reply.text == "Some words"
    assert [(file.name, file.description) for file in reply.attachments] == [
        ("chart.png", "A chart of one pixel"),
        ("table.csv", None),
    ]
    assert reply.raw["attachments"] == [], "messages of Components V2 list no attachments"
    before = reply.attachments[0].url
    await wire.ada.click(reply, "More")
    assert reply.text == "Now two lines\nof words"
    assert before.partition("?")[0] not in [file.url.partition("?")[0] for file in reply.attachments]
    assert [await file.read() for file in reply.attachments][1] == b"a,b\n"
    assert wire.sandbox.log.violations == []
