"""Files that cannot be read as a whole: their columns, encodings and containers."""

import pytest

from bench.parsing import ACCEPTED_FORMATS, MAX_FILE_BYTES, read_outputs
from tests.fixtures.outputs import GOOD, gz, refused

UTF8_REMEDY = "Save the file again as UTF-8 (in Excel: “CSV UTF-8”)."
BAD_NAMES = {
    "item,answer": "found the columns `item`, `answer`; expected the columns `id` and `output`. "
    "Rename `item` to `id` and `answer` to `output`.",
    "id,answer": "found the columns `id`, `answer`; expected the columns `id` and `output`. "
    "Rename `answer` to `output`.",
    "id,ouput": "found the columns `id`, `ouput`; expected the columns `id` and `output`. Rename `ouput` to `output`.",
    "id,foo": "found the columns `id`, `foo`; expected the columns `id` and `output`. Rename `foo` to `output`.",
    "id": "found only the column `id`; expected the columns `id` and `output`. Add `output`.",
    "q1,x": "found the columns `q1`, `x`; expected the columns `id` and `output`. Start with the line `id,output`.",
    ",,,": "found no column names; expected the columns `id` and `output`. Start with the line `id,output`.",
    "id,output,output": "found 2 columns named `output`; expected one. Rename or remove the other.",
    "ID,Id,output": "found 2 columns named `id`; expected one. Rename or remove the other.",
    "id,output" + ",x" * 63: "found 65 columns; expected at most 64. Keep only the columns that are needed.",
}


@pytest.mark.parametrize(("header", "sentence"), BAD_NAMES.items())
def test_wrong_column_names_get_the_names_found_and_the_likely_renaming(header: str, sentence: str) -> None:
    assert refused(f"{header}\nq1,x\n") == [f"Line 1: {sentence}"]


def test_wrong_keys_on_every_line_are_told_once() -> None:
    assert refused('{"id":"q1","answer":"x"}\n{"id":"q2","answer":"x"}\n{"id":"q3","answer":"x"}', "a.jsonl") == [
        (
            "Line 1: found the columns `id`, `answer` (and in 2 more rows); expected the columns `id` and `output`. "
            "Rename `answer` to `output`."
        )
    ]


ENCODINGS = {
    "UTF-16": (GOOD.encode("utf-16"), f"The file: found UTF-16 text; expected UTF-8 text. {UTF8_REMEDY}"),
    "UTF-16 without a mark": (
        GOOD.encode("utf-16-be"),
        f"The file: found UTF-16 text; expected UTF-8 text. {UTF8_REMEDY}",
    ),
    "UTF-32": (GOOD.encode("utf-32"), f"The file: found UTF-32 text; expected UTF-8 text. {UTF8_REMEDY}"),
    "Windows-1252": (
        "id,output\r\nq1,ok\r\nq2,cañón\r\n".encode("cp1252"),
        f"Line 3, column 6: found the byte 0xF1 (`ñ` in Windows-1252); expected UTF-8 text. {UTF8_REMEDY}",
    ),
    "bytes of no encoding": (
        "id,output\nq1,señal ".encode() + b"\x81",
        f"Line 2, column 10: found the byte 0x81; expected UTF-8 text. {UTF8_REMEDY}",
    ),
    "a character cut in two": (
        b"id,output\nq1,x\xe2\x82",
        f"Line 2, column 5: found the byte 0xE2 (`â` in Windows-1252); expected UTF-8 text. {UTF8_REMEDY}",
    ),
    "a surrogate in bytes": (
        b"id,output\nq1,\xed\xa0\x80\n",
        (
            "Line 2, column 4: found half of a surrogate pair; expected UTF-8 text. "
            "Write the whole character, or remove it."
        ),
    ),
    "NUL": (
        b"id,output\nq1,a\0b\n",
        (
            "Line 2, column 5: found a NUL character; expected text. Remove it; "
            "the file may be damaged or not a text file."
        ),
    ),
}


@pytest.mark.parametrize(("content", "sentence"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_text_that_is_not_utf8_is_refused_at_its_first_bad_character(content: bytes, sentence: str) -> None:
    assert refused(content) == [sentence]


def test_the_bad_byte_is_found_far_into_a_file_and_across_reading_chunks() -> None:
    content = b"id,output\n" + "é".encode() * 32763 + b"\n" + b"a" * 5 + b"\xff"
    assert refused(content)[0].startswith("Line 3, column 6: found the byte 0xFF")


CONTAINERS = {
    "a zip archive": (b"PK\x03\x04rest", "Unpack it and send the CSV, TSV, JSONL or JSON file inside."),
    "an Excel or other Office file": (
        b"PK\x03\x04..[Content_Types].xml",
        "Choose “Save as”, then “CSV UTF-8”, and send that.",
    ),
    "a Parquet file": (b"PAR1rest", "Save the table as CSV or JSONL and send that."),
    "a Python pickle": (b"\x80\x04\x95rest", "Save the table as CSV or JSONL and send that."),
    "an xz file": (b"\xfd7zXZ\0rest", "Send the file as it is, or compressed with gzip."),
    "a gzip file inside a gzip file": (gz(gz(GOOD)), "Compress the file only once."),
}


@pytest.mark.parametrize("mark", [b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"])
def test_a_spreadsheet_is_known_wherever_its_mark_stands_in_the_archive(mark: bytes) -> None:
    content = b"PK\x03\x04docProps/app.xml" + bytes(100_000) + mark
    (problem,) = refused(content, "a.xlsx")
    assert problem.startswith("The file: found an Excel or other Office file; ")
    assert problem.endswith("Choose “Save as”, then “CSV UTF-8”, and send that.")


@pytest.mark.parametrize("kind", CONTAINERS)
def test_what_is_no_text_is_named_and_never_opened(kind: str) -> None:
    content, remedy = CONTAINERS[kind]
    assert refused(content, "a.csv") == [f"The file: found {kind}; expected {ACCEPTED_FORMATS}. {remedy}"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.xml", "a name that ends in `.xml`"),
        ("answers", "a name without an ending"),
        ("a.png.gz", "a name that ends in `.png`"),
    ],
)
def test_an_unknown_name_is_refused_with_what_is_accepted(name: str, found: str) -> None:
    remedy = "Save the file in one of these formats and name it so."
    assert refused(GOOD, name) == [f"The file: found {found}; expected {ACCEPTED_FORMATS}. {remedy}"]


WHOLE_FILE = {
    "empty": (b"", "found an empty file; expected rows. Send the file again; it may not have been saved."),
    "blank": (b"\n \r\n", "found only blank lines; expected rows. Send the file again; it may not have been saved."),
    "header only": (
        b"id,output\n",
        "found no rows; expected a row for each item. Add the rows: an id and its output each.",
    ),
    "empty list": (b"[]", "found no rows; expected a row for each item. Add the rows: an id and its output each."),
    "too large": (
        b"x" * (11 * 2**20),
        "found 11.0 MiB; expected at most 10 MiB. Compress the file with gzip, or shorten its longest outputs.",
    ),
    "truncated gzip": (
        gz(GOOD)[:-9],
        "found a gzip file that ends too early; expected a whole one. Compress the file again, or send it as it is.",
    ),
    "damaged gzip": (
        gz(GOOD)[:-8] + b"\0" * 8,
        "found a damaged gzip file; expected a whole one. Compress the file again, or send it as it is.",
    ),
    "gzip with more behind it": (
        gz(GOOD) + b"more",
        "found a damaged gzip file; expected a whole one. Compress the file again, or send it as it is.",
    ),
    "empty gzip": (
        gz(""),
        "found an empty file in the gzip file; expected rows. Compress the file again and send that.",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), WHOLE_FILE.values(), ids=WHOLE_FILE.keys())
def test_a_file_that_cannot_be_read_at_all_says_why(content: bytes, sentence: str) -> None:
    assert refused(content) == [f"The file: {sentence}"]


def test_a_file_of_exactly_the_limit_is_read() -> None:
    padding = b"id,output,x\n" + b"q1,a,\n"
    lines = (MAX_FILE_BYTES - len(padding)) // 1024
    content = padding + (b"\n" + b" " * 1023) * lines
    content += b" " * (MAX_FILE_BYTES - len(content))
    assert len(content) == MAX_FILE_BYTES
    assert read_outputs(content, "a.csv", ["q1"]).by_id == {"q1": "a"}
