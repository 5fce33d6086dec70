"""One line for each log record on stderr, with tokens and passwords left out."""

import logging
import re
from collections.abc import Iterable
from typing import Final

HIDDEN: Final = "[hidden]"
# The least levels of libraries: discord.py's debug records are whole payloads, Alembic tells of its every part.
LEAST_LEVELS: Final = {
    "discord": logging.INFO,
    "discord.http": logging.INFO,
    "discord.gateway": logging.INFO,
    "asyncio": logging.INFO,
    "aiosqlite": logging.INFO,
    "alembic.runtime.plugins": logging.WARNING,
}

_SECRETS: Final = (
    # The token of an interaction or a webhook stands in its URL: /interactions/ID/TOKEN and /webhooks/ID/TOKEN.
    re.compile(r"(?P<before>/(?:interactions|webhooks)/[0-9]{1,20}/)[^\s/?\"']+"),
    # The same token in a logged payload: "token": "…".
    re.compile(r"(?P<before>[\"']token[\"']:\s*[\"'])[^\"']+"),
    # The token of any bot: three parts of base64url, with or without the word that precedes it in a header.
    re.compile(r"(?P<before>)[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),
    # The password in the URL of a database.
    re.compile(r"(?P<before>://[^\s:/@]+:)[^\s/@]+(?=@)"),
)


class RedactingFormatter(logging.Formatter):
    """Formats a record with its traceback as one line, and hides secrets after all else, so that none slips past.

    `secrets` are the texts to hide wherever they stand, above all the bot's own token.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        line = super().format(record).replace("\r", "\\r").replace("\n", "\\n")
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        for pattern in _SECRETS:
            line = pattern.sub(rf"\g<before>{HIDDEN}", line)
        return line


def start_logging(level: str, secrets: Iterable[str] = ()) -> None:
    """Send every record of `level` and above to stderr. Libraries keep to LEAST_LEVELS."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in LEAST_LEVELS.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelNamesMapping()[level]))
