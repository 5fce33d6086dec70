import json
import sys
import time
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from bench.errors import BadInput
from bot.demo import DemoFailed, bot_of, run, stand_and_tell, story_of, told
from sandbox.bot_process import BotProcess
from sandbox.demo.data import folder, slang
from sandbox.demo.narration import WIDTH
from sandbox.demo.story import READY_SECONDS, tell
from sandbox.demo.telling import ShownScore
from sandbox.server import Sandbox

SHARED = Path(__file__).resolve().parents[3] / "shared"
GSM8K = SHARED / "data" / "gsm8k"
DOCUMENT = SHARED / "facts" / "discord-openapi.json"
RIGHT_OF_1319 = {"175b_verification": 742, "6b_verification": 515, "175b_finetuning": 458, "6b_finetuning": 286}


async def test_the_story_of_the_slang_benchmark_is_told_to_its_end(tmp_path: Path) -> None:
    paper = StringIO()
    console = Console(file=paper, width=WIDTH)
    document = DOCUMENT if DOCUMENT.exists() else None
    async with Sandbox.open(document=document) as sandbox, bot_of(sandbox, tmp_path) as bot:
        outcome = await tell(sandbox, slang(), tmp_path / "output", console)
        assert sandbox.log.violations == []
    assert bot.pid is None, "the bot has ended"
    assert "Traceback" not in bot.words()

    assert [len(scores) for scores in outcome.scores.values()] == [1, 1, 1, 1, 1]
    shown = {
        system: float(score.percent[:-1]) for system, by_file in outcome.scores.items() for score in by_file.values()
    }
    assert sorted(shown, key=shown.__getitem__) == [one.system for one in slang().systems]
    assert all(system in outcome.board_text for system in outcome.scores)
    assert outcome.picture is not None
    assert Image.open(BytesIO(outcome.picture.read_bytes())).width == 1_000

    story = paper.getvalue()
    for expected in ("Ada", "/setup", "clicks [Approve]", "The board is back", "/leaderboard show", "/submissions"):
        assert expected in story
    for fault in ("slnag-07", "slang-12", "Line 30, column 3", "slang-39"):
        assert fault in story, "each of the four faults is explained"
    assert max(map(len, story.splitlines())) <= WIDTH


@pytest.mark.skipif(not GSM8K.is_dir(), reason=f"{GSM8K} is not beside this checkout")
async def test_real_input_scores_as_its_authors_labelled_it_in_every_format(tmp_path: Path) -> None:
    console = Console(file=StringIO(), width=WIDTH)
    outcome = await stand_and_tell(folder(GSM8K), console, output=tmp_path, port=0, keep=False)
    for system, right in RIGHT_OF_1319.items():
        assert set(outcome.scores[system].values()) == {ShownScore(f"{100 * right / 1319:.1f}%", right)}
        assert {Path(name).suffix for name in outcome.scores[system]} == {".csv", ".jsonl", ".json"}
        assert f"{100 * right / 1319:.1f}%" in outcome.board_text


def write_folder(path: Path, header: str) -> None:
    """Twenty sums, the least that a task needs to be launched, and one system."""
    items = [{"id": f"sum-{n}", "prompt": f"{n}+1", "answers": [str(n + 1)]} for n in range(20)]
    (path / "gold.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    (path / "small.csv").write_text(header + "".join(f"sum-{n},A: {n + 1}\n" for n in range(20)))


async def test_a_folder_with_a_single_system_has_its_story_too(tmp_path: Path) -> None:
    write_folder(tmp_path, "id,output\n")
    console = Console(file=StringIO(), width=WIDTH)
    outcome = await stand_and_tell(folder(tmp_path), console, output=tmp_path / "output", port=0, keep=True)
    assert outcome.scores == {
        "small": {f"small.{suffix}": ShownScore("100.0%", 20) for suffix in ("csv", "jsonl", "json")}
    }
    assert (tmp_path / "output" / "bot" / "bot.log").exists()


def test_a_story_that_breaks_off_says_where_and_why(tmp_path: Path) -> None:
    write_folder(tmp_path, "number,words\n")
    with pytest.raises(DemoFailed, match=r"The story broke off: small\.csv was not scored") as failure:
        run(data=tmp_path, output=tmp_path / "output")
    assert "column" in str(failure.value), "the bot's own explanation"


async def test_a_bot_that_dies_ends_the_story_at_once(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "import sys; sys.exit('no such module')")
    bot = BotProcess({}, tmp_path / "bot.log", folder=tmp_path, command=command)
    console = Console(file=StringIO(), width=WIDTH)
    began = time.monotonic()
    async with Sandbox.open() as sandbox:
        await bot.start()
        with pytest.raises(DemoFailed) as failure:
            await told(sandbox, bot, slang(), tmp_path / "output", console)
    assert "The bot ended by itself with exit code 1." in str(failure.value)
    assert "no such module" in str(failure.value), "the bot's last words"
    assert time.monotonic() - began < READY_SECONDS / 2


async def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    console = Console(file=StringIO(), width=WIDTH)
    async with Sandbox.open() as other:
        port = int(other.url.rpartition(":")[2])
        with pytest.raises(DemoFailed, match=f"Port {port} cannot be opened: Address already in use"):
            await stand_and_tell(slang(), console, output=tmp_path / "output", port=port, keep=False)


def test_a_folder_without_gold_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"holds no gold\.jsonl"):
        story_of(tmp_path, "")
