"""What a curator is told of the submissions of a task, and nobody else."""

import json

from sandbox.actors import Actor, Upload
from tests.fixtures.searching import finds
from tests.fixtures.town import ITEMS, PATIENCE, TITLE, Town, answer

MARKED = 6


def marked_gold_file() -> Upload:
    rows = [
        {"id": f"q{n}", "prompt": f"What is {n} + {n}?", "answers": answers_of(n)}
        | ({"tags": {"canary": "yes", "side": "north"}} if n < MARKED else {})
        for n in range(ITEMS)
    ]
    return Upload("gold.jsonl", "\n".join(map(json.dumps, rows)).encode())


def answers_of(item: int) -> list[str]:
    return [f"{2 * item}{one}" for one in ("", " pcs", "pcs", " (pcs)")] if item < MARKED else [str(2 * item)]


async def send(who: Actor, system: str, right: range, mistakes: str) -> None:
    rows = [f"q{n},{2 * n if n in right else f'{mistakes} {n}'}" for n in range(ITEMS)]
    file = Upload("outputs.csv", "\n".join(["id,output", *rows]).encode())
    sent = await who.slash("submit", task=TITLE, file=file, system=system)
    await sent.until("95% interval", PATIENCE)


async def test_a_curator_is_told_of_two_systems_with_one_set_of_mistakes(town: Town) -> None:
    await town.open_task(gold=marked_gold_file())
    town.sandbox.log.keeps_contents = True
    gina = town.sandbox.actor(town.guild, "Gina")
    await send(town.dan, "at*las", range(6, 12), "say")
    await send(town.eve, "copy", range(10, 16), "say")
    await send(town.finn, "own", range(6, 18), "think")
    await send(gina, "other", range(6, 15), "guess")
    shown = await answer(town.carla.slash("task anomalies", task=TITLE))
    assert shown.ephemeral
    lines = shown.text.splitlines()
    assert lines[:3] == ["## What deserves a look in Doubling", "**1 flag**", "**Shared mistakes**"]
    assert lines[3].startswith("- at\\*las (Dan) and copy (Eve) share 14 of 14 mistakes word for word (chance ")
    assert lines[3].endswith("Same model, or shared outputs? A curator will look.")
    assert lines[4].startswith("-# No marked spellings matched beyond chance: 4 systems on 6 marked items; what is")
    assert "-# No jumps: 0 past gains so far; the rule needs 20 beside the one that it looks at." in lines
    assert "-# No outliers: 4 ranked systems so far; the rule needs 8." in lines
    assert "never verdicts" in shown.text
    assert lines[-1].startswith("-# gold v1 · `exact")
    assert finds(town, "mistakes word for word", told_to=[town.carla]) == []
    assert finds(town, "mistakes word for word") != []
    by_administrator = await answer(town.ada.slash("task anomalies", task=TITLE))
    assert by_administrator.text == shown.text


async def test_members_are_refused_also_the_author(town: Town) -> None:
    await town.open_task(gold=marked_gold_file())
    for member in (town.dan, town.ben):
        refused = await answer(member.slash("task anomalies", task=TITLE))
        assert refused.ephemeral
        assert refused.text == (
            "Only curators look for anomalies in “Doubling”: a flag is no verdict, and names people."
        )


async def test_before_anybody_submits_the_next_step_is_said(town: Town) -> None:
    await town.proposed_task(gold=marked_gold_file())
    waits = await answer(town.carla.slash("task anomalies", task=TITLE))
    assert "Nothing was submitted: the task is still to be approved" in waits.text


async def test_a_mark_on_a_single_spelling_is_refused_with_its_line_and_nothing_is_lost(town: Town) -> None:
    await town.set_up()
    gold = Upload("gold.csv", b"id,prompt,answer,tags\na,one?,secret1,\nb,two?,secret2,canary=yes\n")
    refused = await town.propose(gold=gold)
    assert "Line 3, column tags: found item `b` marked `canary` with 1 spelling; expected two or more" in refused.text
    assert "secret" not in refused.text
