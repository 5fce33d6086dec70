"""The settings of a process: read once from the environment and `.env`, checked, and refused in one sentence each."""

import ipaddress
import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bench.errors import TouchstoneError
from bot.env_file import ENCODING, slips

ENV_FILE = Path(".env")
TOKEN_PLACEHOLDER = "paste-the-token-of-your-bot-here"  # noqa: S105 - the example's text, refused as a token
DATABASES = ("sqlite+aiosqlite", "postgresql+asyncpg")
API_PATH = "/api/v10"


class ConfigurationError(TouchstoneError):
    """A variable that is missing or wrong; one sentence for each, and never the value of a secret."""


class LogLevel(StrEnum):
    """The levels of the standard library's logging that make sense for an operator."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


def _database_url(url: str) -> str:
    """Refuse what storage cannot open; the sentence shows the scheme only, since a URL may hold a password."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in DATABASES:
        found = f"a URL that starts with {scheme}://" if separator else "a text without ://"
        raise ValueError(f"found {found}; expected {DATABASES[0]}:///FILE or {DATABASES[1]}://USER:PASSWORD@HOST/NAME")
    if scheme == DATABASES[0] and not rest.strip("/"):
        raise ValueError(
            "found a SQLite URL without a file; expected for example sqlite+aiosqlite:///data/touchstone.db"
        )
    if scheme == DATABASES[1] and not _names_a_database(url):
        raise ValueError(
            "found a PostgreSQL URL whose port is no number, or that names no database; "
            f"expected {scheme}://USER:PASSWORD@HOST/NAME"
        )
    return url


def _names_a_database(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.port != 0 and bool(parts.path.strip("/"))
    except ValueError:  # of a port that is no number
        return False


def _sandbox_url(url: str) -> str:
    """Only the loopback: whoever answers at this URL gets the token and every message."""
    expected = "expected http://127.0.0.1:PORT, a stand-in on this machine (leave it out for the real Discord)"
    try:
        parts = urlsplit(url)
        complete = parts.scheme == "http" and parts.port is not None and not parts.path.strip("/")
    except ValueError as error:
        raise ValueError(f"found a text that is no URL; {expected}") from error
    if not parts.hostname:
        raise ValueError(f"found a text that is no URL; {expected}")
    if not complete or parts.username is not None or parts.query or parts.fragment or not _is_loopback(parts):
        raise ValueError(f"found {parts.scheme}://{parts.hostname}; {expected}")
    return url.rstrip("/")


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _token(token: SecretStr) -> SecretStr:
    text = token.get_secret_value()
    if text == TOKEN_PLACEHOLDER:
        raise ValueError(f"found the placeholder of .env.example; expected {_HELP['discord_token']}")
    if text.split() != [text] or not text.isascii() or not text.isprintable():
        raise ValueError("found a text with spaces or letters that no token has; expected the token alone")
    return token


Token = Annotated[SecretStr, AfterValidator(_token)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
SandboxUrl = Annotated[str, AfterValidator(_sandbox_url)]


class LocalSettings(BaseSettings):
    """What concerns this machine: all that the commands need which do not speak with Discord.

    Names in seconds are seconds, `job_memory_mb` is mebibytes for each job in a worker process.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, case_sensitive=False, hide_input_in_errors=True
    )

    database_url: DatabaseUrl = Field(default="sqlite+aiosqlite:///data/touchstone.db", repr=False)
    workers: int = Field(default_factory=lambda: max(1, (os.cpu_count() or 2) - 1), ge=1, le=256)
    job_seconds: float = Field(default=30, gt=0, le=3600, allow_inf_nan=False)
    job_memory_mb: int = Field(default=1024, ge=256, le=1_048_576)
    board_edit_seconds: float = Field(default=5, ge=0, le=3600, allow_inf_nan=False)
    patrol_seconds: float = Field(default=300, ge=1, le=86_400, allow_inf_nan=False)
    version_seconds: float = Field(default=60, ge=0, le=3600, allow_inf_nan=False)
    log_level: LogLevel = LogLevel.INFO
    sandbox_url: SandboxUrl | None = None

    @field_validator("log_level", mode="before")
    @classmethod
    def _log_level_in_any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def data_folder(self) -> Path:
        """Where this process keeps its files: beside the SQLite file, else `data` in the working directory."""
        scheme, _, rest = self.database_url.partition(":///")
        return Path(rest.partition("?")[0]).parent if scheme == DATABASES[0] else Path("data")


class Settings(LocalSettings):
    """All that the bot needs. The token is a SecretStr: no representation, log or error shows it."""

    discord_token: Token


_HELP = {
    "discord_token": (
        "the token of your bot, from the page Bot of your application at discord.com/developers, in the file .env "
        "(copy .env.example)"
    ),
    "workers": "a whole number from 1 to 256",
    "job_seconds": "a number of seconds above 0, at most 3600",
    "job_memory_mb": "a whole number of mebibytes from 256 up",
    "board_edit_seconds": "a number of seconds from 0 to 3600",
    "patrol_seconds": "a number of seconds from 1 to 86400",
    "version_seconds": "a number of seconds from 0 to 3600",
    "log_level": f"one of {', '.join(LogLevel)}",
}

AnySettings = TypeVar("AnySettings", bound=LocalSettings)


def load_settings(kind: type[AnySettings], env_file: Path | None = ENV_FILE) -> AnySettings:
    """Read the settings; the environment wins over the file.

    Raises ConfigurationError with a line for each variable that is missing or wrong.
    """
    if env_file is not None and env_file != ENV_FILE and not env_file.is_file():
        raise ConfigurationError(f"found no file {env_file}; expected a file of settings as .env.example is one")
    try:
        if env_file is not None and env_file.is_file():
            _check_spelling(env_file)
        return kind(_env_file=env_file, _env_file_encoding=ENCODING)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        raise ConfigurationError("\n".join(_sentence(problem) for problem in problems)) from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{env_file}: found bytes that are not UTF-8; save the file as UTF-8") from None


def _check_spelling(env_file: Path) -> None:
    found = list(slips(env_file, [name.upper() for name in Settings.model_fields]))
    if found:
        raise ConfigurationError("\n".join(found))


def _sentence(problem: ErrorDetails) -> str:
    """One variable's problem, without the value: it may be a secret that stands in the wrong place."""
    field = str(problem["loc"][0])
    if problem["type"] == "value_error":
        return f"{field.upper()}: {problem['msg'].removeprefix('Value error, ')}."
    found = "nothing" if problem["type"] == "missing" else _finding(problem)
    return f"{field.upper()}: found {found}; expected {_HELP[field]}."


def _finding(problem: Any) -> str:  # noqa: ANN401 - pydantic's details carry the input as it came
    value = problem["input"]
    return repr(value) if isinstance(value, str) and len(value) <= 12 else "a value that does not fit"


def readable_by_others(path: Path) -> bool:
    """Whether other users of this machine can read the file that holds the token."""
    return os.name == "posix" and path.is_file() and bool(path.stat().st_mode & 0o077)
