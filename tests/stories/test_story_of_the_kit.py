"""The kit: all that a member needs to make a submission, and not one hidden answer."""

import io
import json
import zipfile

import pytest

from sandbox.actors import Reply, Upload
from tests.fixtures.town import ITEMS, PATIENCE, TITLE, Town, answer, gold_file

SAMPLES = tuple(f"sample_submission.{ending}" for ending in ("csv", "tsv", "jsonl", "json"))


async def unpacked(reply: Reply) -> dict[str, bytes]:
    (file,) = reply.attachments
    with zipfile.ZipFile(io.BytesIO(await file.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_the_kit_holds_prompts_samples_a_readme_and_a_notebook(town: Town) -> None:
    await town.open_task()
    reply = await answer(town.dan.slash("task kit", task=TITLE))
    assert reply.ephemeral
    assert f"The kit of **{TITLE}**" in reply.text
    files = await unpacked(reply)
    assert {"README.md", "metric.toml", "notebook.ipynb", *SAMPLES} <= set(files)
    assert {f"prompts.{ending}" for ending in ("csv", "tsv", "jsonl", "json")} <= set(files)
    prompts = [json.loads(line) for line in files["prompts.jsonl"].splitlines()]
    assert prompts == [{"id": f"q{n}", "prompt": f"What is {n} + {n}?"} for n in range(ITEMS)]
    assert TITLE in files["README.md"].decode()
    assert 'metric = "exact"' in files["metric.toml"].decode()
    assert json.loads(files["notebook.ipynb"])["nbformat"] == 4


@pytest.mark.parametrize("button_of", ["post", "answer to /task show"])
async def test_the_kit_comes_from_every_button_that_offers_it(town: Town, button_of: str) -> None:
    post = await town.proposed_task()
    message = post if button_of == "post" else (await town.eve.slash("task show", task=TITLE)).message
    reply = await answer(town.eve.click(message, "Get the kit"))
    assert reply.ephemeral
    assert "prompts.csv" in await unpacked(reply)


async def test_only_practice_items_come_with_their_answers(town: Town) -> None:
    rows = ["id,prompt,answer,practice"]
    rows += [f"q{n},Question {n}?,{'public' if n < 3 else 'canary'}{n},{n < 3}" for n in range(ITEMS)]
    await town.proposed_task(gold=Upload("gold.csv", "\n".join(rows).encode()))
    files = await unpacked(await answer(town.dan.slash("task kit", task=TITLE)))
    assert len(files["practice_gold.jsonl"].splitlines()) == 3
    assert b"public2" in files["practice_gold.jsonl"]
    assert [name for name, content in files.items() if b"canary" in content] == []


@pytest.mark.parametrize("name", SAMPLES)
async def test_the_sample_in_each_format_is_a_valid_submission(town: Town, name: str) -> None:
    await town.open_task(gold=gold_file(practice=2))
    files = await unpacked(await answer(town.dan.slash("task kit", task=TITLE)))
    reply = await town.dan.slash("submit", task=TITLE, file=Upload(name, files[name]), system="sample")
    await reply.until("95% interval", PATIENCE)
    assert "## 0.0%" in reply.text
    assert "22 of 22 items answered" in reply.text
    assert "Practice: 0 of 2 items right" in reply.text
