"""What `python -m bot doctor` looks at, on this machine and at Discord: one finding for each check."""

import asyncio
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from bench.errors import NotFound, TouchstoneError
from bot.findings import Finding, Mark
from bot.maintenance import look, told
from bot.settings import ConfigurationError, LocalSettings, Token, load_settings, readable_by_others
from charts.fonts import FIRST_FAMILY, face_of, faces
from storage.engines import read_url, sqlite_file
from storage.maintenance import copy_sqlite

PYTHON: Final = (3, 11)
LIBRARIES: Final = ("discord.py", "SQLAlchemy", "aiosqlite", "asyncpg", "numpy", "pandas", "matplotlib", "pebble")
LEAST_FREE_BYTES: Final = 256 << 20
LEAST_FREE_SHARE: Final = 0.10
SCRIPTS: Final = (("Chinese, Japanese and Korean", "\N{CJK UNIFIED IDEOGRAPH-4E2D}"), ("emoji", "\N{GRINNING FACE}"))


class SettingsOfPatient(LocalSettings):
    """The settings where the token may be missing, but not wrong."""

    discord_token: Token | None = None


def examine(env_file: Path) -> Iterator[Finding]:
    """Every check in turn. What cannot be looked at, for want of a setting, says so and why."""
    yield from check_versions()
    yield from check_fonts()
    try:
        local = load_settings(LocalSettings, env_file)
    except ConfigurationError as error:
        for sentence in str(error).splitlines():
            yield Finding(Mark.BROKEN, "settings", sentence)
        yield Finding(Mark.NOTE, "database, disk, Discord", "skipped, since the settings are not right")
        return
    yield from check_disk(local.data_folder)
    yield from check_database(local.database_url)
    yield from check_discord(env_file)


def check_versions() -> Iterator[Finding]:
    """Python, SQLite and the libraries that matter most."""
    found = f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info >= PYTHON:
        yield Finding(Mark.GOOD, "Python", found)
    else:
        yield Finding(Mark.BROKEN, "Python", found, "install Python 3.11 or newer")
    versions = {name: _version(name) for name in LIBRARIES}
    missing = [name for name, number in versions.items() if number is None]
    if missing:
        yield Finding(Mark.BROKEN, "libraries", f"{', '.join(missing)} not installed", "run: make run")
    else:
        yield Finding(Mark.GOOD, "libraries", ", ".join(f"{name} {number}" for name, number in versions.items()))


def check_fonts() -> Iterator[Finding]:
    """The font of the charts, and the scripts that it has no letters for."""
    if FIRST_FAMILY not in [face.family for face in faces("normal")]:
        yield Finding(
            Mark.BROKEN, "fonts", f"{FIRST_FAMILY} is missing", "install matplotlib again: it brings the font"
        )
        return
    without = [script for script, sample in SCRIPTS if face_of(sample, "normal") is None]
    if without:
        text = (
            f"{FIRST_FAMILY}; names in {' and '.join(without)} are drawn with a substitute, and stand whole in the text"
        )
        yield Finding(Mark.NOTE, "fonts", text, "install Noto fonts, on Debian: apt install fonts-noto-cjk fonts-noto")
    else:
        yield Finding(Mark.GOOD, "fonts", f"{FIRST_FAMILY}, with Noto for further scripts")


def check_disk(folder: Path) -> Iterator[Finding]:
    """Whether the data folder can be written, and how much room its disk has."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            usage = shutil.disk_usage(folder)
    except OSError as error:
        yield Finding(Mark.BROKEN, "disk", f"{folder} cannot be written: {error.strerror}", "make it writable")
        return
    text = f"{usage.free / 1e9:,.1f} GB free of {usage.total / 1e9:,.1f} GB at {folder}"
    if usage.free < LEAST_FREE_BYTES:
        yield Finding(Mark.BROKEN, "disk", text, "make room: below 256 MiB a submission may not be kept")
    elif usage.free < usage.total * LEAST_FREE_SHARE:
        yield Finding(Mark.NOTE, "disk", text, "less than a tenth is free: make room before it is full")
    else:
        yield Finding(Mark.GOOD, "disk", text)


def check_database(database_url: str) -> Iterator[Finding]:
    """Whether the database answers, its revision, and for SQLite whether a copy of it is whole."""
    try:
        yield Finding(Mark.GOOD, "database", told(asyncio.run(look(database_url))))
        yield from _check_integrity(database_url)
    except NotFound as error:
        yield Finding(Mark.NOTE, "database", str(error))
    except TouchstoneError as error:
        yield Finding(Mark.BROKEN, "database", str(error))
    except Exception as error:  # noqa: BLE001 - whatever the driver raises is the finding
        # Only its kind: a driver's words may repeat the address with its password.
        text = f"it does not answer ({type(error).__name__})"
        yield Finding(Mark.BROKEN, "database", text, "check DATABASE_URL, and whether its server runs")


def _check_integrity(database_url: str) -> Iterator[Finding]:
    """Look through a copy, as the file of a running bot is better left alone."""
    url = read_url(database_url)
    file = sqlite_file(url)
    if file is None:
        return
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy_sqlite(url, Path(folder), datetime.now(UTC))
    yield Finding(Mark.GOOD, "integrity", "a copy was made and checked whole")


def check_discord(env_file: Path) -> Iterator[Finding]:
    """The token, and with it the intents and the permissions in every guild."""
    skipped = Finding(Mark.NOTE, "intents, permissions", "skipped, since they are looked up with the token")
    try:
        settings = load_settings(SettingsOfPatient, env_file)
    except ConfigurationError as error:
        yield from (Finding(Mark.BROKEN, "token", str(error)), skipped)
        return
    if readable_by_others(env_file):
        yield Finding(Mark.NOTE, "token", f"{env_file} can be read by other users", f"run: chmod 600 {env_file}")
    if settings.discord_token is None:
        remedy = "the demo and `score` need none; to run the bot, set DISCORD_TOKEN as .env.example says"
        yield from (Finding(Mark.NOTE, "token", "there is none", remedy), skipped)
        return
    from bot.doctor_discord import visit  # noqa: PLC0415 - discord.py is needed for a token only

    yield from asyncio.run(visit(settings, settings.discord_token.get_secret_value()))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
