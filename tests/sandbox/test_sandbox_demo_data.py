import csv
import json
from pathlib import Path

import pytest

from sandbox.demo.data import DataFile, folder, slang
from sandbox.demo.formats import in_every_format, outputs_of

ITEMS = [json.loads(line) for line in slang().gold.content.decode().splitlines()]


def test_the_benchmark_has_forty_counted_items_and_five_for_practice() -> None:
    assert len([item for item in ITEMS if not item.get("practice")]) == 40
    assert len([item for item in ITEMS if item.get("practice")]) == 5
    assert len({item["id"] for item in ITEMS}) == len({item["prompt"] for item in ITEMS}) == 45
    assert len({item["tags"]["region"] for item in ITEMS}) >= 8


def test_every_item_asks_in_the_same_form_and_accepts_two_to_four_answers() -> None:
    for item in ITEMS:
        assert item["prompt"].startswith("«"), item
        assert item["prompt"].endswith("» – what does the idiom mean?"), item  # noqa: RUF001 - the dash of the prompt
        assert 2 <= len(set(item["answers"])) == len(item["answers"]) <= 4, item


def test_the_statement_gives_away_no_counted_answer() -> None:
    statement = slang().statement.casefold()
    hidden = [answer for item in ITEMS if not item.get("practice") for answer in item["answers"]]
    assert not [answer for answer in hidden if len(answer.split()) > 1 and answer.casefold() in statement]


def test_every_system_answers_every_item_in_formats_that_differ() -> None:
    systems = slang().systems
    ids = {item["id"] for item in ITEMS}
    assert len(systems) == 5
    assert {Path(system.file.name).suffix for system in systems} == {".csv", ".jsonl", ".json"}
    for system in systems:
        outputs = outputs_of(system.file)
        assert outputs.keys() == ids, system
        assert all(outputs.values()), system


def test_the_broken_file_is_broken_in_four_ways() -> None:
    broken = slang().broken
    assert broken is not None
    rows = list(csv.reader(broken.content.decode().splitlines()))[1:]
    ids = [row[0] for row in rows]
    known = {item["id"] for item in ITEMS}
    assert set(ids) - known == {"slnag-07"}
    assert {id_ for id_ in ids if ids.count(id_) > 1} == {"slang-12"}
    assert [row[0] for row in rows if len(row) != 2] == ["slang-28"]
    assert known - set(ids) == {"slang-07", "slang-39"}


@pytest.mark.parametrize("awkward", ["plain", 'a "quoted", text', "two\nlines", "línea\u2028separada", "A: 1,000", ""])
def test_every_format_holds_the_same_outputs(awkward: str) -> None:
    file = DataFile("atlas.jsonl", (json.dumps({"id": "a-1", "output": awkward}) + "\n").encode())
    versions = in_every_format(file)
    assert [version.name for version in versions] == ["atlas.csv", "atlas.jsonl", "atlas.json"]
    assert all(outputs_of(version) == {"a-1": awkward} for version in versions)


def test_a_folder_of_real_input_is_one_system_for_each_file(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "prompt": "1+1", "answers": ["2"]}\n')
    (tmp_path / "small.csv").write_text("id,output\na,2\n")
    (tmp_path / "README.md").write_text("not a system")
    data = folder(tmp_path)
    assert [system.system for system in data.systems] == ["small"]
    assert data.every_format


def test_a_folder_without_gold_or_outputs_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"gold\.jsonl"):
        folder(tmp_path)
    (tmp_path / "gold.jsonl").write_text("{}\n")
    with pytest.raises(FileNotFoundError, match="no outputs"):
        folder(tmp_path)
