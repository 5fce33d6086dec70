"""The command line: what a person reads, and what a supervisor sees."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings

PROJECT = Path(__file__).parents[2]
BARE = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}


def run(*arguments: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder without `.env`, with nothing of this machine's own settings."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=folder,
        env={**BARE, "PYTHONPATH": str(PROJECT), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_token_the_bot_ends_with_the_code_that_no_supervisor_retries(tmp_path: Path) -> None:
    done = run(folder=tmp_path)
    assert done.returncode == 78
    assert done.stderr.startswith("DISCORD_TOKEN: found nothing; expected the token")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_every_command_explains_itself(tmp_path: Path) -> None:
    done = run("--help", folder=tmp_path)
    assert done.returncode == 0
    assert "Without a command it runs the bot." in done.stdout
    for command in ("demo", "score", "doctor", "db"):
        assert command in done.stdout
        assert run(command, "--help", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("arguments", [["scroe"], ["score"], ["demo", "--port", "99999"], ["db", "restore"]])
def test_a_wrong_line_is_told_apart_from_a_wrong_setting(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_database_is_made_described_and_copied(tmp_path: Path) -> None:
    url = {"DATABASE_URL": "sqlite+aiosqlite:///here/touchstone.db"}
    absent = run("db", "info", folder=tmp_path, **url)
    assert absent.returncode == 1
    assert "There is no database" in absent.stderr
    assert not (tmp_path / "here").exists()
    made = run("db", "upgrade", folder=tmp_path, **url)
    assert made.returncode == 0, made.stderr
    told = run("db", "info", folder=tmp_path, **url)
    assert told.stdout == made.stdout
    assert "revision" in told.stdout
    copied = run("db", "backup", folder=tmp_path, **url)
    assert copied.returncode == 0, copied.stderr
    (copy,) = (tmp_path / "here" / "backups").glob("touchstone-*.db")
    assert str(copy.name) in copied.stdout
    again = run("db", "backup", copy, folder=tmp_path, **url)
    assert again.returncode == 1
    assert "not overwritten" in again.stderr


def test_a_wrong_address_of_the_database_is_a_configuration_error(tmp_path: Path) -> None:
    done = run("db", "info", folder=tmp_path, DATABASE_URL="mysql://ada:CANARY@localhost/x")
    assert done.returncode == 78
    assert done.stderr.startswith("DATABASE_URL: found a URL that starts with mysql://")
    assert "CANARY" not in done.stderr


@pytest.mark.parametrize("command", ["info", "backup"])
def test_a_database_that_cannot_be_read_is_one_sentence_without_the_password(command: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are notes. " * 100, encoding="utf-8")
    for url, said in (
        ("sqlite+aiosqlite:///notes.txt", "file is not a database"),
        (f"sqlite+aiosqlite:///{tmp_path}", "which is no file"),
        ("sqlite+aiosqlite:///absent/touchstone.db", "There is no database"),
        ("postgresql+asyncpg://ada:CANARY@127.0.0.1:1/x", "cannot be read" if command == "info" else "pg_dump"),
    ):
        done = run("db", command, folder=tmp_path, DATABASE_URL=url)
        assert done.returncode == 1
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "CANARY" not in done.stderr


def test_a_copy_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    assert run("db", "upgrade", folder=tmp_path).returncode == 0
    done = run("db", "backup", "/dev/null/copies/copy.db", folder=tmp_path)
    assert done.returncode == 1
    assert "copy.db cannot be written: Not a directory" in done.stderr


def test_a_comparison_of_which_no_file_is_scored_prints_only_why(tmp_path: Path) -> None:
    (tmp_path / "gold.csv").write_text("id,prompt,answer\nq1,1+1?,2\n", encoding="utf-8")
    (tmp_path / "outputs.csv").write_text("id,output\nq2,2\n", encoding="utf-8")
    line = ("score", "--gold", "gold.csv", "--metric", "exact", "outputs.csv")
    for_people = run(*line, "--chart", "board.png", folder=tmp_path)
    assert for_people.returncode == 1
    assert for_people.stdout == ""
    assert "outputs.csv is not scored:" in for_people.stderr
    assert not (tmp_path / "board.png").exists()
    for_machines = json.loads(run(*line, "--json", folder=tmp_path).stdout)
    assert for_machines["systems"] == []
    assert "q2" in for_machines["refused"][0]["problems"][0]


def test_the_doctor_works_without_a_token_and_says_what_it_skipped(tmp_path: Path) -> None:
    done = run("doctor", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    marks = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert {"✓ Python", "✓ libraries", "! database", "! token", "! intents, permissions"} <= marks
    assert any("fonts: DejaVu Sans" in line for line in done.stdout.splitlines())


def test_the_doctor_names_each_wrong_setting_and_ends_with_one(tmp_path: Path) -> None:
    done = run("doctor", folder=tmp_path, WORKERS="none", LOG_LEVEL="loud")
    assert done.returncode == 1
    assert "✗ settings: WORKERS: found 'none'" in done.stdout
    assert "✗ settings: LOG_LEVEL" in done.stdout
    assert "skipped" in done.stdout


def test_the_doctor_sees_a_settings_file_that_others_can_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=INFO\n", encoding="utf-8")
    file.chmod(0o644)
    assert "chmod 600 .env" in run("doctor", folder=tmp_path).stdout
    file.chmod(0o600)
    assert "chmod 600 .env" not in run("doctor", folder=tmp_path).stdout
