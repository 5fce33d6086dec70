"""`python -m bot score` as people use it: on files, in a process of its own."""

import gzip
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from bench.errors import BadSpecification
from services.offline import read_specification, score_files

PROJECT = Path(__file__).parents[2]
GSM8K = PROJECT.parent / "shared" / "data" / "gsm8k"
SPECIFICATION = 'metric = "numeric"\nextract = "after:A:"\n'


def score(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "score", *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Thirty sums; the answer is the item's number."""
    file = tmp_path / "gold.jsonl"
    rows = [{"id": f"q{n}", "prompt": f"{n} + 0?", "answers": [str(n)]} for n in range(1, 31)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def outputs(folder: Path, name: str, right: int, rows: int = 30) -> Path:
    file = folder / name
    lines = [f"q{n},I think. A: {n if n <= right else 999}" for n in range(1, rows + 1)]
    file.write_text("\n".join(["id,output", *lines]) + "\n", encoding="utf-8")
    return file


def test_the_scores_are_exact_fractions_and_the_better_system_stands_first(gold: Path, tmp_path: Path) -> None:
    weak, strong = outputs(tmp_path, "weak.csv", right=3), outputs(tmp_path, "strong.csv", right=29)
    done = score("--gold", gold, "--metric", SPECIFICATION, "--json", weak, strong)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    first, second = report["systems"]
    assert (first["system"], second["system"]) == ("strong", "weak")
    assert (first["score"], second["score"]) == (float(Fraction(29, 30)), float(Fraction(3, 30)))
    assert (first["n"], first["coverage"]) == (30, 1.0)
    assert [(s["rank"], s["rank_low"], s["rank_high"]) for s in (first, second)] == [(1, 1, 1), (2, 2, 2)]
    assert first["low"] < first["score"] < first["high"]
    assert first["signature"] == report["signature"] == 'numeric|extract:after("A:")|norm:raw|agg:mean|touchstone:0.1'


def test_the_json_has_each_slice_and_each_column_of_a_composite(tmp_path: Path) -> None:
    """Ten items of one kind, twelve of another, eight without a kind: of these last too few to give a score."""
    gold = tmp_path / "tagged.jsonl"
    kinds = ["short"] * 10 + ["long"] * 12 + [None] * 8
    rows = [
        {"id": f"q{n}", "prompt": f"{n}?", "answers": [str(n)], "tags": {} if kind is None else {"kind": kind}}
        for n, kind in enumerate(kinds, start=1)
    ]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    parts = '[[parts]]\nmetric = "exact"\nweight = 3\n[[parts]]\nmetric = "edit_similarity"\n'
    composite = f'metric = "composite"\nextract = "after:A:"\n{parts}'
    done = score("--gold", gold, "--metric", composite, "--json", outputs(tmp_path, "one.csv", right=15))
    assert done.returncode == 0, done.stderr
    (system,) = json.loads(done.stdout)["systems"]
    slices = {one["value"]: one for one in system["slices"]}
    assert {value: one["items"] for value, one in slices.items()} == {"short": 10, "long": 12, None: 8}
    assert slices["short"]["score"] == 1.0
    assert slices["long"]["low"] < slices["long"]["score"] < slices["long"]["high"]
    assert slices[None]["score"] is slices[None]["low"] is None
    exact, similarity = system["columns"]
    assert (exact["name"], exact["share"], exact["score"]) == ("exact", 0.75, 0.5)
    assert system["score"] == pytest.approx(0.75 * exact["score"] + 0.25 * similarity["score"])


def test_the_table_shows_each_system_with_its_signature(gold: Path, tmp_path: Path) -> None:
    done = score("--gold", gold, "--metric", SPECIFICATION, outputs(tmp_path, "half.csv", right=15))
    assert done.returncode == 0, done.stderr
    assert "half" in done.stdout
    assert "50.0%" in done.stdout
    assert "30/30" in done.stdout
    assert "touchstone:0.1" in done.stdout


def test_a_bad_file_tells_all_its_problems_and_the_others_are_scored(gold: Path, tmp_path: Path) -> None:
    good = outputs(tmp_path, "good.csv", right=30)
    bad = tmp_path / "bad.csv"
    bad.write_text("id,output\nq1,1\nq1,2\nq77,3\n", encoding="utf-8")
    done = score("--gold", gold, "--metric", SPECIFICATION, good, bad, tmp_path / "absent.csv")
    assert done.returncode == 1
    assert "good" in done.stdout
    assert "100.0%" in done.stdout
    assert "bad.csv is not scored" in done.stderr
    assert "q1" in done.stderr
    assert "Line 3" in done.stderr
    assert "absent.csv cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_json_lists_refused_files_too(gold: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("", encoding="utf-8")
    done = score("--gold", gold, "--metric", SPECIFICATION, "--json", bad)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["systems"] == []
    assert report["refused"][0]["file"] == str(bad)
    assert report["refused"][0]["problems"]


def test_a_part_of_the_items_is_scored_only_when_asked_for(gold: Path, tmp_path: Path) -> None:
    part = outputs(tmp_path, "part.csv", right=10, rows=10)
    assert score("--gold", gold, "--metric", SPECIFICATION, part).returncode == 1
    done = score("--gold", gold, "--metric", SPECIFICATION, "--partial", "--json", part)
    assert done.returncode == 0, done.stderr
    (system,) = json.loads(done.stdout)["systems"]
    assert system["score"] == float(Fraction(10, 30))
    assert system["coverage"] == float(Fraction(10, 30))


def test_the_chart_is_a_picture(gold: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    done = score("--gold", gold, "--metric", SPECIFICATION, "--chart", target, outputs(tmp_path, "one.csv", right=20))
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    nowhere = tmp_path / "no-such-folder" / "out.png"
    done = score("--gold", gold, "--metric", SPECIFICATION, "--chart", nowhere, outputs(tmp_path, "one.csv", right=20))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_bad_gold_is_one_explanation_without_a_traceback(gold: Path, tmp_path: Path) -> None:
    one = outputs(tmp_path, "one.csv", right=20)
    words = tmp_path / "words.jsonl"
    words.write_text('{"id": "q1", "prompt": "?", "answers": ["CANARY"]}\n', encoding="utf-8")
    for broken, said in ((words, "cannot serve as gold for this metric"), (one, "cannot serve as gold")):
        done = score("--gold", broken, "--metric", SPECIFICATION, one)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert "CANARY" not in done.stderr
    assert gold.exists()


def test_systems_are_named_by_stem_and_by_path_where_stems_collide(gold: Path, tmp_path: Path) -> None:
    specification = read_specification(SPECIFICATION)
    (tmp_path / "other").mkdir()
    first, second = outputs(tmp_path, "same.csv", right=30), outputs(tmp_path / "other", "same.csv", right=1)
    packed = tmp_path / "model.v2.csv.gz"
    packed.write_bytes(gzip.compress(first.read_bytes()))
    comparison = score_files(gold, specification, [first, second, packed], partial=False)
    names = {ranked.entry.system for ranked in comparison.standings.ranked}
    assert names == {str(first), str(second), "model.v2"}


def test_a_specification_is_a_file_its_text_a_signature_or_options(tmp_path: Path) -> None:
    text = 'metric = "numeric"\nextract = "after:A:"\n\n[options]\nabsolute = 0.01\n'
    file = tmp_path / "metric.toml"
    file.write_text(text, encoding="utf-8")
    from_text = read_specification(text)
    assert read_specification(str(file)) == from_text
    assert read_specification(from_text.signature) == from_text
    assert read_specification("numeric", "after:A:", None, ["absolute=0.01"]) == from_text
    assert read_specification("numeric", "after:A:", "raw", ["absolute=1e-2"]) == from_text


def test_options_that_are_words_need_no_quotes() -> None:
    assert 'decimal=","' in read_specification("numeric", options=["decimal=,"]).signature


@pytest.mark.parametrize(
    ("metric", "extract", "options", "said"),
    [
        ("numerik", None, [], "numeric"),
        (SPECIFICATION, "last_line", [], "--extract"),
        ("numeric", None, ["absolute"], "NAME=VALUE"),
        ("numeric", None, ["absolute=1\nmetric = 'exact'"], "absolute"),
        ("numeric", "nowhere", [], "nowhere"),
        ("x" * 5000 + "|", None, [], "characters"),
    ],
)
def test_a_wrong_specification_is_explained(metric: str, extract: str | None, options: list[str], said: str) -> None:
    with pytest.raises(BadSpecification, match=said):
        read_specification(metric, extract, None, options)


@pytest.mark.skipif(not GSM8K.is_dir(), reason=f"the real outputs of four systems are not at {GSM8K}")
def test_the_accuracies_of_four_real_systems_are_exact() -> None:
    files = sorted(file for file in GSM8K.glob("*.jsonl") if file.name != "gold.jsonl")
    comparison = score_files(GSM8K / "gold.jsonl", read_specification(SPECIFICATION), files, partial=False)
    assert {ranked.entry.system: ranked.entry.score for ranked in comparison.standings.ranked} == {
        "175b_verification": float(Fraction(742, 1319)),
        "6b_verification": float(Fraction(515, 1319)),
        "175b_finetuning": float(Fraction(458, 1319)),
        "6b_finetuning": float(Fraction(286, 1319)),
    }
