"""Laws: what is written reads back, the quick way agrees with the careful one, and nothing but BadFile is raised."""

import csv
import gzip
import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.errors import BadFile
from bench.parsing import read_gold, read_outputs
from bench.parsing.fast import read_fast
from bench.parsing.ids import canonical_id
from bench.parsing.outputs import OUTPUT_COLUMNS, read_carefully
from bench.parsing.source import open_source
from tests.fixtures.outputs import refusal_of

ids = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=8).map(
    canonical_id
)
ids = ids.filter(bool)
texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
tables = st.dictionaries(ids, texts, min_size=1, max_size=8)


def delimited(rows: dict[str, str], delimiter: str, end: str) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "output"), *rows.items()])
    return buffer.getvalue().encode()


def objects(rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": item, "output": output} for item, output in rows.items()]


def as_lines(rows: dict[str, str], *, ascii_only: bool) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in objects(rows)).encode()


@given(tables, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_table_reads_back_as_it_was_written(rows: dict[str, str], delimiter: str, end: str) -> None:
    assert read_outputs(delimited(rows, delimiter, end), "a.csv", rows).by_id == rows


@given(tables, st.booleans(), st.booleans())
def test_json_reads_back_as_it_was_written(rows: dict[str, str], ascii_only: bool, pretty: bool) -> None:
    indent = 2 if pretty else None
    listed = json.dumps(objects(rows), ensure_ascii=ascii_only, indent=indent).encode()
    mapped = json.dumps(rows, ensure_ascii=ascii_only, indent=indent).encode()
    assert read_outputs(as_lines(rows, ascii_only=ascii_only), "a.jsonl", rows).by_id == rows
    assert read_outputs(listed, "a.json", rows).by_id == rows
    assert read_outputs(mapped, "a.json", rows).by_id == rows


@given(tables)
def test_gzip_changes_nothing(rows: dict[str, str]) -> None:
    assert read_outputs(gzip.compress(delimited(rows, ",", "\n")), "a.csv.gz", rows).by_id == rows


@given(tables)
def test_gold_reads_back_as_it_was_written(rows: dict[str, str]) -> None:
    answers = {item: text for item, text in rows.items() if text.strip() and canonical_id(text)}
    content = "\n".join(json.dumps({"id": item, "prompt": text, "answers": [text]}) for item, text in answers.items())
    try:
        items = read_gold(content.encode(), "g.jsonl")
    except BadFile as error:
        if answers and "invisible character" not in str(error):
            raise
        return
    assert {item.id: (item.prompt, item.answers) for item in items} == {k: (v, (v,)) for k, v in answers.items()}


tokens = st.one_of(
    st.sampled_from(
        ["1", "-0", "0", "1.50", "1e3", "true", "null", "NaN", "[]", "{}", '"\\ud800"', '"\\u0000"', '""', "01"]
    ),
    st.integers().map(str),
    st.sampled_from(["a", "id", "output", '"', '"id"', "\\", "\n", "{", "}\n{", '":', '" :']).map(json.dumps),
    texts.map(json.dumps),
)
keys = st.sampled_from(['"id"', '"output"', '"i\\u0064"', '"\\u006futput"', '"ID"', '"x"'])
members = st.tuples(keys, st.sampled_from([":", ": ", " :", "\t:"]), tokens).map("".join)
plain_rows = st.builds('{{"id":{},"output":{}}}'.format, st.sampled_from(['"a"', '"b"', "7", "-0", "0"]), tokens)
json_rows = st.one_of(plain_rows, st.lists(members, max_size=3).map(lambda parts: "{" + ",".join(parts) + "}"))
separators = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n", " ", "\n "])
json_lines = st.lists(st.tuples(json_rows, separators).map("".join), min_size=1, max_size=4).map("".join)
json_lists = st.lists(json_rows, max_size=4).map(lambda rows: "[" + ",\n".join(rows) + "]")
json_maps = st.lists(
    st.tuples(st.sampled_from(['"a"', '"b"', '"7"', '"\\u0061"']), st.sampled_from([":", " :", "\n:"]), tokens).map(
        "".join
    ),
    max_size=4,
).map(lambda parts: "{" + ",".join(parts) + "}")
cells = st.sampled_from(["a", "b", "7", "", ' "a"', '"a"', '"b', '"x\ny"', "1,2", "é"])
csv_rows = st.lists(st.tuples(cells, st.sampled_from([",", ",", ";"]), cells, separators).map("".join), max_size=4)
csv_files = csv_rows.map(lambda rows: "id,output\n" + "".join(rows))


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(json_lines, json_lists, json_maps, csv_files),
    st.sets(st.sampled_from(["a", "b", "7", "0", "-0"]), min_size=1, max_size=3),
)
@example('{"id":"a","output":"x"}{"id":"b","output":\n"x"}', {"a", "b"})
@example('{"id":"a","\\u006futput":"x","output":"y"}\n', {"a"})
@example('{"id":"a","output":"x","id" :"b"}\n', {"a"})
@example('{"id":"a","output":"x","id" \t:"b"}\n', {"b"})
@example('{"id":"a","output":"\\"id\\":"}\n{"id":"b","output":"id"}\n', {"a", "b"})
@example('{"a":"1","a"  :"2"}', {"a"})
@example('{"a":"1","b":"2","\\u0061" :"3"}', {"a", "b"})
@example('{"id":0,"output":"x"}\n{"id":-0,"output":"y"}', {"0", "-0"})
def test_what_the_quick_way_accepts_the_careful_way_reads_as_the_same_text(text: str, expected: set[str]) -> None:
    try:
        source = open_source(text.encode(), "a.txt", OUTPUT_COLUMNS)
    except BadFile:
        return
    fast = read_fast(source, OUTPUT_COLUMNS, expected)
    if fast is not None:
        assert read_carefully(source, expected, partial=False) == fast


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json"])
def test_plainly_right_files_do_take_the_quick_way(suffix: str) -> None:
    rows = {f"q{number}": f"x{number}" for number in range(5)}
    content = {
        "csv": delimited(rows, ",", "\n"),
        "jsonl": as_lines(rows, ascii_only=True),
        "json": json.dumps(rows).encode(),
    }
    source = open_source(content[suffix], f"a.{suffix}", OUTPUT_COLUMNS)
    assert read_fast(source, OUTPUT_COLUMNS, rows.keys()) == rows


names = st.sampled_from(
    ["a.csv", "a.tsv", "a.txt", "a.jsonl", "a.json", "a.csv.gz", "a.gz", "a", "a.exe", "", ".csv", "\0"]
)
starts = st.sampled_from(
    [b"", b"id,output\n", b"id,prompt,answer\n", b"[", b"{", b'{"id":"a","output":', b"\xef\xbb\xbf", b"\x1f\x8b"]
)


@settings(max_examples=400)
@given(starts, st.one_of(st.binary(max_size=80), st.text(max_size=40).map(str.encode)), names, st.booleans())
def test_whatever_bytes_arrive_they_are_read_or_refused(start: bytes, rest: bytes, name: str, packed: bool) -> None:
    content = gzip.compress(start + rest) if packed else start + rest
    for read in (lambda: read_outputs(content, name, ["a", "b"], partial=True), lambda: read_gold(content, name)):
        refusal = refusal_of(read)
        assert refusal is None or all(problem.sentence for problem in refusal.problems)
        assert refusal is None or refusal.problems


@given(st.text(max_size=200), st.sampled_from(["a.csv", "a.jsonl", "a.json"]))
def test_no_control_or_bidi_character_of_a_file_reaches_a_refusal(text: str, name: str) -> None:
    content = f"id,output\nq1,x\n{text}".encode("utf-8", "replace")
    refusal = refusal_of(lambda: read_outputs(content, name, ["q1"]))
    assert refusal is None or all(sign.isprintable() or sign == "\n" for sign in str(refusal))
