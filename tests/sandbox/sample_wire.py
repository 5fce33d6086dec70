"""The sample bot beside a server of the sandbox, as the stories of the wire know them."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from sandbox.actors import Actor
from sandbox.bot_process import BotProcess
from sandbox.guild import Guild
from sandbox.model import Channel
from sandbox.openapi import locate
from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
DOCUMENT = locate(ROOT)
SAMPLE_BOT = (sys.executable, "tests/sandbox/sample_bot.py")


@dataclass
class Wire:
    sandbox: Sandbox
    bot: BotProcess
    guild: Guild
    board: Channel
    forum: Channel
    ada: Actor
    ben: Actor


def sample_bot(sandbox: Sandbox, log: Path) -> BotProcess:
    """The sample bot, not yet started."""
    environment = {"SANDBOX_URL": sandbox.url, "DISCORD_TOKEN": sandbox.token, "PYTHONPATH": os.fspath(ROOT)}
    return BotProcess(environment, log, folder=ROOT, command=SAMPLE_BOT)
