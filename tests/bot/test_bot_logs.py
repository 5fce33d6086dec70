"""Nothing that is logged, at any level, lets anyone act as the bot."""

import io
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import HIDDEN, RedactingFormatter

PROJECT = Path(__file__).parents[2]
TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5OkNBTkFSWQ"


def formatted(message: str, *arguments: object, secrets: tuple[str, ...] = ()) -> str:
    record = logging.LogRecord("discord.http", logging.DEBUG, __file__, 1, message, arguments, None)
    return RedactingFormatter(secrets).format(record)


@pytest.mark.parametrize(
    "message",
    [
        f"PATCH https://discord.com/api/v10/webhooks/1234/{INTERACTION}/messages/@original with {{}} has returned 200",
        f"POST https://discord.com/api/v10/interactions/99/{INTERACTION}/callback?with_response=1",
        f"event: {{'id': '1', 'token': '{INTERACTION}', 'type': 2}}",
        f'{{"type": 2, "token": "{INTERACTION}"}}',
    ],
)
def test_the_token_of_an_interaction_is_hidden(message: str) -> None:
    line = formatted("%s", message)
    assert INTERACTION not in line
    assert HIDDEN in line


def test_what_stands_around_a_token_stays_readable() -> None:
    line = formatted("POST /interactions/99/%s/callback 204", INTERACTION)
    assert line.endswith(f"POST /interactions/99/{HIDDEN}/callback 204")


def test_the_bots_token_is_hidden_in_messages_arguments_and_tracebacks() -> None:
    assert TOKEN not in formatted(f"Authorization: Bot {TOKEN}")
    assert "sandbox-canary" not in formatted("login with %r", {"token": "sandbox-canary"}, secrets=("sandbox-canary",))
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter(("sandbox-canary",)))
    log = logging.getLogger("tests.bot.redaction")
    log.addHandler(handler)
    log.propagate = False
    try:
        int("sandbox-canary")
    except ValueError:
        log.exception("failed")
    assert "ValueError" in stream.getvalue()
    assert "sandbox-canary" not in stream.getvalue()


def test_the_password_of_a_database_is_hidden() -> None:
    line = formatted("connecting to postgresql+asyncpg://ada:lovelace@localhost/touchstone")
    assert "lovelace" not in line
    assert "ada" in line


@given(st.text())
def test_a_record_is_one_line_and_never_holds_the_secret(text: str) -> None:
    line = formatted("%s", f"{text}{TOKEN}\n{text}")
    assert TOKEN not in line
    assert "\n" not in line
    assert "\r" not in line


def test_discord_stays_at_info_when_the_bot_is_at_debug() -> None:
    program = (
        "import logging; from bot.logs import start_logging; start_logging('DEBUG', ['sandbox-canary'])\n"
        "logging.getLogger('discord.http').debug('body')\n"
        "logging.getLogger('discord.gateway').debug('payload')\n"
        "logging.getLogger('services').debug('two\\nlines sandbox-canary')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )
    (line,) = done.stderr.splitlines()
    assert re.search(rf"DEBUG services: two\\nlines {re.escape(HIDDEN)}$", line)
