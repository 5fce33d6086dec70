"""From a file to a receipt and a board, as members see it."""

import csv
import gzip
import io
import json

import pytest

from sandbox.actors import Refused, Upload
from tests.fixtures.town import ITEMS, PATIENCE, TITLE, Town, gold_file, outputs_file

ANSWERS = {f"q{n}": str(2 * n) if n < 18 else "no idea" for n in range(ITEMS)}
ROWS = [{"id": key, "output": output} for key, output in ANSWERS.items()]
LINES = "\n".join(json.dumps(row) for row in ROWS)


def separated(delimiter: str) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerows([("id", "output"), *ANSWERS.items()])
    return written.getvalue().encode()


FILES = {
    "outputs.csv": separated(","),
    "outputs.tsv": separated("\t"),
    "outputs.jsonl": LINES.encode(),
    "rows.json": json.dumps(ROWS).encode(),
    "mapping.json": json.dumps(ANSWERS).encode(),
    "outputs.csv.gz": gzip.compress(separated(",")),
    "outputs.jsonl.gz": gzip.compress(LINES.encode()),
}


async def test_a_file_becomes_a_receipt_and_a_board(town: Town) -> None:
    await town.open_task()
    receipt = await town.submit(town.dan, 18)
    assert receipt.ephemeral
    assert not receipt.message.is_visible_to(town.eve)
    assert "## 75.0%" in receipt.text
    assert f"{ITEMS} of {ITEMS} items answered." in receipt.text
    assert "The only entry so far: there is nobody to compare with yet." in receipt.text
    assert "Your first score here." in receipt.text
    assert "4 of 5 attempts left today; all of them return <t:" in receipt.text
    assert "gold v1 · `exact|" in receipt.text
    assert receipt.buttons == ["My place", "How it is scored", "Submit again"]
    board = await town.board_with("75.0%")
    assert TITLE in board.text
    assert [one.name for one in board.attachments] == ["board.png"]


@pytest.mark.parametrize("name", FILES)
async def test_the_same_outputs_score_the_same_in_every_format(town: Town, name: str) -> None:
    await town.open_task()
    reply = await town.dan.slash("submit", task=TITLE, file=Upload(name, FILES[name]), system="model")
    await reply.until("95% interval", PATIENCE)
    assert "## 75.0%" in reply.text
    assert f"(`{name}`)" in reply.text


async def test_the_second_receipt_says_what_changed_and_who_else_is_there(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 12, system="small")
    better = await town.submit(town.dan, 18, system="large")
    assert "25.0 points above your best so far (50.0%)" in better.text
    assert "of 2 entries" in better.text
    worse = await town.submit(town.dan, 6, system="tiny")
    assert "50.0 points below your best so far (75.0%)" in worse.text
    same = await town.submit(town.dan, 18, system="other")
    assert "The same as your best so far (75.0%)" in same.text
    assert "Rank **1" in same.text
    assert "may be the best" in same.text
    assert "1 of 5 attempts left" in same.text


async def test_the_button_opens_a_form_that_does_the_same(town: Town) -> None:
    post = await town.open_task()
    form = await town.dan.click(post, "Submit")
    assert form.title == f"Submit to {TITLE}"
    assert [(one.label, one.kind, one.required) for one in form.fields] == [
        ("System", "text", True),
        ("File of outputs", "file", True),
        ("Note", "text", False),
        ("Partial", "checkbox", False),
    ]
    receipt = await form.submit(system="model", file=outputs_file(18), note="at temperature 0")
    await receipt.until("95% interval", PATIENCE)
    assert receipt.ephemeral
    assert "## 75.0%" in receipt.text
    again = await town.dan.click(receipt, "Submit again")
    assert again.title == f"Submit to {TITLE}"


async def test_a_form_cannot_be_sent_without_its_file_or_its_name(town: Town) -> None:
    post = await town.open_task()
    with pytest.raises(Refused, match="File of outputs"):
        await (await town.dan.click(post, "Submit")).submit(system="model")
    with pytest.raises(Refused, match="System"):
        await (await town.dan.click(post, "Submit")).submit(file=outputs_file(18))


async def test_missing_items_refuse_the_file_unless_one_says_that_it_is_partial(town: Town) -> None:
    post = await town.open_task()
    part = outputs_file(9, items=12)
    refusal = await town.dan.slash("submit", task=TITLE, file=part, system="model")
    await refusal.until("The file cannot be scored", PATIENCE)
    assert "partial" in refusal.text
    assert "5 of 5 attempts left" in refusal.text
    receipt = await town.dan.slash("submit", task=TITLE, file=part, system="model", partial=True)
    await receipt.until("95% interval", PATIENCE)
    assert "## 37.5%" in receipt.text
    assert "12 of 24 items answered; 12 missing ones counted as wrong" in receipt.text
    by_form = await (await town.eve.click(post, "Submit")).submit(system="form", file=part, partial=True)
    await by_form.until("12 missing ones", PATIENCE)


async def test_practice_items_are_told_and_never_count(town: Town) -> None:
    await town.open_task(gold=gold_file(practice=4))
    receipt = await town.submit(town.dan, 14)
    assert "## 50.0%" in receipt.text
    assert "20 of 20 items answered" in receipt.text
    assert "Practice: 4 of 4 items right (these never count)." in receipt.text


async def test_practice_with_a_graded_metric_is_told_as_a_percentage(town: Town) -> None:
    rows = ["id,prompt,answer,practice", *(f"q{n},Say it {n},red green blue,{n < 3}" for n in range(ITEMS))]
    await town.open_task(gold=Upload("gold.csv", "\n".join(rows).encode()), metric='metric = "token_f1"')
    outputs = "\n".join(["id,output", *(f"q{n},red" for n in range(ITEMS))]).encode()
    receipt = await town.dan.slash("submit", task=TITLE, file=Upload("o.csv", outputs), system="terse")
    await receipt.until("95% interval", PATIENCE)
    assert "## 50.0%" in receipt.text
    assert "Practice: 50% on 3 items (these never count)." in receipt.text


async def test_values_score_as_the_text_that_stands_in_the_file(town: Town) -> None:
    texts = ["007", "NA", "1e3", "1.50", "true", "null", "1,000", "-0", " x ", "=1+1"]
    answers = texts + [f"word{n}" for n in range(len(texts), ITEMS)]
    gold = json.dumps([{"id": f"q{n}", "prompt": f"Say {n}", "answer": one} for n, one in enumerate(answers)])
    metric = 'metric = "exact"\nnormalize = "raw"'
    await town.open_task(gold=Upload("gold.json", gold.encode()), metric=metric)
    written = io.StringIO()
    csv.writer(written).writerows([("id", "output"), *((f"q{n}", one) for n, one in enumerate(answers))])
    file = Upload("outputs.csv", written.getvalue().encode())
    receipt = await town.dan.slash("submit", task=TITLE, file=file, system="echo")
    await receipt.until("95% interval", PATIENCE)
    assert "## 100.0%" in receipt.text


async def test_the_same_file_for_the_same_system_is_recognised(town: Town) -> None:
    await town.open_task()
    await town.submit(town.dan, 18)
    again = await town.submit(town.dan, 18)
    assert "You sent this very file for this system" in again.text
    assert "no attempt was used" in again.text
    assert "4 of 5 attempts left" in again.text
    other = await town.submit(town.dan, 18, system="another")
    assert "very file" not in other.text
    assert "3 of 5 attempts left" in other.text


async def test_used_up_attempts_say_when_they_return(town: Town) -> None:
    await town.set_up()
    form = await town.ben.slash("task propose", attempts_per_day=2)
    await form.submit(title=TITLE, statement="Double it.", metric='metric = "exact"', gold=gold_file())
    await town.carla.click(await town.post_of_the_task(), "Approve")
    await town.launch()
    await town.submit(town.dan, 6)
    last = await town.submit(town.dan, 7)
    assert "0 of 2 attempts left today; all of them return <t:" in last.text
    refusal = await (await town.dan.slash("submit", task=TITLE, file=outputs_file(8), system="model")).settled(PATIENCE)
    assert refusal.ephemeral
    assert f"You have used all 2 attempts of today at “{TITLE}”. They return <t:" in refusal.text
    await town.submit(town.eve, 8)


async def test_a_name_that_could_deceive_is_refused_before_anything_is_stored(town: Town) -> None:
    await town.open_task()
    reply = await town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="good\u202emodel")
    assert "holds an invisible character (U+202E)" in (await reply.settled(PATIENCE)).text
    assert "no submissions here yet" in (await town.dan.slash("submissions")).text
    with pytest.raises(Refused, match="system"):
        await town.dan.slash("submit", task=TITLE, file=outputs_file(18), system="m" * 61)
    with pytest.raises(Refused, match="needs file"):
        await town.dan.slash("submit", task=TITLE, system="m")
