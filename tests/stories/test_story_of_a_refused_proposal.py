"""A proposal with something wrong in it: the reason is said, and nothing that was typed is lost."""

import pytest

from sandbox.actors import Reply, Upload
from sandbox.faults import Lie
from tests.fixtures.town import EXACT, TITLE, Town, answer, gold_file

STATEMENT = "Double the number.\nWrite digits only."


async def proposal(town: Town, *, gold: Upload | None = None, metric: str = EXACT, language: str = "en") -> Reply:
    form = await town.ben.slash("task propose", licence="MIT", attempts_per_day=9)
    return await answer(
        form.submit(
            title=TITLE,
            statement=STATEMENT,
            language=language,
            metric=metric,
            gold=gold_file() if gold is None else gold,
        )
    )


def broken_gold() -> Upload:
    rows = ["id,prompt,answer", "q1,One?,1", "q1,Two?,2", "q3,,3", "q4,Four?,", "q5,Five?,5,extra"]
    return Upload("gold.csv", "\n".join(rows).encode())


async def test_a_refused_gold_file_names_every_problem_and_leads_back_into_the_filled_form(town: Town) -> None:
    await town.set_up()
    refusal = await proposal(town, gold=broken_gold())
    assert refusal.ephemeral
    assert "Your proposal is not sent yet" in refusal.text
    assert "The gold file has" in refusal.text
    for place in ("Line 3", "Line 4", "Line 5", "Line 6"):
        assert place in refusal.text
    assert refusal.text.count("expected") >= 4
    assert refusal.buttons == ["Edit and send again"]
    assert town.eve.threads(town.forum) == []

    form = await town.ben.click(refusal, "Edit and send again")
    held = {one.custom_id: one.value for one in form.fields if one.kind == "text"}
    assert held == {"title": TITLE, "statement": STATEMENT, "language": "en", "metric": EXACT}
    sent = await answer(form.submit(gold=gold_file()))
    assert "is proposed with 24 items" in sent.text
    post = await town.post_of_the_task()
    assert "licence MIT" in post.text
    assert "9 attempts a day" in post.text


async def test_no_answer_of_the_gold_file_stands_in_its_refusal(town: Town) -> None:
    await town.set_up()
    rows = ["id,prompt,answer", "q1,One?,canary-one", "q1,Two?,canary-two", "q3,Three?,canary-three,extra"]
    refusal = await proposal(town, gold=Upload("gold.csv", "\n".join(rows).encode()))
    assert "problems" in refusal.text
    assert "canary" not in refusal.text


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ('metric = "exakt"', ("exakt", "exact")),
        ("metric = ", ("TOML",)),
        ('metric = "numeric"\n[options]\nabsolut = 0.1', ("absolut", "absolute")),
        ('metric = "exact"\nextract = "regex:("', ("regex",)),
    ],
    ids=["unknown metric", "no TOML", "unknown option", "broken expression"],
)
async def test_a_specification_that_cannot_be_is_explained(town: Town, metric: str, said: tuple[str, ...]) -> None:
    await town.set_up()
    refusal = await proposal(town, metric=metric)
    assert "Your proposal is not sent yet" in refusal.text
    for word in said:
        assert word in refusal.text
    form = await town.ben.click(refusal, "Edit and send again")
    assert {one.custom_id: one.value for one in form.fields}["metric"] == metric


async def test_a_metric_that_cannot_serve_the_gold_is_refused_with_the_line(town: Town) -> None:
    await town.set_up()
    rows = ["id,prompt,answer", *(f"q{n},How much is {n}?,{'many' if n == 4 else n}" for n in range(1, 25))]
    refusal = await proposal(town, metric='metric = "numeric"', gold=Upload("gold.csv", "\n".join(rows).encode()))
    assert "Your proposal is not sent yet" in refusal.text
    assert "5" in refusal.text
    assert "number" in refusal.text


async def test_a_language_that_is_no_tag_is_refused_with_examples(town: Town) -> None:
    await town.set_up()
    refusal = await proposal(town, language="English")
    assert "is not a tag such as en, es or pt-BR" in refusal.text
    assert refusal.buttons == ["Edit and send again"]


async def test_a_gold_file_that_did_not_arrive_loses_nothing(town: Town) -> None:
    await town.set_up()
    town.sandbox.faults.lying_cdn(Lie.LESS)
    refusal = await proposal(town)
    assert "arrived" in refusal.text
    sent = await answer((await town.ben.click(refusal, "Edit and send again")).submit(gold=gold_file()))
    assert "is proposed" in sent.text


async def test_a_form_that_was_sent_again_is_refused_again_with_the_newest_words(town: Town) -> None:
    await town.set_up()
    refusal = await proposal(town, gold=broken_gold())
    form = await town.ben.click(refusal, "Edit and send again")
    again = await answer(form.submit(title="Doubling, better", gold=broken_gold()))
    form = await town.ben.click(again, "Edit and send again")
    assert {one.custom_id: one.value for one in form.fields}["title"] == "Doubling, better"


async def test_nobody_else_can_open_what_was_typed(town: Town) -> None:
    await town.set_up()
    refusal = await proposal(town, gold=broken_gold())
    assert not refusal.message.is_visible_to(town.dan)
    custom_id = next(part["custom_id"] for part in refusal.message.components if part.get("type") == 2)
    theft = await town.press_forged(town.dan, custom_id)
    assert not theft.is_form
    assert theft.ephemeral
    assert TITLE not in theft.text
