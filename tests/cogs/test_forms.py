import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.errors import BadInput
from cogs.files import AGAIN, LARGEST_FILE, SentFile, check_size, checked_url
from cogs.forms import Form, read_form
from cogs.proposals import EXAMPLE_METRIC, filled_in, proposal_form
from cogs.router import CONTROL, FORM, Router
from cogs.screens.screen import control_id, form_id
from cogs.submit import submission_form
from cogs.underway import Underway
from services.values import TaskDraft
from tests.cogs.cog_values import TASK

HOSTS = frozenset({"cdn.discordapp.com", "127.0.0.1:8123"})


def submitted(form: Form, texts: dict[str, str], files: dict[str, dict[str, object]]) -> dict[str, object]:
    """What Discord sends when this form is filled in."""
    components = []
    for label in form.to_dict()["components"]:
        field = dict(label["component"])
        if field["type"] == 19:
            field = {"type": 19, "custom_id": field["custom_id"], "values": [files[field["custom_id"]]["id"]]}
        elif field["type"] == 23:
            field = {"type": 23, "custom_id": field["custom_id"], "value": True}
        else:
            field = {"type": 4, "custom_id": field["custom_id"], "value": texts[field["custom_id"]]}
        components.append({"type": 18, "id": 1, "component": field})
    resolved = {"attachments": {file["id"]: file for file in files.values()}}
    return {"custom_id": form.custom_id, "components": components, "resolved": resolved}


FILE = {"id": "77", "filename": "out.csv", "size": 12, "url": "https://cdn.discordapp.com/x", "proxy_url": "https://p"}


async def test_what_is_entered_into_a_submission_form_is_read_from_the_payload_alone() -> None:
    payload = submitted(submission_form(TASK), {"system": "m1", "note": "second run"}, {"file": FILE})
    values = read_form(payload)
    assert (values.text("system"), values.text("note")) == ("m1", "second run")
    assert values.file("file") == SentFile("out.csv", 12, "https://cdn.discordapp.com/x")
    assert values.ticks == {"partial": True}


async def test_what_is_entered_into_a_proposal_fills_the_draft_and_the_draft_fills_the_form_again() -> None:
    draft = TaskDraft("", "", "en", EXAMPLE_METRIC, "MIT", 3)
    typed = {"title": "Slang", "statement": "Say\nit", "language": "es", "metric": 'metric = "exact"'}
    filled = filled_in(draft, read_form(submitted(proposal_form(5, draft), typed, {"gold": FILE})))
    assert filled == TaskDraft("Slang", "Say\nit", "es", 'metric = "exact"', "MIT", 3)
    shown = [label["component"].get("value") for label in proposal_form(5, filled).to_dict()["components"]]
    assert shown == ["Slang", "Say\nit", "es", 'metric = "exact"', None]


async def test_forms_keep_to_the_limits_of_discord() -> None:
    draft = TaskDraft("t" * 90, "s" * 2000, "es", "m" * 4000)
    for form in (proposal_form(2**63 - 1, draft), submission_form(TASK)):
        whole = form.to_dict()
        assert len(whole["components"]) <= 5
        assert len(whole["title"]) <= 45
        assert len(whole["custom_id"]) <= 100
        assert FORM.fullmatch(whole["custom_id"])
        for label in whole["components"]:
            assert len(label["label"]) <= 45
            assert len(label.get("description", "")) <= 100


async def test_two_openings_of_one_form_have_different_ids() -> None:
    assert submission_form(TASK).custom_id != submission_form(TASK).custom_id


def test_a_form_without_its_file_says_so() -> None:
    with pytest.raises(BadInput, match="choose one file"):
        read_form({"components": []}).file("gold")


def test_rows_of_the_old_kind_are_read_too() -> None:
    old = {"components": [{"type": 1, "components": [{"type": 4, "custom_id": "system", "value": "m"}]}]}
    assert read_form(old).text("system") == "m"


@given(st.integers(0, 2**63 - 1))
def test_what_a_control_says_is_what_the_router_reads(subject: int) -> None:
    control, form = CONTROL.fullmatch(control_id("approve", subject)), FORM.fullmatch(form_id("propose", subject))
    assert control is not None
    assert form is not None
    assert (control["verb"], int(control["subject"])) == ("approve", subject)
    assert (form["verb"], int(form["subject"])) == ("propose", subject)


@pytest.mark.parametrize("forged", ["ts:approve:٣", "ts:approve:-1", "ts:approve:", "ts:a b:1", "ts:approve:1:2", "x"])
def test_forged_ids_match_nothing(forged: str) -> None:
    assert CONTROL.fullmatch(forged) is None


def test_one_verb_has_one_handler() -> None:
    router = Router(Underway())

    async def handler(*_: object) -> None:
        return None

    router.control("approve", handler)
    with pytest.raises(ValueError, match="two handlers"):
        router.control("approve", handler)


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/a.csv",
        "https://cdn.discordapp.com.evil.example/a.csv",
        "https://169.254.169.254/latest/meta-data",
        "https://user:password@cdn.discordapp.com/a.csv",
        "http://127.0.0.1:9999/a.csv",
        "http://localhost:8123/a.csv",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ],
)
def test_files_are_read_from_the_known_hosts_only(url: str) -> None:
    with pytest.raises(BadInput, match="no attempt was used"):
        checked_url(SentFile("a.csv", 1, url), HOSTS)


def test_discords_host_and_the_sandbox_may_be_read() -> None:
    for url in ("https://cdn.discordapp.com/a.csv?ex=1", "http://127.0.0.1:8123/cdn/a.csv"):
        assert str(checked_url(SentFile("a.csv", 1, url), HOSTS)) == url


def test_a_file_that_is_too_large_is_refused_by_its_declared_size() -> None:
    check_size(SentFile("a.csv", LARGEST_FILE, ""))
    with pytest.raises(BadInput, match=r"11\.0 MiB; at most 10 MiB"):
        check_size(SentFile("a.csv", 11 * 2**20, ""))
    assert "no attempt was used" in AGAIN
