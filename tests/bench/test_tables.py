"""The kit's files and the standings as tables."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.model import Interval, Item
from bench.standing import Entry, RankedEntry, Standings
from bench.tables import PLACEHOLDER, defused, kit_tables, standings_csv, standings_table, standings_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ITEMS = st.lists(
    st.tuples(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), TEXTS),
    unique_by=lambda row: row[0],
)


def standings_of(*names: tuple[str, str], claims_ranks: bool = True) -> Standings:
    ranked = [
        RankedEntry(
            Entry(
                submission_id=2**60 + number,
                user_id=7,
                user_name=member,
                system=system,
                score=742 / 1319,
                interval=Interval(0.5356, 0.5891, 1319.0),
                answered=1318,
                items=1319,
                attempts=2,
                received_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            ),
            number + 1,
            1,
            len(names),
        )
        for number, (system, member) in enumerate(names)
    ]
    return Standings(1, 2, 3, "exact|…", 1319, tuple(ranked), claims_ranks=claims_ranks)


def read_delimited(content: bytes, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True))


@given(ITEMS)
def test_every_format_of_the_kit_holds_the_same_prompts_to_the_character(rows: list[tuple[str, str]]) -> None:
    files = kit_tables([Item(name, prompt, ("secretword",)) for name, prompt in rows])
    expected = [{"id": name, "prompt": prompt} for name, prompt in rows]
    assert json.loads(files["prompts.json"]) == expected
    assert [json.loads(line) for line in files["prompts.jsonl"].split(b"\n") if line] == expected
    assert read_delimited(files["prompts.csv"], ",") == expected
    assert read_delimited(files["prompts.tsv"], "\t") == expected
    assert not any(b"secretword" in content for content in files.values())


def test_the_sample_submission_answers_every_item_in_every_format() -> None:
    files = kit_tables([Item("007", "NA", ("x",)), Item("1e3", "=1+1", ("y",))])
    expected = [{"id": "007", "output": PLACEHOLDER}, {"id": "1e3", "output": PLACEHOLDER}]
    assert json.loads(files["sample_submission.json"]) == expected
    assert [json.loads(line) for line in files["sample_submission.jsonl"].splitlines()] == expected
    assert read_delimited(files["sample_submission.csv"], ",") == expected
    assert read_delimited(files["sample_submission.tsv"], "\t") == expected


def test_only_practice_items_come_with_their_answers() -> None:
    files = kit_tables([Item("1", "?", ("secretword",)), Item("2", "??", ("public", "open"), practice=True)])
    assert [json.loads(line) for line in files["practice_gold.jsonl"].splitlines()] == [
        {"id": "2", "prompt": "??", "answers": ["public", "open"]}
    ]
    assert "practice_gold.jsonl" not in kit_tables([Item("1", "?", ("x",))])


def test_the_standings_table_keeps_numbers_and_ids_exact() -> None:
    (row,) = standings_table(standings_of(("m1", "Ada"))).to_dict("records")
    assert row["score"] == 742 / 1319
    assert row["submission_id"] == str(2**60)
    assert row["received_at"] == "2026-01-02T03:04:05+00:00"
    assert (row["rank"], row["rank_low"], row["rank_high"]) == (1, 1, 1)


def test_an_empty_board_is_a_table_with_its_columns() -> None:
    assert list(standings_table(standings_of()).columns)[:4] == ["rank", "rank_low", "rank_high", "system"]
    assert standings_csv(standings_of()).startswith(b'"rank","rank_low","rank_high","system"')
    assert standings_text(standings_of()).startswith("rank  system")


@given(TEXTS, TEXTS)
def test_no_text_cell_of_the_csv_runs_as_a_formula(system: str, member: str) -> None:
    (row,) = read_delimited(standings_csv(standings_of((system, member))), ",")
    for column, text in (("system", system), ("member", member)):
        assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert row[column] == defused(text)
        assert row[column].removeprefix("'") == text.removeprefix("'")
    assert float(row["score"]) == 742 / 1319


def test_the_printed_table_is_aligned_for_wide_names_and_safe_for_a_terminal() -> None:
    text = standings_text(standings_of(("東京モデル", "Ada"), ("e\u0301lan\x1b[31m\u202e", "Ben"), ("x" * 50, "C")))
    assert text.splitlines() == [
        "rank  system                            by   score  95% interval    answered",
        "----  --------------------------------  ---  -----  --------------  ---------",
        "1-3   東京モデル                        Ada  56.3%  53.6% to 58.9%  1318/1319",
        "1-3   e\u0301lan\ufffd[31m\ufffd                        Ben  56.3%  53.6% to 58.9%  1318/1319",
        f"1-3   {'x' * 31}…  C    56.3%  53.6% to 58.9%  1318/1319",
    ]


def test_the_printed_table_claims_no_ranks_where_the_standings_do_not() -> None:
    lines = standings_text(standings_of(("m1", "Ada"), claims_ranks=False)).splitlines()
    assert lines[2].startswith("-     m1")


def test_the_score_on_all_items_has_a_column_only_where_something_is_contested() -> None:
    plain = standings_of(("m1", "Ada"))
    (one,) = plain.ranked
    disputed = replace(plain, ranked=(replace(one, entry=replace(one.entry, score_on_all=0.78)),))
    assert "on all items" not in standings_text(plain)
    header, _, line = standings_text(disputed).splitlines()
    assert line.index("78.0%") == header.index("on all items")
    assert read_delimited(standings_csv(disputed), ",")[0]["score_on_all"] == "0.78"
    assert read_delimited(standings_csv(plain), ",")[0]["score_on_all"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == "'" + text
