"""The story of one benchmark, from an empty server to a board that heals itself, told over the wire by its members."""

import time
from pathlib import Path

from rich.console import Console

from sandbox.demo.board import find_board, look_back, lose_board
from sandbox.demo.data import StoryData
from sandbox.demo.gold import dispute, launch, vote
from sandbox.demo.narration import Narrator
from sandbox.demo.proposal import agree, propose, set_up
from sandbox.demo.stage import set_stage
from sandbox.demo.submissions import submit_all_but_last, submit_last
from sandbox.demo.telling import Outcome, Telling
from sandbox.server import Sandbox

READY_SECONDS = 30.0


async def tell(sandbox: Sandbox, story: StoryData, output: Path, say: Console) -> Outcome:
    """Tell the whole story; the board's picture is saved into the folder `output`.

    The bot may still be starting. Raises StoryBrokenError where it does not do its part.
    """
    began = time.perf_counter()
    stage = set_stage(sandbox)
    await sandbox.ready(timeout=READY_SECONDS)
    telling = Telling(stage, story, Narrator(say, stage.names()))
    await set_up(telling)
    await propose(telling)
    await agree(telling)
    if story.is_voted_on:
        await vote(telling)
    await launch(telling)
    await submit_all_but_last(telling)
    await lose_board(telling)
    await submit_last(telling)
    await find_board(telling, output)
    await dispute(telling, output)
    await look_back(telling)
    telling.outcome.seconds = time.perf_counter() - began
    return telling.outcome
