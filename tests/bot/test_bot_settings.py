"""What an operator writes, and the sentence that comes back when it is wrong."""

import os
import re
from pathlib import Path

import pytest

from bot.settings import TOKEN_PLACEHOLDER, ConfigurationError, LocalSettings, Settings, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
SECRET = "CANARYtoken.abcdef.ghijklmnopqrstuvwxyz0123456789"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        monkeypatch.delenv(name)


def refusal(**variables: str) -> str:
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {"DISCORD_TOKEN": SECRET, **variables}.items():
            environment.setenv(name, value)
        with pytest.raises(ConfigurationError) as caught:
            load_settings(Settings, None)
    return str(caught.value)


def test_the_example_names_every_variable_and_says_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(named) == sorted(field.upper() for field in Settings.model_fields)
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    assert load_settings(Settings, EXAMPLE) == load_settings(Settings, None)


def test_every_variable_of_the_example_is_explained_right_above_it() -> None:
    head, *paragraphs = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    assert "Copy this file to .env" in head
    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        assert lines[0].startswith("# ")
        assert "=" in lines[-1]


def test_the_token_of_the_example_is_told_apart_from_a_real_one() -> None:
    with pytest.raises(ConfigurationError, match=r"DISCORD_TOKEN: found the placeholder of \.env\.example"):
        load_settings(Settings, EXAMPLE)
    assert f"DISCORD_TOKEN={TOKEN_PLACEHOLDER}\n" in EXAMPLE.read_text(encoding="utf-8")


def test_a_missing_token_is_one_sentence_that_names_it() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(Settings, None)
    assert str(caught.value) == (
        "DISCORD_TOKEN: found nothing; expected the token of your bot, "
        "from the page Bot of your application at discord.com/developers, in the file .env (copy .env.example)."
    )


@pytest.mark.parametrize(
    ("name", "value", "found", "expected"),
    [
        ("WORKERS", "many", "'many'", "a whole number from 1 to 256"),
        ("WORKERS", "0", "'0'", "a whole number from 1 to 256"),
        ("JOB_SECONDS", "nan", "'nan'", "above 0"),
        ("JOB_MEMORY_MB", "12", "'12'", "from 256"),
        ("BOARD_EDIT_SECONDS", "-1", "'-1'", "from 0 to 3600"),
        ("LOG_LEVEL", "loud", "LOUD", "one of DEBUG, INFO, WARNING, ERROR"),
        ("DATABASE_URL", "postgres://u:CANARY@h/x", "starts with postgres://", "postgresql+asyncpg://"),
        ("DATABASE_URL", "CANARY", "without ://", "sqlite+aiosqlite:///"),
        ("DATABASE_URL", "sqlite+aiosqlite:///", "without a file", "touchstone.db"),
        ("DATABASE_URL", "postgresql+asyncpg://ada:CANARY@h:port/x", "port is no number", "USER:PASSWORD@HOST/NAME"),
        ("DATABASE_URL", "postgresql+asyncpg://ada:CANARY@h", "names no database", "USER:PASSWORD@HOST/NAME"),
        ("SANDBOX_URL", "somewhere", "no URL", "http://127.0.0.1:PORT"),
        ("SANDBOX_URL", "http://example.com:80", "http://example.com", "http://127.0.0.1:PORT"),
        ("SANDBOX_URL", "https://127.0.0.1:80", "https://127.0.0.1", "http://127.0.0.1:PORT"),
        ("SANDBOX_URL", "http://127.0.0.1.evil.example:80", "evil", "http://127.0.0.1:PORT"),
        ("SANDBOX_URL", "http://user:CANARY@127.0.0.1:80", "http://127.0.0.1", "http://127.0.0.1:PORT"),
        ("SANDBOX_URL", "http://127.0.0.1:99999", "no URL", "http://127.0.0.1:PORT"),
        ("SANDBOX_URL", "http://127.0.0.1", "http://127.0.0.1", "PORT"),
        ("DISCORD_TOKEN", "Bot CANARY", "spaces", "the token alone"),
        ("DISCORD_TOKEN", "CANÁRY", "letters that no token has", "the token alone"),
    ],
)
def test_a_wrong_variable_is_one_sentence(name: str, value: str, found: str, expected: str) -> None:
    said = refusal(**{name: value})
    assert said.startswith(f"{name}: found ")
    assert found in said
    assert expected in said
    assert len(said.splitlines()) == 1
    assert "CANARY" not in said


def test_several_wrong_variables_are_a_sentence_each() -> None:
    said = refusal(WORKERS="x", LOG_LEVEL="y").splitlines()
    assert [line.split(":")[0] for line in said] == ["WORKERS", "LOG_LEVEL"]


def test_a_token_in_the_wrong_variable_is_not_repeated() -> None:
    assert SECRET not in refusal(WORKERS=SECRET)
    assert SECRET not in refusal(LOG_LEVEL=SECRET)
    assert SECRET not in refusal(DATABASE_URL=SECRET)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8123", "http://localhost:8123", "http://[::1]:8123/"])
def test_a_stand_in_may_be_on_this_machine(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_URL", url)
    assert load_settings(LocalSettings, None).sandbox_url == url.rstrip("/")


def test_no_representation_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://ada:CANARY@localhost/touchstone")
    settings = load_settings(Settings, None)
    assert settings.discord_token.get_secret_value() == SECRET
    assert "CANARY" not in f"{settings!r} {settings}"


def test_the_environment_wins_over_the_file_and_a_file_may_have_a_bom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.env"
    file.write_text("WORKERS=3\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\n", encoding="utf-8-sig")
    monkeypatch.setenv("LOG_LEVEL", "warning")
    settings = load_settings(LocalSettings, file)
    assert (settings.workers, settings.log_level) == (3, "WARNING")


def test_a_file_that_was_named_has_to_be_there_and_readable(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="found no file"):
        load_settings(LocalSettings, tmp_path / "absent.env")
    latin = tmp_path / "latin.env"
    latin.write_bytes("WORKERS=3 # año\n".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="save the file as UTF-8"):
        load_settings(LocalSettings, latin)


def test_slips_of_the_pen_in_the_file_are_a_sentence_each_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text(f"# mine\nWORKERS 3\nexport WORKRS=3\nDISCORD_TOKN={SECRET}\nPATH=/bin\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(LocalSettings, file)
    assert str(caught.value).splitlines() == [
        f"{file}, line 2: found a line that cannot be read; expected NAME=value.",
        f"WORKRS: found in {file}, line 3, but there is no such setting; expected WORKERS.",
        f"DISCORD_TOKN: found in {file}, line 4, but there is no such setting; expected DISCORD_TOKEN.",
    ]


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite+aiosqlite:///data/touchstone.db", Path("data")),
        ("sqlite+aiosqlite:////var/lib/touchstone/t.db?x=1", Path("/var/lib/touchstone")),
        ("postgresql+asyncpg://ada@localhost/touchstone", Path("data")),
    ],
)
def test_the_data_folder_lies_beside_the_database(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert load_settings(LocalSettings, None).data_folder == folder
