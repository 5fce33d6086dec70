"""The circle of gold once: twelve members vote, gold changes, six systems are rescored, and anyone can recompute it."""

import json
import subprocess
import sys
from pathlib import Path

from sandbox.actors import Actor, Message, Reply, Upload
from tests.fixtures.town import ITEMS, PATIENCE, PROJECT, TITLE, Town, answer

DAY = 86_400
MEMBERS = 12
AMBIGUOUS, WRONG, WIDER = ("What is 20 + 20?", "What is 21 + 21?"), "What is 22 + 22?", "What is 23 + 23?"
METRIC = 'metric = "exact"\n'
# What each system gets right before the gold changes; the second of the last two answers item 23 in words.
SYSTEMS = {"alder": 8, "birch": 10, "cedar": 12, "doug": 14, "elm": 18, "fir": 16}
IN_WORDS = "fir"
SCORE = (sys.executable, "-m", "bot", "score")


def outputs_of(system: str) -> bytes:
    """The first outputs right, and those of items 20 to 22 where the system is one that gold favours wrongly."""
    right = set(range(SYSTEMS[system]))
    if system == "elm":
        right = {*range(SYSTEMS[system] - 3), 20, 21, 22}
    rows = [f"q{n},{_output(system, n, right)}" for n in range(ITEMS)]
    return "\n".join(["id,output", *rows]).encode()


def _output(system: str, number: int, right: set[int]) -> str:
    if number == ITEMS - 1 and system == IN_WORDS:
        return "forty-six"
    return str(2 * number) if number in right else "no idea"


async def members(town: Town) -> list[Actor]:
    found = [town.sandbox.actor(town.guild, f"Member {number}") for number in range(MEMBERS)]
    for one in found:
        one.member.joined_at -= 100 * DAY
    return found


async def begin(voter: Actor) -> Reply:
    """The first private ballot of a member, after the notice."""
    return await voter.click(await answer(voter.slash("gold vote", task=TITLE)), "Show me the gold and vote")


async def judge(voter: Actor, ballot: Reply, most: int) -> int:
    """Vote as an honest member does on what is dealt, at most so often; how many votes were cast."""
    cast = 0
    while {"Right", "Accept"} & set(ballot.buttons) and cast < most:
        label = "Accept" if "Accept" in ballot.buttons else judgement(ballot.text)
        ballot = await voter.click(ballot, label)
        cast += 1
    return cast


def judgement(shown: str) -> str:
    if any(prompt in shown for prompt in AMBIGUOUS):
        return "Ambiguous"
    return "Wrong" if WRONG in shown else "Right"


async def vote_all(town: Town) -> list[Actor]:
    """Twelve members: the first suggests an answer, and all vote in turns until nothing is left to decide."""
    voters = await members(town)
    ballots = [await suggest(voters[0]), *[await begin(voter) for voter in voters[1:]]]
    for voter, ballot in zip(voters, ballots, strict=True):
        await judge(voter, ballot, 8)
    for voter in voters:
        reopened = await answer(voter.slash("gold vote", task=TITLE))
        await judge(voter, reopened, 2 * ITEMS)
    return voters


async def suggest(voter: Actor) -> Reply:
    """Skip to an item, suggest another answer to it, and give the ballot on the item itself."""
    ballot = await begin(voter)
    while WIDER not in ballot.text:
        ballot = await voter.click(ballot, "Skip")
    form = await voter.click(ballot, "Suggest an answer")
    sent = await form.submit(answer="forty-six", reason="The number in words.")
    assert "on a ballot of its own" in sent.text
    return sent


async def recomputed(folder: Path, gold: bytes, systems: dict[str, bytes]) -> dict[str, float]:
    """The scores that `python -m bot score` finds for an exported version of the gold."""
    (folder / "gold.jsonl").write_bytes(gold)
    (folder / "metric.toml").write_text(METRIC, encoding="utf-8")
    files = []
    for name, content in systems.items():
        files.append(folder / f"{name}.csv")
        files[-1].write_bytes(content)
    told = subprocess.run(  # noqa: ASYNC221 - nothing else is going on meanwhile
        [*SCORE, "--gold", folder / "gold.jsonl", "--metric", folder / "metric.toml", "--json", *files],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    return {entry["system"]: entry["score"] for entry in json.loads(told.stdout)["systems"]}


def shown_scores(board: Message) -> dict[str, str]:
    """The scores in the board's table by system."""
    rows = board.text.split("```")[1].strip().splitlines()[1:]
    return {row.split()[1]: next(word for word in row.split() if word.endswith("%")) for row in rows}


async def test_the_circle_goes_round_once(town: Town, tmp_path: Path) -> None:
    await town.open_task(metric=METRIC)
    people = (town.dan, town.eve, town.finn)
    for number, system in enumerate(SYSTEMS):
        sent = await people[number % 3].slash(
            "submit", task=TITLE, file=Upload(f"{system}.csv", outputs_of(system)), system=system
        )
        await sent.until("95% interval", PATIENCE)
    board = await town.board_with("fir")
    assert list(shown_scores(board))[:2] == ["elm", "fir"]

    voters = await vote_all(town)
    await town.until(lambda: "3 contested items" in board.text and shown_scores(board).get("fir") == "81.0%")
    assert list(shown_scores(board))[:2] == ["fir", "elm"]

    (thread,) = town.ben.threads(town.forum)
    await town.eve.wait_for(thread, "Item q23: 1 answer added.", PATIENCE)
    versions = [message for message in town.eve.messages(thread) if "### Gold v" in message.text]
    told = "\n".join(message.text for message in versions)
    assert all(f"Item q{number}: out." in told for number in (20, 21, 22))
    assert "Item q23: 1 answer added." in told
    assert "forty-six" not in told
    pictures = [picture for message in versions for picture in message.attachments]
    crossing = [picture for picture in pictures if "fir from 2 to 1" in (picture.description or "")]
    assert crossing, [picture.description for picture in pictures]
    assert (await crossing[0].read()).startswith(b"\x89PNG")

    exported = await answer(voters[0].slash("gold history", task=TITLE, export=True))
    gold = await exported.attachments[0].read()
    scores = await recomputed(tmp_path, gold, {system: outputs_of(system) for system in SYSTEMS})
    assert {system: f"{100 * score:.1f}%" for system, score in scores.items()} == shown_scores(board)
    assert scores["fir"] == (SYSTEMS["fir"] + 1) / (ITEMS - 3)
    assert scores["elm"] == (SYSTEMS["elm"] - 3) / (ITEMS - 3)
