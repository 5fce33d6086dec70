"""A file that cannot be used is explained like a good compiler would, costs nothing and loses nothing."""

import gzip
import json
from pathlib import Path

import pytest

from sandbox.actors import Reply, Upload
from tests.fixtures.town import (
    ITEMS,
    LONG_ITEMS,
    PATIENCE,
    SLOW,
    TITLE,
    Town,
    answer,
    long_gold_file,
    long_outputs_file,
    open_town,
    outputs_file,
)

GOOD = [f"q{n},{2 * n}" for n in range(ITEMS)]
JSON_ROWS = [{"id": f"q{n}", "output": str(2 * n)} for n in range(ITEMS)]


def table(*changed: str, header: str = "id,output", rows: list[str] | None = None) -> bytes:
    """A good table whose first rows are replaced by the given ones."""
    kept = GOOD if rows is None else rows
    return "\n".join([header, *changed, *kept[len(changed) :]]).encode()


def jsonl(first: str) -> bytes:
    """Good JSON Lines but for the first."""
    return "\n".join([first, *(json.dumps(row) for row in JSON_ROWS[1:])]).encode()


BROKEN = {
    "wrong column names": ("a.csv", table(header="nr,words"), ("Line 1", "`nr`", "`output`")),
    "a duplicate id": ("a.csv", table("q0,0", "q0,0", "q2,4"), ("Line 3", "`q0`", "`q1`")),
    "an unknown id": ("a.csv", table("Q_0,0"), ("Line 2", "`Q_0`", "`q0`")),
    "a row too long": ("a.csv", table("q0,0", "q1,2,3,4"), ("Line 3",)),
    "a row too short": ("a.csv", table("q0,0", "q1"), ("Line 3",)),
    "a quote without its end": ("a.csv", table('q0,"zero'), ("Line 2", "quote")),
    "UTF-16": ("a.csv", table().decode().encode("utf-16"), ("UTF-16", "UTF-8")),
    "Windows-1252": ("a.csv", table("q0,caf\u00e9").decode().encode("cp1252"), ("Line 2", "0xE9", "Windows-1252")),
    "a NUL": ("a.csv", table("q0,ze\0ro"), ("Line 2", "NUL")),
    "an empty file": ("a.csv", b"", ("empty",)),
    "a megabyte of commas": ("a.csv", b"," * 2**20, ("column",)),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, ()),
    "a NaN in JSON": ("a.jsonl", jsonl('{"id": "q0", "output": NaN}'), ("Line 1", "NaN")),
    "a nested value in JSON": ("a.jsonl", jsonl('{"id": "q0", "output": {"text": "0"}}'), ("Line 1",)),
    "half a character in JSON": ("a.jsonl", jsonl('{"id": "q0", "output": "\\ud800"}'), ("Line 1", "surrogate")),
    "JSON that breaks off": ("a.json", json.dumps(JSON_ROWS).encode()[:-20], ()),
    "a gzip bomb": ("a.csv.gz", gzip.compress(bytes(64 * 2**20)), ()),
    "gzip that breaks off": ("a.csv.gz", gzip.compress(table())[:-12], ()),
    "a spreadsheet": ("a.xlsx", b"PK\x03\x04" + bytes(200), ("CSV",)),
}


async def refusal_of(town: Town, file: Upload) -> Reply:
    reply = await answer(town.dan.slash("submit", task=TITLE, file=file, system="model"))
    return await reply.until("attempt", PATIENCE)


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_broken_file_is_explained_and_costs_nothing(town: Town, kind: str) -> None:
    name, content, said = BROKEN[kind]
    await town.open_task()
    refusal = await refusal_of(town, Upload(name, content))
    assert refusal.ephemeral
    assert not refusal.message.is_visible_to(town.eve)
    assert "No attempt was used; mend it and send it again." in refusal.text
    assert "5 of 5 attempts left today" in refusal.text
    problem = refusal.text.split("\n", 1)[1]
    assert ": found " in problem
    assert "; expected " in problem
    for word in said:
        assert word in problem
    assert "refused, no attempt used" in (await town.dan.slash("submissions")).text
    assert "0 entries" in (await town.board_with("No entries yet")).text


async def test_several_problems_are_told_at_once_and_the_mended_file_is_scored(town: Town) -> None:
    await town.open_task()
    broken = table("q0,0", "q1,2", "q1,2", "Q3,6", "q4", "q5,10,10")
    refusal = await refusal_of(town, Upload("outputs.csv", broken))
    for line in ("Line 4", "Line 5", "Line 6", "Line 7"):
        assert line in refusal.text
    receipt = await town.submit(town.dan, ITEMS)
    assert "## 100.0%" in receipt.text
    assert "4 of 5 attempts left" in receipt.text


async def test_of_many_problems_the_first_twenty_are_told_and_the_rest_is_counted(town: Town) -> None:
    await town.open_task()
    rows = [f"q{n}{',1' * (n + 2)}" for n in range(ITEMS)]
    refusal = await refusal_of(town, Upload("outputs.csv", table(rows=rows)))
    assert refusal.text.count("; expected ") == 20
    assert "and 4 more" in refusal.text
    assert "Line 21" in refusal.text
    assert "Line 22" not in refusal.text


async def test_problems_that_are_too_long_for_a_message_come_in_a_file(town: Town) -> None:
    ids = [f"{n:02}-{'a-long-name-of-an-item-' * 4}" for n in range(ITEMS)]
    gold = "\n".join(["id,prompt,answer", *(f"{one},Say yes,yes" for one in ids)])
    await town.open_task(gold=Upload("gold.csv", gold.encode()))
    twice = "\n".join(["id,output", *(f"{one},yes\n{one},no" for one in ids)])
    refusal = await refusal_of(town, Upload("outputs.csv", twice.encode()))
    assert "all of them stand in the file" in refusal.text
    (file,) = refusal.attachments
    assert file.name == "problems.txt"
    told = (await file.read()).decode()
    assert told.count("; expected ") == 20
    assert 0 < refusal.text.count("; expected ") < 20
    assert "and 4 more" in told


async def test_what_looks_odd_but_is_right_is_scored(town: Town) -> None:
    await town.open_task()
    with_bom = b"\xef\xbb\xbf" + table()
    first = await refusal_of(town, Upload("bom.csv", with_bom))
    assert "## 100.0%" in first.text
    separators = "\n".join(
        json.dumps({**row, "output": row["output"] + "\u2028"}, ensure_ascii=False) for row in JSON_ROWS
    )
    second = await refusal_of(town, Upload("lines.jsonl", separators.encode()))
    assert "24 of 24 items answered" in second.text
    numbers = "\n".join(f'{{"id": "q{n}", "output": {2 * n}}}' for n in range(ITEMS))
    third = await refusal_of(town, Upload("numbers.jsonl", numbers.encode()))
    assert "## 100.0%" in third.text


async def test_a_bad_file_in_the_form_is_explained_like_one_in_the_command(town: Town) -> None:
    post = await town.open_task()
    name, content, said = BROKEN["a duplicate id"]
    form = await town.dan.click(post, "Submit")
    refusal = await answer(form.submit(system="model", file=Upload(name, content)))
    await refusal.until("The file cannot be scored", PATIENCE)
    for word in said:
        assert word in refusal.text


async def test_no_refusal_shows_an_answer_of_the_gold(town: Town) -> None:
    rows = ["id,prompt,answer", *(f"q{n},Question {n}?,canary{n}" for n in range(ITEMS))]
    await town.open_task(gold=Upload("gold.csv", "\n".join(rows).encode()))
    for _, content, _ in (BROKEN["a duplicate id"], BROKEN["an unknown id"], BROKEN["a row too short"]):
        refusal = await refusal_of(town, Upload("a.csv", content))
        assert "canary" not in refusal.text
    assert "canary" not in (await town.submit(town.dan, 3)).text


async def test_a_file_whose_scoring_takes_too_long_gives_the_attempt_back(tmp_path: Path) -> None:
    async with open_town(tmp_path, JOB_SECONDS="1") as town:
        await town.open_task(gold=long_gold_file(), metric=SLOW)
        stopped = await refusal_of(town, long_outputs_file())
        await stopped.until("Scoring did not work", PATIENCE)
        assert "it took longer than 1 seconds" in stopped.text
        assert "5 of 5 attempts left" in stopped.text
        assert "scoring failed, no attempt used" in (await town.dan.slash("submissions")).text
        short = await refusal_of(town, outputs_file(0, items=LONG_ITEMS))
        assert "150 of 150 items answered" in short.text
