"""The kit does what it promises: its notebook writes a file that is accepted, and no hidden answer is in it."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from bench.language.specification import parse_specification, parse_toml
from bench.model import Item
from bench.parsing.gold import read_gold
from bench.parsing.outputs import read_outputs
from services.kit import make_kit

PROJECT = Path(__file__).parents[2]
SPECIFICATION = parse_toml('metric = "token_f1"\nextract = "after:A:"\nnormalize = "multi-v1:es"\n')
HIDDEN = tuple(
    Item(f"h{number}", f"¿Qué significa {word}?", (f"CANARY-{number}-{word}",))
    for number, word in enumerate(["pela,\ngallo", '"chido"', "=1+1", "padrísimo\u2028sí", "007", "  borde  "], start=1)
)
PRACTICE = (
    Item("p1", "¿Qué significa «estar en las nubes»?", ("estar distraído",), practice=True),
    Item("p2", "¿Qué significa «a duras penas»?", ("con dificultad", "apenas"), practice=True),
)


def kit_of(*, practice: bool) -> bytes:
    items = HIDDEN + PRACTICE if practice else HIDDEN
    prompts = [(item.id, item.prompt) for item in items]
    return make_kit("Modismos", "Di qué significa.", SPECIFICATION, prompts, PRACTICE if practice else ())


def unzipped(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def run_notebook(folder: Path) -> str:
    """Run the code cells one after another in one namespace, as a notebook does, in a process of their own."""
    notebook = json.loads((folder / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    program = "import sys, json\nspace = {}\nfor cell in json.load(sys.stdin):\n    exec(cell, space)\n"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(cells),
        cwd=folder,
        env={**os.environ, "TOUCHSTONE": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_notebook_writes_a_submission_that_is_accepted_and_scores_it_on_practice_items(tmp_path: Path) -> None:
    folder = unzipped(kit_of(practice=True), tmp_path)
    told = run_notebook(folder)
    expected = [item.id for item in HIDDEN + PRACTICE]
    outputs = read_outputs((folder / "submission.csv").read_bytes(), "submission.csv", expected)
    assert list(outputs.by_id) == expected
    assert "2/2" in told, told
    assert SPECIFICATION.signature in told


def test_without_practice_items_the_notebook_scores_on_a_template_for_own_answers(tmp_path: Path) -> None:
    folder = unzipped(kit_of(practice=False), tmp_path)
    assert [item.id for item in read_gold((folder / "my_gold.jsonl").read_bytes(), "my_gold.jsonl")] == [
        "h1",
        "h2",
        "h3",
    ]
    assert "3/3" in run_notebook(folder)


def test_every_sample_is_a_valid_submission_and_every_format_holds_the_same_prompts(tmp_path: Path) -> None:
    folder = unzipped(kit_of(practice=True), tmp_path)
    expected = [item.id for item in HIDDEN + PRACTICE]
    samples = sorted(folder.glob("sample_submission.*"))
    assert len(samples) == 4
    for sample in samples:
        assert list(read_outputs(sample.read_bytes(), sample.name, expected).by_id) == expected
    lines = (folder / "prompts.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert [json.loads(line)["prompt"] for line in lines] == [item.prompt for item in HIDDEN + PRACTICE]


def test_the_practice_gold_counts_locally_and_the_metric_reads_back(tmp_path: Path) -> None:
    folder = unzipped(kit_of(practice=True), tmp_path)
    items = read_gold((folder / "practice_gold.jsonl").read_bytes(), "practice_gold.jsonl")
    assert [(item.id, item.answers, item.practice) for item in items] == [
        (item.id, item.answers, False) for item in PRACTICE
    ]
    assert parse_specification((folder / "metric.toml").read_text(encoding="utf-8")) == SPECIFICATION


def test_no_answer_of_a_hidden_item_is_anywhere_in_the_kit() -> None:
    for practice in (True, False):
        content = kit_of(practice=practice)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                assert b"CANARY" not in archive.read(name), name
        assert b"CANARY" not in content


def test_the_same_task_gives_the_same_bytes() -> None:
    assert kit_of(practice=True) == kit_of(practice=True)
    with zipfile.ZipFile(io.BytesIO(kit_of(practice=True))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_notebook_is_a_notebook() -> None:
    with zipfile.ZipFile(io.BytesIO(kit_of(practice=True))) as archive:
        notebook = json.loads(archive.read("notebook.ipynb"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    identities = [cell["id"] for cell in notebook["cells"]]
    assert len(set(identities)) == len(identities)
    for cell in notebook["cells"]:
        assert isinstance(cell["source"], list)
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
