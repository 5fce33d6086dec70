"""What is read of outputs, and that no character of it changes."""

import pytest

from bench.parsing import read_outputs
from tests.fixtures.outputs import GOOD, IDS, JSON_FRAME, gz, refused

READ = {"q1": "007", "q2": "NA", "q3": "1e3"}
ACCEPTED = {
    "CSV": ("a.csv", GOOD.encode()),
    "CSV named in capitals": ("A.CSV", GOOD.encode()),
    "CSV named txt": ("a.txt", GOOD.encode()),
    "CSV named json": ("a.json", GOOD.encode()),
    "CSV with CR LF": ("a.csv", GOOD.replace("\n", "\r\n").encode()),
    "CSV with lone CR": ("a.csv", GOOD.replace("\n", "\r").encode()),
    "CSV with a byte order mark": ("a.csv", b"\xef\xbb\xbf" + GOOD.encode()),
    "CSV with semicolons": ("a.csv", GOOD.replace(",", ";").encode()),
    "CSV with bars": ("a.csv", GOOD.replace(",", "|").encode()),
    "CSV with blank lines": ("a.csv", b"\n\n" + GOOD.replace("\n", "\n\n").encode()),
    "CSV with names in another case and other columns": ("a.csv", b" ID ,x,Output\nq1,,007\nq2,9,NA\nq3,,1e3"),
    "CSV with everything quoted": ("a.csv", b'"id","output"\n"q1","007"\n"q2","NA"\n"q3","1e3"'),
    "TSV": ("a.tsv", GOOD.replace(",", "\t").encode()),
    "gzipped CSV": ("a.csv.gz", gz(GOOD)),
    "gzip in several members": ("a.csv.gz", gz(GOOD[:12]) + gz("") + gz(GOOD[12:])),
    "gzip with padding": ("a.csv.gz", gz(GOOD) + b"\0" * 512),
    "gzip without saying so": ("a.csv", gz(GOOD)),
    "gz in the name only": ("a.gz", GOOD.encode()),
    "JSONL": ("a.jsonl", b'{"id":"q1","output":"007"}\n{"id":"q2","output":"NA"}\n{"id":"q3","output":"1e3"}'),
    "JSONL named CSV": (
        "a.csv",
        b'{"id":"q1","output":"007"}\n{"id":"q2","output":"NA"}\n{"id":"q3","output":"1e3"}\n',
    ),
    "JSONL with lone CR": (
        "a.jsonl",
        b'{"id":"q1","output":"007"}\r{"id":"q2","output":"NA"}\r{"id":"q3","output":"1e3"}',
    ),
    "JSONL with a number": (
        "a.jsonl",
        b'{"id":"q1","output":"007"}\n{"id":"q2","output":"NA"}\n{"id":"q3","output":1e3}',
    ),
    "JSONL in another order": (
        "a.jsonl",
        b'{"output":"NA","id":"q2"}\n{"id":"q3","output":"1e3"}\n{"id":"q1","output":"007"}',
    ),
    "a JSON list": (
        "a.json",
        b'[\n {"id": "q1", "output": "007"},\n {"id":"q2","output":"NA"}, {"id":"q3","output":1e3}]',
    ),
    "a JSON list named JSONL": (
        "a.jsonl",
        b'[{"id":"q1","output":"007"},{"id":"q2","output":"NA"},{"id":"q3","output":"1e3"}]',
    ),
    "a JSON map": ("a.json", b'{"q1":"007","q2":"NA","q3":1e3}'),
    "a pretty JSON map": ("a.json", b'{\n  "q1" : "007",\n  "q2" : "NA",\n  "q3" : "1e3"\n}\n'),
    "ids with blanks and invisible characters": (
        "a.csv",
        "id,output\n\u200bq1 ,007\nq2\u00a0,NA\n\ufeffq3,1e3".encode(),
    ),
}


@pytest.mark.parametrize(("name", "content"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_every_accepted_form_gives_the_same_outputs(name: str, content: bytes) -> None:
    assert read_outputs(content, name, IDS).by_id == READ


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("-0", "-0"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("true", "true"),
        ("false", "false"),
        ('"null"', "null"),
        ('"007"', "007"),
        ('"\u2028 \u0085"', "\u2028 \u0085"),
        (r'"\ud83d\ude00"', "😀"),
        ('" padded "', " padded "),
        ('""', ""),
        ("null", None),
    ],
)
def test_the_characters_of_a_json_output_stand_as_they_are_and_null_is_a_blank(token: str, text: str | None) -> None:
    assert read_outputs(JSON_FRAME.format(token).encode(), "a.jsonl", IDS).by_id["q1"] == text


@pytest.mark.parametrize(
    "text", ["007", "NA", "null", "None", "nan", "TRUE", "1.50", "", " x ", "=1+1", 'say "hi"', '5" tall', "'"]
)
def test_the_characters_of_a_csv_cell_stand_as_they_are(text: str) -> None:
    assert read_outputs(f"id,output\nq1,{text}\n".encode(), "a.csv", ["q1"]).by_id == {"q1": text}


def test_a_quoted_cell_keeps_its_line_breaks_and_commas() -> None:
    content = 'id,output\r\nq1,"a,\r\nb\rc\nd ""e"""\r\nq2,\u2028\nq3,x'.encode()
    assert read_outputs(content, "a.csv", IDS).by_id["q1"] == 'a,\r\nb\rc\nd "e"'


def test_a_number_and_its_text_are_the_same_id_but_zeros_count() -> None:
    assert read_outputs(b'{"id":7,"output":"a"}\n{"id":"007","output":"b"}', "a.jsonl", ["7", "007"]).by_id == {
        "7": "a",
        "007": "b",
    }


def test_an_id_written_with_combining_accents_is_the_same_id() -> None:
    assert read_outputs("id,output\nsen\u0303al,x".encode(), "a.csv", ["se\u00f1al"]).by_id == {"se\u00f1al": "x"}


def test_an_exact_column_name_wins_over_one_in_another_case() -> None:
    assert read_outputs(b"id,output,Output\nq1,a,b", "a.csv", ["q1"]).by_id == {"q1": "a"}


def test_a_partial_file_may_lack_rows_but_no_file_may_have_unknown_ones() -> None:
    assert read_outputs(b"id,output\nq1,a\n", "a.csv", IDS, partial=True).by_id == {"q1": "a"}
    assert refused("id,output\nq1,a\nq9x,b\n", partial=True) == [
        (
            "Line 3, column id: found `q9x`, which the task does not have; expected an id of the task. "
            "Remove the row or correct its id."
        )
    ]
